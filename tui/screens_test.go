package tui_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"custos/internal/register"
	"custos/tui"
	"custos/tui/widget"
)

// screenCase is one screen and the way to it.
type screenCase struct {
	name   string
	scope  widget.Scope
	keys   func(*ground) []string                         // from the day's work; the screen is only looked at
	open   func(t *testing.T, g *ground, c string) *drive // instead of keys, in the colours c; g is its own
	themed bool                                           // it names the theme: no styles are kept of it
	never  bool                                           // no frame of it: it shows the random or the time
	drawn  bool                                           // part of it tells which keys to press: that is not said aloud
}

// screens is every screen of the console: each scope at least once. Frames, the sweep over sizes and the console for a
// voice are held against it.
func screens() []screenCase {
	return slices.Concat(dayScreens(), peopleScreens(), caseScreens(), ledgerScreens(), fileScreens(), officeScreens(), gateScreens(),
		betweenScreens())
}

// fixed are the same keys in every office.
func fixed(keys ...string) func(*ground) []string {
	return func(*ground) []string { return keys }
}

// ofPerson are keys on the page of the person.
func ofPerson(keys ...string) func(*ground) []string {
	return func(g *ground) []string { return append([]string{"2", "/", g.person, "enter", "enter"}, keys...) }
}

// ofCase are keys on the page of a case.
func ofCase(which func(*ground) string, keys ...string) func(*ground) []string {
	return func(g *ground) []string { return append([]string{"4", "/", which(g), "enter", "enter"}, keys...) }
}

func access(g *ground) string      { return g.access }
func erasure(g *ground) string     { return g.erasure }
func restriction(g *ground) string { return g.restriction }

// asking are keys in the area of the consents, on a question that people are asked.
func asking(keys ...string) func(*ground) []string {
	return func(g *ground) []string { return append(append([]string{"5"}, toAsked(g.seat)...), keys...) }
}

func dayScreens() []screenCase {
	return []screenCase{
		{name: "home", scope: "Home"},
		{name: "palette", scope: "Home", keys: fixed(":")},
		{name: "help", scope: "Home", keys: fixed("?")},
		{name: "guide", scope: "Guide", keys: fixed(":", "guide", "enter")},
		{name: "guide-page", scope: "Page of the guide", keys: fixed(":", "guide", "enter", "/", "keys and", "enter", "enter")},
		{name: "question", scope: "Home", keys: fixed("u")},
		{name: "month", scope: "Due by month", keys: fixed("m")},
		{name: "text", scope: "Text", keys: fixed("5", "n", "enter")},
	}
}

func peopleScreens() []screenCase {
	return []screenCase{
		{name: "many", scope: "With all marked", keys: fixed("2", "shift+down", "b", "deactivate", "enter", "moved away", "enter")},
		{name: "delegates", scope: "Delegates", keys: fixed("2")},
		{name: "delegates-none", scope: "Delegates", keys: fixed("2", "/", "zzyzx")},
		{name: "present", scope: "Who is here", keys: fixed(":", "who is here", "enter")},
		{name: "person", scope: "Person", keys: ofPerson()},
		{name: "person-form", scope: "Forms", keys: ofPerson("e")},
		{name: "merge", scope: "Records to merge", keys: func(g *ground) []string {
			return append(ofPerson("J")(g), g.otherID(), "enter")
		}},
		{name: "history", scope: "Consent history", keys: ofPerson("C")},
		{name: "consent-form", scope: "Forms", keys: ofPerson("c")},
		{name: "matrix", scope: "Person by purpose", keys: fixed("2", "p")},
		{name: "organisations", scope: "Organisations", keys: fixed("3")},
		{name: "organisation", scope: "Organisation", keys: fixed("3", "end", "enter")},
		{name: "holds", scope: "Holds", keys: ofPerson("H")},
	}
}

// otherID is the number of the second record of the person.
func (g *ground) otherID() string {
	rows, err := g.Delegates(register.Query{Filter: g.other})
	if err != nil || rows.Len() == 0 {
		return ""
	}
	return string(rows.Row(0).ID)
}

