package register

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// TestDatesFromEvents: the worked examples of the clock, told as what happened
// in a case. Wanted last is due unless given, notice is not looked at unless given.
func TestDatesFromEvents(t *testing.T) {
	for _, tt := range []struct {
		received, events, due string
		last, notice          string
		nation                calendar.Nation
	}{
		{received: "2025-09-03", due: "2025-10-03"},
		{received: "2024-11-25", due: "2024-12-27", notice: "2024-12-25"},
		{received: "2024-01-31", due: "2024-02-29"},
		{received: "2026-01-30", due: "2026-03-02", notice: "2026-02-28"},
		{received: "2026-05-16", due: "2026-06-16"},
		{received: "2027-11-27", due: "2027-12-29"},
		{received: "2026-03-03", due: "2026-04-07"},
		{received: "2026-03-03", due: "2026-04-06", nation: calendar.Scotland},
		{received: "2026-07-31", due: "2026-09-01"},
		{received: "2026-06-01", events: "identity-asked 2026-06-01, identity-received 2026-06-12", due: "2026-07-13"},
		{received: "2026-06-01", events: "authority-asked 2026-06-01, authority-insufficient 2026-06-05, authority-received 2026-06-12",
			due: "2026-07-13"},
		{received: "2026-06-01", events: "identity-asked 2026-06-01", due: ""},
		{received: "2026-01-31", events: "extended 2026-02-20", due: "2026-04-30", notice: "2026-02-28"},
		{received: "2026-03-02", events: "clarification-asked 2026-03-09, clarification-received 2026-03-19", due: "2026-04-13"},
		{received: "2026-03-02", events: "clarification-asked 2026-03-09", due: ""},
		{received: "2026-03-02", events: "clarification-asked 2026-03-09, clarification-received 2026-03-19, extended 2026-03-20",
			due: "2026-06-12", last: "2026-06-15", notice: "2026-04-12"},
	} {
		t.Run(tt.received+" "+tt.events, func(t *testing.T) {
			r := &Request{Ref: "AR-2026-0001", Right: calendar.Access, Nation: calendar.EnglandAndWales}
			if tt.nation != "" {
				r.Nation = tt.nation
			}
			mustAdd(t, r, RequestEvent{Kind: Received, On: day(t, tt.received)})
			for step := range strings.SplitSeq(tt.events, ", ") {
				kind, on, ok := strings.Cut(step, " ")
				if ok {
					mustAdd(t, r, RequestEvent{Kind: RequestEventKind(kind), On: day(t, on), Text: "because"})
				}
			}
			dates, err := r.Dates(Clocks{Holidays: calendar.Builtin()})
			if err != nil || r.Moved(dates) {
				t.Errorf("the dates alone are others: %+v, %v", dates, err)
			}
			d, last := r.Deadline, tt.last
			if last == "" {
				last = tt.due
			}
			if d.Due.String() != tt.due || d.LastLawful.String() != last || tt.notice != "" && d.ExtensionNoticeBy.String() != tt.notice {
				t.Errorf("due %s, at the latest %s, notice by %s", d.Due, d.LastLawful, d.ExtensionNoticeBy)
			}
		})
	}
}

// TestALaterRuleNeverRewritesADate: another holiday shows beside the date that
// was told, until something happens that changes what it is counted from.
func TestALaterRuleNeverRewritesADate(t *testing.T) {
	r := opened(t, calendar.Access, "2026-05-18")
	was := *r
	over, err := calendar.Builtin().WithOverride(strings.NewReader("england-and-wales,2026-06-18,Jubilee\n"), "override")
	if err != nil {
		t.Fatal(err)
	}
	clocks := Clocks{Holidays: over}
	now, err := r.Count(clocks)
	if err != nil || !r.Moved(now) || now.Due != day(t, "2026-06-19") {
		t.Fatalf("%s, %v", now.Due, err)
	}
	for range 2 {
		if err := r.Add(RequestEvent{Kind: Noted, On: day(t, "2026-05-19"), Text: "x"}); err != nil {
			t.Fatal(err)
		}
		if err := r.Reckon(clocks); err != nil || r.Deadline.Due != was.Deadline.Due || len(r.Former) > 0 {
			t.Fatalf("due %s, former %v, %v", r.Deadline.Due, r.Former, err)
		}
	}
	err = r.Correct(RequestEvent{Kind: Received, On: day(t, "2026-05-17"), Text: "spoken", Corrects: 1}, clocks)
	if err != nil || len(r.Former) != 1 {
		t.Fatalf("former %v, %v", r.Former, err)
	}
	if diff := cmp.Diff(was.Deadline, r.Former[0].Deadline); diff != "" || r.Former[0].Until != len(r.Events) {
		t.Errorf("the former date is lost: %s", diff)
	}
	if again, err := r.Count(clocks); err != nil || r.Moved(again) {
		t.Errorf("moved again: %v", err)
	}
}

