package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// colleague adds an operator and seats them at the same store.
func colleague(t *testing.T, s seat, name string, roles ...register.Role) seat {
	t.Helper()
	return takeOn(t, s, name, "seven quiet herons wade", roles...)
}

// sits starts a console for an operator at a store that is open.
func sits(t *testing.T, s seat, width, height int) *drive {
	t.Helper()
	return start(t, tui.Env{Session: s, Theme: "mono", Exports: t.TempDir()}, width, height)
}

func TestTwoPairsOfEyes(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Erasure, 3, nil)
	other := sits(t, colleague(t, s, "dora", register.DPO), 80, 24)
	d.keys("4", "enter", "x", "A great deal is held.", "ctrl+s")
	d.committed()
	d.shows("WAITS for another to approve it: extended (entry 2), prepared by tester")
	d.keys("p", "right", "enter")
	d.shows("PROBLEM", "another operator approves it")
	other.keys("4", "enter")
	other.shows("NEXT: Approve the extension", "WAITS for you to approve it: extended (entry 2), prepared by tester")
	other.keys("s")
	other.shows("Send back", "tester prepared on 2 March 2026")
	other.keys("ctrl+s")
	other.shows("an answer is needed")
	other.keys("It is two pages.", "ctrl+s")
	other.shows("The extension is sent back to tester.", "NEXT: Decide")
	d.keys("d", "down", "enter", "No longer needed.", "enter", "space", "ctrl+s", "right", "space")
	d.committed()
	other.committed()
	other.keys("p")
	other.shows("tester decided on 2 March 2026: fulfil.", "Ground: the data is no longer needed")
	other.keys("right", "enter")
	other.shows("The decision is approved.", "NEXT: Erase")
	page := must[register.RequestPage](t)(s.Request(ref))
	if i := slices.IndexFunc(page.Events, func(e register.RequestEvent) bool { return e.Kind == register.Decided }); i < 0 ||
		!slices.Equal(page.Events[i].Grounds, []string{"not-needed"}) {
		t.Errorf("the decision rests on %+v", page.Events)
	}
}

func TestOnlyOutcomesOfTheKindAreOffered(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Marketing, 3, nil)
	d.keys("4", "enter", "d")
	d.shows("Fulfil: do all that is asked", "Grounds")
	d.hides("Partly", "Refuse: do none")
	d, s = office(t, tui.Env{})
	received(t, s, calendar.Enquiry, 3, nil)
	d.keys("4", "enter")
	d.shows("NEXT: Record that the answer has gone out [r]")
	d.keys("d")
	d.hides("Decide")
	d.keys("r", "ctrl+s")
	d.committed()
	d.shows("NEXT: Close the case")
}

func TestProofIsJudged(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Access, 3, func(in *register.RequestInput) {
		in.Requester, in.Relation, in.AuthorityNeeded, in.IdentityNeeded = "Cy Solicitor", "solicitor", true, true
	})
	d.keys("4", "enter")
	d.shows("Cy Solicitor, solicitor")
	d.keys("t", "enter", "down", "enter", "down", "enter", "ctrl+s")
	d.shows("say why it is not enough")
	d.keys("It is not signed.", "ctrl+s")
	d.committed()
	d.shows("The proof is not enough", "NEXT: Record that proof of authority has arrived")
	d.keys("t", "ctrl+s")
	d.committed()
	d.keys("i", "enter", "down", "down", "enter", "ctrl+s")
	d.committed()
	d.shows("NEXT: Decide")
	d.keys("tab", "tab", "tab")
	d.shows("authority insufficient, recorded by tester", "It is not signed.", "Proof: address held")
	if got := kinds(t, s, ref); !slices.Contains(got, register.AuthorityFailed) {
		t.Errorf("the case has %v", got)
	}
}

