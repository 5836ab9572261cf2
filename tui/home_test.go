package tui_test

import (
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/tui"
)

// busy is an office with something in every section that one person alone can see.
func busy(t *testing.T) seat {
	t.Helper()
	s := sit(t, "teaching-school")
	full := map[string]string{"name": "Ada Example", "email": "ada@example.org", "phone": "01632 960001", "address": "1 Elm Road", "address_is": "home"}
	ada := addPerson(t, s, full)
	addPerson(t, s, map[string]string{"name": "Bo \x1b]52;c;x\a \u202eSample", "email": "bo@example.org"})
	org := must[register.ID](t)(s.AddOrganisation(t.Context(), register.OrganisationInput{Values: map[string]string{"name": "Elm School"}}))
	open := func(right calendar.Right, ago int) string {
		return must[register.RequestPage](t)(s.OpenRequest(t.Context(), register.RequestInput{
			Right: right, Delegate: ada, Received: calendar.LondonDate(morning).AddDays(-ago), How: "email",
		})).Ref
	}
	open(calendar.Access, 40)
	open(calendar.Access, 25)
	open(calendar.Objection, 3)
	open(calendar.Complaint, 2)
	waits := open(calendar.Access, 10)
	must[register.RequestPage](t)(s.Progress(t.Context(), waits, register.RequestEvent{
		Kind: register.ClarifyAsked, On: calendar.LondonDate(morning), Text: "which courses?",
	}))
	granted := open(calendar.Erasure, 5)
	must[register.RequestPage](t)(s.Decide(t.Context(), granted, register.DecisionInput{
		Outcome: register.Fulfil, Grounds: []string{"withdrawn"}, Reason: "nothing speaks against it",
	}))
	must[register.BreachRow](t)(s.AddBreach(t.Context(), register.BreachInput{
		Aware: morning.Add(-80 * time.Hour), What: "a list of delegates went to the wrong school", People: 12,
	}))
	must[register.Preferences](t)(s.ChangePreferences(t.Context(), func(p *register.Preferences) {
		p.Pinned = []register.Pin{
			{Kind: register.PinOrganisation, ID: string(org)}, {Kind: register.PinPerson, ID: string(ada)},
		}
		p.Recent = []register.Pin{{Kind: register.PinPerson, ID: string(ada)}}
	}))
	return s
}

// another seats an operator of some roles beside the first.
func another(t *testing.T, s seat, op register.Operator) seat {
	t.Helper()
	if err := s.AddOperator(t.Context(), op, []byte("seven quiet herons wade "+op.Name)); err != nil {
		t.Fatal(err)
	}
	other, err := desk.Open(s.db, func() time.Time { return morning }, desk.WithRandom(&counting{})).As(op.Name, desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	return seat{other, s.db}
}

func TestFramesOfHome(t *testing.T) {
	empty := start(t, tui.Env{Session: sit(t, "teaching-school"), Theme: "mono"}, 80, 24)
	empty.golden("home-empty")
	empty.hides("last 0", "Requests", "Answers by month") // no chart of noughts
	empty.size(80, 24)
	empty.hides("week beginning")
	s := busy(t)
	start(t, tui.Env{Session: s, Theme: "mono"}, 80, 24).golden("home-busy")
	org := must[register.Rows[register.OrganisationRow]](t)(s.Organisations(register.Query{})).Row(0).ID
	for name, op := range map[string]register.Operator{
		"lead":  {Name: "lea", Roles: []register.Role{register.Lead}, Organisation: org},
		"admin": {Name: "adam", Roles: []register.Role{register.Admin}},
	} {
		d := start(t, tui.Env{Session: another(t, s, op), Theme: "mono"}, 80, 24)
		d.keys("esc")
		d.golden("home-" + name)
	}
}

// Everything home tells of opens what it names.
func TestEveryLineOfHomeOpensWhatItNames(t *testing.T) {
	s := busy(t)
	want := map[string]string{
		"Overdue": "Requests", "Breaches": "Breaches", "Due within a week": "Requests", "Granted, not carried out": "Requests",
		"Complaints": "Requests", "Waiting for others": "Requests", "In time": "Requests", "Looking after the office": "Settings",
		"Pinned": "Home", "Recent": "Home",
		"AR-": "AR-", "ER-": "ER-", "OB-": "OB-", "CP-": "CP-", "Breach  ": "Breach W", "Incomplete": "Delegates",
		"Backups": "Backups", "Organisation": "Elm School", "Person": "Ada Example",
	}
	seen, opens := map[string]bool{}, map[string]bool{}
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 120, 60)
	d.shows("> AR-2026-0001") // what presses most, once it is drawn
	d.keys("home")
	for last := ""; ; d.keys("down") {
		line := selectedLine(d)
		if line == last {
			break
		}
		if last = line; opens[line] { // what was opened stands among the recent then
			continue
		}
		opens[line] = true
		name, leads := opened(want, line)
		if name == "" {
			t.Fatalf("nobody says what %q opens", line)
		}
		seen[name] = true
		d.keys("enter")
		title := strings.SplitN(d.text(), "\n", 2)[0]
		switch heading, counts, is := strings.Cut(line, " ("); {
		case is && leads == "Requests": // those that the heading counts, and no others
			n, _, _ := strings.Cut(counts, ")")
			d.shows("Showing " + strings.ToLower(heading) + ": " + n + " of 6")
		case is && leads == "Home":
			d.shows("Find anything", strings.ToLower(heading)+"  ")
		}
		if leads == name && strings.HasSuffix(leads, "-") {
			leads = strings.Fields(line)[0] // its own number
		}
		if !strings.Contains(title, "Custos > "+leads) {
			t.Errorf("%q opens %q, not %q", line, title, leads)
		}
		d.keys("esc", "1")
		if !strings.Contains(d.text(), "Custos > Home") {
			t.Fatalf("no way back from %q:\n%s", line, d.text())
		}
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("home does not tell of %q:\n%s", name, d.text())
		}
	}
}

