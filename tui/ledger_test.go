package tui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// agreed is a console on the people of roster, of whom Ada agreed to the newsletter, Bo refused it and Cy was asked.
func agreed(t *testing.T) (*drive, seat, []register.ID) {
	t.Helper()
	d, s := roster(t)
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Sort: "name"}))
	var who []register.ID
	for i, act := range []register.ConsentAct{register.Given, register.RefusedIt, register.Asked} {
		who = append(who, rows.Row(i).ID)
		answered(t, s, who[i], act, 20)
	}
	return d, s, who
}

// answered records an answer about the newsletter so many days ago.
func answered(t *testing.T, s seat, who register.ID, act register.ConsentAct, daysAgo int) {
	t.Helper()
	must[register.ConsentEvent](t)(s.RecordConsent(t.Context(), register.ConsentInput{
		Delegate: who, Purpose: "newsletter", Channel: "email", Act: act, Method: "paper", At: morning.AddDate(0, 0, -daysAgo),
	}))
}

// toNewsletter leads to the row of the newsletter.
func toNewsletter(s seat) []string {
	keys := []string{"5", "home"}
	for _, k := range s.ConsentKeys() {
		if k.Purpose == "newsletter" {
			return keys
		}
		keys = append(keys, "down")
	}
	return keys
}

func TestTheConsentsAreCountedByQuestion(t *testing.T) {
	d, s, _ := agreed(t)
	d.keys(toNewsletter(s)...)
	d.shows("Custos > Consents", "Given", "Refused", "Withdrawn", "Weekly newsletter by email",
		"1 of 3 may be contacted today", "Exactly: asked 1, given 1, refused 1", "Yes", "No", "Feb", "Mar")
	d.size(160, 30)
	d.shows("Weekly newsletter by email", "Apr")
}

func TestThePeopleOfAQuestionByTheirAnswer(t *testing.T) {
	d, s, _ := agreed(t)
	d.keys(toNewsletter(s)...)
	d.keys("enter")
	d.shows("Consents > Weekly newsletter by email", "Given: 1 of 1", "Ada Example", "may be contacted")
	d.hides("Bo Sample")
	d.keys("v")
	d.shows("Refused: 1 of 1", "Bo Sample", "MAY NOT")
	d.keys("v")
	d.shows("Withdrawn: 0 of 0", "Nobody stands like that")
	d.keys("v")
	d.shows("Never asked: 1 of 1", "asked")
	d.keys("v", "W")
	d.shows("Ada Example MAY be contacted: Weekly newsletter by email", "Because the person consented", "UK GDPR Art 6(1)(a)", "given (paper)")
	d.keys("esc", "enter")
	d.shows("Weekly newsletter by email > Ada Example")
}

func TestWithdrawingIsOneStep(t *testing.T) {
	_, s, who := agreed(t)
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: t.TempDir()}, 100, 60)
	d.keys("2", "enter")
	d.shows("may     email: given")
	d.keys("w")
	d.shows("What is taken back?", "> Weekly newsletter by email", "All direct marketing")
	d.keys("enter")
	d.shows("Ada Example > Taken back", "Weekly newsletter by email: withdrawn, 2 March 2026", "What they are still held for")
	d.keys("r")
	d.shows("Reply letter", "withdrawal-")
	d.keys("ctrl+s")
	d.shows("The letter is withdrawal-", "Ada Example > Taken back")
	d.keys("r", "ctrl+s")
	d.shows("PROBLEM")
	d.keys("esc", "esc")
	d.shows("MAY NOT email: withdrawn")
	answer := must[register.ContactAnswer](t)(s.MayContact(who[0], register.ConsentKey{Purpose: "newsletter", Channel: "email"}, calendar.Date{}))
	if answer.Allowed || answer.Rule != register.RuleOptedOut {
		t.Errorf("after the withdrawal they may be contacted: %+v", answer)
	}
	d.keys("w", "enter") // nothing is left to take back but all marketing
	d.shows("All direct marketing by every channel: objected")
}

func TestErasureIsOfferedWhereConsentWasTheOnlyReason(t *testing.T) {
	s := sit(t, "traded-services-portal")
	who := must[register.ID](t)(s.AddDelegate(t.Context(), register.DelegateInput{
		Kind: "contact", Values: map[string]string{"name": "Ada Example", "email": "ada@example.org"},
	}))
	answered(t, s, who, register.Given, 20)
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 80, 40)
	d.keys("2", "enter", "w", "enter")
	d.shows("NOTHING: that consent was the only reason to hold this person.", "e erasure")
	d.golden("consents-nothing-left")
	d.keys("e")
	d.shows("New case", "Erasure")
	d.keys("ctrl+s", "down", "enter", "ctrl+s")
	d.shows("ER-2026-0001", "Erasure", "Ada Example")
}

func TestWhoIsToBeAskedAgain(t *testing.T) {
	d, s, who := agreed(t)
	answered(t, s, who[1], register.Given, 10)
	d.keys("5", "f")
	d.shows("Consents > Ask again", "To be asked again: 1 of", "asked, no answer")
	d.keys("a", "r")
	d.shows("How was the question asked again")
	d.keys("paper", "enter")
	d.shows("Nothing is sent", "Record 1 request")
	d.keys("right", "space")
	d.shows("Recorded as asked: 1 question")
	d.keys("enter")
	d.shows("Ask again > ")
}