func caseScreens() []screenCase {
	return []screenCase{
		{name: "requests", scope: "Requests", keys: fixed("4")},
		{name: "board", scope: "Requests", keys: fixed("4", "v")},
		{name: "case", scope: "Case", keys: ofCase(access)},
		{name: "case-clock", scope: "Case", keys: ofCase(access, "tab")},
		{name: "case-tasks", scope: "Case", keys: ofCase(access, "tab", "tab")},
		{name: "case-timeline", scope: "Case", keys: ofCase(access, "tab", "tab", "tab")},
		{name: "case-held", scope: "Case", keys: ofCase(access, "tab", "tab", "tab", "tab")},
		{name: "case-everything", scope: "Case", keys: ofCase(access, ".")},
		{name: "decide", scope: "Forms", keys: ofCase(access, "d")},
		{name: "pack", scope: "Forms", keys: ofCase(access, "b")},
		{name: "findings", scope: "Findings", keys: ofCase(access, "F")},
		{name: "redaction", scope: "Text of the pack", keys: ofCase(access, "R", "/", "kim", "enter", "space", "right")},
		{name: "marks", scope: "Names and marks", keys: ofCase(access, "R", "tab")},
		{name: "exemptions", scope: "Exemptions", keys: ofCase(access, "R", "e")},
		{name: "letters", scope: "Letters of a case", keys: ofCase(access, "L")},
		{name: "erasure-plan", scope: "Erasure plan", keys: ofCase(erasure, "E")},
		{name: "erasing", scope: "Erasure", open: erasingScreen},
		{name: "recipients", scope: "Recipients", keys: ofCase(restriction, "W")},
		{name: "figures", scope: "Figures of a year", keys: fixed("4", "F")},
		{name: "incoming", scope: "Requests by machine", keys: fixed("4", "i", "asked.json", "ctrl+s")},
		{name: "alike", scope: "The same again", keys: func(g *ground) []string {
			return ofPerson("o", "down", "enter", "enter", "enter", "down", "enter", "ctrl+s", "down", "ctrl+s")(g)
		}},
		{name: "advice", scope: "Advice", open: adviceScreen, never: true},
	}
}

// erasingScreen is what came of an erasure, without one.
func erasingScreen(t *testing.T, g *ground, colours string) *drive {
	env, calls := g.env, 0
	env.Session, env.Theme = reporting{seat: g.seat, report: notComplete(g.erasure), calls: &calls}, colours
	d := start(t, env, 80, 24)
	d.keys(ofCase(erasure, "E", "ctrl+s", "ctrl+s", g.erasure, "enter")(g)...)
	return d
}

// adviceScreen is what another office sent back. The sealed file, and so what is read of it, is another in every run.
func adviceScreen(t *testing.T, _ *ground, colours string) *drive {
	o := twoOffices(t, "access")
	o.advise(t, "May we refuse?")
	o.home.m = start(t, tui.Env{
		Session: o.here, Theme: colours, Exports: "/srv/out", ReadFile: read(t, o.here, ""),
	}, 80, 24).m
	o.home.keys("4")
	o.takeBack()
	return o.home
}

func ledgerScreens() []screenCase {
	return []screenCase{
		{name: "consents", scope: "Consents", keys: asking()},
		{name: "answers", scope: "Consents of people", keys: asking("enter")},
		{name: "why", scope: "Why", keys: asking("enter", "W")},
		{name: "refresh", scope: "Ask again", keys: asking("f")},
		{name: "mailing", scope: "Mailing list", open: mailingScreen},
		{name: "withdrawn", scope: "Withdrawn", open: withdrawnScreen},
		{name: "notices", scope: "Notices", keys: fixed("5", "n")},
		{name: "notice-effect", scope: "Notice to publish", keys: fixed(
			"5", "n", "n", "second", "enter", "enter", "down", "enter", "new.txt", "ctrl+s")},
		{name: "suppressions", scope: "Suppressions", keys: fixed("5", "b")},
		{name: "ask", scope: "Questions to ask", keys: fixed("2", "P")},
		{name: "sheet", scope: "Consent sheet", keys: func(g *ground) []string {
			return ofAnswers("P", "ctrl+s")(g)
		}},
		{name: "grid", scope: "Answers on paper", keys: func(g *ground) []string { return ofAnswers("E")(g) }},
	}
}

