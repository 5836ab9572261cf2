package tui_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/tui"
)

// ground is an office every screen of the table can be opened on.
type ground struct {
	seat
	desk                         *desk.Desk // of the tidy office
	env                          tui.Env
	words                        string // what people typed
	person, other                string // words that find one record each, of the same person
	access, erasure, restriction string // about the person, about somebody who leaves, about the other record
}

// nasty is a text with all that terminals stumble over: control sequences, a bidirectional override, letters of two
// columns, a pile of marks, joined emoji, and more of it than any line holds.
var nasty = "Zq\x1b[2J\x1b]52;c;eA==\a \u202eevil\u2066 日本語テキスト e" + strings.Repeat("\u0301", 12) + " 👩‍👧 " +
	strings.Repeat("verylongword", 30) + " \x9b\xff"

// tidy is the office of the sample year.
func tidy(t *testing.T) *ground {
	t.Helper()
	d, s := sampledDesk(t, 240)
	g := grounded(t, s, "Rowan Sample")
	g.desk = d
	return g
}

// hostileOffice is an office in which everything that people type is nasty.
func hostileOffice(t *testing.T) *ground {
	t.Helper()
	s := sampled(t, 30)
	_, err := s.AddOrganisation(t.Context(), register.OrganisationInput{Values: map[string]string{"name": nasty, "town": nasty}})
	if err != nil {
		t.Fatal(err)
	}
	addPerson(t, s, map[string]string{"name": nasty + " third", "job_title": nasty})
	addPerson(t, s, map[string]string{"name": "\u0301"})
	if err := s.RenameOffice(t.Context(), nasty); err != nil {
		t.Fatal(err)
	}
	return grounded(t, s, nasty)
}

// grounded adds to an office what every screen needs: one person twice, with cases of which texts speak of others.
func grounded(t *testing.T, s seat, name string) *ground {
	t.Helper()
	g := &ground{seat: s, words: name, person: "first@example.org", other: "second@example.org"}
	who := addPerson(t, s, map[string]string{"name": name, "email": g.person, "special_requirements": name})
	again := addPerson(t, s, map[string]string{"name": name, "email": g.other})
	leaver := addPerson(t, s, map[string]string{"name": name + " Leaver", "email": "third@example.org"})
	key := s.ConsentKeys()[1]
	must[register.ConsentEvent](t)(s.RecordConsent(t.Context(), register.ConsentInput{
		Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Act: register.Given, Method: "paper", Evidence: name,
		At: morning.AddDate(0, 0, -20),
	}))
	must[register.Suppression](t)(s.Suppress(t.Context(), register.SuppressionInput{
		Email: "gone@example.org", Scope: register.ScopeMarketing, Reason: "asked by letter",
	}))
	must[register.BreachRow](t)(s.AddBreach(t.Context(), register.BreachInput{
		Aware: morning.Add(-20 * time.Hour), What: "A list went to the wrong school. " + name, People: 12,
	}))
	open := func(right calendar.Right, who register.ID, note string) string {
		return must[register.RequestPage](t)(s.OpenRequest(t.Context(), register.RequestInput{
			Right: right, Delegate: who, Received: s.Today().AddDays(-3), How: "letter", Note: note,
		})).Ref
	}
	g.access = open(calendar.Access, who, "Kim Example rang for them. "+name)
	g.restriction = open(calendar.Restriction, again, "")
	x := s.Settings().Profile.Recipients[0]
	must[register.Disclosure](t)(s.Export(t.Context(), tui.ExportInput{
		Noun: "delegates", Recipient: x.ID, Purpose: s.Settings().Profile.Purposes[0].ID, To: t.TempDir() + "/out.csv",
	}))
	must[register.RequestPage](t)(s.Restrict(t.Context(), g.restriction, register.RestrictInput{Ground: "accuracy"}))
	g.erasure = open(calendar.Erasure, leaver, "")
	must[register.RequestPage](t)(s.Decide(t.Context(), g.erasure, register.DecisionInput{
		Outcome: register.Fulfil, Reason: name, Grounds: []string{"not-needed"},
	}))
	g.env = tui.Env{
		Session: g.seat, Exports: "/srv/out", Store: "/srv/custos", Version: "1.2", Now: ticking(),
		ReadFile: read(t, s, name), LoadProfile: profile.Load, ParseProfile: profile.Parse, Describe: profile.Describe,
		Profiles: []tui.ProfileChoice{{Name: s.Settings().Profile.Name, Title: "The same"}},
	}
	return g
}

// read answers for the files that forms of the table name.
func read(t *testing.T, s seat, name string) func(string) ([]byte, error) {
	t.Helper()
	p := must[register.Profile](t)(profile.Load(s.Settings().Profile.Name))
	p.Version, p.Retention[0].Period = "next", "9 years"
	all := files(map[string]string{
		"staff.csv":  "Full name;Mail;Shoe size\nCy Newcomer;cy@example.org;42\n" + name + ";;40\n;nobody@example.org;\n",
		"list.csv":   "email,name,answer\nfirst@example.org," + name + ",no\nnew@example.org,Di Newcomer,yes\n",
		"next.toml":  string(must[[]byte](t)(profile.Marshal(p))),
		"asked.json": `{"exercise":["access"],"regime":"gdpr","email":"first@example.org","agent-id":"a","request-id":"r1"}`,
		"new.txt":    "We write to you by post.\n",
	})
	return func(path string) ([]byte, error) {
		if data, err := all(path); err == nil {
			return data, nil
		}
		return os.ReadFile(path)
	}
}

// on starts a console on the office in the colours of a theme.
func (g *ground) on(t *testing.T, colours string) *drive {
	t.Helper()
	env := g.env
	env.Theme = colours
	return start(t, env, 80, 24)
}
