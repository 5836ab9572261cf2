package tui

import (
	"slices"
	"testing"

	"custos/tui/widget"
)

// Whatever a list may lead to has a door: Enter never does nothing.
func TestEveryThingCanBeOpened(t *testing.T) {
	for _, x := range []thing{thePerson, theOrganisation, theCase, theNewCase, theNotices, theSuppressions, theContacts} {
		if !leads(x) {
			t.Errorf("nothing opens a %s", x)
		}
	}
}

// What works only on screens that a role never comes to is not offered to it by the list of all actions.
func TestWhatWorksOnlyWhereFewComeNeedsTheirRole(t *testing.T) {
	few := []widget.Scope{
		scopeRequests, scopeCase, scopeMonth, scopeFigures, scopeIncoming, scopeAlike, scopeRedaction, scopeFindings, scopeTemplate,
		scopeMerge, scopeGrid, scopeSheet, scopeImports, scopePlan, scopeContacts, scopeAudit, scopeSuppressions, scopeNotices,
	}
	for _, e := range bindings().All() {
		others := func(s widget.Scope) bool { return !slices.Contains(few, s) }
		if _, known := needs[e.Action]; !known && len(e.Scopes) > 0 && !slices.ContainsFunc(e.Scopes, others) {
			t.Errorf("%q works on %v alone, and says of nobody that they may", e.Label, e.Scopes)
		}
	}
}
