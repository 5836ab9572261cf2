package register

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// by is an event of an operator.
func by(who string, e RequestEvent) RequestEvent {
	e.By = who
	return e
}

// TestWhatIsRefusedSaysWhatToDo: whatever cannot be is refused in words that say
// what to do instead, and the case is as it was.
func TestWhatIsRefusedSaysWhatToDo(t *testing.T) {
	on := func(kind RequestEventKind, date string) RequestEvent {
		return RequestEvent{Kind: kind, On: day(t, date), Text: "because", Outcome: Fulfil}
	}
	decided := by("olive", on(Decided, "2026-03-10"))
	more := by("olive", RequestEvent{Kind: Extended, On: day(t, "2026-03-10"), Text: "many files", Awaits: true})
	matched := on(MatchedTo, "2026-03-03")
	matched.Change = &ValueChange{Field: "delegate", Before: "D1", After: "D2"}
	duplicate := on(Duplicate, "2026-03-03")
	duplicate.Case = "AR-2026-0002"
	lettered := on(IdentitySeen, "2026-03-05")
	lettered.Evidence = "passport 123456789"
	for _, tt := range []struct {
		name   string
		before []RequestEvent
		add    RequestEvent
		want   Kind
		says   string
	}{
		{"a decision before its identity came", []RequestEvent{on(IdentityAsked, "2026-03-03"), on(IdentitySeen, "2026-03-12")},
			on(Decided, "2026-03-10"), Invalid, "correct whichever day is wrong"},
		{"a reply before the decision", []RequestEvent{decided, by("dora", on(Approved, "2026-03-11"))},
			on(Replied, "2026-03-10"), Invalid, "correct whichever day is wrong"},
		{"closing before the reply", []RequestEvent{decided, by("dora", on(Approved, "2026-03-11")), on(Replied, "2026-03-12")},
			on(CaseClosed, "2026-03-11"), Invalid, "correct whichever day is wrong"},
		{"an approval before the decision", []RequestEvent{decided}, by("dora", on(Approved, "2026-03-09")), Invalid, "before it was prepared"},
		{"identity before it was asked", []RequestEvent{on(IdentityAsked, "2026-03-09")}, on(IdentitySeen, "2026-03-08"),
			Invalid, "before it was asked for"},
		{"deciding while a pause never closed", []RequestEvent{on(ClarifyAsked, "2026-03-05")}, decided, Refused, "record the answer"},
		{"the preparer's approval", []RequestEvent{decided}, by("olive", on(Approved, "2026-03-10")), Denied, "another operator approves it"},
		{"the preparer's approval of more time", []RequestEvent{more}, by("olive", on(Approved, "2026-03-10")),
			Denied, "another operator approves it"},
		{"more time after the first month", nil, on(Extended, "2026-04-03"), Refused, "reply by"},
		{"more time approved too late", []RequestEvent{more}, by("dora", on(Approved, "2026-04-03")), Refused, "send it back, and reply by"},
		{"a decision without reasons", nil, RequestEvent{Kind: Decided, On: day(t, "2026-03-05"), Outcome: Fulfil}, Invalid, "reasons"},
		{"sending back what does not wait", nil, RequestEvent{Kind: Returned, On: day(t, "2026-03-05"), Text: "x", Corrects: 1},
			Refused, "nothing to send back"},
		{"sending back without a reason", []RequestEvent{decided}, RequestEvent{Kind: Returned, On: day(t, "2026-03-10"), Corrects: 2},
			Invalid, "say why"},
		{"proof for one person, case of another", []RequestEvent{on(IdentityAsked, "2026-03-02"), on(IdentitySeen, "2026-03-03")},
			matched, Refused, "strike the proof out first"},
		{"a number of a passport", []RequestEvent{on(IdentityAsked, "2026-03-03")}, lettered, Invalid, "the kind of proof only"},
		{"authority judged not enough without a reason", []RequestEvent{on(AuthorityAsked, "2026-03-03")},
			RequestEvent{Kind: AuthorityFailed, On: day(t, "2026-03-04")}, Invalid, "say why"},
		{"granting on authority that was not enough", []RequestEvent{on(AuthorityAsked, "2026-03-03"), on(AuthorityFailed, "2026-03-04")},
			decided, Refused, "authority was asked for"},
		{"deciding a duplicate", []RequestEvent{duplicate}, decided, Refused, "can only be closed"},
		{"refusing a duplicate", []RequestEvent{duplicate},
			RequestEvent{Kind: Decided, On: day(t, "2026-03-05"), Outcome: Refuse, Text: "x"}, Refused, "can only be closed"},
		{"matching a duplicate", []RequestEvent{duplicate}, matched, Refused, "can only be closed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := opened(t, calendar.Access, "2026-03-02")
			for _, e := range tt.before {
				mustAdd(t, r, e)
			}
			was := *r
			was.Events = append([]RequestEvent(nil), r.Events...)
			err := r.Add(tt.add)
			if err == nil || KindOf(err) != tt.want || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v: want kind %d that says %q", err, tt.want, tt.says)
			}
			if diff := cmp.Diff(was, *r); diff != "" {
				t.Errorf("the case is not as it was:\n%s", diff)
			}
		})
	}
}

