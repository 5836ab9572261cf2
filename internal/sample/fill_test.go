package sample

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// office opens a new store with a profile and seats its operator. Ids come from
// a seed.
func office(t testing.TB, p register.Profile) *desk.Seat {
	t.Helper()
	setup := storetest.Setup()
	setup.Settings.Profile = p
	o := storetest.Options()
	clock := &storetest.Clock{}
	o.Now = clock.Now
	db, _, err := store.Create(t.TempDir(), setup, o)
	if err != nil {
		t.Fatalf("creating a store: %v", err)
	}
	t.Cleanup(func() { storetest.Close(t, db) })
	seat, err := desk.Open(db, clock.Now, desk.WithRandom(Reader(1))).As(storetest.Operator, desk.SetUp)
	if err != nil {
		t.Fatal(err)
	}
	return seat
}

func fill(t testing.TB, s *desk.Seat, o Options) Summary {
	t.Helper()
	sum, err := Fill(context.Background(), s, o, nil)
	if err != nil {
		t.Fatalf("filling: %v", err)
	}
	return sum
}

func rowsHeld(t testing.TB, s *desk.Seat) []register.DelegateRow {
	t.Helper()
	rows, err := s.Delegates(register.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var all []register.DelegateRow
	for i := range rows.Len() {
		all = append(all, rows.Row(i))
	}
	return all
}

func TestFill(t *testing.T) {
	for _, p := range profiles(t) {
		t.Run(p.Name, func(t *testing.T) {
			s := office(t, p)
			sum := fill(t, s, Options{Delegates: 80, Organisations: 20})
			rows := rowsHeld(t, s)
			if sum.Delegates != 80 || len(rows) != 80 || sum.Organisations != 20 || sum.Seed != 1 || sum.Today != s.Today() {
				t.Errorf("80 delegates of 20 organisations became %d, %d held, of %d: %+v", sum.Delegates, len(rows), sum.Organisations, sum)
			}
			kinds, byStatus, incomplete := map[string]int{}, map[register.Status]int{}, 0
			for _, row := range rows {
				kinds[row.Kind]++
				byStatus[row.Status]++
				if row.Incomplete {
					incomplete++
				}
				if row.Email != "" && !reserved.MatchString(row.Email) || row.Phone != "" && !drama.MatchString(row.Phone) {
					t.Errorf("%s can be reached", row.ID)
				}
			}
			if !maps.Equal(kinds, sum.Kinds) || len(kinds) != len(p.Kinds) {
				t.Errorf("kinds held %v, told %v", kinds, sum.Kinds)
			}
			if byStatus[register.Deactivated] != sum.Deactivated || sum.Deactivated == 0 || incomplete == 0 {
				t.Errorf("held %v and %d incomplete, told %+v", byStatus, incomplete, sum)
			}
			if sum.Courses < 10 || sum.Bookings < 30 || sum.Consents < 80 {
				t.Errorf("a thin year: %+v", sum)
			}
			if v, err := s.VerifyTrail(); err != nil || !v.Intact {
				t.Errorf("the audit trail does not hold: %v", err)
			}
		})
	}
}

// Every organisation somebody names is held: nobody's employer gets lost.
func TestEmployersAreHeld(t *testing.T) {
	p := profiles(t)[0]
	s := office(t, p)
	fill(t, s, Options{Delegates: 100, Organisations: 20, Seed: 3})
	held := map[string]string{}
	for _, row := range rowsHeld(t, s) {
		if row.Status == register.Active {
			held[row.Name+row.Email] = row.Organisation
		}
	}
	orgs := organisations(roll(3, "organisations"), 20, s.Today())
	g, named := newPeople(3, &p, s.Today(), orgs), 0
	for in := range g.rows(92) { // eight of the hundred come in by hand
		org, active := held[in.Delegate.Name+in.Delegate.Email]
		employed := in.EmployerURN+in.EmployerName != ""
		if active && employed != (org != "") {
			t.Errorf("line %d: employed is %t, held at %q", in.Line, employed, org)
		}
		if employed {
			named++
		}
	}
	if named < 50 {
		t.Errorf("only %d are employed", named)
	}
}

func TestFillLeavesCasesInEveryState(t *testing.T) {
	s := office(t, profiles(t)[0])
	sum := fill(t, s, Options{Delegates: 30, Organisations: 10})
	held, pressures := map[register.RequestState]int{}, map[register.Pressure]bool{}
	rows, err := s.Requests("", calendar.Date{})
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]calendar.Date{}
	for _, row := range rows {
		held[row.State]++
		pressures[row.Pressure] = true
		numbers[row.Ref] = row.Received
	}
	if !maps.Equal(held, sum.Requests) || len(held) != len(register.RequestStates())-1 || len(pressures) != 6 {
		t.Errorf("states held %v, told %v; pressures %v", held, sum.Requests, pressures)
	}
	for ref, received := range numbers {
		for other, on := range numbers {
			if strings.TrimRight(ref, "0123456789") == strings.TrimRight(other, "0123456789") && ref < other && on.Before(received) {
				t.Errorf("%s came in after %s", ref, other)
			}
		}
	}
}

