package tui_test

import (
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

func TestAnAddressIsSuppressedAndLifted(t *testing.T) {
	d, s, who := agreed(t)
	d.keys("5", "b")
	d.shows("Consents > Suppressions", "No address is suppressed: n adds one.")
	d.golden("suppressions-none")
	d.keys("n", "not an address", "ctrl+s")
	d.shows("Why: an answer is needed")
	d.keys("asked by phone", "ctrl+s")
	d.shows("Email address", "this is not an email address")
	for range "not an address" {
		d.keys("backspace")
	}
	d.keys("ada@example.org", "esc")
	d.shows("What you typed is kept")
	d.keys("n")
	d.shows("Taken up where it was left", "ada@example.org")
	d.golden("suppression-form")
	d.size(80, 24)
	d.keys("ctrl+s")
	d.committed()
	d.shows("STANDS", "marketing", "by hand (tester): asked by phone", "2 Mar 2026")
	d.hides("ada@example.org")
	key := register.ConsentKey{Purpose: "newsletter", Channel: "email"}
	if a := must[register.ContactAnswer](t)(s.MayContact(who[0], key, calendar.Date{})); a.Allowed {
		t.Errorf("a suppressed address may be used: %+v", a)
	}
	d.golden("suppressions")
	d.sweep()
	d.size(80, 24)
	d.keys("delete")
	d.shows("Suppressions > Lift", "stays in the list as lifted")
	d.keys("asked in writing", "ctrl+s")
	d.shows("The address may be used again", "Lift it")
	d.keys("right", "space")
	d.committed()
	d.shows("lifted", "Lifted 2 March 2026, 09:00, by tester: asked in writing")
	if a := must[register.ContactAnswer](t)(s.MayContact(who[0], key, calendar.Date{})); !a.Allowed {
		t.Errorf("a lifted suppression still bars: %+v", a)
	}
	d.keys("delete")
	d.hides("Suppressions > Lift")
	d.keys("/", "stands")
	d.shows("No suppression is like that.")
}