// mailingScreen is what is said of a mailing list, without a file.
func mailingScreen(t *testing.T, g *ground, colours string) *drive {
	env := g.env
	env.Session, env.Theme = posted{g.seat}, colours
	d := start(t, env, 80, 24)
	d.keys(asking("x", "ctrl+s")(g)...)
	return d
}

// posted is a seat that writes no file.
type posted struct{ seat }

func (posted) Export(context.Context, tui.ExportInput) (register.Disclosure, error) {
	return register.Disclosure{ID: "XHQKY9GT41VJ00", Count: 33, LeftOut: []register.ReasonCount{
		{Rule: register.RuleOptedOut, Words: "said no", Count: 12}, {Rule: register.RuleSuppressed, Words: nasty, Count: 3},
	}}, nil
}

// ofAnswers are keys on the questions to put to the person, of which the second is asked by email.
func ofAnswers(how string, keys ...string) func(*ground) []string {
	return func(g *ground) []string {
		return append([]string{"2", "/", g.person, "enter", "space", how, "down", "space", "enter"}, keys...)
	}
}

func withdrawnScreen(t *testing.T, g *ground, colours string) *drive {
	d := g.on(t, colours)
	d.keys(ofPerson("w", "enter")(g)...)
	return d
}

func fileScreens() []screenCase {
	return []screenCase{
		{name: "imports", scope: "Imports", keys: fixed("6")},
		{name: "import-file", scope: "Forms", keys: fixed("6", "n")},
		{name: "plan", scope: "Import plan", keys: fixed("6", "n", "down", "enter", "staff.csv", "enter", "enter")},
		{name: "columns", scope: "Import columns", keys: fixed("6", "n", "down", "enter", "staff.csv", "enter", "enter", "m")},
		{name: "contacts", scope: "Contacts to import", keys: func(g *ground) []string {
			keys := []string{"6", "c", "list.csv", "enter", "down"}
			return append(append(keys, toAsked(g.seat)...), "enter", "enter", "answer", "ctrl+s")
		}},
	}
}

func officeScreens() []screenCase {
	return []screenCase{
		{name: "breaches", scope: "Breaches", keys: fixed("B")},
		{name: "breach", scope: "Breach", keys: fixed("B", "enter")},
		{name: "courses", scope: "Courses", keys: fixed("9")},
		{name: "course", scope: "Course", keys: fixed("9", "enter")},
		{name: "audit", scope: "Audit", keys: fixed("7")},
		{name: "disclosures", scope: "Files that left", keys: fixed("7", "d")},
		{name: "disclosure", scope: "File that left", keys: fixed("7", "d", "enter")},
		{name: "residue", scope: "Search for what is left", keys: fixed("7", "f", "Kim Example", "ctrl+s"), never: true},
		{name: "settings", scope: "Settings", keys: fixed("8"), themed: true},
		{name: "operator", scope: "Operator", open: operatorScreen},
		{name: "operator-form", scope: "Forms", keys: fixed("8", "n")},
		{name: "templates", scope: "Letter templates", open: templatesScreen},
		{name: "template", scope: "Letter template", open: func(t *testing.T, g *ground, c string) *drive {
			d := templatesScreen(t, g, c)
			d.keys("enter")
			return d
		}},
		{name: "adopt", scope: "Profile to adopt", keys: func(*ground) []string {
			return append(toAdopting(), "enter", "next.toml", "ctrl+s")
		}},
		{name: "backups", scope: "Backups", open: backupsScreen},
		{name: "check", scope: "Work under way", keys: fixed("8", "c")},
	}
}

// templatesScreen goes down the settings to the templates of the letters.
func templatesScreen(t *testing.T, g *ground, colours string) *drive {
	d := g.on(t, colours)
	d.keys("8")
	d.toRow("Letter templates")
	d.keys("enter")
	return d
}

// operatorScreen is the page of whoever set the office up.
func operatorScreen(t *testing.T, g *ground, colours string) *drive {
	d := g.on(t, colours)
	d.keys("8")
	d.toRow("Operator ")
	d.keys("enter")
	return d
}

// backupsScreen shows copies that were made at fixed times on a disk that is always called the same.
func backupsScreen(t *testing.T, g *ground, colours string) *drive {
	env := g.env
	env.Session, env.Theme = kept{g.seat, g.words}, colours
	d := start(t, env, 80, 24)
	d.keys("8", "B")
	return d
}

