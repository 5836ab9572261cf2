package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

// roster is a console on a portal for schools: two organisations and some people, one of them hostile to terminals.
func roster(t *testing.T) (*drive, seat) {
	t.Helper()
	s := sit(t, "traded-services-portal")
	for i, name := range []string{"Abbey School", "Beck Primary \x1b[2J"} {
		_, err := s.AddOrganisation(context.Background(), register.OrganisationInput{Values: map[string]string{
			"name": name, "urn": fmt.Sprint(100000 + i), "town": "Sampleton",
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org", "phone": "01632 960001"})
	addPerson(t, s, map[string]string{"name": "Bo Sample", "email": "bo@example.org"})
	addPerson(t, s, map[string]string{"name": "Cy \x1b]52;c;x\a \u202eTest", "email": "cy@example.org"})
	return start(t, tui.Env{Session: s, Theme: "mono"}, 80, 24), s
}

func TestTheListOfPeople(t *testing.T) {
	d, s := roster(t)
	d.keys("2")
	d.shows("Custos > Delegates", "All people: 1 of 3", "Ada Example", "Bo Sample", "INCOMPLETE")
	d.size(160, 24)
	d.shows(s.Settings().Profile.Kinds[0].Title[:16])
	d.size(80, 24)
	d.hides("\x1b]52", "\u202e")
	d.keys("/", "bo@")
	d.shows("1 of 1", "Bo Sample")
	d.hides("Ada Example")
	d.keys("esc", "esc")
	d.shows("Ada Example", "Custos > Delegates")
	d.keys("S")
	if text := d.text(); strings.Index(text, "Ada Example") < strings.Index(text, "Bo Sample") {
		t.Errorf("the order did not turn:\n%s", text)
	}
	d.keys("home", "space", "space")
	d.shows("2 marked", "[x]")
	d.keys("d")
	d.shows("The records of 2 people go out of use", "Reason")
	d.keys("Left", "enter")
	d.keys("ctrl+s", "right", "enter")
	d.shows("Done with 2 people.", "deactivated")
	d.keys("v", "v")
	d.shows("Deactivated people: 1 of 2")
	d.keys("esc")
	d.shows("Custos > Home")
}

func TestLettersTypedIntoTheFilterAreText(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "/", "q?:1ugG")
	d.shows("/ q?:1ugG", "No person is like that.")
	if d.quit {
		t.Error("a letter of the filter left the program")
	}
	d.keys("enter", "q")
	if !d.quit {
		t.Error("q does not leave from a list")
	}
}

func TestAddingAPersonSaysWhatIsMandatoryAndWhatFollows(t *testing.T) {
	d, s := roster(t)
	profile := s.Settings().Profile
	d.keys("2", "n")
	d.shows("What kind of person?", profile.Kinds[0].Title)
	d.keys("enter")
	d.shows("Custos > Delegates > New: "+profile.Kinds[0].Title, "mandatory")
	d.keys("ctrl+s")
	d.shows("an answer is needed") // a name, and nothing else
	d.keys("Di Newcomer", "ctrl+s")
	d.shows("Custos > Delegates > Di Newcomer", "INCOMPLETE: mandatory and missing", "Added D")
	for _, f := range profile.Kinds[0].Fields {
		if f.Mandatory && f.ID == register.FieldEmail {
			d.shows(strings.Fields(f.Consequence)[0])
		}
	}
	d.keys("esc")
	d.shows("All people: 1 of 4", "Di Newcomer")
}

func TestAnUnfinishedFormIsTakenUpAgain(t *testing.T) {
	d, s := roster(t)
	d.keys("2", "n", "enter", "Half a na", "esc")
	d.shows("What you typed is kept", "Custos > Delegates")
	d.keys("n", "enter")
	d.shows("Taken up where it was left on 2 March 2026", "Half a na")
	again := start(t, tui.Env{Session: s}, 80, 24) // after a crash
	again.keys("2", "n", "enter")
	again.shows("Half a na")
	again.keys("me", "ctrl+r")
	again.shows("Start afresh")
	again.keys("right", "enter")
	again.hides("Half a na", "Taken up")
	again.keys("esc", "n", "enter")
	again.hides("Half a na", "Taken up")
}

func TestAJumpFromAFormLosesNothing(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "n", "enter", "Half a na", "ctrl+p", "hom", "e", "enter")
	d.shows("Custos > Home")
	d.keys("2", "n", "enter")
	d.shows("Half a na")
}

func TestARefusedAnswerComesBackToItsField(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "e")
	d.shows("Custos > Delegates > Change", "Ada Example")
	d.keys("ctrl+s")
	d.shows("nothing in D", "PROBLEM", "Ada Example")
	d.keys(" II", "ctrl+s")
	d.shows("Changed D", "Ada Example II")
}

func TestAnOlderFormNeverOverwritesANewerRecord(t *testing.T) {
	d, s := roster(t)
	d.keys("2", "e", " typed")
	row := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{})).Row(0)
	err := s.ChangeDelegate(context.Background(), row.ID, register.DelegateInput{Values: map[string]string{"phone": "01632 960002"}})
	if err != nil {
		t.Fatal(err)
	}
	d.keys("ctrl+s")
	d.shows("changed Phone number meanwhile; it is kept", "Ada Example typed")
	d.keys("esc", "e")
	d.shows("Taken up", "Ada Example typed")
	d.keys("ctrl+s")
	d.shows("Changed D")
	if page := must[register.PersonPage](t)(s.Person(row.ID)); page.Delegate.Phone != "01632 960002" {
		t.Errorf("the draft took a newer telephone number away: %q", page.Delegate.Phone)
	}
}

