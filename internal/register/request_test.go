package register

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"custos/internal/calendar"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// opened returns an access request received on a day, with its deadline.
func opened(t *testing.T, right calendar.Right, on string) *Request {
	t.Helper()
	r := &Request{Ref: "AR-2026-0001", Right: right, Nation: calendar.EnglandAndWales, Delegate: "D0000000000000"}
	mustAdd(t, r, RequestEvent{Kind: Received, On: day(t, on)})
	return r
}

func mustAdd(t *testing.T, r *Request, e RequestEvent) {
	t.Helper()
	if err := r.Add(e); err != nil {
		t.Fatalf("%s on %s: %v", e.Kind, e.On, err)
	}
	if err := r.Reckon(Clocks{Holidays: calendar.Builtin()}); err != nil {
		t.Fatal(err)
	}
}

func TestRequestRules(t *testing.T) {
	on := func(kind RequestEventKind, date string) RequestEvent {
		return RequestEvent{Kind: kind, On: day(t, date), Text: "because", Outcome: Fulfil}
	}
	tests := []struct {
		name   string
		right  calendar.Right
		before []RequestEvent
		add    RequestEvent
		want   Kind
		state  RequestState // after, where it is allowed
	}{
		{"identity that nobody asked for", calendar.Access, nil, on(IdentitySeen, "2026-03-05"), Refused, ""},
		{"identity before it was asked", calendar.Access, []RequestEvent{on(IdentityAsked, "2026-03-09")},
			on(IdentitySeen, "2026-03-05"), Invalid, ""},
		{"identity twice", calendar.Access, []RequestEvent{on(IdentityAsked, "2026-03-03"), on(IdentitySeen, "2026-03-04")},
			on(IdentitySeen, "2026-03-05"), Conflict, ""},
		{"identity", calendar.Access, []RequestEvent{on(IdentityAsked, "2026-03-03")}, on(IdentitySeen, "2026-03-05"), -1, InProgress},
		{"an event before receipt", calendar.Access, nil, on(IdentityAsked, "2026-03-01"), Invalid, ""},
		{"an event without a day", calendar.Access, nil, RequestEvent{Kind: Noted, Text: "x"}, Invalid, ""},
		{"a note without words", calendar.Access, nil, RequestEvent{Kind: Noted, On: day(t, "2026-03-03")}, Invalid, ""},
		{"clarifying an erasure", calendar.Erasure, nil, on(ClarifyAsked, "2026-03-05"), Refused, ""},
		{"clarifying", calendar.Access, nil, on(ClarifyAsked, "2026-03-05"), -1, ClockStopped},
		{"clarifying twice at once", calendar.Access, []RequestEvent{on(ClarifyAsked, "2026-03-05")},
			on(ClarifyAsked, "2026-03-06"), Conflict, ""},
		{"an answer to nothing", calendar.Access, nil, on(Clarified, "2026-03-05"), Refused, ""},
		{"an answer before the question", calendar.Access, []RequestEvent{on(ClarifyAsked, "2026-03-05")},
			on(Clarified, "2026-03-04"), Invalid, ""},
		{"extending on the last day", calendar.Access, nil, on(Extended, "2026-04-02"), -1, InProgress},
		{"extending a day late", calendar.Access, nil, on(Extended, "2026-04-03"), Refused, ""},
		{"extending without a reason", calendar.Access, nil, RequestEvent{Kind: Extended, On: day(t, "2026-03-05")}, Invalid, ""},
		{"extending twice", calendar.Access, []RequestEvent{on(Extended, "2026-03-05")}, on(Extended, "2026-03-06"), Conflict, ""},
		{"deciding without reasons", calendar.Access, nil,
			RequestEvent{Kind: Decided, On: day(t, "2026-03-05"), Outcome: Fulfil}, Invalid, ""},
		{"deciding nothing known", calendar.Access, nil,
			RequestEvent{Kind: Decided, On: day(t, "2026-03-05"), Outcome: "maybe", Text: "x"}, Invalid, ""},
		{"fulfilling before identity came", calendar.Access, []RequestEvent{on(IdentityAsked, "2026-03-03")},
			on(Decided, "2026-03-05"), Refused, ""},
		{"refusing before identity came", calendar.Access, []RequestEvent{on(IdentityAsked, "2026-03-03")},
			RequestEvent{Kind: Decided, On: day(t, "2026-03-05"), Outcome: Refuse, Text: "x"}, -1, AwaitsApproval},
		{"approving nothing", calendar.Access, nil, on(Approved, "2026-03-05"), Refused, ""},
		{"replying undecided", calendar.Access, nil, on(Replied, "2026-03-05"), Refused, ""},
		{"replying unapproved", calendar.Access, []RequestEvent{on(Decided, "2026-03-05")}, on(Replied, "2026-03-06"), Refused, ""},
		{"replying", calendar.Access, []RequestEvent{on(Decided, "2026-03-05"), on(Approved, "2026-03-05")},
			on(Replied, "2026-03-06"), -1, RepliedTo},
		{"closing unanswered", calendar.Access, nil, on(CaseClosed, "2026-03-06"), Refused, ""},
		{"closing a month after an unanswered question", calendar.Access, []RequestEvent{on(ClarifyAsked, "2026-03-05")},
			on(CaseClosed, "2026-04-05"), -1, ClosedCase},
		{"closing a day short of it", calendar.Access, []RequestEvent{on(ClarifyAsked, "2026-03-05")},
			on(CaseClosed, "2026-04-04"), Refused, ""},
		{"deciding a closed case", calendar.Access, []RequestEvent{on(Decided, "2026-03-05"), on(Approved, "2026-03-05"),
			on(Replied, "2026-03-06"), on(CaseClosed, "2026-03-06")}, on(Decided, "2026-03-07"), Refused, ""},
		{"a note on a closed case", calendar.Access, []RequestEvent{on(Decided, "2026-03-05"), on(Approved, "2026-03-05"),
			on(Replied, "2026-03-06"), on(CaseClosed, "2026-03-06")}, on(Noted, "2026-03-07"), -1, ClosedCase},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := opened(t, tt.right, "2026-03-02")
			for _, e := range tt.before {
				mustAdd(t, r, e)
			}
			events := len(r.Events)
			err := r.Add(tt.add)
			if tt.want >= 0 {
				if err == nil || KindOf(err) != tt.want {
					t.Fatalf("got %v, want kind %d", err, tt.want)
				}
				if len(r.Events) != events {
					t.Fatal("a refused event stayed in the case")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if r.State() != tt.state {
				t.Fatalf("state %s, want %s", r.State(), tt.state)
			}
		})
	}
}

