package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/internal/sample"
	"custos/store"
	"custos/store/storetest"
	"custos/tui"
)

// sampled opens the office of the sample year, the same in every run: seed, day and ids are fixed.
func sampled(t testing.TB, delegates int) seat {
	t.Helper()
	_, s := sampledDesk(t, delegates)
	return s
}

// sampledDesk is the same with the desk, at which others can be seated.
func sampledDesk(t testing.TB, delegates int) (*desk.Desk, seat) {
	t.Helper()
	p, err := profile.Load("teaching-school")
	if err != nil {
		t.Fatal(err)
	}
	setup := storetest.Setup()
	setup.Operator.Name = "office"
	setup.Settings.Office, setup.Settings.Profile, setup.Settings.Nation = "Elm Teaching School", p, calendar.EnglandAndWales
	o := storetest.Options()
	o.Now = func() time.Time { return morning }
	db, _, err := store.Create(filepath.Join(t.TempDir(), "store"), setup, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.Close(t, db) })
	d := desk.Open(db, o.Now, desk.WithRandom(sample.Reader(1)))
	filling, err := d.As("office", desk.SetUp)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Fill(context.Background(), filling, sample.Options{Delegates: delegates, Seed: 1}, nil); err != nil {
		t.Fatal(err)
	}
	s, err := d.As("office", desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	return d, seat{s, db}
}

const (
	framesBegin = "<!-- frames: begin -->\n"
	framesEnd   = "<!-- frames: end -->\n"
)

// picture is the screen as the README shows it.
func (d *drive) picture(caption string) string {
	lines := strings.Split(d.text(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return "\n" + caption + "\n\n```text\n" + strings.Join(lines, "\n") + "\n```\n"
}

func TestREADMEShowsTheProgramAsItIs(t *testing.T) {
	s := sampled(t, 240)
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 80, 24)
	frames := d.picture("What has to be done today, the most pressing first:")
	d.keys("2", "/", consenting(t, s), "enter", "enter")
	frames += d.picture("Everything held on one person, and how their memberships, consents and cases stand:")
	d.keys("5")
	d.keys(toAsked(s)...)
	frames += d.picture("What people answered, question by question, whom we may contact today, and the year:")
	d.keys("4")
	d.keys(toMatchedCase(t, s)...)
	d.shows("Custos > Requests > AR-")
	frames += d.picture("A case: what comes next, when the reply is due, and how that date was counted:") + "\n"
	path := filepath.Join("..", "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), framesBegin)
	kept, after, ended := strings.Cut(rest, framesEnd)
	if !begun || !ended {
		t.Fatalf("README.md lacks the marks %q and %q", framesBegin, framesEnd)
	}
	if updating() {
		kept = frames
		if err := os.WriteFile(path, []byte(before+framesBegin+frames+framesEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(frames, "\n"), strings.Split(kept, "\n")); diff != "" {
		t.Errorf("README.md shows another program (-program +README); go test ./tui -run README -update puts that right:\n%s", diff)
	}
}

// toAsked leads to the second purpose that people are asked about.
func toAsked(s seat) []string {
	var keys []string
	for _, k := range s.ConsentKeys() {
		if k.Channel == "email" && len(keys) > 0 {
			break
		}
		keys = append(keys, "down")
	}
	return keys
}

// consenting is the name of the first person who belongs to an organisation and agreed to something.
func consenting(t *testing.T, s seat) string {
	t.Helper()
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Sort: "name"}))
	for i := range rows.Len() {
		page := must[register.PersonPage](t)(s.Person(rows.Row(i).ID))
		if len(page.Memberships) > 0 && len(page.Consents) > 0 && page.Consents[0].State == register.Given {
			return rows.Row(i).Name
		}
	}
	t.Fatal("the sample has nobody like that")
	return ""
}

// toMatchedCase leads from the list of cases to the first one that is about somebody held and still has time.
func toMatchedCase(t *testing.T, s seat) []string {
	t.Helper()
	home := must[register.Home](t)(s.Home())
	var keys []string
	for _, row := range home.Due {
		if row.Delegate != "" && row.Pressure != register.Late {
			return append(keys, "enter")
		}
		keys = append(keys, "down")
	}
	t.Fatal("the sample has no such case")
	return nil
}