// kept is a seat with backups on a disk that is not there.
type kept struct {
	seat
	words string
}

func (k kept) Backups() ([]register.Backup, error) {
	made := make([]register.Backup, 4)
	for i := range made {
		made[i] = register.Backup{
			ID: register.ID(fmt.Sprintf("K000000000000%d", i)), At: morning.AddDate(0, 0, -i), Folder: "/media/stick/" + k.words,
			Bytes: 1_234_567, Automatic: i > 0, By: "office",
		}
	}
	return made, nil
}

func gateScreens() []screenCase {
	return []screenCase{
		{name: "unlock", scope: "Unlock", open: func(t *testing.T, _ *ground, c string) *drive {
			return start(t, tui.Env{Exists: true, Store: "/srv/custos", Operator: "office", Theme: c, Unlock: shutDoor}, 80, 24)
		}},
		{name: "locked", scope: "Unlock", open: func(t *testing.T, g *ground, c string) *drive {
			env := g.env
			env.Theme, env.Unlock, env.Session = c, shutDoor, open{g.seat}
			d := start(t, env, 80, 24)
			d.keys("2", "ctrl+l")
			return d
		}},
		{name: "first-run", scope: "Unlock", open: firstRunScreen},
		{name: "recovery-key", scope: "Recovery key", open: func(t *testing.T, g *ground, c string) *drive {
			d := firstRunScreen(t, g, c)
			d.keys("down", "down", "enter", "Office of tests", "enter", "enter", "tester", "enter", "long enough", "enter", "long enough", "enter")
			return d
		}},
		{name: "trouble", scope: "Store in trouble", open: func(t *testing.T, _ *ground, c string) *drive {
			what := &tui.Trouble{Kind: tui.TroubleDamaged, Err: register.Errorf(register.Internal, "store", "the store does not verify")}
			for i := range 30 {
				what.Problems = append(what.Problems, register.StoreProblem{
					Where: "delegates", ID: fmt.Sprintf("D%04d", i), What: "the record does not open",
				})
			}
			look := func(context.Context, string, []byte, tui.Tell) (tui.Session, error) { return nil, what }
			d := start(t, tui.Env{
				Exists: true, Store: "/srv/custos", Operator: "office", Theme: c, Unlock: look, Rescue: tui.Rescue{Look: look},
			}, 80, 24)
			d.keys("words", "enter")
			return d
		}},
	}
}

// open is a seat that stays open behind a lock.
type open struct{ seat }

func (open) Close() error { return nil }

// shutDoor never opens.
func shutDoor(context.Context, string, []byte, tui.Tell) (tui.Session, error) {
	return nil, register.Errorf(register.Refused, "", "wrong operator or passphrase")
}

func firstRunScreen(t *testing.T, g *ground, colours string) *drive {
	return start(t, tui.Env{
		Store: "/srv/custos", Theme: colours,
		Profiles: []tui.ProfileChoice{{Name: "one", Title: "One", Summary: "first"}, {Name: "two", Title: "Two", Summary: "second"}},
		Strength: func(p []byte, _ ...string) (int, string) { return len(p) % 5, "fair" },
		Create: func(context.Context, tui.NewStore, tui.Tell) (tui.Session, string, error) {
			return g.seat, "AAAA-BBBB-CCCC", nil
		},
	}, 80, 24)
}

// at opens a screen in the colours of a theme.
func (s screenCase) at(t *testing.T, g *ground, colours string) *drive {
	t.Helper()
	if s.open != nil {
		return s.open(t, g, colours)
	}
	d := g.on(t, colours)
	if s.keys != nil {
		d.keys(s.keys(g)...)
	}
	return d
}

func TestEveryScreenOpens(t *testing.T) {
	for name, g := range map[string]*ground{"tidy": tidy(t), "hostile": hostileOffice(t)} {
		for _, s := range screens() {
			d := s.at(t, g, "mono")
			sound(t, d.m.View(), 80, 24)
			if got := d.m.Scope(); got != s.scope {
				t.Errorf("%s in the %s office is %s, not %s:\n%s", s.name, name, got, s.scope, d.text())
			}
		}
	}
}