// TestComplaintIsAcknowledgedOnTime and judged by that, not by its answer.
func TestComplaintIsAcknowledgedOnTime(t *testing.T) {
	for on, want := range map[string]Timeliness{"2026-07-20": InTime, "2026-07-21": TooLate} {
		r := opened(t, calendar.Complaint, "2026-06-19")
		if r.Deadline.Due != day(t, "2026-07-20") {
			t.Fatal(r.Deadline.Due)
		}
		mustAdd(t, r, RequestEvent{Kind: Acknowledged, On: day(t, on)})
		if got := r.Timely(day(t, "2026-09-01")); got != want || !r.Deadline.Due.IsZero() {
			t.Errorf("acknowledged on %s: %q, due %s", on, got, r.Deadline.Due)
		}
	}
}

func TestWhoDecidesForAChild(t *testing.T) {
	england, scotland := Settings{Nation: calendar.EnglandAndWales}, Settings{Nation: calendar.Scotland, CompetentAge: 14}
	on := day(t, "2026-03-02")
	for _, tt := range []struct {
		settings Settings
		right    calendar.Right
		born     string
		child    bool
		own      bool
	}{
		{england, calendar.Access, "2013-03-02", true, true},
		{england, calendar.Access, "2013-03-03", true, false},
		{england, calendar.Access, "2008-03-02", false, false},
		{england, calendar.Access, "2008-03-03", true, true},
		{scotland, calendar.Access, "2014-03-02", true, true},
		{scotland, calendar.Access, "2014-03-03", true, false},
		{england, calendar.EducationalRecord, "2012-03-02", true, false},
		{england, calendar.Access, "", false, false},
	} {
		var born calendar.Date
		if tt.born != "" {
			born = day(t, tt.born)
		}
		c := tt.settings.CapacityIn(tt.right, born, on)
		if c.Child != tt.child || c.Own != tt.own || (c.Words != "") != tt.child {
			t.Errorf("%s born %s in %s: %+v", tt.right, tt.born, tt.settings.Nation, c)
		}
	}
}

// BenchmarkDueDates counts the dates of 100,000 cases anew.
func BenchmarkDueDates(b *testing.B) {
	const many = 100_000
	clocks := Clocks{Holidays: calendar.Builtin()}
	start := calendar.NewDate(2024, time.January, 1)
	cases := make([]Request, many)
	for i := range cases {
		on := start.AddDays(i % 900)
		cases[i] = Request{Ref: fmt.Sprintf("AR-2026-%d", i), Right: calendar.Access, Nation: calendar.EnglandAndWales, Events: []RequestEvent{
			{Seq: 1, Kind: Received, On: on}, {Seq: 2, Kind: IdentityAsked, On: on}, {Seq: 3, Kind: IdentitySeen, On: on.AddDays(2)},
			{Seq: 4, Kind: ClarifyAsked, On: on.AddDays(5)}, {Seq: 5, Kind: Clarified, On: on.AddDays(9)},
		}}
	}
	for name, counted := range map[string]func(*Request, Clocks) (calendar.Deadline, error){
		"dates": (*Request).Dates, "explained": (*Request).Count,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range cases {
					if _, err := counted(&cases[i], clocks); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/many, "ns/case")
		})
	}
}

