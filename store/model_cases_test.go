package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// aCase is a case in one of many states: some done, some without a due date, many due on the same day.
func aCase(n, draw int) register.Request {
	on := calendar.NewDate(2026, 3, 2).AddDays(draw % 40)
	r := register.Request{Ref: fmt.Sprintf("AR-2026-%04d", n), Right: calendar.Access, Nation: calendar.EnglandAndWales,
		Delegate: register.ID(fmt.Sprintf("D%013d", draw%7)), Name: "N", Owner: testLogin,
		Events: []register.RequestEvent{{Seq: 1, Kind: register.Received, On: on, By: testLogin}}}
	if draw%7 == 0 {
		r.Delegate = ""
	}
	add := func(kind register.RequestEventKind, days int) {
		e := register.RequestEvent{Seq: len(r.Events) + 1, Kind: kind, On: on.AddDays(days), By: testLogin}
		if kind == register.Decided {
			e.Outcome = register.Partly
		}
		r.Events = append(r.Events, e)
	}
	if draw%3 != 0 {
		r.Deadline = calendar.Deadline{Due: on.AddDays(30 + draw%5)}
	}
	r.Deadline.Stopped = draw%6 == 0
	r.Inputs.Extended = draw%4 == 0
	if draw%5 < 2 {
		add(register.Decided, 5)
		add(register.Replied, 6)
	}
	if draw%5 == 0 {
		add(register.CaseClosed, 7)
	}
	return r
}

// sameList holds a list against what the rules say of every case, on several days.
func sameList(t failing, db *DB, want map[string]register.Request) {
	t.Helper()
	list := db.Cases()
	for _, day := range []calendar.Date{calendar.NewDate(2026, 1, 1), calendar.NewDate(2026, 4, 10), calendar.NewDate(2027, 1, 1)} {
		var rows, got []register.RequestRow
		for _, r := range want {
			rows = append(rows, r.Row(day, "the name"))
		}
		register.SortByDue(rows)
		for i := range list.Len() {
			got = append(got, list.Row(i).On(day, "the name"))
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			t.Fatalf("the list on %s (-rules +list):\n%s", day, diff)
		}
	}
	for n := range 7 {
		person := register.ID(fmt.Sprintf("D%013d", n))
		var refs, of []string
		for i := range list.Len() {
			if list.Row(i).Delegate == person {
				refs = append(refs, list.Row(i).Ref)
			}
		}
		for _, e := range db.CasesOf(person) {
			of = append(of, e.Ref)
		}
		if !slices.Equal(refs, of) {
			t.Errorf("cases of %s are %v, want %v", person, of, refs)
		}
	}
	if len(db.RequestList()) != len(want) {
		t.Errorf("%d cases by number, want %d", len(db.RequestList()), len(want))
	}
	for _, r := range db.RequestList() {
		got, ok := db.CaseByRef(r.Ref)
		if diff := cmp.Diff(want[r.Ref], got); diff != "" || !ok {
			t.Errorf("case %s is there: %v (-want +got):\n%s", r.Ref, ok, diff)
		}
	}
}

// failing is what a test and a rapid check have in common.
type failing interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func TestCaseListFollowsEveryChange(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newModel(func() time.Time { return testStart }, newKeyring("x", [32]byte{}))
		defer m.close()
		db := &DB{model: m}
		want := map[string]register.Request{}
		draw := func() register.Request {
			return aCase(rapid.IntRange(0, 30).Draw(rt, "number"), rapid.IntRange(0, 2000).Draw(rt, "kind"))
		}
		var loaded []record
		for range rapid.IntRange(0, 20).Draw(rt, "loaded") {
			r := draw()
			if _, twice := want[r.Ref]; !twice {
				want[r.Ref] = r
				loaded = append(loaded, record{requests.name, r.Ref, r.Delegate, r})
			}
		}
		m.load(func(yield func([]record) bool) { yield(loaded) })
		sameList(rt, db, want)
		for range rapid.IntRange(0, 6).Draw(rt, "commits") {
			var c commit
			for range rapid.IntRange(1, 5).Draw(rt, "changes") {
				r := draw()
				if rapid.Bool().Draw(rt, "gone") {
					delete(want, r.Ref)
					c.records = append(c.records, record{collection: requests.name, key: r.Ref})
				} else {
					want[r.Ref] = r
					c.records = append(c.records, record{requests.name, r.Ref, r.Delegate, r})
				}
			}
			m.apply(c)
			sameList(rt, db, want)
		}
	})
}

func TestACaseListStaysAsItWasTaken(t *testing.T) {
	db := newStore(t)
	putCase := func(r register.Request) {
		change(t, db, byTester(), func(tx *Tx) error { return tx.Requests().Put(r) })
	}
	putCase(aCase(1, 4))
	before := db.Cases()
	putCase(aCase(2, 8))
	changed := aCase(1, 4)
	changed.Owner = "somebody else"
	putCase(changed)
	if before.Len() != 1 || before.Row(0).Owner != testLogin {
		t.Errorf("a list taken before is %d long now, of %s", before.Len(), before.Row(0).Owner)
	}
	if now := db.Cases(); now.Len() != 2 {
		t.Errorf("the list has %d cases, want 2", now.Len())
	}
	if e := db.Cases().Row(0); e.Ref != "AR-2026-0001" || e.Owner != "somebody else" {
		t.Errorf("what presses most is %+v", e)
	}
	if len(db.CasesOf("")) != 0 {
		t.Error("nobody has cases")
	}
	if _, ok := db.CaseByRef("AR-2026-9999"); ok {
		t.Error("there is a case that nobody opened")
	}
}

// BenchmarkCaseList opens the list and reads a screen of it; the cost of 10,000 is to be that of 100. "recorded" is what a
// commit of one case costs the list.
func BenchmarkCaseList(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		m := newModel(func() time.Time { return testStart }, newKeyring("x", [32]byte{}))
		b.Cleanup(m.close)
		db := &DB{model: m}
		var all []record
		for i := range n {
			r := aCase(i, i*7919)
			all = append(all, record{requests.name, r.Ref, r.Delegate, r})
		}
		m.load(func(yield func([]record) bool) { yield(all) })
		today := calendar.NewDate(2026, 4, 10)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				list := db.Cases()
				for i := range 50 {
					list.Row(i).On(today, "")
				}
			}
		})
		b.Run(fmt.Sprintf("%d recorded", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				r := aCase(i%n, i)
				m.apply(commit{records: []record{{requests.name, r.Ref, r.Delegate, r}}})
			}
		})
	}
}
