package register

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

func TestADecisionIsOneTheKindKnows(t *testing.T) {
	asked := func(kind RequestEventKind) []RequestEvent { return []RequestEvent{march(kind, 3)} }
	both := func(ask, seen RequestEventKind) []RequestEvent { return []RequestEvent{march(ask, 3), march(seen, 4)} }
	rules(t, []ruling{
		{"an enquiry", calendar.Enquiry, nil, decidedOn(5, Fulfil), Refused, "needs no decision"},
		{"marketing refused", calendar.Marketing, nil, decidedOn(5, Refuse), Refused, "never weighed"},
		{"marketing refused in part", calendar.Marketing, nil, decidedOn(5, Partly), Refused, "cannot be refused"},
		{"marketing", calendar.Marketing, nil, decidedOn(5, Fulfil, "absolute"), allowed, ""},
		{"blank reasons", calendar.Access, nil, silent(decidedOn(5, Fulfil)), Invalid, "reasons"},
		{"twice", calendar.Access, []RequestEvent{decidedOn(5, Fulfil)}, decidedOn(5, Fulfil), Conflict, "already decided"},
		{"an unknown ground", calendar.Erasure, nil, decidedOn(5, Fulfil, "whim"), Invalid, "not-needed"},
		{"the codes of refusals", calendar.Erasure, nil, decidedOn(5, Fulfil, "whim"), Invalid, "nothing-held"},
		{"fulfilled on a refusal", calendar.Erasure, nil, decidedOn(5, Fulfil, "claims"), Invalid, "ground to refuse on"},
		{"refused on a ground", calendar.Erasure, nil, decidedOn(5, Refuse, "not-needed"), Invalid, "ground to fulfil on"},
		{"in part on one of each", calendar.Erasure, nil, decidedOn(5, Partly, "not-needed", "claims"), allowed, ""},
		{"refused", calendar.Erasure, nil, decidedOn(5, Refuse, "claims"), allowed, ""},
		{"fulfilled", calendar.Erasure, nil, decidedOn(5, Fulfil, "not-needed"), allowed, ""},
		{"identity to come", calendar.Access, asked(IdentityAsked), decidedOn(5, Partly), Refused, "identity was asked"},
		{"authority to come", calendar.Access, asked(AuthorityAsked), decidedOn(5, Partly), Refused, "authority was asked"},
		{"a fee to come", calendar.Access, asked(FeeAsked), decidedOn(5, Partly), Refused, "a fee was asked"},
		{"refused with a fee to come", calendar.Access, asked(FeeAsked), decidedOn(5, Refuse), allowed, ""},
		{"identity came", calendar.Access, both(IdentityAsked, IdentitySeen), decidedOn(5, Fulfil), allowed, ""},
		{"authority came", calendar.Access, both(AuthorityAsked, AuthoritySeen), decidedOn(5, Fulfil), allowed, ""},
		{"the fee came", calendar.Access, both(FeeAsked, FeePaid), decidedOn(5, Fulfil), allowed, ""},
		{"all with a question open", calendar.Access, asked(ClarifyAsked), decidedOn(5, Fulfil), Refused, "record the answer"},
		{"what is not in doubt", calendar.Access, asked(ClarifyAsked), decidedOn(5, Partly), allowed, ""},
	})
}

func TestOnlyACaseAboutSomebodyIsGranted(t *testing.T) {
	for _, tt := range []struct {
		right calendar.Right
		out   Outcome
		visit *Visit
		want  bool
	}{
		{calendar.Access, Fulfil, nil, false},
		{calendar.Access, Partly, nil, false},
		{calendar.Access, Refuse, nil, true},
		{calendar.Access, Fulfil, &Visit{}, true}, // who it is about is on record elsewhere
		{calendar.Complaint, Fulfil, nil, true},
		{calendar.EducationalRecord, Fulfil, nil, true},
	} {
		r := &Request{Right: tt.right, Visit: tt.visit, Events: []RequestEvent{march(Received, 2)}}
		err := r.Add(decidedOn(5, tt.out))
		if (err == nil) != tt.want || err != nil && !strings.Contains(err.Error(), "match a person first") {
			t.Errorf("%s, %s: %v", tt.right, tt.out, err)
		}
	}
}