// TestTheClockKnowsWhatHappened: each proof and payment moves the start, and no two are taken for each other.
func TestTheClockKnowsWhatHappened(t *testing.T) {
	r := opened(t, calendar.Access, "2026-03-02")
	for _, e := range []RequestEvent{
		march(IdentityAsked, 3), march(IdentitySeen, 4), march(AuthorityAsked, 5), march(AuthoritySeen, 6), march(FeeAsked, 9),
		march(FeePaid, 10), march(ClarifyAsked, 11), march(Clarified, 12), march(ClarifyAsked, 13), march(Clarified, 16), march(Extended, 17),
	} {
		mustAdd(t, r, e)
	}
	on := func(d int) calendar.Date { return march(Noted, d).On }
	want := calendar.RightsCase{
		Right: calendar.Access, Nation: calendar.EnglandAndWales, Received: on(2), Extended: true,
		Pauses: []calendar.Pause{{Asked: on(11), Answered: on(12)}, {Asked: on(13), Answered: on(16)}},
	}
	want.Identity.Asked, want.Identity.Received = on(3), on(4)
	want.Authority.Asked, want.Authority.Received = on(5), on(6)
	want.Fee.Asked, want.Fee.Received = on(9), on(10)
	if diff := cmp.Diff(want, r.Case()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	other := want
	for _, change := range []func(*calendar.RightsCase){
		func(c *calendar.RightsCase) { c.Right = calendar.Erasure }, func(c *calendar.RightsCase) { c.Nation = calendar.Scotland },
		func(c *calendar.RightsCase) { c.Received = on(1) }, func(c *calendar.RightsCase) { c.Identity.Asked = on(1) },
		func(c *calendar.RightsCase) { c.Authority.Asked = on(1) }, func(c *calendar.RightsCase) { c.Fee.Received = on(1) },
		func(c *calendar.RightsCase) { c.Extended = false }, func(c *calendar.RightsCase) { c.Pauses = nil },
	} {
		if other = want; !sameInputs(want, other) {
			t.Fatal("the same inputs are others")
		}
		if change(&other); sameInputs(want, other) {
			t.Errorf("other inputs are the same: %+v", other)
		}
	}
}

func TestADeadlineMovesWithAnyOfItsDates(t *testing.T) {
	d := calendar.Deadline{RuleVersion: "1", Start: day(t, "2026-03-02"), Due: day(t, "2026-04-02"), LastLawful: day(t, "2026-04-03"),
		ExtensionNoticeBy: day(t, "2026-04-01")}
	r := Request{Deadline: d}
	for i, change := range []func(*calendar.Deadline){
		func(d *calendar.Deadline) { d.Start = calendar.Date{} }, func(d *calendar.Deadline) { d.Due = calendar.Date{} },
		func(d *calendar.Deadline) { d.LastLawful = calendar.Date{} }, func(d *calendar.Deadline) { d.ExtensionNoticeBy = calendar.Date{} },
	} {
		now := d
		if change(&now); r.Moved(d) || !r.Moved(now) {
			t.Errorf("change %d is none, or none is one", i)
		}
	}
	if (&Request{}).Moved(d) {
		t.Error("what was never counted moved")
	}
}

func TestOtherClocksThanTheMonth(t *testing.T) {
	r := opened(t, calendar.Enquiry, "2026-03-02")
	if d := r.Deadline; !d.Due.IsZero() || d.Start != day(t, "2026-03-02") || d.RuleVersion == "" || len(d.Steps) != 1 {
		t.Errorf("%+v", d)
	}
	complaint := opened(t, calendar.Complaint, "2026-06-19")
	dates, err := complaint.Dates(Clocks{Holidays: calendar.Builtin()})
	if err != nil || dates.Due != complaint.Deadline.Due || complaint.Deadline.RuleVersion == "" {
		t.Errorf("%+v, %v", dates, err)
	}
	steps := len(complaint.Deadline.Steps)
	mustAdd(t, complaint, by("olive", RequestEvent{Kind: Decided, Outcome: Refuse, Text: "x", On: day(t, "2026-06-25")}))
	mustAdd(t, complaint, by("dora", RequestEvent{Kind: Approved, On: day(t, "2026-06-25")}))
	mustAdd(t, complaint, RequestEvent{Kind: Replied, On: day(t, "2026-06-26")}) // an answer acknowledges it too
	if d := complaint.Deadline; !d.Due.IsZero() || len(d.Steps) != steps+1 || d.Steps[steps].Date != day(t, "2026-06-26") {
		t.Errorf("%+v", d)
	}
	if got := complaint.Timely(day(t, "2026-09-01")); got != InTime {
		t.Error(got)
	}
}

func TestErrorsOfTheClockNameTheirKind(t *testing.T) {
	for _, tt := range []struct {
		err   error
		want  Kind
		field string
	}{
		{&calendar.FieldError{Field: "fee", Reason: "x"}, Invalid, "fee"},
		{&calendar.OutsideTableError{}, Refused, ""}, {&calendar.OutsideTermsError{}, Refused, ""}, {errors.New("odd"), Invalid, ""},
	} {
		var e *Error
		got := ClockError(fmt.Errorf("counting: %w", tt.err))
		if !errors.As(got, &e) || e.Kind != tt.want || e.Field != tt.field || e.Msg == "" || !errors.Is(got, tt.err) {
			t.Errorf("%v: %+v", tt.err, got)
		}
	}
	if ClockError(nil) != nil {
		t.Error("no error is one")
	}
}
