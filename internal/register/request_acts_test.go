package register

import (
	"strings"
	"testing"

	"custos/internal/calendar"
)

// ruling is a step in a case received on 2 March 2026: want is the kind of error it meets, allowed for none, and says
// words of it.
type ruling struct {
	name   string
	right  calendar.Right
	before []RequestEvent
	add    RequestEvent
	want   Kind
	says   string
}

const allowed Kind = -1

// rules runs rulings, each on a case of its own.
func rules(t *testing.T, all []ruling) {
	t.Helper()
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			r := opened(t, tt.right, "2026-03-02")
			for _, e := range tt.before {
				mustAdd(t, r, e)
			}
			err := r.Add(tt.add)
			switch {
			case tt.want == allowed && err != nil:
				t.Errorf("refused: %v", err)
			case tt.want != allowed && (err == nil || KindOf(err) != tt.want || !strings.Contains(err.Error(), tt.says)):
				t.Errorf("%v: want kind %d that says %q", err, tt.want, tt.says)
			}
		})
	}
}

// march is an event on a day of March 2026, with words.
func march(kind RequestEventKind, day int) RequestEvent {
	return RequestEvent{Kind: kind, On: calendar.NewDate(2026, 3, day), Text: "because"}
}

func silent(e RequestEvent) RequestEvent {
	e.Text = " "
	return e
}

func grounded(e RequestEvent, codes ...string) RequestEvent {
	e.Grounds = codes
	return e
}

func decidedOn(day int, out Outcome, codes ...string) RequestEvent {
	e := march(Decided, day)
	e.Outcome, e.Grounds = out, codes
	return e
}

// granted is a decision with its approval.
func granted(out Outcome, codes ...string) []RequestEvent {
	return []RequestEvent{decidedOn(10, out, codes...), march(Approved, 11)}
}

func then(before []RequestEvent, more ...RequestEvent) []RequestEvent {
	return append(append([]RequestEvent(nil), before...), more...)
}

func TestWhatThePersonIsToldOnTheWay(t *testing.T) {
	twin, stranger := march(Duplicate, 5), march(Duplicate, 5)
	twin.Case = "AR-2026-0002"
	replied := then(granted(Fulfil), march(Replied, 12))
	rules(t, []ruling{
		{"acknowledging", calendar.Access, nil, march(Acknowledged, 3), allowed, ""},
		{"acknowledging twice", calendar.Access, []RequestEvent{march(Acknowledged, 3)}, march(Acknowledged, 4), Conflict, "already"},
		{"acknowledging what is replied to", calendar.Access, replied, march(Acknowledged, 13), Refused, "gone out already"},
		{"progress", calendar.Complaint, []RequestEvent{march(ProgressTold, 4)}, march(ProgressTold, 5), allowed, ""},
		{"progress after the outcome", calendar.Complaint, replied, march(ProgressTold, 13), Refused, "gone out already"},
		{"a duplicate of nothing", calendar.Access, nil, stranger, Invalid, "of which case"},
		{"a duplicate", calendar.Access, nil, twin, allowed, ""},
		{"a duplicate twice", calendar.Access, []RequestEvent{twin}, twin, Conflict, "already"},
		{"a duplicate of what is decided", calendar.Access, []RequestEvent{decidedOn(3, Refuse)}, twin, Refused, "is decided"},
		{"closing a duplicate", calendar.Access, []RequestEvent{twin}, march(CaseClosed, 5), allowed, ""},
		{"a letter in a duplicate", calendar.Access, []RequestEvent{twin}, march(LetterMade, 5), allowed, ""},
		{"a draft pack of a duplicate", calendar.Access, []RequestEvent{twin}, march(Packed, 5), Refused, "can only be closed"},
	})
}

func TestADuplicateTakesDayToDayWorkOnly(t *testing.T) {
	twin, given, told, ticked := march(Duplicate, 5), march(Assigned, 6), march(RecipientTold, 6), march(TaskDone, 6)
	twin.Case, given.To, told.To, ticked.Task = "RS-2026-0002", "dora", "exam-board", "authority"
	rules(t, []ruling{
		{"a note", calendar.Restriction, []RequestEvent{twin}, march(Noted, 6), allowed, ""},
		{"an acknowledgement", calendar.Restriction, []RequestEvent{twin}, march(Acknowledged, 6), allowed, ""},
		{"another colleague", calendar.Restriction, []RequestEvent{twin}, given, allowed, ""},
		{"a task", calendar.Restriction, []RequestEvent{twin}, ticked, allowed, ""},
		{"telling recipients", calendar.Restriction,
			[]RequestEvent{grounded(march(RestrictionSet, 4), "accuracy"), twin}, told, allowed, ""},
		{"asking for identity", calendar.Restriction, []RequestEvent{twin}, march(IdentityAsked, 6), Refused, "can only be closed"},
		{"restricting", calendar.Restriction, []RequestEvent{twin}, grounded(march(RestrictionSet, 6), "accuracy"),
			Refused, "can only be closed"},
		{"replying", calendar.Enquiry, []RequestEvent{twin}, march(Replied, 6), Refused, "can only be closed"},
	})
}

