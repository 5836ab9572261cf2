package register

import (
	"strings"
	"testing"

	"custos/internal/calendar"
)

// TestWhatMayBePutRight: a day of what was asked for, came or was told; never what was decided or done.
func TestWhatMayBePutRight(t *testing.T) {
	clocks := Clocks{Holidays: calendar.Builtin()}
	to, task := march(RecipientTold, 14), march(TaskDone, 6)
	to.To, task.Task = "board", "authority"
	set := grounded(march(RestrictionSet, 4), "claims")
	for _, tt := range []struct {
		right  calendar.Right
		before []RequestEvent
		last   RequestEvent
		want   bool
	}{
		{calendar.Access, nil, march(Acknowledged, 6), true},
		{calendar.Access, nil, march(IdentityAsked, 6), true},
		{calendar.Access, nil, march(AuthorityAsked, 6), true},
		{calendar.Access, []RequestEvent{march(AuthorityAsked, 3)}, march(AuthoritySeen, 6), true},
		{calendar.Access, []RequestEvent{march(AuthorityAsked, 3)}, march(AuthorityFailed, 6), true},
		{calendar.Access, nil, march(FeeAsked, 6), true},
		{calendar.Access, []RequestEvent{march(FeeAsked, 3)}, march(FeePaid, 6), true},
		{calendar.Access, nil, march(ClarifyAsked, 6), true},
		{calendar.Access, []RequestEvent{march(ClarifyAsked, 3)}, march(Clarified, 6), true},
		{calendar.Access, nil, march(Extended, 6), true},
		{calendar.Complaint, nil, march(ProgressTold, 6), true},
		{calendar.Enquiry, nil, march(Replied, 6), true},
		{calendar.Restriction, []RequestEvent{set}, march(LiftingTold, 6), true},
		{calendar.Restriction, []RequestEvent{set}, to, true},
		{calendar.Access, nil, task, true},
		{calendar.Access, nil, march(Found, 6), true},
		{calendar.Access, nil, march(Noted, 6), false},
		{calendar.Access, nil, march(Packed, 6), false},
		{calendar.Access, nil, decidedOn(6, Fulfil), false},
		{calendar.Access, []RequestEvent{decidedOn(6, Fulfil)}, march(Approved, 6), false},
		{calendar.Restriction, nil, set, false},
		{calendar.Objection, nil, march(Balanced, 6), false},
	} {
		for _, kind := range []RequestEventKind{tt.last.Kind, StruckOut} {
			r := opened(t, tt.right, "2026-03-02")
			for _, e := range then(tt.before, tt.last) {
				mustAdd(t, r, e)
			}
			e := tt.last
			e.Kind, e.On, e.Corrects = kind, e.On.AddDays(1), len(r.Events)
			err := r.Correct(e, clocks)
			if (err == nil) != tt.want || err != nil && (KindOf(err) != Refused || !strings.Contains(err.Error(), "put right this way")) {
				t.Errorf("%s by %s: %v", tt.last.Kind, kind, err)
			}
			if last, ok := r.Last(tt.last.Kind); err == nil && (kind == StruckOut && ok || kind != StruckOut && last.On != e.On) {
				t.Errorf("%s by %s: %+v", tt.last.Kind, kind, last)
			}
		}
	}
}

func TestWhatCannotBeCorrectedSaysWhy(t *testing.T) {
	clocks := Clocks{Holidays: calendar.Builtin()}
	twin, strike, dayless := march(Duplicate, 4), march(StruckOut, 5), march(Acknowledged, 5)
	twin.Case, strike.Corrects, dayless.Corrects = "AR-2", 2, 2
	anew := twin
	anew.Corrects, dayless.On = 2, calendar.Date{}
	blank := silent(strike)
	ack := march(Acknowledged, 4)
	for _, tt := range []struct {
		before []RequestEvent
		e      RequestEvent
		want   Kind
		says   string
	}{
		{[]RequestEvent{twin}, anew, Refused, "mark the case anew"},
		{[]RequestEvent{twin}, strike, allowed, ""},
		{[]RequestEvent{twin, march(CaseClosed, 4)}, strike, Refused, "is closed"},
		{[]RequestEvent{ack}, blank, Invalid, "never happened"},
		{[]RequestEvent{ack}, dayless, Invalid, "the day"},
		{[]RequestEvent{ack}, strike, allowed, ""},
	} {
		r := opened(t, calendar.Access, "2026-03-02")
		for _, e := range tt.before {
			mustAdd(t, r, e)
		}
		err := r.Correct(tt.e, clocks)
		if (err == nil) != (tt.want == allowed) || err != nil && (KindOf(err) != tt.want || !strings.Contains(err.Error(), tt.says)) {
			t.Errorf("%s: %v, want %q", tt.e.Kind, err, tt.says)
		}
	}
}

// TestACorrectedExtensionIsInsideTheMonth, as the month is counted without it.
func TestACorrectedExtensionIsInsideTheMonth(t *testing.T) {
	clocks := Clocks{Holidays: calendar.Builtin()}
	r := opened(t, calendar.Access, "2026-03-02")
	mustAdd(t, r, march(Extended, 20))
	late := RequestEvent{Kind: Extended, On: day(t, "2026-04-03"), Text: "x", Corrects: 2}
	if err := r.Correct(late, clocks); KindOf(err) != Refused || err == nil {
		t.Errorf("a day after the first month: %v", err)
	}
	late.On = day(t, "2026-04-02")
	if err := r.Correct(late, clocks); err != nil || r.Events[2].Awaits {
		t.Errorf("its last day: %v, %+v", err, r.Events)
	}
}
