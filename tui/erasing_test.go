package tui_test

import (
	"context"
	"errors"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// reporting is a seat whose erasures end as a test says.
type reporting struct {
	seat
	report  register.ErasureReport
	residue register.ResidueReport
	err     error
	calls   *int
}

func (r reporting) Erase(
	_ context.Context, _ string, _ register.EraseInput, told func(done, total int),
) (register.ErasureReport, error) {
	*r.calls++
	told(1, 1)
	return r.report, r.err
}

func (r reporting) ResidueScan(
	_ context.Context, _ register.ResidueInput, told func(done, total int),
) (register.ResidueReport, error) {
	told(1, 1)
	return r.residue, r.err
}

// notComplete is a report of an erasure that left something behind.
func notComplete(ref string) register.ErasureReport {
	return register.ErasureReport{
		Ref: ref, Removed: 12, Masked: 3, Kept: 1, Suppress: 2, Pages: 41, Certificate: "XHQKY9GT41VJ00",
		Words: "NOT COMPLETE: 2 places still hold something of the person. Clear them by hand, then search again." +
			" Do not send the certificate before.",
		Residue: register.ResidueReport{
			Looked: 9, Records: 1234, Bytes: 5678901, Searched: true,
			Residue: []register.ResidueFind{
				{Collection: "courses", Record: "C0000000000001", Field: "notes\x1b[31m", What: "full name"},
				{File: "custos.db", Offset: 73728, What: "email"},
			},
			Explained: []register.ResidueFind{
				{Collection: "delegates", Record: "D0000000000002", Field: "phone", What: "phone", Why: "another person's own"},
			},
		},
	}
}

// erasingWith erases in a console whose desk reports what a test says.
func erasingWith(t *testing.T, r reporting) (*drive, *int) {
	t.Helper()
	_, s, ref, _ := toErase(t)
	decideErasure(t, s, ref, register.Fulfil)
	calls := 0
	r.seat, r.calls = s, &calls
	d := start(t, tui.Env{Session: r, Theme: "mono", Exports: "/srv/out", Now: ticking()}, 80, 24)
	d.keys("4", "enter", "E", "ctrl+s", "ctrl+s", ref, "enter")
	return d, &calls
}

func TestWhatAnErasureLeftBehindIsShownWithItsPlace(t *testing.T) {
	d, _ := erasingWith(t, reporting{report: notComplete("ER-2026-0001")})
	d.shows("NOT COMPLETE: 2 places still hold something", "Pages overwritten   41")
	d.golden("erasure-report")
	d.sweep()
	d.size(80, 40)
	d.shows("courses C0000000000001 notes", "custos.db at byte 73,728: email", "Found, and explained", "another person's own")
}

func TestAnErasureThatDidNotBeginSaysSo(t *testing.T) {
	d, calls := erasingWith(t, reporting{err: register.Errorf(register.Conflict, "", "something was recorded meanwhile")})
	d.shows("NOT ERASED: something was recorded meanwhile", "Nothing is erased")
	d.keys("ctrl+s")
	if *calls != 1 {
		t.Errorf("erased %d times without the case number", *calls)
	}
	d.keys("esc")
	d.shows("> Erasure plan", "APPROVED")
	d, _ = erasingWith(t, reporting{err: context.Canceled})
	d.shows("STOPPED: nothing is erased")
}

func TestAnErasureThatStoppedHalfwayIsGoneOnWith(t *testing.T) {
	d, calls := erasingWith(t, reporting{report: register.ErasureReport{Ref: "ER-2026-0001"}, err: errors.New("the disk is full")})
	d.shows("NOT COMPLETE: the records are gone", "the disk is full", "Ctrl+S erase")
	d.keys("ctrl+s")
	if *calls != 2 {
		t.Errorf("went on %d times", *calls)
	}
	d.keys("esc")
	d.shows("Requests > ER-2026-0001")
}

func TestValuesAreSearchedForAndKeptNowhere(t *testing.T) {
	d, s, ref, _ := toErase(t)
	d.keys("7", "f")
	d.shows("Audit > Search for what is left", "kept nowhere")
	d.keys("Bo", "ctrl+s")
	d.shows("PROBLEM", "than five letters")
	for range 2 {
		d.keys("backspace")
	}
	d.keys("Adalind Example")
	d.golden("residue-form")
	d.size(80, 24)
	d.keys("ctrl+s")
	d.shows("What was searched", "place still holds", "delegates D")
	d.hides("Adalind")
	d.sweep()
	d.size(80, 24)
	d.keys("esc", "8", "f", "ada@example.org", "esc", "f")
	d.hides("ada@example.org", "Taken up")
	if all := must[[]register.ErasureLine](t)(draftsIn(t, s, ref)); len(all) > 0 {
		t.Errorf("kept as a draft: %+v", all)
	}
}

// draftsIn are the lines of a plan about unfinished forms.
func draftsIn(t *testing.T, s seat, ref string) (all []register.ErasureLine, err error) {
	t.Helper()
	plan, err := s.ErasurePlan(t.Context(), ref, nil)
	for _, l := range plan.Lines {
		if l.Collection == "drafts" {
			all = append(all, l)
		}
	}
	return all, err
}

func TestAnErasedCaseIsSearchedAgain(t *testing.T) {
	d, s, ref, _ := toErase(t)
	decideErasure(t, s, ref, register.Fulfil)
	must[register.ErasureReport](t)(s.Erase(t.Context(), ref, register.EraseInput{}, nil))
	d.committed()
	d.keys("Y")
	d.shows("The outcome is noted in " + ref)
	d.keys("Adalind Example", "ctrl+s")
	d.shows("Nothing was found that is not explained.")
	if got := kinds(t, s, ref); got[len(got)-1] != register.Noted {
		t.Errorf("the case went through %v", got)
	}
}

func TestOnlyACaseThatErasesHasAPlan(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Access, 3, nil)
	d.keys("4", "enter")
	before := d.text()
	d.keys("E", "Y", "P", "S", "I", "U", "B", "X", "V")
	if d.text() != before {
		t.Errorf("something was done:\n%s", d.text())
	}
}
