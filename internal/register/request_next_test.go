package register

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// TestWhatIsOfferedNext: what may be done with a case of a kind as it stands, the most useful first.
func TestWhatIsOfferedNext(t *testing.T) {
	replied := []RequestEvent{march(Replied, 12)}
	told, twin := march(RestrictionEnded, 14), march(Duplicate, 3)
	twin.Case = "AR-2"
	waits := march(Extended, 5)
	waits.Awaits = true
	set := grounded(march(RestrictionSet, 3), "objection")
	start := []RequestEventKind{Acknowledged, IdentityAsked, Extended}
	from := func(all ...RequestEventKind) []RequestEventKind { return append(all, start...) }
	for _, tt := range []struct {
		name   string
		right  calendar.Right
		before []RequestEvent
		want   []RequestEventKind
	}{
		{"an access request", calendar.Access, nil,
			[]RequestEventKind{Decided, Packed, Acknowledged, IdentityAsked, ClarifyAsked, Extended}},
		{"what was acknowledged, asked and extended", calendar.Erasure,
			[]RequestEvent{march(Acknowledged, 3), march(IdentityAsked, 3), march(IdentitySeen, 4), march(Extended, 5)}, []RequestEventKind{Decided}},
		{"marketing", calendar.Marketing, nil, []RequestEventKind{MarketingStopped, Decided, Acknowledged, IdentityAsked}},
		{"stopped marketing", calendar.Marketing, []RequestEvent{march(MarketingStopped, 3)},
			[]RequestEventKind{Decided, Acknowledged, IdentityAsked}},
		{"a withdrawal", calendar.Withdrawal, nil, []RequestEventKind{ConsentWithdrawn, Decided, Acknowledged, IdentityAsked}},
		{"a recorded withdrawal", calendar.Withdrawal, []RequestEvent{march(ConsentWithdrawn, 3)},
			[]RequestEventKind{Decided, Acknowledged, IdentityAsked}},
		{"a complaint", calendar.Complaint, nil, []RequestEventKind{Acknowledged, Decided, IdentityAsked}},
		{"an acknowledged complaint", calendar.Complaint, []RequestEvent{march(Acknowledged, 3)},
			[]RequestEventKind{Decided, IdentityAsked, ProgressTold}},
		{"an objection", calendar.Objection, nil, from(Balanced, Decided)},
		{"a weighed objection", calendar.Objection, []RequestEvent{march(Balanced, 3)}, from(Decided)},
		{"a restriction", calendar.Restriction, nil, from(RestrictionSet, Decided)},
		{"what is restricted", calendar.Restriction, []RequestEvent{set}, from(Decided)},
		{"an enquiry", calendar.Enquiry, nil, []RequestEventKind{Replied, Acknowledged, IdentityAsked}},
		{"a duplicate", calendar.Access, []RequestEvent{twin}, []RequestEventKind{CaseClosed}},
		{"a closed duplicate", calendar.Access, []RequestEvent{twin, march(CaseClosed, 4)}, nil},
		{"waiting for identity", calendar.Access, []RequestEvent{march(IdentityAsked, 3)}, []RequestEventKind{IdentitySeen, Acknowledged}},
		{"waiting, acknowledged", calendar.Access, []RequestEvent{march(IdentityAsked, 3), march(Acknowledged, 3)},
			[]RequestEventKind{IdentitySeen}},
		{"waiting for authority", calendar.Access, []RequestEvent{march(AuthorityAsked, 3)}, []RequestEventKind{AuthoritySeen, Acknowledged}},
		{"waiting for a fee", calendar.Access, []RequestEvent{march(FeeAsked, 3)}, []RequestEventKind{FeePaid, Acknowledged}},
		{"waiting for an answer", calendar.Access, []RequestEvent{march(ClarifyAsked, 3)}, []RequestEventKind{Clarified, Acknowledged}},
		{"waiting for two things", calendar.Access, []RequestEvent{march(ClarifyAsked, 3), waits},
			[]RequestEventKind{Approved, Returned, Clarified, Acknowledged}},
		{"decided", calendar.Access, granted(Fulfil)[:1], []RequestEventKind{Approved, Returned}},
		{"to be packed", calendar.Access, granted(Fulfil), []RequestEventKind{Packed, Replied}},
		{"packed", calendar.Access, then(granted(Fulfil), march(Packed, 12)), []RequestEventKind{Replied, Packed}},
		{"packed before it was approved", calendar.Access, then([]RequestEvent{march(Packed, 9)}, granted(Fulfil)...),
			[]RequestEventKind{Packed, Replied}},
		{"refused", calendar.Access, granted(Refuse), []RequestEventKind{Replied}},
		{"to be exported", calendar.Portability, granted(Fulfil), []RequestEventKind{Packed, Replied}},
		{"to be put right", calendar.Rectification, granted(Fulfil), []RequestEventKind{Rectified, Replied}},
		{"put right", calendar.Rectification, then(granted(Fulfil), march(Rectified, 12)), []RequestEventKind{Replied}},
		{"to be erased", calendar.Erasure, granted(Partly), []RequestEventKind{ErasedData, Replied}},
		{"not to be erased", calendar.Erasure, granted(Refuse), []RequestEventKind{Replied}},
		{"to be restricted", calendar.Restriction, granted(Fulfil), []RequestEventKind{RestrictionSet, Replied}},
		{"restricted", calendar.Restriction, then([]RequestEvent{set}, granted(Fulfil)...), []RequestEventKind{Replied}},
		{"an upheld complaint", calendar.Complaint, granted(Fulfil), []RequestEventKind{Replied}},
		{"replied to", calendar.Objection, then(granted(Fulfil), replied...), []RequestEventKind{CaseClosed}},
		{"replied to and restricted", calendar.Objection, then(then([]RequestEvent{set}, granted(Fulfil)...), replied...),
			[]RequestEventKind{LiftingTold, CaseClosed}},
		{"replied to and lifted", calendar.Objection,
			then(then([]RequestEvent{set}, granted(Fulfil)...), march(Replied, 12), march(LiftingTold, 13), told), []RequestEventKind{CaseClosed}},
		{"a restriction that was asked for stays", calendar.Restriction, then(then([]RequestEvent{set}, granted(Fulfil)...), replied...),
			[]RequestEventKind{CaseClosed}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := opened(t, tt.right, "2026-03-02")
			for _, e := range tt.before {
				mustAdd(t, r, e)
			}
			var got []RequestEventKind
			for _, n := range r.Next() {
				got = append(got, n.Do)
			}
			if diff := cmp.Diff(append(slices.Clone(tt.want), Noted), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
