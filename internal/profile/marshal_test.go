package profile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"custos/internal/calendar"
	"custos/internal/profile"
	"custos/internal/register"
)

// roundTrip writes a profile and reads it back.
func roundTrip(t rapid.TB, p register.Profile) []byte {
	t.Helper()
	data, err := profile.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := profile.Parse(data, "again.toml")
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if diff := cmp.Diff(p, again, cmpopts.EquateEmpty(), cmp.AllowUnexported(calendar.Date{})); diff != "" {
		t.Fatalf("read back as another:\n%s\n%s", diff, data)
	}
	return data
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	for _, name := range profile.Names() {
		data := roundTrip(t, load(t, name))
		for i, line := range strings.Split(string(data), "\n") {
			if len([]rune(line)) > 260 {
				t.Errorf("%s:%d is %d characters long", name, i+1, len([]rune(line)))
			}
		}
		again, err := profile.Marshal(load(t, name))
		if err != nil || string(again) != string(data) {
			t.Errorf("%s: written anew it differs: %v", name, err)
		}
	}
}

// The regulator is named once in what is written, and the profile written keeps
// its sentences.
func TestMarshalLeavesTheProfileAlone(t *testing.T) {
	p := load(t, "work-experience")
	data := roundTrip(t, p)
	if n := strings.Count(string(data), p.Regulator); n != 1 {
		t.Errorf("the regulator is named %d times", n)
	}
	if diff := cmp.Diff(load(t, "work-experience"), p, cmp.AllowUnexported(calendar.Date{})); diff != "" {
		t.Error(diff)
	}
}

func TestMarshalRefusesWhatIsNoText(t *testing.T) {
	p := load(t, "work-experience")
	p.Summary = "caf\xe9"
	if _, err := profile.Marshal(p); register.KindOf(err) != register.Invalid {
		t.Errorf("got %v", err)
	}
}

// words draws a text with what a file has to write with care: quotes, marks,
// line ends, white space at either end, letters of many scripts.
func words(t *rapid.T, label string) string {
	part := rapid.SampledFrom([]string{
		"word", " ", "  ", "\n", "\n\n", "\t", "\r", `"`, `"""`, `\`, "\\\n", "#", "é", "日本", "\u2028", "\x00", "\x7f", "=", "[[x]]",
		strings.Repeat("a long sentence ", 20), strings.Repeat("x", 300),
	})
	return "x" + strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, label), "") + rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "end")
}

// change makes one change of those an office may make to its profile.
func change(t *rapid.T, p *register.Profile) {
	switch rapid.IntRange(0, 9).Draw(t, "change") {
	case 0:
		p.Summary = words(t, "summary")
	case 1:
		p.Layered, p.OnBehalf = words(t, "layered"), words(t, "on behalf")
	case 2:
		p.CompetentAge, p.Charity = rapid.IntRange(8, 18).Draw(t, "age"), !p.Charity
	case 3:
		i := rapid.IntRange(0, len(p.Notices)-1).Draw(t, "notice")
		p.Notices[i].Text, p.Notices[i].Material = words(t, "text"), !p.Notices[i].Material
	case 4:
		i := rapid.IntRange(0, len(p.Kinds)-1).Draw(t, "kind")
		p.Kinds[i].Fields = append(p.Kinds[i].Fields, register.Field{
			ID: fmt.Sprint("further", len(p.Kinds[i].Fields)), Title: words(t, "title"), Type: "choice", Options: []string{words(t, "option"), "other"},
			Category: p.Kinds[i].Fields[0].Category, Consequence: words(t, "consequence"), Columns: []string{words(t, "column")},
		})
	case 5:
		i := rapid.IntRange(0, len(p.Purposes)-1).Draw(t, "purpose")
		p.Purposes[i].Wording, p.Purposes[i].Bases[0].Note = words(t, "wording"), words(t, "note")
	case 6:
		p.Brands = append(p.Brands, register.Brand{ID: fmt.Sprint("further", len(p.Brands)), Title: words(t, "brand")})
	case 7:
		p.Retention[0].Period = rapid.SampledFrom([]string{"", "1 year", "30 days"}).Draw(t, "period")
	case 8:
		p.Regulator = rapid.SampledFrom([]string{"Information Commission", `A "quoted" office`}).Draw(t, "regulator")
	case 9:
		p.Rights[0].Note = words(t, "right") + p.Regulator
	}
}

func TestAnyChangedProfileReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, err := profile.Load(rapid.SampledFrom(profile.Names()).Draw(t, "profile"))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			change(t, &p)
		}
		roundTrip(t, p)
	})
}