// TestMoreTimeCountsOnceApproved, and not before.
func TestMoreTimeCountsOnceApproved(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	mustAdd(t, r, by("olive", RequestEvent{Kind: Extended, On: day(t, "2026-03-10"), Text: "many files", Awaits: true}))
	if r.State() != AwaitsApproval || r.Deadline.Due != day(t, "2026-04-02") {
		t.Fatalf("%s, due %s", r.State(), r.Deadline.Due)
	}
	mustAdd(t, r, by("dora", RequestEvent{Kind: Approved, On: day(t, "2026-03-11"), Approves: 2}))
	if r.State() != InProgress || r.Deadline.Due != day(t, "2026-06-02") || len(r.Former) != 1 {
		t.Fatalf("%s, due %s, former %v", r.State(), r.Deadline.Due, r.Former)
	}
	clocks := Clocks{Holidays: calendar.Builtin()}
	err := r.Correct(RequestEvent{Kind: Extended, On: day(t, "2026-03-12"), Text: "more files", Corrects: 2}, clocks)
	if err != nil || len(r.Pending()) != 1 || r.Deadline.Due != day(t, "2026-04-02") {
		t.Fatalf("a corrected extension needs approval anew: %v, due %s", err, r.Deadline.Due)
	}
}

// TestSentBackMayBePreparedAnew and the approval of one decision is none of the next.
func TestSentBackMayBePreparedAnew(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	decided := by("olive", RequestEvent{Kind: Decided, On: day(t, "2026-03-10"), Outcome: Refuse, Text: "no"})
	mustAdd(t, r, decided)
	mustAdd(t, r, by("dora", RequestEvent{Kind: Returned, On: day(t, "2026-03-10"), Text: "why?", Corrects: 2}))
	if r.State() != InProgress {
		t.Fatal(r.State())
	}
	mustAdd(t, r, decided)
	if _, ok := r.Approval(); ok || r.State() != AwaitsApproval {
		t.Fatal(r.State())
	}
	mustAdd(t, r, by("dora", RequestEvent{Kind: Approved, On: day(t, "2026-03-10"), Approves: 4}))
	if r.State() != ReadyToReply {
		t.Fatal(r.State())
	}
}

// TestWhoChangesTheSelectionPreparesTheRelease: their own approval is refused.
func TestWhoChangesTheSelectionPreparesTheRelease(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	on := day(t, "2026-03-10")
	mustAdd(t, r, by("olive", RequestEvent{Kind: Decided, On: on, Outcome: Fulfil, Text: "all"}))
	mustAdd(t, r, by("dora", RequestEvent{Kind: Approved, On: on, Approves: 2}))
	mustAdd(t, r, by("dora", RequestEvent{Kind: SelectionChanged, On: on}))
	if r.State() != AwaitsApproval {
		t.Fatal(r.State())
	}
	for _, who := range []string{"dora", "olive"} {
		if err := r.Add(by(who, RequestEvent{Kind: Approved, On: on, Approves: 2})); KindOf(err) != Denied {
			t.Errorf("%s: %v", who, err)
		}
	}
	mustAdd(t, r, by("third", RequestEvent{Kind: Approved, On: on, Approves: 2}))
	if r.State() != ReadyToReply {
		t.Fatal(r.State())
	}
}