func TestAMailingListHoldsOnlyThoseWhoMayBeContactedToday(t *testing.T) {
	_, s, who := agreed(t)
	dir := t.TempDir()
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: dir}, 100, 30)
	d.keys(toNewsletter(s)...)
	d.keys("x")
	d.shows("Consents > Mailing list", "Weekly newsletter by email: the file holds only those", "1 person as", "Who receives it")
	d.hides("On behalf of")
	d.keys("ctrl+s")
	d.shows("In the list:  1 person", "Left out:     2 people", "Why they were left out", "the person said no", "has not consented", "Disclosure:")
	text, err := os.ReadFile(filepath.Join(dir, "mailing-newsletter-email-2026-03-02.csv"))
	if err != nil || !strings.Contains(string(text), "ada@example.org") || strings.Contains(string(text), "bo@example.org") {
		t.Errorf("the list holds %q, %v", text, err)
	}
	must[register.Withdrawal](t)(s.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who[0]}))
	d.keys("esc", "x", "backspace", "backspace", "backspace", "backspace", "2.csv", "ctrl+s")
	d.shows("PROBLEM")
}

func TestThePersonsConsentsLeaveAsAReceipt(t *testing.T) {
	_, s, _ := agreed(t)
	dir := t.TempDir()
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: dir}, 100, 30)
	d.keys("2", "enter", "C", "x")
	d.shows("Export consents", "ISO/IEC TS 27560")
	d.keys("enter", "down", "down", "enter")
	d.shows("The consents list is consents-")
	if found, _ := filepath.Glob(filepath.Join(dir, "consents-*.json")); len(found) != 1 {
		t.Errorf("written: %v", found)
	}
}

func TestTheMatrixOfASelection(t *testing.T) {
	d, s, _ := agreed(t)
	d.size(100, 24)
	d.keys("2", "p")
	d.shows("Delegates > By purpose", "Ada Example", "Bo Sample", "not asked", "question 1 of "+fmt.Sprint(len(s.ConsentKeys())))
	for range s.ConsentKeys() {
		if strings.Contains(d.text(), "Weekly newsletter by email: ") {
			break
		}
		d.keys("right")
	}
	d.shows("Weekly newsletter by email: given, may be contacted. Ada Example", "may  given", "no   refused")
	d.keys("down", "enter")
	d.shows("Bo Sample MAY NOT be contacted: Weekly newsletter by email", "the person said no")
	d.keys("esc", "esc", "home", "space", "p")
	d.shows("Ada Example", "1 of 1, question 1")
	d.hides("Bo Sample")
}

func TestAsItStoodOnADay(t *testing.T) {
	d, s, who := agreed(t)
	answered(t, s, who[0], register.Withdrawn, 5)
	d.keys(toNewsletter(s)...)
	d.shows("0 of 3 may be contacted today")
	d.keys("t")
	d.shows("As it stood on", "As known on")
	for range "2026-03-02" {
		d.keys("backspace")
	}
	d.keys("20/02/2026", "ctrl+s")
	d.shows("As it stood on 20 February 2026.")
	d.keys(toNewsletter(s)[2:]...)
	d.shows("1 of 3 may be contacted then")
	d.keys("esc", "2", "enter", "C", "t")
	for range "2026-03-02" {
		d.keys("backspace")
	}
	d.size(80, 50)
	d.keys("20/02/2026", "ctrl+s")
	d.shows("As it stood on 20 February 2026", "may     email: given, 10 Feb 2026")
}

func TestAWrongConsentIsCorrectedByALaterEvent(t *testing.T) {
	d, s, who := agreed(t)
	d.size(100, 60)
	d.keys("2", "enter", "C", "e")
	d.shows("Correct", "Say what should have been recorded instead of given")
	d.keys("enter", "down", "down", "down", "enter", "ctrl+s")
	d.shows("Recorded: refused.", "PUT RIGHT: given")
	events := must[[]register.ConsentEvent](t)(s.ConsentHistory(who[0]))
	last := events[len(events)-1]
	if len(events) != 2 || last.Corrects == "" || last.Act != register.RefusedIt {
		t.Errorf("the ledger holds %+v", events)
	}
}

// What another door of the desk commits shows on every open screen with the next frame.
func TestAWithdrawalReachesEveryOpenScreen(t *testing.T) {
	d, s, who := agreed(t)
	d.keys(toNewsletter(s)...)
	d.keys("enter", "enter")
	d.size(100, 60)
	d.shows("may     email: given")
	must[register.Withdrawal](t)(s.Withdraw(t.Context(), register.WithdrawalInput{Delegate: who[0]}))
	d.send(tui.Note(register.Note{Verb: register.ConsentWithdraw, Collections: []string{"consents"}, IDs: []register.ID{who[0]}}))
	d.shows("MAY NOT email: withdrawn")
	d.keys("esc")
	d.shows("Given: 0 of 0")
	d.keys("esc")
	d.shows("0 of 3 may be contacted today")
}

func TestFramesOfTheLedger(t *testing.T) {
	d, s, who := agreed(t)
	answered(t, s, who[0], register.Renewed, 3)
	for _, at := range []struct {
		name string
		keys []string
	}{
		{"consents-area", toNewsletter(s)},
		{"consents-people", []string{"enter"}},
		{"consents-why", []string{"W"}},
		{"consents-mailing", []string{"esc", "esc", "x"}},
		{"consents-refresh", []string{"esc", "f"}},
		{"consents-asof", []string{"esc", "t"}},
		{"consents-matrix", []string{"esc", "2", "p"}},
		{"consents-withdraw", []string{"esc", "home", "enter", "w"}},
		{"consents-withdrawn", []string{"enter"}},
		{"consents-history", []string{"esc", "C"}},
	} {
		d.keys(at.keys...)
		t.Run(at.name, func(t *testing.T) {
			was := d.t
			defer func() { d.t = was }()
			d.t = t
			d.golden(at.name)
			d.sweep()
			for _, bad := range []string{"\x1b]", "\x1b[2J", "\u202e", "\a"} {
				if strings.Contains(d.m.View(), bad) {
					t.Errorf("the screen holds %q", bad)
				}
			}
		})
	}
}
