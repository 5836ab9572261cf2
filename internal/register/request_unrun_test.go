package register

import (
	"testing"

	"custos/internal/calendar"
)

// An erasure that was granted and answered is still to be run; closing comes after.
func TestAnErasureThatWasNotRunIsOfferedNext(t *testing.T) {
	decided := RequestEvent{Kind: Decided, Outcome: Fulfil, Text: "all"}
	r := lettered(calendar.Erasure, decided, RequestEvent{Kind: Approved, Approves: 2}, RequestEvent{Kind: Replied})
	if next := r.Next(); next[0].Do != ErasedData {
		t.Errorf("not run: %v", next)
	}
	r = lettered(calendar.Erasure, decided, RequestEvent{Kind: Approved, Approves: 2}, RequestEvent{Kind: ErasedData},
		RequestEvent{Kind: Replied})
	if next := r.Next(); next[0].Do != CaseClosed {
		t.Errorf("run: %v", next)
	}
}
