package cli

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
)

func TestTrap9NothingReachesTheTerminalUncleaned(t *testing.T) {
	const hostile = "a\x1b]52;c;eA==\ab\u202ec\nd"
	var p page
	p.line("%s", hostile)
	p.text(hostile)
	p.heading(hostile)
	p.pairs([2]string{hostile, hostile})
	p.table("", []string{hostile}, [][]string{{hostile, hostile}})
	if got := p.out.Bytes(); bytes.ContainsAny(got, "\x1b\a\u202e") {
		t.Errorf("wrote %q", got)
	}
	var said bytes.Buffer
	a := &app{env: Env{Stderr: &said}}
	a.say("custos: %s", hostile)
	if bytes.ContainsAny(said.Bytes(), "\x1b\a\u202e") {
		t.Errorf("said %q", said.Bytes())
	}
}

func TestColumnsBeginAtTheSamePlace(t *testing.T) {
	var p page
	p.table("none", []string{"NAME", "N"}, [][]string{{"日本", "1"}, {"Zoë", "22"}, {"", "3"}})
	want := "NAME  N\n日本  1\nZoë   22\n      3\n"
	if got := p.out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var empty page
	if empty.table("none here", []string{"NAME"}, nil); empty.out.String() != "none here\n" {
		t.Errorf("an empty table is %q", empty.out.String())
	}
}

func TestInstantsAreShownAsTheTimeInLondon(t *testing.T) {
	for at, want := range map[time.Time]string{
		time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC):  "2026-07-01 00:30",
		time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC): "2026-12-31 23:30",
		{}: "",
	} {
		if got := onTheClock(at); got != want {
			t.Errorf("%s is shown as %q, want %q", at, got, want)
		}
	}
}

func TestOneIsNotMany(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows"} {
		if got := numbered(n, "row"); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestJSONHasNoNullLists(t *testing.T) {
	type Inner struct {
		List []string `json:"list"`
	}
	type outer struct {
		Inner
		Many []Inner       `json:"many"`
		None []Inner       `json:"none"`
		At   time.Time     `json:"at"`
		On   calendar.Date `json:"on"`
		Ref  *Inner        `json:"ref"`
	}
	o := outer{Many: []Inner{{}}, At: time.Unix(0, 0).UTC(), On: calendar.NewDate(2026, 3, 2), Ref: &Inner{}}
	for name, result := range map[string]any{"value": o, "pointer": &o} {
		t.Run(name, func(t *testing.T) {
			got, err := json.Marshal(withoutNull(result))
			if err != nil {
				t.Fatal(err)
			}
			want := `{"list":[],"many":[{"list":[]}],"none":[],"at":"1970-01-01T00:00:00Z","on":"2026-03-02","ref":{"list":[]}}`
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
	var none []Inner
	if got, err := json.Marshal(withoutNull(none)); err != nil || string(got) != "[]" {
		t.Errorf("a nil list is %s, %v", got, err)
	}
	if o.Many[0].List != nil {
		t.Error("the result itself was changed")
	}
}