func opened(want map[string]string, line string) (name, leads string) {
	for n, l := range want {
		if strings.HasPrefix(line, n) && len(n) > len(name) {
			name, leads = n, l
		}
	}
	return name, leads
}

func selectedLine(d *drive) string {
	for _, l := range strings.Split(d.text(), "\n") {
		if rest, ok := strings.CutPrefix(l, "> "); ok {
			return rest
		}
	}
	return ""
}

func TestHomeFollowsCommits(t *testing.T) {
	d, s := office(t, tui.Env{})
	d.hides("Overdue")
	received(t, s, calendar.Access, 40, nil)
	d.committed()
	d.shows("1 OVERDUE", "Overdue (1)", "AR-2026-0001")
	d.hides("No case is open")
}

func TestAPersonsRecordIsThreeKeysAway(t *testing.T) {
	d, s := office(t, tui.Env{})
	ada := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Filter: "ada"})).Row(0).ID
	d.keys("2", "/", "ada", "enter", "enter", "*")
	d.shows("Custos > Delegates > Ada Example", "Pinned: home and the palette show it first.")
	for _, from := range []string{"1", "3", "7", "8"} {
		d.keys(from)
		d.keys("ctrl+p", "enter") // two
		d.shows("Ada Example", "Custos > ")
		if title := strings.SplitN(d.text(), "\n", 2)[0]; !strings.Contains(title, "Ada Example") {
			t.Errorf("from %s: %q", from, title)
		}
		d.keys("esc")
	}
	d.keys("1")
	d.shows("Pinned (1)")
	kept := must[register.Preferences](t)(s.Preferences())
	if len(kept.Pinned) != 1 || kept.Pinned[0].ID != string(ada) || len(kept.Recent) != 1 {
		t.Errorf("kept is %+v", kept)
	}
	d.keys("2", "enter", "*")
	d.shows("Unpinned.")
	if kept := must[register.Preferences](t)(s.Preferences()); len(kept.Pinned) != 0 {
		t.Errorf("kept is %+v", kept)
	}
	d.keys("1")
	d.hides("Pinned (")
	d.shows("Recent (1)")
}

func TestThePaletteFindsEverything(t *testing.T) {
	s := busy(t)
	bo := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Filter: "sample"})).Row(0).ID
	if err := s.Deactivate(t.Context(), bo, "left"); err != nil {
		t.Fatal(err)
	}
	must[register.Preferences](t)(s.ChangePreferences(t.Context(), func(p *register.Preferences) {
		p.Filters = []register.SavedFilter{{List: "Delegates", Name: "Those of Elm", Words: "elm"}}
	}))
	// One after the other: what was opened last is offered first below.
	for _, c := range []struct{ words, shows, title string }{
		{"sample", "DEACTIVATED", "Custos > Bo"},
		{"elm school", "organisation", "Elm School"},
		{"those of elm", "filter", "Custos > Delegates"},
		{"bank hol", "setting", "Custos > Settings"},
		{"setting backups", "Last backup: NONE YET; 0 backups kept", ""},
		{"figures", "action", ""},
		{"ar-2026-0001", "case", "AR-2026-0001"},
	} {
		t.Run(c.words, func(t *testing.T) {
			d := start(t, tui.Env{Session: s, Theme: "mono"}, 100, 24)
			d.keys("ctrl+p", c.words)
			d.shows("Find anything", c.shows)
			if c.title == "" {
				return
			}
			d.keys("enter")
			if title := strings.SplitN(d.text(), "\n", 2)[0]; !strings.Contains(title, c.title) {
				t.Errorf("it opens %q", title)
			}
		})
	}
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 100, 24)
	d.keys("ctrl+p")
	d.golden("palette-near")
	d.keys("ada")
	d.golden("palette-found")
	d.keys("zzzzzz")
	d.shows("Nothing is called that.")
}

func TestTrap10HomeAndThePaletteFitEverySize(t *testing.T) {
	for _, keys := range [][]string{nil, {"ctrl+p"}, {"ctrl+p", "sample"}, {"B"}, {"B", "enter"}, {"B", "n"}} {
		d := start(t, tui.Env{Session: busy(t), Theme: "mono"}, 80, 24)
		d.keys(keys...)
		d.sweep()
	}
}

func TestABreachIsRecordedDecidedAndClosedOnScreen(t *testing.T) {
	d, _ := office(t, tui.Env{})
	d.keys("B")
	d.shows("Custos > Breaches", "No breach is on record")
	d.keys("n")
	d.shows("New breach", "2026-03-02T09:00")
	d.keys("enter", "a laptop was lost", "ctrl+s")
	d.shows("72 hours left")
	d.committed()
	d.keys("enter")
	d.shows("Breach W", "Report by", "5 March 2026, 09:00", "How the time is counted")
	d.keys("z")
	d.hides("Close W")
	d.keys("d", "down", "down", "enter", "2026-03-02T08:59", "ctrl+s")
	d.shows("that is before the office became aware of it")
	d.keys("esc", "d")
	d.golden("breach-decide")
	d.keys("esc", "e")
	d.shows("Facts", "a laptop was lost")
}
