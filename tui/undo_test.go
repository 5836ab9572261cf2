package tui_test

import (
	"strings"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

func TestAnUndoIsToldInTheOfficesWords(t *testing.T) {
	many := register.Undone{Restored: 20000, Removed: 20000, Kept: 120}
	verbs := tui.Undoable()
	if len(verbs) < 13 {
		t.Fatalf("words are known for %v", verbs)
	}
	for _, v := range verbs {
		for _, n := range []register.Undone{{Restored: 1}, {Removed: 1}, {Restored: 200, Kept: 3}, {}} {
			n.Verb = v
			said := tui.UndoneSaid(&n)
			if len(said) > 80 || strings.Contains(said, string(v)) || strings.Contains(said, " 0 ") {
				t.Errorf("%s %+v: %q", v, n, said)
			}
		}
	}
	for said, want := range map[string]string{
		tui.PutBack(&many): "20,000 put back, 20,000 removed, 120 kept (used since).",
		tui.UndoneSaid(&register.Undone{Verb: register.ConsentRecord, Kept: 1}):                 "Undone: an answer on consent. 1 kept (a no stays).",
		tui.UndoneSaid(&register.Undone{Verb: register.DelegateChange, Restored: 1}):            "Undone: a change to a person. 1 put back.",
		tui.UndoneSaid(&register.Undone{Verb: register.StoreRekey, Removed: 2}):                 "Undone: your last change. 2 removed.",
		tui.UndoneSaid(&register.Undone{Verb: register.MembershipEnd, Restored: 1, Removed: 1}): "Undone: the end of a membership. 1 put back, 1 removed.",
		tui.UndoneSaid(&register.Undone{Verb: register.DelegateAdd}):                            "Undone: a new person. Nothing was left to put back.",
	} {
		if said != want {
			t.Errorf("%q, want %q", said, want)
		}
	}
}
