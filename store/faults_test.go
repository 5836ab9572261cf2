package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// openLoaded opens a store with somebody in it.
func openLoaded(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(ctx, loaded(t), credential(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	addPeople(t, db, person(1))
	return db
}

func tryAdd(db *store.DB, n int) error {
	_, err := db.Update(ctx, storetest.By(register.DelegateAdd), func(tx *store.Tx) error {
		return tx.Delegates().Put(person(n))
	})
	return err
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refusedFor holds an answer against the one kind and words it is to have, on one line.
func refusedFor(t *testing.T, err error, kind register.Kind, words string) {
	t.Helper()
	if register.KindOf(err) != kind || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want it %v and to say %q", err, kind, words)
	}
}

// A clock that is set back changes nothing but what is written down as the time.
func TestAClockSetBackLosesNothing(t *testing.T) {
	now := storetest.Start
	o := storetest.Options()
	o.Now = func() time.Time { now = now.Add(time.Second); return now }
	db, _, err := store.Create(filepath.Join(t.TempDir(), "store"), storetest.Setup(), o)
	must(t, err)
	undoable := func(n int) store.Change {
		c := storetest.By(register.DelegateAdd)
		c.Undoable = true
		update(t, db, c, func(tx *store.Tx) error { return tx.Delegates().Put(person(n)) })
		return c
	}
	undoable(1)
	now = now.Add(-24 * time.Hour)
	undoable(2)
	must(t, db.Info().HeadError)
	must(t, db.View(func(tx *store.Tx) error {
		ops, err := tx.UndoOps(storetest.Operator, 1)
		if len(ops) != 1 || !ops[0].At.Before(storetest.Start) {
			t.Errorf("the newest operation is %+v, want the one after the clock was set back", ops)
		}
		return err
	}))
	if _, err := db.Scrub(ctx); err != nil {
		t.Error(err)
	}
	must(t, db.Close())
	now = now.Add(-24 * time.Hour)
	o.Verifier = withChild(t).Verifier
	db, err = store.Open(ctx, db.Path(), credential(), o)
	must(t, err)
	must(t, tryAdd(db, 3))
	if n := db.Info().Counts["delegates"]; n != 3 {
		t.Errorf("%d people, want 3", n)
	}
	storetest.Close(t, db)
}

// failure is what goes wrong with a commit.
type failure struct {
	name string
	fail func(commit, rollback func() error) error
}

var errIO = fmt.Errorf("fdatasync: %w", syscall.EIO)

func failures() []failure {
	return []failure{
		{"no space", func(_, rollback func() error) error { return errors.Join(syscall.ENOSPC, rollback()) }},
		{"no space, said late", func(commit, _ func() error) error { return errors.Join(commit(), syscall.ENOSPC) }},
		{"a write fails", func(_, rollback func() error) error { return errors.Join(errIO, rollback()) }},
		{"the header's sync fails", func(commit, _ func() error) error { return errors.Join(commit(), errIO) }},
	}
}

// TestEveryCommitFailsInTurn makes each commit of each kind of work fail in every way, and holds what was answered against
// what a later opening finds.
func TestEveryCommitFailsInTurn(t *testing.T) {
	const script = "single import change undo scrub compact rekey single"
	w := newWitness(load{Dir: loaded(t), Bulk: 20})
	n, failed := 0, map[string]int{}
	for _, f := range failures() {
		for _, name := range strings.Fields(script) {
			for nth := 0; ; nth++ {
				fired := w.failing(t, f, name, nth)
				for _, fault := range w.examine(t) {
					t.Errorf("%s, at commit %d of %s: %s", f.name, nth, name, fault)
				}
				if !fired {
					break
				}
				failed[name]++
				n++
			}
		}
	}
	for _, name := range []string{"single", "import", "change", "undo", "scrub"} {
		if failed[name] < len(failures()) {
			t.Errorf("%d commits of %s were made to fail", failed[name], name)
		}
	}
	if w.acks < n/3 || len(w.refused) < n/3 {
		t.Errorf("after %d failures, %d were answered with saved and %d with not saved", n, w.acks, len(w.refused))
	}
}

// failing does a work whose nth commit fails, and tells the witness what was answered.
func (w *witness) failing(t *testing.T, f failure, name string, nth int) (fired bool) {
	t.Helper()
	w.here = true
	db, err := store.Open(ctx, w.Dir, credential(), storetest.Options())
	must(t, err)
	defer func() { must(t, db.Close()) }()
	lane := scriptLane(name)
	if lane == 'b' {
		name = feasible(name, w.have[lane])
	}
	w.Seed, w.Script = w.Seed+1, name
	commits := 0
	db.OnCommit(func(commit, rollback func() error) error {
		commits++
		if commits-1 != nth {
			return commit()
		}
		fired = true
		return f.fail(commit, rollback)
	})
	w.hear(fmt.Sprintf("try %c 0 %s", lane, name))
	_, err = w.trying[lane].do(db)
	switch {
	case err == nil:
		w.hear(fmt.Sprintf("ok %c 0", lane))
	case nobodyKnows(err):
		w.hear(fmt.Sprintf("unknown %c 0", lane))
	default:
		w.hear(fmt.Sprintf("no %c 0 %v", lane, err))
	}
	return fired
}

// feasible is what can be done in the bulk lane as it stands, best what is asked for.
func feasible(name string, have records) string {
	switch empty := len(have.people()) == 0; {
	case empty:
		return "import"
	case name == "import" || changed(have):
		return "undo"
	}
	return name
}

// The control: to take an error for "not saved" is wrong where the header's sync failed, and the witness sees it.
func TestAnErrorTakenForNotSavedIsSeenToBeWrong(t *testing.T) {
	w := newWitness(load{Dir: loaded(t), Bulk: 20, Script: "single"})
	w.failing(t, failures()[3], "single", 0)
	w.have, w.here = map[byte]records{}, true // as if "no" had been said
	if f := w.examine(t); len(f) != 1 || !strings.Contains(f[0], "never acknowledged") {
		t.Errorf("found %q, want what was saved all the same", f)
	}
}

// Where the header cannot be made durable either, nobody is told that it is saved, or that it is not.
func TestAnOutcomeNobodyKnowsIsCalledThat(t *testing.T) {
	db := openLoaded(t)
	db.OnCommit(func(commit, _ func() error) error { return errors.Join(commit(), errIO) })
	db.OnHeaderSync(func(func() error) error { return errIO })
	const words = "whether the change was saved will show at the next start"
	if err := tryAdd(db, 2); register.KindOf(err) != register.Internal || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want it to say %q", err, words)
	}
	db.OnCommit(nil)
	if err := tryAdd(db, 3); err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("the next change: %v, want it refused for the same reason", err)
	}
	if _, err := db.Scrub(ctx); err == nil {
		t.Error("a scrub wrote on after that")
	}
	db = reopen(t, db)
	if n := db.Info().Counts["delegates"]; n != 2 {
		t.Errorf("%d people, want 2: the commit itself went through", n)
	}
}