func TestSelectionDigestIsOfWhatIsSelected(t *testing.T) {
	a := FindingChoice{Collection: "bookings", Record: "B1", Include: true, Reason: "x"}
	b := FindingChoice{Collection: "courses", Record: "C1", Reason: "y"}
	r, same := Request{Choices: []FindingChoice{a, b}}, Request{Choices: []FindingChoice{b, a}}
	if r.SelectionDigest() != same.SelectionDigest() {
		t.Error("the order counts")
	}
	digests := map[string]bool{r.SelectionDigest(): true}
	for _, other := range []Request{
		{}, {Choices: []FindingChoice{a}}, {Redactions: []Redaction{{Words: "x"}}}, {Documents: []Document{{Title: "x"}}},
		{Keeps: []ErasureChoice{{Reason: "x"}}}, {Choices: []FindingChoice{a, {Collection: "courses", Record: "C1", Reason: "z"}}},
	} {
		if digests[other.SelectionDigest()] {
			t.Errorf("%+v has the digest of another selection", other)
		}
		digests[other.SelectionDigest()] = true
	}
	r.Right = calendar.Access
	r.Events = []RequestEvent{
		{Seq: 1, Kind: Received}, {Seq: 2, Kind: Decided}, {Seq: 3, Kind: Approved, Approves: 2, Covers: r.SelectionDigest()},
	}
	if !r.Covered() {
		t.Error("what was approved is not covered")
	}
	if r.Choices = r.Choices[:1]; r.Covered() {
		t.Error("what was selected afterwards is covered")
	}
}

// TestACorrectionIsFollowedByWhatComesAfter: the day is put right, what rests on
// it is checked anew, and what cannot be leaves the case as it was.
func TestACorrectionIsFollowedByWhatComesAfter(t *testing.T) {
	clocks := Clocks{Holidays: calendar.Builtin()}
	r := opened(t, calendar.Access, "2026-03-02")
	mustAdd(t, r, RequestEvent{Kind: IdentityAsked, On: day(t, "2026-03-03")})
	mustAdd(t, r, RequestEvent{Kind: IdentitySeen, On: day(t, "2026-03-10")})
	mustAdd(t, r, RequestEvent{Kind: Decided, On: day(t, "2026-03-12"), Outcome: Fulfil, Text: "all"})
	for _, tt := range []struct {
		e    RequestEvent
		want Kind
		due  string
	}{
		{RequestEvent{Kind: IdentitySeen, On: day(t, "2026-03-05"), Corrects: 3}, -1, "2026-04-07"},
		{RequestEvent{Kind: IdentitySeen, On: day(t, "2026-03-06"), Corrects: 5}, -1, "2026-04-07"}, // a correction put right
		{RequestEvent{Kind: IdentityAsked, On: day(t, "2026-03-04"), Corrects: 2}, -1, "2026-04-07"},
		{RequestEvent{Kind: IdentityAsked, On: day(t, "2026-03-09"), Corrects: 7}, Refused, ""}, // after the answer
		{RequestEvent{Kind: Received, On: day(t, "2026-03-05"), Corrects: 1}, Refused, ""},      // after the question
		{RequestEvent{Kind: IdentitySeen, On: day(t, "2026-03-05"), Corrects: 3}, NotFound, ""}, // stands no longer
		{RequestEvent{Kind: Noted, On: day(t, "2026-03-05"), Text: "x", Corrects: 6}, Invalid, ""},
		{RequestEvent{Kind: StruckOut, On: day(t, "2026-03-12"), Text: "x", Corrects: 1}, Refused, ""},
		{RequestEvent{Kind: StruckOut, On: day(t, "2026-03-12"), Text: "x", Corrects: 4}, Refused, ""}, // a decision
		{RequestEvent{Kind: StruckOut, On: day(t, "2026-03-12"), Corrects: 6}, Invalid, ""},
		{RequestEvent{Kind: StruckOut, On: day(t, "2026-03-12"), Text: "x", Corrects: 6}, -1, "2026-04-07"}, // what it corrected is back
		{RequestEvent{Kind: StruckOut, On: day(t, "2026-03-12"), Text: "x", Corrects: 5}, -1, "2026-04-10"},
		{RequestEvent{Kind: StruckOut, On: day(t, "2026-03-12"), Text: "x", Corrects: 3}, Refused, ""}, // decided on this proof
		{RequestEvent{Kind: Received, On: day(t, "2026-03-01"), Corrects: 1}, -1, "2026-04-10"},
	} {
		was := *r
		err := r.Correct(tt.e, clocks)
		if tt.want < 0 {
			if err != nil || r.Deadline.Due != day(t, tt.due) {
				t.Fatalf("%+v: %v, due %s", tt.e, err, r.Deadline.Due)
			}
			continue
		}
		if diff := cmp.Diff(was, *r); KindOf(err) != tt.want || err == nil || diff != "" {
			t.Errorf("%+v: %v\n%s", tt.e, err, diff)
		}
	}
}

