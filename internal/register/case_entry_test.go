package register

import (
	"slices"
	"testing"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
)

// An entry says on every day what the case itself says, and is ordered as rows are.
func TestEntriesAreRows(t *testing.T) {
	on := calendar.NewDate(2026, 3, 2)
	event := func(seq int, kind RequestEventKind) RequestEvent {
		return RequestEvent{Seq: seq, Kind: kind, On: on.AddDays(seq), Outcome: Partly, By: "x"}
	}
	var cases []Request
	for i, events := range [][]RequestEvent{
		{event(1, Received)},
		{event(1, Received), event(2, IdentityAsked)},
		{event(1, Received), event(2, Decided), event(3, Replied)},
		{event(1, Received), event(2, Decided), event(3, Replied), event(4, CaseClosed)},
	} {
		for j, deadline := range []calendar.Deadline{{}, {Stopped: true}, {Due: on.AddDays(30), LastLawful: on.AddDays(31)}} {
			cases = append(cases, Request{Ref: CaseRef(calendar.Access, 2026, 10*i+j), Right: calendar.Access, Name: "N",
				Owner: "x", Events: events, Deadline: deadline})
		}
	}
	var entries []CaseEntry
	for _, r := range cases {
		entries = append(entries, r.Entry())
	}
	slices.SortFunc(entries, func(a, b CaseEntry) int { return ComparePressing(&a, &b) })
	for _, days := range []int{0, 20, 30, 31, 400} {
		today := on.AddDays(days)
		var want, got []RequestRow
		for i := range cases {
			want = append(want, cases[i].Row(today, "the name"))
		}
		SortByDue(want)
		for i := range entries {
			got = append(got, entries[i].On(today, "the name"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("on %s (-rows +entries):\n%s", today, diff)
		}
	}
	if closed := cases[9].Entry().Closed; closed != on.AddDays(4) {
		t.Errorf("it was closed on %s", closed)
	}
}
