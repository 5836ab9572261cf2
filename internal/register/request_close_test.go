package register

import (
	"testing"

	"custos/internal/calendar"
)

func TestAnErasureThatWasNotRunStaysOpen(t *testing.T) {
	for _, c := range []struct {
		name    string
		outcome Outcome
		more    []RequestEvent
		closes  bool
	}{
		{"granted", Fulfil, nil, false},
		{"granted in part", Partly, nil, false},
		{"refused", Refuse, nil, true},
		{"run", Fulfil, []RequestEvent{{Kind: ErasedData}}, true},
		{"a duplicate", Fulfil, []RequestEvent{{Kind: Duplicate}}, true},
	} {
		events := append([]RequestEvent{{Kind: Decided, Outcome: c.outcome}, {Kind: Approved}}, c.more...)
		r := lettered(calendar.Erasure, append(events, RequestEvent{Kind: Replied})...)
		err := r.mayClose(RequestEvent{Kind: CaseClosed, On: mustDay("2026-03-20")})
		if (err == nil) != c.closes || err != nil && KindOf(err) != Refused {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
