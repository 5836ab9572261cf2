package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// office makes random changes to a store of few people, few addresses and many events of the ledger.
type office struct {
	db   *store.DB
	made int // ids given out
}

var (
	officeMails  = []string{"", "a@example.org", "A@Example.org", "b@example.org", "not an address"}
	officePhones = []string{"", "01632 960001", "+44 1632 960001", "01632 960002", "nobody picks up"}
)

func (o *office) id(prefix byte) register.ID {
	o.made++
	return register.ID(fmt.Sprintf("%c%013d", prefix, o.made))
}

func (o *office) person(t *rapid.T) register.Delegate {
	d := register.Delegate{
		ID: ids('D').Draw(t, "delegate"), Kind: rapid.SampledFrom([]string{"teacher", "parent"}).Draw(t, "kind"),
		Name: rapid.StringMatching(`[A-Z][a-z]{1,9}`).Draw(t, "name"), Given: "Given", Family: "Family",
		Email: rapid.SampledFrom(officeMails).Draw(t, "email"), Phone: rapid.SampledFrom(officePhones).Draw(t, "phone"),
		Status: rapid.SampledFrom([]register.Status{register.Active, register.Restricted, register.Erased}).
			Draw(t, "status"),
		StatusSince: rapid.SampledFrom([]calendar.Date{{}, calendar.NewDate(2025, 12, 31)}).Draw(t, "since"),
		Created:     storetest.Start, Updated: storetest.Start,
	}
	d.Set(register.FieldBorn, rapid.SampledFrom([]string{"", "2011-02-28", "last spring"}).Draw(t, "born"))
	d.Set(rapid.SampledFrom([]string{"address", "home_address", "addressee"}).Draw(t, "post"), "1 Street")
	return d
}

func day(t *rapid.T, name string) calendar.Date {
	return rapid.SampledFrom([]calendar.Date{
		{}, calendar.NewDate(2026, 1, 1), calendar.NewDate(2026, 3, 1), calendar.NewDate(2026, 3, 2),
		calendar.NewDate(2026, 3, 3),
	}).Draw(t, name)
}

func (o *office) event(t *rapid.T, who register.ID, tx *store.Tx) register.ConsentEvent {
	draw := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	e := register.ConsentEvent{
		ID: o.id('K'), Delegate: who,
		Purpose: draw("purpose", "news", register.AnyMarketing), Channel: draw("channel", "email", "any"),
		Brand: draw("brand", "", "Beech"), Act: rapid.SampledFrom(register.ConsentActs()).Draw(t, "act"),
		At:         storetest.Start.Add(-time.Duration(rapid.Int64Range(0, 1e17).Draw(t, "before"))),
		RecordedBy: "tester", Method: draw("method", register.ConsentMethods()...), Evidence: "form 7",
		Notice: draw("notice", "", "main"), GivenBy: draw("given by", "", "a parent"),
		Collected: draw("collected", "", "sale"), Expires: day(t, "expires"),
	}
	e.Recorded = e.At.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "late")) * time.Hour)
	if rapid.IntRange(0, 9).Draw(t, "undated") == 0 {
		e.At = time.Time{}
	}
	for f := range tx.Consents().Of(who) {
		if rapid.Bool().Draw(t, "corrects") {
			e.Corrects = f.ID
		}
	}
	return e
}

func (o *office) suppression(t *rapid.T) register.Suppression {
	kind, addresses := "email", []string{"a@example.org", "b@example.org", "c@example.org"}
	if rapid.Bool().Draw(t, "phone") {
		kind, addresses = "phone", []string{"+441632960001", "+441632960002"}
	}
	address := rapid.SampledFrom(addresses).Draw(t, "address")
	return register.Suppression{ID: o.id('S'), Hash: o.db.AddressHash(kind, address), Kind: kind,
		Channel: register.AnyChannel, Scope: register.ScopeAll, Reason: "asked us", By: "tester",
		At: storetest.Start.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "at")) * time.Second)}
}

func (o *office) step(t *rapid.T, tx *store.Tx) error {
	who := ids('D').Draw(t, "who")
	switch rapid.SampledFrom([]string{
		"person", "person", "member", "leave", "event", "event", "event", "suppress", "lift", "delete", "forget", "erase",
	}).Draw(t, "step") {
	case "person":
		return tx.Delegates().Put(o.person(t))
	case "member":
		return tx.Memberships().Put(register.Membership{ID: ids('M').Draw(t, "membership"), Delegate: who, Organisation: "O1",
			Access: rapid.SampledFrom([]string{"", "reader", "lead"}).Draw(t, "access"), From: day(t, "from"), To: day(t, "to")})
	case "leave":
		return expect(false, tx.Memberships().Delete(who, ids('M').Draw(t, "membership")))
	case "event":
		return tx.Consents().Put(o.event(t, who, tx))
	case "suppress":
		return tx.Suppressions().Put(o.suppression(t))
	case "lift":
		for s := range tx.Suppressions().All() {
			s.Lifted, s.LiftedBy = storetest.Start, "tester"
			return tx.Suppressions().Put(s)
		}
		return nil
	case "delete":
		return expect(false, tx.Delegates().Delete(who))
	case "forget":
		return tx.Forget(who)
	default:
		if err := tx.Forget(who); err != nil {
			return err
		}
		return tx.Delegates().Put(register.Delegate{ID: who, Status: register.Erased, StatusSince: day(t, "erased")})
	}
}

