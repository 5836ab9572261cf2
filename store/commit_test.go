package store

import (
	"context"
	"errors"
	"sync"
	"syscall"
	"testing"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

func byTester() Change {
	return Change{Operator: testLogin, Door: "test", Verb: register.DelegateAdd}
}

func TestChangesThatWaitShareOneCommitAndFailAlone(t *testing.T) {
	db := newStore(t)
	sentinel := errors.New("no")
	holding, goOn := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { // keeps the writer busy until the others wait
		_, err := db.Update(context.Background(), byTester(), func(*Tx) error { close(holding); <-goOn; return nil })
		if err != nil {
			t.Errorf("the first change: %v", err)
		}
	})
	<-holding
	before := db.Info().Commits
	const n = 20
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() {
			_, errs[i] = db.Update(context.Background(), byTester(), func(tx *Tx) error {
				if err := tx.Delegates().Put(someone(i)); err != nil {
					return err
				}
				if i%5 == 0 {
					return sentinel
				}
				return nil
			})
		})
	}
	close(goOn)
	wg.Wait()
	for i, err := range errs {
		if want := i%5 == 0; errors.Is(err, sentinel) != want || (err != nil) != want {
			t.Errorf("change %d: %v", i, err)
		}
	}
	if got := db.Info().Counts["delegates"]; got != 16 {
		t.Errorf("%d people, want 16", got)
	}
	if took := db.Info().Commits - before; took > n {
		t.Errorf("%d commits for %d changes", took, n)
	}
	mustCheck(t, db)
}

func TestLaterChangesOfACommitSeeEarlierOnes(t *testing.T) {
	db := newStore(t)
	jobs := make([]*job, 5)
	for i := range jobs {
		jobs[i] = &job{change: byTester(), done: make(chan struct{}), fn: func(tx *Tx) error {
			if tx.Delegates().Len() != i {
				t.Errorf("change %d sees %d people", i, tx.Delegates().Len())
			}
			if i > 0 {
				if _, err := tx.Delegates().Get(someone(i - 1).ID); err != nil {
					t.Errorf("change %d: %v", i, err)
				}
			}
			return tx.Delegates().Put(someone(i))
		}}
	}
	before := db.Info().Commits
	if err := db.submit(context.Background(), &job{done: make(chan struct{}), exclusive: func() error {
		db.commit(jobs)
		return nil
	}}); err != nil {
		t.Fatal(err)
	}
	for i, j := range jobs {
		if j.err != nil {
			t.Errorf("change %d: %v", i, j.err)
		}
	}
	if got := db.Info().Commits - before; got != 1 {
		t.Errorf("%d commits, want 1", got)
	}
	mustCheck(t, db)
}

func TestAWaitingChangeIsTakenBack(t *testing.T) {
	db := newStore(t)
	holding, goOn := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		_, err := db.Update(context.Background(), byTester(), func(*Tx) error { close(holding); <-goOn; return nil })
		done <- err
	}()
	<-holding
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := db.Update(ctx, byTester(), func(tx *Tx) error { return tx.Delegates().Put(someone(1)) })
	if !errors.Is(err, context.Canceled) || register.KindOf(err) != register.Refused {
		t.Errorf("got %v, want a refusal that wraps the cancellation", err)
	}
	close(goOn)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if n := db.Info().Counts["delegates"]; n != 0 {
		t.Errorf("%d people after a cancelled change", n)
	}
}

func TestAPanicGoesToItsCaller(t *testing.T) {
	db := newStore(t)
	func() {
		defer func() {
			if r := recover(); r != "boom" {
				t.Errorf("recovered %v", r)
			}
		}()
		_, _ = db.Update(context.Background(), byTester(), func(*Tx) error { panic("boom") })
	}()
	put(t, db, byTester(), someone(1))
	mustCheck(t, db)
}

func TestAFullDiskSavesNothingAndHarmsNothing(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	db.commitBolt = func(tx *bolt.Tx) error { return errors.Join(syscall.ENOSPC, tx.Rollback()) }
	_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error { return tx.Delegates().Put(someone(2)) })
	var e *register.Error
	if !errors.As(err, &e) || e.Kind != register.Refused || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("got %v, want Refused", err)
	}
	db.commitBolt = (*bolt.Tx).Commit
	put(t, db, byTester(), someone(3))
	if _, ok := db.Person(someone(2).ID); ok {
		t.Error("the read model shows a person who was not saved")
	}
	if got := db.Info().Counts["delegates"]; got != 2 {
		t.Errorf("%d people, want 2", got)
	}
	mustCheck(t, db)
}

// A failed sync of the header returns an error although the change is in the file: an error is not "not saved".
func TestAnUnknownOutcomeIsFoundOut(t *testing.T) {
	for _, c := range []struct {
		name   string
		commit func(*bolt.Tx) error
		saved  bool
	}{
		{"saved", func(tx *bolt.Tx) error { return errors.Join(tx.Commit(), syscall.EIO) }, true},
		{"not saved", func(tx *bolt.Tx) error { return errors.Join(tx.Rollback(), syscall.EIO) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := newStore(t)
			db.commitBolt = func(tx *bolt.Tx) error { db.commitBolt = (*bolt.Tx).Commit; return c.commit(tx) }
			_, err := db.Update(context.Background(), byTester(), func(tx *Tx) error { return tx.Delegates().Put(someone(1)) })
			if (err == nil) != c.saved {
				t.Errorf("answered %v", err)
			}
			if _, ok := db.Person(someone(1).ID); ok != c.saved {
				t.Errorf("the read model shows the person: %v", ok)
			}
			put(t, db, byTester(), someone(2))
			mustCheck(t, db)
		})
	}
}

func TestQuietChangesLeaveNoAuditEntry(t *testing.T) {
	db := newStore(t)
	notes, cancel := db.Subscribe()
	defer cancel()
	head := db.AuditHead()
	quiet := byTester()
	quiet.Quiet = true
	put(t, db, quiet, someone(1))
	if db.AuditHead() != head {
		t.Error("a quiet change was audited")
	}
	loud := put(t, db, byTester(), someone(2))
	if n := <-notes; n.Seq != loud.Seq || len(n.IDs) != 1 || n.IDs[0] != someone(2).ID {
		t.Errorf("note %+v", n)
	}
	mustCheck(t, db)
}

func TestASlowReaderLosesOldNotesAndBlocksNobody(t *testing.T) {
	db := newStore(t)
	notes, cancel := db.Subscribe()
	defer cancel()
	var last Receipt
	for i := range noteBuffer + 10 {
		last = put(t, db, byTester(), someone(i))
	}
	var got register.Note
	for range noteBuffer {
		got = <-notes
	}
	if got.Seq != last.Seq {
		t.Errorf("the newest note is %d, want %d", got.Seq, last.Seq)
	}
}

// Text that is not valid UTF-8 comes back as it was given: whatever was taken can be read again.
func TestTextThatIsNoUTF8ComesBack(t *testing.T) {
	db := newStore(t)
	d := renamed(someone(1), "an \x9b escape")
	put(t, db, byTester(), d)
	err := db.View(func(tx *Tx) error {
		got, err := tx.Delegates().Get(d.ID)
		if err == nil && got.Name != d.Name {
			t.Errorf("%q came back as %q", d.Name, got.Name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	mustCheck(t, db)
}
