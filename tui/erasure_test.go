package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// toErase is an office with an erasure case about Ada, whom a note about Bo names.
func toErase(t *testing.T) (d *drive, s seat, ref string, ada register.ID) {
	t.Helper()
	s = sit(t, "teaching-school")
	ada = addPerson(t, s, map[string]string{"name": "Adalind Example", "email": "ada@example.org", "phone": "01632 960001"})
	bo := addPerson(t, s, map[string]string{"name": "Bo \x1b]52;c;x\a \u202eSample", "email": "bo@example.org"})
	in := register.DelegateInput{Values: map[string]string{"special_requirements": "\x1b[31mshares a car with \u202eAdalind Example"}}
	if err := s.ChangeDelegate(t.Context(), bo, in); err != nil {
		t.Fatal(err)
	}
	ref = must[register.RequestPage](t)(s.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Erasure, Delegate: ada, Received: s.Today().AddDays(-3), How: "letter",
	})).Ref
	d = start(t, tui.Env{Session: s, Theme: "mono", Exports: t.TempDir(), Now: ticking()}, 80, 24)
	d.keys("4", "enter")
	return d, s, ref, ada
}

// ticking is a clock that is past the moment in which a dialog takes no keys.
func ticking() func() time.Time {
	now := morning
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func decideErasure(t *testing.T, s seat, ref string, out register.Outcome, grounds ...string) {
	t.Helper()
	must[register.RequestPage](t)(s.Decide(t.Context(), ref, register.DecisionInput{
		Outcome: out, Reason: "no longer needed", Grounds: append([]string{"not-needed"}, grounds...),
	}))
}

func TestAPersonIsErasedAfterTheCaseNumberIsTyped(t *testing.T) {
	d, s, ref, ada := toErase(t)
	d.keys("E")
	d.shows(ref+" > Erasure plan", "A DRAFT: the case is not decided yet", "removed", "MASKED", "Adalind Example (D")
	d.keys("ctrl+s")
	d.shows("The case has no decision to erase.")
	d.keys("esc")
	decideErasure(t, s, ref, register.Fulfil)
	d.committed()
	d.shows("NEXT: Erase, after reading the plan [E]")
	d.keys("enter")
	d.shows("APPROVED, this very plan")
	d.keys("ctrl+s")
	d.shows(ref+" > Erase", "File of the certificate", "certificate-"+ref+".pdf")
	d.keys("esc")
	d.shows("APPROVED, this very plan")
	d.keys("ctrl+s", "ctrl+s")
	d.shows("Erase for good", "Type "+ref+" and press Enter to agree")
	d.keys("enter")
	d.shows("File of the certificate")
	d.keys("ctrl+s", "ER-2026-0009", "enter")
	d.shows("That is not " + ref + ". Nothing has been done.")
	d.keys("esc")
	if page := must[register.PersonPage](t)(s.Person(ada)); page.Delegate.Status == register.Erased {
		t.Fatal("a wrong number erased")
	}
	d.keys("ctrl+s", ref, "enter")
	d.shows("COMPLETE: everything planned was done", "Removed", "Masked", "Pages overwritten", "What was searched", "Nothing was found that is not")
	d.hides("NOT COMPLETE")
	page := must[register.PersonPage](t)(s.Person(ada))
	if page.Delegate.Status != register.Erased || page.Delegate.Name != "" {
		t.Errorf("after: %+v", page.Delegate)
	}
	d.sweep()
	d.size(80, 24)
	d.keys("esc")
	d.shows("Requests > "+ref, "NEXT: Record that the reply has gone out")
	d.keys("E")
	d.shows("NEXT: Record that the reply has gone out") // nothing is left to plan
}

func TestTheCertificateIsWrittenAndAFileThatExistsStopsTheErasure(t *testing.T) {
	d, s, ref, ada := toErase(t)
	decideErasure(t, s, ref, register.Fulfil)
	to := filepath.Join(t.TempDir(), "certificate.txt")
	if err := os.WriteFile(to, []byte("here before"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := func(name string) {
		d.keys("E", "ctrl+s")
		for range 200 {
			d.keys("backspace")
		}
		d.keys(name, "ctrl+s", ref, "enter")
	}
	again(to)
	d.shows("NOT ERASED", "Nothing is erased")
	if page := must[register.PersonPage](t)(s.Person(ada)); page.Delegate.Status == register.Erased {
		t.Fatal("erased without its certificate")
	}
	d.keys("esc", "esc")
	again(to + ".exe")
	d.shows("the name has to end in")
	d.keys("esc", "esc")
	again(filepath.Join(filepath.Dir(to), "other.txt"))
	d.shows("COMPLETE:", "written, disclosure X")
	text, err := os.ReadFile(filepath.Join(filepath.Dir(to), "other.txt"))
	if err != nil || !strings.Contains(string(text), "Adalind Example") {
		t.Errorf("the certificate: %v\n%s", err, text)
	}
}

func TestAMentionIsKeptWithItsGroundAndThePlanApprovedAnew(t *testing.T) {
	d, s, ref, _ := toErase(t)
	decideErasure(t, s, ref, register.Partly, "legal-duty")
	d.keys("E")
	d.shows("APPROVED, this very plan")
	d.keys("v", "v")
	d.shows("Showing MASKED", "Other people's records")
	d.keys("e")
	d.shows("Nothing can be chosen about this line.")
	d.keys("down", "e")
	d.shows("Keep or mask", "What becomes of it", "shares a car with")
	d.keys("down", "enter", "enter", "Bo asked for the lift.", "ctrl+s")
	d.shows("PROBLEM", "choose the ground it is kept on")
	d.keys("down", "enter", "ctrl+s")
	d.committed()
	d.shows("Erasure plan", "NOT APPROVED YET", "The plan is changed")
	page := must[register.RequestPage](t)(s.Request(ref))
	if len(page.Keeps) != 1 || page.Keeps[0].Fate != register.ErasureKeeps || page.Keeps[0].Reason != "Bo asked for the lift." {
		t.Fatalf("kept: %+v", page.Keeps)
	}
	d.keys("v")
	d.shows("Showing KEPT: 1 of 1", "Bo asked for the")
	d.keys("ctrl+s")
	d.shows("waits for another operator's approval")
	d.hides("File of the certificate")
	d.keys("esc", "p", "right", "enter")
	d.committed()
	d.keys("E")
	d.shows("APPROVED, this very plan", "1 kept")
}

func TestAHoldStopsAnErasure(t *testing.T) {
	d, s, ref, _ := toErase(t)
	decideErasure(t, s, ref, register.Fulfil)
	d.keys("H")
	d.shows("Requests > "+ref+" > Holds", "Nothing keeps this person's data: n sets a hold.")
	d.keys("n", "down", "enter", "They claim \x1b[31mdamages.", "ctrl+s")
	d.shows("STANDS", "claim", "damages.")
	d.sweep()
	d.size(80, 24)
	d.keys("esc", "E")
	d.shows("IT CANNOT RUN NOW: 1 thing stands in the way", "CANNOT RUN")
	d.keys("ctrl+s")
	d.shows("It cannot run now: the hold H")
	d.hides("File of the certificate")
	d.keys("esc", "H", "r", "It is settled.", "ctrl+s", "right", "space")
	d.shows("released", "It is settled.")
	d.keys("r")
	d.shows("> Holds")
	d.keys("esc", "E")
	d.shows("APPROVED, this very plan")
}

func TestFramesOfAnErasure(t *testing.T) {
	d, s, ref, _ := toErase(t)
	d.keys("E")
	d.golden("erasure-draft")
	d.size(80, 24)
	d.keys("esc")
	decideErasure(t, s, ref, register.Partly, "legal-duty")
	d.committed()
	d.keys("E")
	d.golden("erasure-plan")
	d.sweep()
	d.size(80, 24)
	d.keys("v", "v", "down", "e")
	d.golden("erasure-keep")
	d.size(80, 24)
	d.keys("esc", "v", "v", "v", "v", "v", "v", "v")
	d.shows("Showing everything")
}