func TestAnEntryIsPutRightOrStruckOut(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Access, 5, nil)
	d.keys("4", "enter", "i", "ctrl+s")
	d.committed()
	d.keys("e")
	d.shows("Which entry is wrong?", "2  2 Mar 2026  identity asked, by tester", "1  25 Feb 2026  received")
	d.keys("esc", "tab", "tab", "tab")
	d.shows("[Timeline 2]", "2  2 Mar 2026  identity asked")
	d.keys("enter")
	d.shows("Custos > Requests > AR-2026-0001 > Entry 2", "Put its day or its words right")
	d.keys("down", "ctrl+s")
	d.shows("say why it never happened")
	d.keys("enter", "enter", "Asked in the wrong case.", "ctrl+s")
	d.committed()
	d.shows("Entry 2 is struck out. Due:", "2  2 Mar 2026  STRUCK OUT by entry 3: identity asked", "Asked in the wrong case.")
	d.keys("O")
	d.shows("> ", "1  25 Feb 2026  received")
	d.keys("home", "enter", "enter")
	for range "2026-02-25" {
		d.keys("backspace")
	}
	d.keys("2026-02-24", "ctrl+s")
	d.committed()
	d.shows("Entry 1 is put right. Due: 24 March 2026.", "PUT RIGHT by entry 4: received")
	d.keys("down")
	d.hides("Enter open") // struck out already
}

func TestTasksAreTicked(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Complaint, 5, nil)
	d.keys("4", "enter", "tab", "tab")
	d.shows("[Tasks 0/7]", "> [ ] Acknowledge within 30 days", "(DPA 2018 s.164A)")
	d.keys("enter")
	d.shows("Acknowledge", "How they were told")
	d.keys("ctrl+s")
	d.committed()
	d.shows("[Tasks 1/7]", "[x] Acknowledge within 30 days", "done 2 Mar 2026 by tester")
	d.keys("down", "space")
	d.shows("Enquire without undue delay. It is ticked by tester, today.")
	d.keys("Asked the course office.", "ctrl+s")
	d.committed()
	d.shows("[Tasks 2/7]", "Asked the course office.")
	d.keys("space") // done already
	d.shows("[Tasks 2/7]")
	d.keys("N", "enter", "The letter went to an old address.", "ctrl+s")
	d.committed()
	d.keys("tab", "tab")
	d.shows("Notes and findings", "FOUND: The letter went to an old address.")
	if done := must[register.RequestPage](t)(s.Request(ref)).Tasks[1]; done.By != "tester" || done.Note == "" {
		t.Errorf("the task is %+v", done)
	}
}

func TestACaseIsGivenToAColleague(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Access, 5, nil)
	d.keys("4", "enter", "A")
	d.shows("nobody else here works on cases", "NEXT: Decide")
	colleague(t, s, "dora", register.DPO)
	colleague(t, s, "vic", register.Viewer)
	d.keys("A")
	d.shows("Give to a colleague", "dora: dpo")
	d.hides("vic")
	d.keys("down", "enter", "She knows them.", "ctrl+s")
	d.committed()
	d.shows("AR-2026-0001 is with dora now.", "Owner               dora")
	d.keys("esc", "w")
	d.shows("Showing mine: 0 of 1")
	d.keys("w")
	d.shows("Showing every case: 1 of 1")
}

func TestADuplicateIsMarkedAndClosed(t *testing.T) {
	d, s := office(t, tui.Env{})
	first := received(t, s, calendar.Access, 8, nil)
	second := received(t, s, calendar.Access, 2, nil)
	erasure := received(t, s, calendar.Erasure, 1, nil)
	d.keys("4", "/", second, "enter", "enter")
	d.shows("The same again?     " + first)
	d.keys("D")
	d.shows(first+", Ada Example", "may be the same")
	d.hides(erasure)
	d.keys("down", "enter", "Same words.", "ctrl+s")
	d.committed()
	d.shows(second+" is marked as a duplicate of "+first, "NEXT: Close the duplicate")
	d.hides("decide")
	d.keys("z", "right", "enter")
	d.committed()
	d.shows("Closed: nothing is left to do")
	d.keys("tab", "tab", "tab", "tab", "tab")
	d.shows("[Cases 2]", "another case of the person")
	d.keys("enter")
	d.shows(second + " > " + first)
}

func TestEverythingThatCanBeDoneIsListedInWords(t *testing.T) {
	d, s := office(t, tui.Env{})
	received(t, s, calendar.Access, 5, nil)
	d.keys("4", "enter", ".")
	d.shows("Everything that can be done in AR-2026-0001", "> NEXT: Decide, with reasons  [d]", "Give the case to a colleague  [A]")
	d.hides("Approve what", "Send back")
	d.keys("acknowledged", "enter")
	d.shows("AR-2026-0001 > Acknowledge")
}