func TestAConsentFromFormToHistory(t *testing.T) {
	d, s := roster(t)
	d.size(140, 45)
	d.keys("2", "enter", "c")
	d.shows("Ada Example > Consent", "For what, and how it stands", "never asked", "The wording that is kept")
	d.keys("down")
	profile := s.Settings().Profile
	line := must[register.PersonPage](t)(s.Person(must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{})).Row(0).ID)).Consents[0]
	purpose, _ := profile.Purpose(line.Purpose)
	notice, _ := profile.Notice(purpose.Notice, s.Today())
	for _, word := range strings.Fields(purpose.Wording + " " + notice.Title + ", version " + notice.Version) {
		d.shows(word)
	}
	d.keys("enter", "down", "down", "enter", "enter", "down", "down", "enter", "ctrl+s")
	d.shows("Recorded: given.", "Consents", "given")
	d.keys("C")
	d.shows("Ada Example > Consents", "given", "tester", "Wording")
	d.keys("esc", "esc")
	row := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{})).Row(0)
	events := must[[]register.ConsentEvent](t)(s.ConsentHistory(row.ID))
	if len(events) != 1 || events[0].Act != register.Given || events[0].WordingDigest == "" {
		t.Errorf("the ledger holds %+v", events)
	}
}

func TestAMembershipIsMadeEndedAndUndone(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "enter", "m")
	d.shows("Member of which organisation?", "Abbey School, Sampleton  URN 100000")
	d.keys("abbey", "enter")
	d.shows("Member of Abbey School", "Role there")
	d.keys("Bursar", "ctrl+s")
	d.shows("Membership recorded for 1 person.", "Abbey School, Bursar, from 2 March 2026")
	d.keys("M")
	d.shows("This membership ends today")
	d.keys("M", "enter")
	d.hides("to 2 March 2026") // neither the key that asked nor Enter agrees
	d.keys("M", "right", "enter")
	d.committed()
	d.shows("from 2 March 2026 to 2 March 2026")
	d.keys("u")
	d.shows("Your last change is taken back")
	d.keys("right", "enter")
	d.shows("Undone: the end of a membership. 1 put back.")
	d.committed()
	d.hides("to 2 March 2026")
	d.keys("esc", "3", "enter")
	d.shows("Custos > Organisations > Abbey School", "People here: 1 of 1", "Ada Example")
	d.keys("enter")
	d.shows("Abbey School > Ada Example")
}

func TestAPersonGoesOutOfUseAndComesBack(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "enter", "d", "ctrl+s")
	d.shows("an answer is needed")
	d.keys("Left the school", "enter")
	d.shows("deactivated, since 2 March 2026: Left the school")
	d.keys("?")
	d.hides("End the use of the record")
	d.keys("esc", "r", "Came back", "enter")
	d.shows("active, since 2 March 2026: Came back")
}

func TestAnOrganisationIsAddedAndChanged(t *testing.T) {
	d, _ := roster(t)
	d.keys("3", "n", "Cedar College", "ctrl+s")
	d.shows("Custos > Organisations > Cedar College", "Nobody here is held", "Added O")
	d.keys("e", " of Art", "ctrl+s")
	d.shows("Changed O", "Cedar College of Art")
	d.keys("esc")
	d.shows("All organisations: ", "Cedar College of Art")
	d.keys("n", "Copy", "tab", "tab", "tab", "100000", "ctrl+s")
	d.shows("already has this URN", "100000")
}

func TestAViewerIsOfferedNoChange(t *testing.T) {
	_, s := roster(t)
	d := start(t, tui.Env{Session: watcher{s}, Theme: "mono"}, 100, 30)
	d.keys("2")
	d.hides("e edit", "n new", "c consent")
	d.keys("e", "n", "d", "enter")
	d.shows("Custos > Delegates > Ada Example")
	d.keys(":", "record a consent")
	d.hides("Record a consent")
}

// watcher is an operator who may only read.
type watcher struct{ seat }

func (w watcher) May(v register.Verb) bool {
	op := register.Operator{Name: "watcher", Roles: []register.Role{register.Viewer}}
	return op.May(v)
}

func TestFramesOfPeople(t *testing.T) {
	d, _ := roster(t)
	for _, at := range []struct {
		name string
		keys []string
	}{
		{"home", nil},
		{"delegates", []string{"2"}},
		{"delegate-form", []string{"n", "enter"}},
		{"person", []string{"esc", "enter"}},
		{"consent-form", []string{"c"}},
		{"consents", []string{"esc", "C"}},
		{"organisations", []string{"esc", "3"}},
		{"organisation", []string{"enter"}},
		{"organisation-form", []string{"e"}},
		{"palette", []string{"esc", ":"}},
		{"help", []string{"esc", "?"}},
	} {
		d.keys(at.keys...)
		t.Run(at.name, func(t *testing.T) {
			was := d.t
			defer func() { d.t = was }()
			d.t = t
			d.golden(at.name)
			d.sweep()
		})
	}
}