// An office that writes a case up afterwards decides it in the record today and
// has replied long ago.
func TestACaseIsWrittenUpAfterwards(t *testing.T) {
	for _, typed := range []struct {
		decided string
		want    Kind
	}{{"2026-05-04", -1}, {"2026-05-01", Invalid}} {
		r := opened(t, calendar.Access, "2026-03-02")
		mustAdd(t, r, RequestEvent{
			Kind: Decided, Outcome: Fulfil, Text: "all", On: day(t, typed.decided),
			Recorded: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC),
		})
		mustAdd(t, r, RequestEvent{Kind: Approved, On: day(t, "2026-05-04"), Recorded: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)})
		err := r.Add(RequestEvent{Kind: Replied, On: day(t, "2026-03-20")})
		if typed.want == -1 && err != nil || typed.want != -1 && KindOf(err) != typed.want {
			t.Errorf("decided on %s in a record typed on 4 May: %v", typed.decided, err)
		}
	}
}

func TestProofAndFeesAreAskedForOnceAndAnswered(t *testing.T) {
	asked := func(kind RequestEventKind) []RequestEvent { return []RequestEvent{march(kind, 5)} }
	rules(t, []ruling{
		{"receiving twice", calendar.Access, nil, march(Received, 3), Conflict, "already received"},
		{"identity twice", calendar.Access, asked(IdentityAsked), march(IdentityAsked, 6), Conflict, "identity was already"},
		{"authority twice", calendar.Access, asked(AuthorityAsked), march(AuthorityAsked, 6), Conflict, "authority was already"},
		{"a fee twice", calendar.Access, asked(FeeAsked), march(FeeAsked, 6), Conflict, "a fee was already"},
		{"identity and authority", calendar.Access, asked(IdentityAsked), march(AuthorityAsked, 5), allowed, ""},
		{"a fee and identity", calendar.Access, asked(FeeAsked), march(IdentityAsked, 5), allowed, ""},
		{"a fee of a complaint", calendar.Complaint, nil, march(FeeAsked, 5), Refused, "no fee may be asked"},
		{"identity of a complainant", calendar.Complaint, nil, march(IdentityAsked, 5), allowed, ""},
		{"identity once decided", calendar.Access, granted(Fulfil), march(IdentityAsked, 12), Refused, "is decided"},
		{"a fee nobody asked for", calendar.Access, nil, march(FeePaid, 5), Refused, "no fee was asked"},
		{"a fee paid on the day", calendar.Access, asked(FeeAsked), march(FeePaid, 5), allowed, ""},
		{"a fee paid before it was asked", calendar.Access, asked(FeeAsked), march(FeePaid, 4), Invalid, "before it was asked"},
		{"a fee paid twice", calendar.Access, then(asked(FeeAsked), march(FeePaid, 6)), march(FeePaid, 7), Conflict, "already received"},
		{"clarifying what is decided", calendar.Access, granted(Fulfil), march(ClarifyAsked, 12), Refused, "nothing to clarify"},
		{"an answer on the day", calendar.Access, asked(ClarifyAsked), march(Clarified, 5), allowed, ""},
		{"another question", calendar.Access, then(asked(ClarifyAsked), march(Clarified, 6)), march(ClarifyAsked, 7), allowed, ""},
		{"more time for a complaint", calendar.Complaint, nil, march(Extended, 5), Refused, "cannot be extended"},
		{"more time for what is decided", calendar.Access, granted(Fulfil), march(Extended, 12), Refused, "nothing to extend"},
		{"more time while the clock has not started", calendar.Access, asked(IdentityAsked), march(Extended, 6), allowed, ""},
	})
}