func TestPossibleDuplicatesAreShownBeforeACaseIsOpened(t *testing.T) {
	d, s := office(t, tui.Env{})
	first := received(t, s, calendar.Access, 8, nil)
	d.keys("4", "o", "down", "enter", "down", "enter", "enter", "enter", "down", "enter", "ctrl+s")
	d.shows("These open cases may be this request over again", first)
	d.golden("request-alike")
	d.sweep()
	d.size(80, 24)
	if n := must[register.CaseList](t)(s.Cases(register.CaseQuery{})).Len(); n != 1 {
		t.Fatalf("%d cases are open", n)
	}
	d.keys("enter")
	d.shows("Custos > Requests > The same again? > " + first)
	d.keys("esc", "esc")
	d.shows("New case", "Taken up where it was left", "See the data: Access")
	d.keys("ctrl+s", "ctrl+s")
	d.shows("AR-2026-0002 is open", "The same again?     "+first)
}

func TestTheTwelveKindsAreOffered(t *testing.T) {
	d, _ := office(t, tui.Env{})
	d.size(100, 40)
	d.keys("4", "o")
	var titles []string
	for _, right := range register.CaseRights() {
		k, _ := register.KindOfCase(right)
		d.keys(k.Title)
		if !strings.Contains(d.text(), ": "+k.Title) {
			t.Errorf("%s is not offered:\n%s", k.Title, d.text())
		}
		for range k.Title {
			d.keys("backspace")
		}
		titles = append(titles, k.Title)
	}
	if len(titles) != 12 {
		t.Errorf("there are %d kinds", len(titles))
	}
}

func TestTheClockSaysWhatChanged(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Access, 10, nil)
	asked, answered := s.Today().AddDays(-6), s.Today().AddDays(-2)
	for _, e := range []register.RequestEvent{
		{Kind: register.ClarifyAsked, On: asked, Text: "Which years?"}, {Kind: register.Clarified, On: answered, Text: "All."},
	} {
		must[register.RequestPage](t)(s.Progress(t.Context(), ref, e))
	}
	d.keys("4", "enter", "tab")
	d.shows("[Clock]", "The clock starts", "Notice of more time by ", "Paused              4 days", "Until entry 2")
	if err := s.SetHolidays(t.Context(), "england-and-wales,2026-03-26,A day of mourning\n"+
		"england-and-wales,2026-03-27,Another"); err != nil {
		t.Fatal(err)
	}
	d.keys("esc", "enter", "tab")
	if page := must[register.RequestPage](t)(s.Request(ref)); page.Recount != nil {
		d.shows("By today's rules", "the date that was told is kept")
	}
}

func TestFramesOfCasework(t *testing.T) {
	d, s := office(t, tui.Env{Now: func() time.Time { return morning }})
	ref := received(t, s, calendar.Access, 9, func(in *register.RequestInput) {
		in.IdentityNeeded, in.Identity = true, "The letter is signed by nobody."
	})
	received(t, s, calendar.Access, 2, func(in *register.RequestInput) {
		in.Delegate, in.Name = "", "Ada\x1b]52;c;x\a \u202eExample\n"
	})
	colleague(t, s, "dora", register.DPO)
	for _, e := range []register.RequestEvent{
		{Kind: register.IdentitySeen, On: s.Today(), Evidence: "passport"},
		{Kind: register.Noted, On: s.Today(), Text: "Rang them.\nThey want \x1b[31mred\x1b[0m ink."},
		{Kind: register.Extended, On: s.Today(), Text: "A great deal is held."},
	} {
		must[register.RequestPage](t)(s.Progress(t.Context(), ref, e))
	}
	must[register.RequestPage](t)(s.Correct(t.Context(), ref, register.RequestEvent{
		Kind: register.IdentitySeen, On: s.Today().AddDays(-1), Evidence: "passport", Corrects: 3,
	}))
	must[register.RequestPage](t)(s.FinishTask(t.Context(), ref, "search", "Both cabinets."))
	d.keys("4", "/", ref, "enter", "enter")
	for _, tab := range []string{"facts", "clock", "tasks", "timeline", "held", "cases"} {
		d.golden("case-" + tab)
		d.sweep()
		d.size(80, 24)
		d.text() // a page is as wide as it was last shown
		d.keys("tab")
	}
	d.keys(".")
	d.golden("case-everything")
	d.sweep()
	d.size(80, 24)
	d.keys("esc", "e", "enter")
	d.golden("case-entry")
}
