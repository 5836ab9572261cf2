package tui_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// meddle changes much of what screens show, from another seat, and returns what is told of it. The last of it is about the
// settings.
func meddle(t *testing.T, g *ground) []register.Note {
	t.Helper()
	ctx := t.Context()
	bo := (&shared{t: t, desk: g.desk, db: g.db, own: g.seat}).hire("bo", register.Officer, register.DPO)
	notes, cancel := g.Seat.Notes()
	defer cancel()
	find := func(words string) register.ID {
		return must[register.Rows[register.DelegateRow]](t)(g.Delegates(register.Query{Filter: words})).Row(0).ID
	}
	who, leaver, key := find(g.person), find("third@example.org"), g.ConsentKeys()[1]
	done := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	done(bo.ChangeDelegate(ctx, who, register.DelegateInput{Values: map[string]string{"job_title": "Verger", "phone": "01632 960777"}}))
	done(bo.ChangeDelegate(ctx, leaver, register.DelegateInput{Values: map[string]string{"job_title": "Verger"}}))
	must[register.ConsentEvent](t)(bo.RecordConsent(ctx, register.ConsentInput{
		Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Act: register.Withdrawn, Method: "paper", At: morning.AddDate(0, 0, -1),
	}))
	addPerson(t, bo, map[string]string{"name": "Mo Newcomer", "email": "mo@example.org"})
	must[register.ID](t)(bo.AddOrganisation(ctx, register.OrganisationInput{Values: map[string]string{"name": "Mm School"}}))
	must[register.RequestPage](t)(bo.Progress(ctx, g.access, register.RequestEvent{
		Kind: register.Noted, On: g.Today(), Text: "Sam Sample wrote again.",
	}))
	for _, right := range []calendar.Right{calendar.Portability, calendar.Access} {
		must[register.RequestPage](t)(bo.OpenRequest(ctx, register.RequestInput{
			Right: right, Delegate: who, Received: g.Today(), How: "email",
		}))
	}
	done(bo.Deactivate(ctx, must[register.Rows[register.DelegateRow]](t)(g.Delegates(register.Query{})).Row(0).ID, "moved away"))
	must[register.Hold](t)(bo.SetHold(ctx, register.HoldInput{Delegate: who, Kind: register.HoldKinds()[0], Reason: "a claim"}))
	must[register.Suppression](t)(bo.Suppress(ctx, register.SuppressionInput{
		Email: "late@example.org", Scope: register.ScopeMarketing, Reason: "rang",
	}))
	breach := must[[]register.BreachRow](t)(bo.Breaches())[0]
	must[register.BreachRow](t)(bo.ChangeBreach(ctx, breach.ID, register.BreachInput{Aware: breach.Aware, What: "It went astray.", People: 13}))
	course := must[register.ID](t)(bo.AddCourse(ctx, register.Course{Title: "First aid", Starts: g.Today().AddDays(-90)}))
	must[register.ID](t)(bo.Book(ctx, register.BookingInput{Delegate: who, Course: course}))
	must[register.Disclosure](t)(bo.Export(ctx, tui.ExportInput{Noun: "delegates", To: filepath.Join(t.TempDir(), "list.csv")}))
	template := must[[]register.LetterTemplate](t)(bo.Templates())[0]
	template.Body = "To begin with. " + template.Body
	done(bo.SaveTemplate(ctx, template))
	done(g.SetOffice(ctx, register.OfficeInput{Address: "1 New Street"}))
	done(g.RenameOffice(ctx, "Ash Office"))
	var told []register.Note
	for left := 2; left > 0; {
		note := <-notes
		if told = append(told, note); note.Verb == register.SettingsChange {
			left--
		}
	}
	return told
}

// apart are the screens that one opened afterwards differs from for another reason than what others did.
func apart() map[string]string {
	return map[string]string{
		"person-form": "tells what was changed",
		"matrix":      "is about those it was opened on",
		"ask":         "is about those it was opened on",
		"picker":      "offers what there was when it asked",
		"redaction":   "waits until the words are marked",
		"disclosure":  "is about the file that was chosen",
		"residue":     "tells what was found as it was asked",
		"check":       "tells what was done",
	}
}

