package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// ApplyContacts is joined as the program joins it.
func (s seat) ApplyContacts(ctx context.Context, p *register.ContactPlan, told func(done, total int)) (register.Batch, error) {
	return s.Seat.ApplyContacts(ctx, p, told)
}

// subscribers says yes for Bo, who refused; no for Ada, who agreed; yes for somebody new; and one thing nobody understands.
const subscribers = "email,name,answer\n" +
	"bo@example.org,Bo Sample,yes\n" +
	"ada@example.org,Ada Example,no\n" +
	"di@example.org,Di \x1b[2J\u202eNewcomer,yes\n" +
	"ed@example.org,Ed Newcomer,perhaps\n"

func contactsForm(t *testing.T) (*drive, seat, []register.ID, string) {
	t.Helper()
	_, s, who := agreed(t)
	dir := t.TempDir()
	env := tui.Env{Session: s, Theme: "mono", Exports: dir, ReadFile: files(map[string]string{
		"list.csv": subscribers, "photo.csv": "\x89PNG\r\n\x1a\nxxxx",
	})}
	return start(t, env, 80, 24), s, who, dir
}

// answersTo chooses the newsletter as the question of the file.
func answersTo(s seat) []string {
	keys := []string{"enter", "down"}
	for _, k := range s.ConsentKeys() {
		if k.Purpose == "newsletter" {
			break
		}
		keys = append(keys, "down")
	}
	return append(keys, "enter", "ctrl+s")
}

func TestContactsOfAnotherToolNeverTurnANoIntoAYes(t *testing.T) {
	d, s, who, dir := contactsForm(t)
	d.keys("6", "c")
	d.shows("Imports > Contacts", "a yes never goes over a no")
	d.golden("contacts-form")
	d.size(80, 24)
	d.keys("photo.csv", "ctrl+s")
	d.shows("PROBLEM")
	for range "photo.csv" {
		d.keys("backspace")
	}
	d.keys("list.csv")
	d.keys(answersTo(s)...)
	d.shows("consent: no column is mapped")
	d.keys("esc", "enter", "enter", "nothing", "ctrl+s")
	d.shows("PROBLEM: Column of the answer: the file has no such column; it has email, name,")
	for range "nothing" {
		d.keys("backspace")
	}
	d.keys("answer", "ctrl+s")
	d.shows("Imports > Plan", "list.csv, read as generic. Its answers are to: Weekly newsletter by email.",
		"Showing 1 row that are REFUSED", "Recorded: 1 yes, 1 no", "A no held stands against a yes:")
	d.golden("contacts-plan")
	d.sweep()
	d.size(80, 24)
	d.keys("v")
	d.shows("Showing 1 row that would be added", "Di ")
	d.hides("\u202e")
	d.keys("esc")
	d.shows("Imports > Contacts", "list.csv", "Taken up where it was left")
	d.keys("ctrl+s", "r")
	d.shows("Refused rows", "list-refused.csv")
	d.keys("ctrl+s")
	d.shows("Written back: 1 row")
	back, err := os.ReadFile(filepath.Join(dir, "list-refused.csv"))
	if err != nil || !strings.Contains(string(back), "ed@example.org") || strings.Contains(string(back), "bo@example.org") {
		t.Errorf("written back: %q, %v", back, err)
	}
	d.keys("ctrl+s", "right", "enter")
	d.shows("Imported as I", "CARRIED OUT as I")
	key := register.ConsentKey{Purpose: "newsletter", Channel: "email"}
	for i, x := range []string{"Ada, whose no was in the file", "Bo, who refused"} {
		if a := must[register.ContactAnswer](t)(s.MayContact(who[i], key, calendar.Date{})); a.Allowed {
			t.Errorf("%s may be written to: %+v", x, a)
		}
	}
	if n := peopleHeld(t, s); n != 4 {
		t.Errorf("%d people after the import", n)
	}
	d.keys("esc")
	d.committed()
	d.shows("Custos > Imports", "list.csv", "contacts", "done")
}

func TestContactsWithoutAQuestionChangeNoConsent(t *testing.T) {
	d, s, who, _ := contactsForm(t)
	d.keys("6", "c", "list.csv", "ctrl+s")
	d.shows("NO CONSENT is recorded.", "REFUSED")
	d.keys("v")
	d.shows("would be added")
	d.keys("ctrl+s", "right", "enter")
	for _, id := range who {
		if events := must[[]register.ConsentEvent](t)(s.ConsentHistory(id)); len(events) != 1 {
			t.Errorf("%s has %d events", id, len(events))
		}
	}
}