// What somebody needs on a course is kept by their consent and nothing else.
func TestNeedsAreKeptByConsent(t *testing.T) {
	for _, p := range profiles(t) {
		s := office(t, p)
		fill(t, s, Options{Delegates: 30, Organisations: 10})
		needed := 0
		for _, row := range rowsHeld(t, s) {
			page, err := s.Person(row.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !hasNeed(page) {
				continue
			}
			needed++
			given := false
			for _, l := range page.Consents {
				x, _ := p.Purpose(l.Purpose)
				given = given || x.Article9 != "" && l.State == register.Given
			}
			if !given {
				t.Errorf("%s: %s has a need nobody agreed to keep", p.Name, row.ID)
			}
		}
		if needed == 0 {
			t.Errorf("%s: nobody needs anything", p.Name)
		}
	}
}

// hasNeed reports whether any record of a person's holds special category data.
func hasNeed(page register.PersonPage) bool {
	for _, h := range page.Holdings {
		for _, e := range h.Entries {
			for _, l := range e.Lines {
				if l.Special && l.Value != "" {
					return true
				}
			}
		}
	}
	return false
}

func TestFillIsFixedByItsSeed(t *testing.T) {
	p := profiles(t)[0]
	run := func(seed uint64) (Summary, []register.DelegateRow) {
		s := office(t, p)
		sum := fill(t, s, Options{Delegates: 50, Organisations: 8, Seed: seed})
		rows := rowsHeld(t, s)
		for i := range rows {
			rows[i].Updated = time.Time{}
		}
		return sum, rows
	}
	sum1, rows1 := run(5)
	sum2, rows2 := run(5)
	if diff := cmp.Diff(sum1, sum2, cmp.AllowUnexported(calendar.Date{})); diff != "" {
		t.Errorf("the same seed gave another summary:\n%s", diff)
	}
	if diff := cmp.Diff(rows1, rows2); diff != "" {
		t.Errorf("the same seed gave other rows:\n%s", diff)
	}
	if _, rows3 := run(6); cmp.Equal(rows1, rows3) {
		t.Error("another seed gave the same rows")
	}
}

func TestFillRefuses(t *testing.T) {
	p := profiles(t)[0]
	s := office(t, p)
	bad := []Options{{Delegates: -1}, {Organisations: -1}, {Today: s.Today().AddDays(1)}}
	for _, o := range bad {
		if _, err := Fill(context.Background(), s, o, nil); register.KindOf(err) != register.Invalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
	fill(t, s, Options{Delegates: 12, Organisations: 4})
	if _, err := Fill(context.Background(), s, Options{Delegates: 12, Organisations: 4}, nil); register.KindOf(err) != register.Conflict {
		t.Errorf("a second sample in the same store: %v", err)
	}
}

func TestFillEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	told := func(step string, done, _ int) {
		if step == "consents" && done == 3 {
			cancel()
		}
	}
	s := office(t, profiles(t)[0])
	sum, err := Fill(ctx, s, Options{Delegates: 40, Organisations: 6}, told)
	if !errors.Is(err, context.Canceled) || sum.Delegates != 40 || len(sum.Requests) > 0 {
		t.Errorf("cancelled at the third consent: %v, %+v", err, sum)
	}
}

func TestFillOfOne(t *testing.T) {
	for _, p := range profiles(t) {
		if sum := fill(t, office(t, p), Options{Delegates: 1, Organisations: 1}); sum.Delegates != 1 {
			t.Errorf("%s: one delegate became %d", p.Name, sum.Delegates)
		}
	}
}

// In an office of two who may approve, decisions wait for the other one.
func TestOfficeOfTwoLeavesDecisionsWaiting(t *testing.T) {
	s := office(t, profiles(t)[0])
	other := register.Operator{Name: "second", Roles: []register.Role{register.DPO}}
	if err := s.AddOperator(context.Background(), other, []byte("a passphrase of many words, none of them alike")); err != nil {
		t.Fatal(err)
	}
	sum := fill(t, s, Options{Delegates: 20, Organisations: 4})
	if sum.Requests[register.AwaitsApproval] == 0 || sum.Requests[register.ReadyToReply]+sum.Requests[register.RepliedTo] > 0 {
		t.Errorf("requests stand at %v", sum.Requests)
	}
}

func BenchmarkFill1000(b *testing.B) {
	p := profiles(b)[0]
	for b.Loop() {
		b.StopTimer()
		s := office(b, p)
		b.StartTimer()
		fill(b, s, Options{Delegates: 1000})
	}
}