func TestErasingAndPuttingRightNeedAnApprovedDecision(t *testing.T) {
	rules(t, []ruling{
		{"erasing undecided", calendar.Erasure, nil, march(ErasedData, 12), Refused, "approved decision"},
		{"erasing unapproved", calendar.Erasure, granted(Fulfil)[:1], march(ErasedData, 12), Refused, "approved decision"},
		{"erasing against the decision", calendar.Erasure, granted(Refuse), march(ErasedData, 12), Refused, "approved decision"},
		{"erasing", calendar.Erasure, granted(Fulfil), march(ErasedData, 12), allowed, ""},
		{"erasing in part", calendar.Erasure, granted(Partly), march(ErasedData, 12), allowed, ""},
		{"erasing on a withdrawal", calendar.Withdrawal, granted(Fulfil), march(ErasedData, 12), allowed, ""},
		{"erasing on an access request", calendar.Access, granted(Fulfil), march(ErasedData, 12), Refused, "not an erasure request"},
		{"rectifying", calendar.Rectification, granted(Fulfil), march(Rectified, 12), allowed, ""},
		{"rectifying undecided", calendar.Rectification, nil, march(Rectified, 12), Refused, "decide first"},
		{"rectifying unapproved", calendar.Rectification, granted(Partly)[:1], march(Rectified, 12), Refused, "approval"},
		{"rectifying against the decision", calendar.Rectification, granted(Refuse), march(Rectified, 12), Refused, "to refuse"},
		{"rectifying on an erasure", calendar.Erasure, granted(Fulfil), march(Rectified, 12), Refused, "not a case of rectification"},
	})
}

func TestTheDaysWorkNeedsItsWords(t *testing.T) {
	given, told, ticked, other := march(Assigned, 3), march(RecipientTold, 3), march(TaskDone, 3), march(TaskDone, 3)
	given.To, ticked.Task, other.Task = "dora", "search", "erase"
	rules(t, []ruling{
		{"a finding without words", calendar.Access, nil, silent(march(Found, 3)), Invalid, "words"},
		{"a finding", calendar.Access, nil, march(Found, 3), allowed, ""},
		{"a case given to nobody", calendar.Access, nil, march(Assigned, 3), Invalid, "who takes"},
		{"a case given to somebody", calendar.Access, nil, given, allowed, ""},
		{"a task", calendar.Access, nil, ticked, allowed, ""},
		{"a task of another kind", calendar.Access, nil, other, Invalid, `no task "erase"`},
		{"a recipient without a name", calendar.Restriction, nil, told, Invalid, "who was told"},
		{"striking out without a reason", calendar.Access, nil, silent(march(StruckOut, 3)), Invalid, "say why"},
		{"striking out", calendar.Access, nil, march(StruckOut, 3), allowed, ""},
		{"another selection", calendar.Access, granted(Fulfil), march(SelectionChanged, 12), allowed, ""},
		{"another selection after the reply", calendar.Access, then(granted(Fulfil), march(Replied, 12)), march(SelectionChanged, 13),
			Refused, "stays as it was"},
	})
}

// TestTasksAreDoneByWhatHappens or by a tick, and say who did them when.
func TestTasksAreDoneByWhatHappens(t *testing.T) {
	done := func(r *Request, id string) string {
		k, ok := r.Task(id)
		if !ok || k.Finished == k.On.IsZero() {
			t.Fatalf("task %s: %+v", id, k)
		}
		if !k.Finished {
			return ""
		}
		return k.On.String() + " " + k.By + " " + k.Note
	}
	is := func(r *Request, id, want string) {
		t.Helper()
		if got := done(r, id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	r := opened(t, calendar.Access, "2026-03-02")
	mustAdd(t, r, by("olive", march(IdentityAsked, 3)))
	mustAdd(t, r, by("olive", march(AuthorityAsked, 3)))
	mustAdd(t, r, by("olive", march(AuthoritySeen, 4)))
	is(r, "authority", "") // identity is still to come
	mustAdd(t, r, by("dora", march(IdentitySeen, 5)))
	is(r, "authority", "2026-03-05 dora because")
	is(r, "search", "")
	ticked := by("dora", march(TaskDone, 6))
	ticked.Task = "search"
	mustAdd(t, r, ticked)
	is(r, "search", "2026-03-06 dora because")
	is(r, "mentions", "")
	mustAdd(t, r, by("olive", decidedOn(10, Fulfil)))
	is(r, "decide", "2026-03-10 olive because")
	is(r, "approve", "")
	mustAdd(t, r, by("dora", march(Approved, 11)))
	is(r, "approve", "2026-03-11 dora because")

	r = opened(t, calendar.Access, "2026-03-02") // the other way round: the later proof finishes it
	for _, e := range []RequestEvent{march(IdentityAsked, 3), march(AuthorityAsked, 3), march(IdentitySeen, 4), march(AuthoritySeen, 6)} {
		mustAdd(t, r, e)
	}
	is(r, "authority", "2026-03-06  because")
	r = opened(t, calendar.Access, "2026-03-02")
	is(r, "authority", "") // nothing was asked for: somebody has to look and tick it
	if _, ok := r.Task("erase"); ok {
		t.Error("an access request has a task of an erasure")
	}
}
