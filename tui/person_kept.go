package tui

import (
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// restricted says on which ground, since when and on account of which case a record is stored and nothing else.
func (t *text) restricted(d *register.Delegate) {
	t.add("  ", theme.Late, "RESTRICTED: it may be stored and nothing else (UK GDPR Art 18)")
	for _, x := range d.Restrictions {
		words := x.Ground
		if g, ok := register.RestrictionGround(x.Ground); ok {
			words = groundWords(g)
		}
		t.add("    ", theme.Plain, x.Case+", since "+day(x.Since)+": "+words)
	}
	if len(d.Restrictions) == 0 {
		t.add("    ", theme.Plain, strings.Trim("since "+day(d.StatusSince)+": "+d.StatusReason, ": "))
	}
}

// holdsOf says what keeps the person's data from being erased; released holds are on their own page.
func (t *text) holdsOf(all []register.Hold) {
	for i := range all {
		if all[i].Standing() {
			t.add("  ", theme.Soon, "HELD, not to be erased: "+holdWords(&all[i]))
		}
	}
}

// whyNot says why nothing can be done with a record that is restricted or erased.
func (p *person) whyNot(a widget.Action) string {
	if !p.ready {
		return ""
	}
	switch a {
	case delegateEdit, delegateMerge, consentRecord, membershipSet, membershipEnd, delegateDeactivate:
	default:
		return ""
	}
	switch d := &p.page.Delegate; d.Status {
	case register.Restricted:
		return "The record is RESTRICTED" + onAccount(d) + ": it may be stored and nothing else. w still records that they take back" +
			" or object; the case lifts the restriction."
	case register.Erased:
		return "The person was erased: nothing of them is left to change."
	default:
		return ""
	}
}

// onAccount names the cases a record is restricted by.
func onAccount(d *register.Delegate) string {
	var cases []string
	for _, x := range d.Restrictions {
		cases = append(cases, x.Case)
	}
	if len(cases) == 0 {
		return ""
	}
	return " on account of " + strings.Join(cases, ", ")
}
