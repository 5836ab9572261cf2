package tui

import "testing"

// Whatever a list may lead to has a door: Enter never does nothing.
func TestEveryThingCanBeOpened(t *testing.T) {
	for _, x := range []thing{thePerson, theOrganisation, theCase, theNewCase, theNotices, theSuppressions, theContacts} {
		if !leads(x) {
			t.Errorf("nothing opens a %s", x)
		}
	}
}
