package register

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
)

// answered is a case received and answered on days; no day: it is still open.
func answered(t *testing.T, right calendar.Right, out Outcome, on, replied string) Request {
	t.Helper()
	r := opened(t, right, on)
	if replied != "" {
		mustAdd(t, r, RequestEvent{Kind: Decided, On: day(t, replied), Outcome: out, Text: "x"})
		mustAdd(t, r, RequestEvent{Kind: Approved, On: day(t, replied)})
		mustAdd(t, r, RequestEvent{Kind: Replied, On: day(t, replied)})
	}
	return *r
}

func TestFiguresOfAYear(t *testing.T) {
	late := opened(t, calendar.Access, "2026-03-02") // due on 12 June, lawful until the 15th
	mustAdd(t, late, RequestEvent{Kind: ClarifyAsked, On: day(t, "2026-03-09")})
	mustAdd(t, late, RequestEvent{Kind: Clarified, On: day(t, "2026-03-19")})
	mustAdd(t, late, RequestEvent{Kind: Extended, On: day(t, "2026-03-20"), Text: "many files"})
	mustAdd(t, late, RequestEvent{Kind: Decided, On: day(t, "2026-06-15"), Outcome: Partly, Text: "x"})
	mustAdd(t, late, RequestEvent{Kind: Approved, On: day(t, "2026-06-15")})
	mustAdd(t, late, RequestEvent{Kind: Replied, On: day(t, "2026-06-15")})
	twin := opened(t, calendar.Access, "2026-05-04")
	mustAdd(t, twin, RequestEvent{Kind: Duplicate, On: day(t, "2026-05-05"), Case: "AR-2026-0002"})
	mustAdd(t, twin, RequestEvent{Kind: CaseClosed, On: day(t, "2026-05-05")})
	visitor := answered(t, calendar.Access, Fulfil, "2026-03-02", "")
	visitor.Visit = &Visit{}
	cases := []Request{
		*late, *twin, visitor,
		answered(t, calendar.Access, Fulfil, "2026-03-02", "2026-04-02"), // the last day
		answered(t, calendar.Access, Refuse, "2026-03-02", "2026-04-03"), // a day late
		answered(t, calendar.Access, Fulfil, "2026-03-02", ""),           // overdue
		answered(t, calendar.Access, Fulfil, "2026-06-02", ""),
		answered(t, calendar.Erasure, Fulfil, "2025-12-31", "2026-01-07"), // of the year it came in
	}
	f := FiguresOf(2026, cases, day(t, "2026-06-20"))
	want := KindFigures{
		Right: calendar.Access, Title: "Access", Received: 6, Answered: 3, InTime: 1, Lawful: 1, Late: 2, Open: 2, Closed: 1, Extended: 1,
		Refused: 1, Partly: 1, Median: 32, Longest: 105,
	}
	if diff := cmp.Diff(want, f.Kinds[0]); diff != "" {
		t.Error(diff)
	}
	if len(f.Kinds) != 2 || f.Kinds[1].Received != 0 || f.Before.Kinds[1].Received != 1 || f.Before.All.InTime != 1 {
		t.Errorf("%+v, before %+v", f.Kinds, f.Before.Kinds)
	}
	if f.Months != [12]int{2: 4, 4: 1, 5: 1} || f.Before.Months != [12]int{11: 1} {
		t.Errorf("%v, before %v", f.Months, f.Before.Months)
	}
	want.Right, want.Title = "", "All"
	if diff := cmp.Diff(want, f.All); diff != "" {
		t.Error(diff)
	}
}

func TestBoardHasAColumnForEveryState(t *testing.T) {
	board := BoardOf(rowsOf{{Ref: "a", State: RepliedTo}, {Ref: "b", State: InProgress}, {Ref: "c", State: RepliedTo}})
	if len(board) != len(RequestStates()) {
		t.Fatal(len(board))
	}
	for _, c := range board {
		want := map[RequestState]int{RepliedTo: 2, InProgress: 1}[c.State]
		if len(c.Rows) != want || want == 2 && c.Rows[1].Ref != "c" {
			t.Errorf("%s: %+v", c.State, c.Rows)
		}
	}
}

type rowsOf []RequestRow

func (r rowsOf) Len() int             { return len(r) }
func (r rowsOf) Row(i int) RequestRow { return r[i] }