func TestRepliesAndClosingsHaveTheirTurn(t *testing.T) {
	decided := by("olive", decidedOn(10, Fulfil))
	replied := []RequestEvent{decided, by("dora", march(Approved, 11)), march(Replied, 12)}
	month := func(kind RequestEventKind, more ...RequestEvent) []RequestEvent {
		return then([]RequestEvent{march(kind, 2)}, more...)
	}
	due := calendar.NewDate(2026, 4, 2)
	late := RequestEvent{Kind: CaseClosed, On: due}
	rules(t, []ruling{
		{"answering a question", calendar.Enquiry, nil, march(Replied, 3), allowed, ""},
		{"answering it twice", calendar.Enquiry, []RequestEvent{march(Replied, 3)}, march(Replied, 4), Conflict, "already gone out"},
		{"replying undecided", calendar.Access, nil, march(Replied, 12), Refused, "decide the case"},
		{"replying unapproved", calendar.Access, []RequestEvent{decided}, march(Replied, 12), Refused, "another operator's approval"},
		{"replying twice", calendar.Access, replied, march(Replied, 13), Conflict, "already gone out"},
		{"closing on the day of the reply", calendar.Access, replied, march(CaseClosed, 12), allowed, ""},
		{"no identity in a month", calendar.Access, month(IdentityAsked), late, allowed, ""},
		{"no authority in a month", calendar.Access, month(AuthorityAsked), late, allowed, ""},
		{"no fee in a month", calendar.Access, month(FeeAsked), late, allowed, ""},
		{"no identity, a day short of a month", calendar.Access, month(IdentityAsked),
			RequestEvent{Kind: CaseClosed, On: due.AddDays(-1)}, Refused, "reply before closing"},
		{"identity came", calendar.Access, month(IdentityAsked, march(IdentitySeen, 9)), late, Refused, "reply before closing"},
		{"handing an own case over", calendar.Access, []RequestEvent{march(HandedOver, 3)}, late, Refused, "reply before closing"},
		{"a note on what is closed", calendar.Access, then(replied, march(CaseClosed, 12)), march(Acknowledged, 13), Refused, "closed"},
		{"authority after the decision", calendar.Access,
			[]RequestEvent{march(AuthorityAsked, 3), march(AuthoritySeen, 11)}, decided, Invalid, "correct whichever day"},
		{"a fee after the decision", calendar.Access, []RequestEvent{march(FeeAsked, 3), march(FeePaid, 11)}, decided,
			Invalid, "correct whichever day"},
	})
	r := opened(t, calendar.Access, "2026-03-02")
	r.Visit = &Visit{Office: "elsewhere"}
	if err := r.Add(march(CaseClosed, 4)); KindOf(err) != Refused {
		t.Errorf("another office's case is closed before the advice went back: %v", err)
	}
	mustAdd(t, r, march(HandedOver, 4))
	mustAdd(t, r, march(CaseClosed, 4))
}