func TestRequestClockFollowsEvents(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	if got := r.Deadline.Due; got != day(t, "2026-04-02") {
		t.Fatalf("due %s", got)
	}
	mustAdd(t, r, RequestEvent{Kind: ClarifyAsked, On: day(t, "2026-03-09")})
	if !r.Deadline.Due.IsZero() || r.State() != ClockStopped {
		t.Fatal("an open clarification leaves no due date")
	}
	mustAdd(t, r, RequestEvent{Kind: Clarified, On: day(t, "2026-03-19")})
	if got := r.Deadline.Due; got != day(t, "2026-04-13") {
		t.Fatalf("due %s after the pause", got)
	}
	mustAdd(t, r, RequestEvent{Kind: Extended, On: day(t, "2026-03-20"), Text: "many files"})
	if got := r.Deadline.Due; got != day(t, "2026-06-12") {
		t.Fatalf("due %s after the extension", got)
	}
}

func TestCorrectedEventDoesNotCount(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	mustAdd(t, r, RequestEvent{Kind: IdentityAsked, On: day(t, "2026-03-03")})
	mustAdd(t, r, RequestEvent{Kind: Noted, On: day(t, "2026-03-03"), Text: "asked by mistake", Corrects: 2})
	if r.State() != InProgress || r.Deadline.Start != day(t, "2026-03-02") {
		t.Fatalf("state %s, start %s", r.State(), r.Deadline.Start)
	}
}