// forgetful is a seat at which nothing typed is kept: what one screen leaves there is not on another.
type forgetful struct{ seat }

func (forgetful) SaveDraft(context.Context, register.Draft) error { return nil }

// What others do is on every screen that is open as on one that is opened afterwards.
func TestAnOpenScreenShowsWhatOthersDidMeanwhile(t *testing.T) {
	g, twin := tidy(t), tidy(t) // what was opened before leaves nothing behind in the other
	g.env.Session, twin.env.Session = forgetful{g.seat}, forgetful{twin.seat}
	open, others := map[string]*drive{}, []string{"templates", "template"}
	for _, s := range screens() {
		if (s.open == nil || slices.Contains(others, s.name)) && apart()[s.name] == "" {
			open[s.name] = s.at(t, g, "mono")
			open[s.name].size(120, 60)
		}
	}
	told := meddle(t, g)
	meddle(t, twin)
	for _, s := range screens() {
		d := open[s.name]
		if d == nil {
			continue
		}
		for _, note := range told {
			d.send(tui.Note(note))
		}
		now := s.at(t, twin, "mono")
		now.size(120, 60)
		d.keys("home")
		now.keys("home")
		if diff := cmp.Diff(body(now), body(d)); diff != "" {
			t.Errorf("%s does not show what one opened now does (-opened now +open):\n%s", s.name, diff)
		}
	}
}

// body is what the screen itself shows, without what is selected.
func body(d *drive) []string {
	lines := strings.Split(d.text(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(strings.TrimPrefix(lines[i], ">"), " ")
	}
	return lines[1 : len(lines)-2]
}

// What stands beside a question is as it is now, and what is typed stays.
func TestAFormSaysHowThingsStandNow(t *testing.T) {
	g := tidy(t)
	who := must[register.Rows[register.DelegateRow]](t)(g.Delegates(register.Query{Filter: g.person})).Row(0).ID
	d := g.on(t, "mono")
	d.size(100, 60)
	d.keys(ofPerson("c", "down", "down", "tab", "down", "tab", "tab", "down", "tab", "A form in the post")(g)...)
	d.shows("email: given", "A form in the post")
	key := g.ConsentKeys()[1]
	must[register.ConsentEvent](t)(g.RecordConsent(t.Context(), register.ConsentInput{
		Delegate: who, Purpose: key.Purpose, Channel: key.Channel, Act: register.Withdrawn, Method: "paper", At: morning.AddDate(0, 0, -1),
	}))
	d.send(tui.Note(register.Note{Verb: register.ConsentRecord, Collections: []string{"consents"}, IDs: []register.ID{who}}))
	d.shows("email: withdrawn", "A form in the post")
}

// A preview that is made anew while it is asked whether to go on does not widen what is agreed to.
func TestWhatIsAgreedToIsWhatWasShown(t *testing.T) {
	g := tidy(t)
	rows := must[register.Rows[register.DelegateRow]](t)(g.Delegates(register.Query{}))
	gone, other := rows.Row(0).ID, rows.Row(1).ID
	if err := g.Deactivate(t.Context(), gone, "left"); err != nil {
		t.Fatal(err)
	}
	d := g.on(t, "mono")
	d.keys("2", "shift+down", "b", "deactivate", "enter", "moved away", "enter")
	d.shows("1 would change", "1 the same")
	d.keys("ctrl+s")
	d.shows("Do it with 1 person")
	if err := g.Reactivate(t.Context(), gone, "back again"); err != nil {
		t.Fatal(err)
	}
	d.send(tui.Note(register.Note{Verb: register.DelegateReactivate, Collections: []string{"delegates"}, IDs: []register.ID{gone}}))
	d.keys("right", "enter")
	for id, want := range map[register.ID]register.Status{gone: register.Active, other: register.Deactivated} {
		if got := must[register.PersonPage](t)(g.Person(id)).Delegate.Status; got != want {
			t.Errorf("%s is %s, not %s", id, got, want)
		}
	}
}