// TestAnApprovalIsOfWhatWaits and is looked at as the decision was.
func TestAnApprovalIsOfWhatWaits(t *testing.T) {
	more := by("olive", march(Extended, 5))
	more.Awaits = true
	decided := by("olive", decidedOn(10, Fulfil))
	approve := func(seq int, who string, day int) RequestEvent {
		e := by(who, march(Approved, day))
		e.Approves = seq
		return e
	}
	alone := approve(0, "olive", 10)
	alone.Unchecked = true
	late := approve(2, "dora", 1)
	late.On = calendar.NewDate(2026, 4, 2)
	unstarted := []RequestEvent{march(IdentityAsked, 3), more}
	both := []RequestEvent{more, by("third", march(RestrictionSet, 6))}
	both[1].Awaits, both[1].Grounds = true, []string{"claims"}
	rules(t, []ruling{
		{"the first that waits", calendar.Erasure, both, approve(0, "olive", 6), Denied, "olive prepared this extension"},
		{"the one it names", calendar.Erasure, both, approve(3, "olive", 6), allowed, ""},
		{"the one it names, by its preparer", calendar.Erasure, both, approve(3, "third", 6), Denied, "third prepared this act"},
		{"one that does not wait", calendar.Erasure, both, approve(1, "dora", 6), Refused, "event 1 does not wait"},
		{"one's own", calendar.Access, []RequestEvent{decided}, approve(2, "olive", 10), Denied, "prepared this decision"},
		{"one's own where nobody else is", calendar.Access, []RequestEvent{decided}, alone, allowed, ""},
		{"twice", calendar.Access, []RequestEvent{decided, approve(2, "dora", 10)}, approve(2, "dora", 10), Conflict, "already approved"},
		{"nothing", calendar.Access, nil, approve(0, "dora", 10), Refused, "no decision to approve"},
		{"more time on the last day", calendar.Access, []RequestEvent{more}, late, allowed, ""},
		{"more time before the clock starts", calendar.Access, unstarted, approve(3, "dora", 20), allowed, ""},
		{"more time after the reply", calendar.Access,
			[]RequestEvent{more, decided, approve(3, "dora", 10), march(Replied, 11)}, approve(2, "dora", 12), Conflict, "already approved"},
	})
	r := &Request{Right: calendar.Access, Events: []RequestEvent{march(Received, 2), decided}} // decided elsewhere, about nobody
	r.Events[0].Seq, r.Events[1].Seq = 1, 2
	if err := r.Add(approve(2, "dora", 10)); KindOf(err) != Refused || !strings.Contains(err.Error(), "nobody is matched") {
		t.Errorf("what cannot be granted is approved: %v", err)
	}
	r.Events[1].Outcome = Refuse
	if err := r.Add(approve(2, "dora", 10)); err != nil {
		t.Errorf("a refusal needs nobody: %v", err)
	}
}

func TestPreparersAreWhoeverMadeWhatGoesOut(t *testing.T) {
	changed := func(who string) RequestEvent { return by(who, march(SelectionChanged, 10)) }
	decided, approved := by("olive", decidedOn(10, Fulfil)), by("dora", march(Approved, 10))
	approved.Approves = 3
	for _, tt := range []struct {
		events []RequestEvent // after the decision, which is the third
		want   []string
	}{
		{nil, []string{"olive"}},
		{[]RequestEvent{by("third", march(Noted, 10))}, []string{"olive"}},
		{[]RequestEvent{changed("third")}, []string{"olive", "third"}},
		{[]RequestEvent{changed("third"), approved}, []string{"olive"}}, // seen and approved
		{[]RequestEvent{changed("third"), approved, changed("fourth")}, []string{"olive", "fourth"}},
	} {
		r := opened(t, calendar.Access, "2026-03-02")
		for _, e := range append([]RequestEvent{changed("early"), decided}, tt.events...) {
			mustAdd(t, r, e)
		}
		if diff := cmp.Diff(tt.want, r.Preparers(r.Events[2])); diff != "" {
			t.Errorf("%d events: -want +got\n%s", len(tt.events), diff)
		}
	}
	act := by("olive", march(RestrictionEnded, 9))
	r := Request{Events: []RequestEvent{act, changed("third")}}
	if diff := cmp.Diff([]string{"olive"}, r.Preparers(act)); diff != "" {
		t.Errorf("of another act: %s", diff)
	}
}
