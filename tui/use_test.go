package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

// toQuestion leads to the row of a purpose.
func toQuestion(s seat, purpose string) []string {
	keys := []string{"5", "home"}
	for _, k := range s.ConsentKeys() {
		if k.Purpose == purpose {
			break
		}
		keys = append(keys, "down")
	}
	return keys
}

// What people agree to may be a use of their data: no screen speaks of contacting anybody for it.
func TestAUseIsNeverSpokenOfAsContact(t *testing.T) {
	const title = "Special requirements for a course"
	s := sit(t, "traded-services-portal")
	who := must[register.ID](t)(s.AddDelegate(t.Context(), register.DelegateInput{
		Kind: "staff", Values: map[string]string{"name": "Ada Example", "email": "ada@example.org", "job_title": "Clerk"},
	}))
	must[register.ConsentEvent](t)(s.RecordConsent(t.Context(), register.ConsentInput{
		Delegate: who, Purpose: "special-requirements", Channel: "email", Act: register.Given, Method: "paper",
		At: morning.AddDate(0, 0, -2),
	}))
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: t.TempDir()}, 120, 40)
	d.keys(toQuestion(s, "special-requirements")...)
	d.shows("For 1 of 1 it may be used today: "+title, title+" ", " use ")
	d.hides("may be contacted", "mailing list")
	d.keys("x")
	d.shows("No mailing list: nothing is sent for a use people agree to.", "Custos > Consents")
	d.keys("enter")
	d.shows("Consents > "+title, "Ada Example", "may be used")
	d.keys("W")
	d.shows("Of Ada Example, this MAY be used: " + title + ".")
	d.hides("contacted", "PECR")
	d.keys("esc", "w", "enter")
	d.shows("Taken back", title+": withdrawn")
	d.keys("esc")
	d.shows("Given: 0 of 0")
	d.keys("v", "v")
	d.shows("Withdrawn: 1 of 1", "MAY NOT be used")
	d.keys("enter")
	d.shows(title, "MAY NOT be used: withdrawn, 2 Mar 2026")
	d.keys("W", title)
	d.shows(title + ": MAY NOT be used")
	d.keys("esc", "2", "p")
	for range s.ConsentKeys() {
		if strings.Contains(d.text(), title+": withdrawn, MAY NOT be used. Ada Example") {
			return
		}
		d.keys("right")
	}
	t.Errorf("the matrix does not say that it may not be used:\n%s", d.text())
}

func TestProfilingIsCountedWhereTheProfileAllowsIt(t *testing.T) {
	s, dir := sit(t, "community-learning"), t.TempDir()
	for _, gender := range []string{"woman", "woman", "woman", "woman", "woman", "man"} {
		addPerson(t, s, map[string]string{"name": "Ada Example", "gender": gender})
	}
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: dir}, 120, 40)
	d.keys("5", "p")
	d.shows("Consents > Profiling counts", "Age band, Postcode area, Gender together", "without groups of fewer than 5")
	d.keys("tab", "end", "ctrl+s")
	d.shows("The counts are profiling-2026-03-02.csv", "of nobody", "Custos > Consents")
	text, err := os.ReadFile(filepath.Join(dir, "profiling-2026-03-02.csv"))
	if err != nil || strings.Contains(string(text), "Ada") || !strings.Contains(string(text), "people") {
		t.Errorf("the counts are %q, %v", text, err)
	}
	d = start(t, tui.Env{Session: sit(t, "education-services"), Theme: "mono"}, 120, 40)
	d.keys("5")
	d.hides("profiling")
	d.keys("p")
	d.shows("No profiling: the profile of this office allows none.", "Custos > Consents")
}

// Whoever has the office send a message has one to send: no processor, and nobody who receives data only by law. It is
// sent where people were told that it is sent on behalf of others, and nowhere else.
func TestAMailingIsOnlyOnBehalfOfThoseWhoHaveMessages(t *testing.T) {
	s := sit(t, "community-learning")
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 120, 60)
	d.keys(toQuestion(s, "newsletters")...)
	d.keys("x", "down", "down")
	d.shows("mailing-newsletters-email-whats-on-2026-03-02.csv")
	d.hides("On behalf of", "Awarding bodies")
	s = sit(t, "teaching-school")
	d = start(t, tui.Env{Session: s, Theme: "mono"}, 120, 60)
	d.keys(toQuestion(s, "course-news")...)
	d.keys("x")
	d.hides("On behalf of", "Who receives it") // no processor may have the list
	d = start(t, tui.Env{Session: s, Theme: "mono"}, 120, 60)
	d.keys(toQuestion(s, "partner-news")...)
	d.keys("x", "down", "down")
	d.shows("On behalf of", "Training partnerships")
	d.hides("Who receives it", "emergency services")
}