func (o *office) change(t *rapid.T) {
	c := storetest.By(register.DelegateChange)
	c.Undoable = rapid.Bool().Draw(t, "undoable")
	_, err := o.db.Update(ctx, c, func(tx *store.Tx) error {
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if err := o.step(t, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// revert takes back the newest change, but for what was changed since.
func (o *office) revert(t *rapid.T) {
	_, err := o.db.Update(ctx, storetest.By(register.ChangeUndo), func(tx *store.Tx) error {
		ops, err := tx.UndoOps("", 1)
		if err != nil || len(ops) == 0 {
			return err
		}
		_, err = tx.Revert(ops[0].Operation, func(string, string) bool { return false })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) reopen(t *rapid.T) {
	dir := o.db.Path()
	if err := o.db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, dir, credential(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	o.db = db
}

var sameContactee = cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(a, b calendar.Date) bool { return a == b })}

// compare holds the read model against the records.
func (o *office) compare(t *rapid.T) {
	want := map[register.ID]register.Contactee{}
	err := o.db.View(func(tx *store.Tx) error {
		for d, err := range tx.Delegates().All() {
			if err != nil {
				return err
			}
			p, err := tx.Contactee(d.ID, calendar.NewDate(2026, 3, 2))
			if err != nil {
				return err
			}
			want[d.ID] = p
		}
		return o.compareSuppressions(t, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[register.ID]register.Contactee{}
	for i := range 7 {
		id := register.ID(fmt.Sprintf("D%d", i))
		if p, ok := o.db.Contactee(id); ok {
			got[id] = p
		}
	}
	if d := cmp.Diff(want, got, sameContactee); d != "" {
		t.Fatalf("the read model differs from the records (-records +model):\n%s", d)
	}
	o.compareVisits(t, want)
}

func (o *office) compareVisits(t *rapid.T, want map[register.ID]register.Contactee) {
	for _, q := range []register.Query{
		{}, {Sort: "email", Desc: true}, {Kind: "parent"}, {Within: "O1"}, {Filter: "example"},
		{Status: register.Erased},
	} {
		var listed, visited []register.ID
		rows := o.db.People(q)
		for i := range rows.Len() {
			listed = append(listed, rows.Row(i).ID)
		}
		o.db.EachContactee(q, func(p *register.Contactee) bool {
			if d := cmp.Diff(want[p.Delegate], *p, sameContactee); d != "" {
				t.Fatalf("%+v: visited differs from the records (-records +visited):\n%s", q, d)
			}
			visited = append(visited, p.Delegate)
			return true
		})
		if q == (register.Query{}) {
			slices.Sort(listed)
			slices.Sort(visited)
		}
		if !slices.Equal(listed, visited) {
			t.Fatalf("%+v lists %v and visits %v", q, listed, visited)
		}
	}
}

func (o *office) compareSuppressions(t *rapid.T, tx *store.Tx) error {
	var want []register.Suppression
	for s, err := range tx.Suppressions().All() {
		if err != nil {
			return err
		}
		if again, err := tx.Suppressions().Get(s.ID); err != nil || again != s {
			t.Fatalf("got %+v by id (%v), want %+v", again, err, s)
		}
		want = append(want, s)
	}
	got := o.db.Suppressions()
	if !slices.IsSortedFunc(got, func(a, b register.Suppression) int { return b.At.Compare(a.At) }) {
		t.Fatalf("not the newest first: %+v", got)
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty(),
		cmpopts.SortSlices(func(a, b register.Suppression) bool { return a.ID < b.ID })); d != "" {
		t.Fatalf("suppressions differ (-records +model):\n%s", d)
	}
	return nil
}

func TestTheModelKnowsOfEverybodyWhatTheRecordsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		db, _, err := store.Create(tempDir(t), storetest.Setup(), storetest.Options())
		if err != nil {
			t.Fatal(err)
		}
		o := &office{db: db}
		defer func() { _ = o.db.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"change": o.change, "change more": o.change, "revert": o.revert, "reopen": o.reopen, "": o.compare,
		})
		report, err := o.db.Check(ctx)
		if err != nil || len(report.Damage()) > 0 {
			t.Fatalf("check: %v %v", report.Findings, err)
		}
	})
}