func TestNextIsWhatIsLeftToDo(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	first := func() RequestEventKind { return r.Next()[0].Do }
	if first() != Decided {
		t.Fatal(first())
	}
	mustAdd(t, r, RequestEvent{Kind: Packed, On: day(t, "2026-03-03")}) // a draft
	mustAdd(t, r, RequestEvent{Kind: Decided, On: day(t, "2026-03-04"), Outcome: Fulfil, Text: "all"})
	if first() != Approved {
		t.Fatal(first())
	}
	mustAdd(t, r, RequestEvent{Kind: Approved, On: day(t, "2026-03-04")})
	if first() != Packed { // the draft is not the reply
		t.Fatal(first())
	}
	mustAdd(t, r, RequestEvent{Kind: Packed, On: day(t, "2026-03-05")})
	if first() != Replied {
		t.Fatal(first())
	}
	mustAdd(t, r, RequestEvent{Kind: Replied, On: day(t, "2026-03-05")})
	if first() != CaseClosed {
		t.Fatal(first())
	}
	other := opened(t, calendar.Erasure, "2026-03-02")
	for _, n := range other.Next() {
		if n.Do == Packed || n.Do == ClarifyAsked {
			t.Errorf("an erasure offers %s", n.Do)
		}
	}
}

func TestPressure(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02") // due 2 April
	for today, want := range map[string]Pressure{
		"2026-03-02": Calm, "2026-03-25": Calm, "2026-03-26": Soon, "2026-04-02": Soon, "2026-04-03": Late,
	} {
		if got, _ := r.Press(day(t, today)); got != want {
			t.Errorf("on %s: %s, want %s", today, got, want)
		}
	}
}

func TestSortByDue(t *testing.T) {
	rows := []RequestRow{
		{Ref: "done", Pressure: Settled, Due: day(t, "2026-01-01")},
		{Ref: "stopped", Pressure: Stopped},
		{Ref: "calm", Pressure: Calm, Due: day(t, "2026-05-01")},
		{Ref: "late", Pressure: Late, Due: day(t, "2026-02-01")},
		{Ref: "soon", Pressure: Soon, Due: day(t, "2026-03-01")},
	}
	SortByDue(rows)
	for i, want := range []string{"late", "soon", "calm", "stopped", "done"} {
		if rows[i].Ref != want {
			t.Fatalf("row %d is %s, want %s", i, rows[i].Ref, want)
		}
	}
}

// Whatever is tried in whatever order, a case never leaves the states it can
// be in and never loses an event.
func TestRequestNeverLosesAnEvent(t *testing.T) {
	kinds := []RequestEventKind{Received, IdentityAsked, IdentitySeen, AuthorityAsked, AuthoritySeen, FeeAsked, FeePaid,
		ClarifyAsked, Clarified, Extended, Noted, Decided, Approved, Packed, Replied, CaseClosed}
	start := calendar.NewDate(2026, time.March, 2)
	rapid.Check(t, func(t *rapid.T) {
		r := &Request{Ref: "AR-2026-0001", Right: calendar.Access, Nation: calendar.EnglandAndWales, Delegate: "D0"}
		if err := r.Add(RequestEvent{Kind: Received, On: start}); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 20).Draw(t, "n") {
			before := len(r.Events)
			err := r.Add(RequestEvent{
				Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
				On:   start.AddDays(rapid.IntRange(-2, 60).Draw(t, "day")),
				Text: rapid.SampledFrom([]string{"", "words"}).Draw(t, "text"), Outcome: Fulfil,
			})
			if grew := len(r.Events) - before; (err == nil) != (grew == 1) {
				t.Fatalf("error %v, grew by %d", err, grew)
			}
			if r.has(Replied) && !r.has(Approved) || r.has(Approved) && !r.has(Decided) {
				t.Fatal("a reply without an approval, or an approval without a decision")
			}
		}
	})
}
