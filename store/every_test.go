package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"custos/internal/audit"
	"custos/internal/register"
)

// everything walks a store and returns what was visited, by bucket and key.
func everything(t *testing.T, tx *Tx) map[string]Raw {
	t.Helper()
	var mu sync.Mutex
	seen := map[string]Raw{}
	last, total := 0, 0
	err := tx.EachRecord(context.Background(), func(d, n int) {
		if d < last || d > n {
			t.Errorf("%d of %d are done after %d", d, n, last)
		}
		last, total = d, n
	}, func(r Raw) error {
		mu.Lock()
		defer mu.Unlock()
		r.Plain = append([]byte(nil), r.Plain...)
		if _, twice := seen[r.Bucket+keySep+r.Key]; twice {
			t.Errorf("%s %s is visited twice", r.Bucket, r.Key)
		}
		seen[r.Bucket+keySep+r.Key] = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if last != total || total != len(seen) {
		t.Errorf("%d of %d were done, %d visited", last, total, len(seen))
	}
	return seen
}

func TestEachRecordMissesNothing(t *testing.T) {
	db := newStore(t)
	change(t, db, byTester(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	put(t, db, undoable(), someone(1))
	r := put(t, db, undoable(), renamed(someone(1), "Another name"))
	var seen map[string]Raw
	err := db.View(func(tx *Tx) error {
		seen = everything(t, tx)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, raw := range seen {
		n[raw.Bucket]++
	}
	for bucket, want := range db.Info().Counts {
		if bucket != bucketKeys && bucket != bucketSlots && n[bucket] != want {
			t.Errorf("%d of %d in %s are visited", n[bucket], want, bucket)
		}
	}
	if uint64(n[bucketAudit]) != db.AuditHead().Seq || n[bucketMeta] != 1 {
		t.Errorf("%d audit entries and %d states are visited", n[bucketAudit], n[bucketMeta])
	}
	former := seen["undo/"+string(r.Operation)+"/delegates/"+string(someone(1).ID)]
	d, err := decode[register.Delegate]("delegates", former.Plain)
	if err != nil || d.Name != "Person 1" || former.Of != "delegates" || former.Subject != someone(1).ID {
		t.Errorf("the former version is %+v of %s about %s: %v", d, former.Of, former.Subject, err)
	}
	if e, err := audit.Decode(seen["audit/2"].Plain); err != nil || e.Seq != 2 {
		t.Errorf("the second audit entry is %+v, %v", e, err)
	}
}

func TestEachRecordSeesWhatTheChangeWrote(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1), someone(2))
	change(t, db, byTester(), func(tx *Tx) error {
		if err := tx.Forget(someone(1).ID); err != nil {
			return err
		}
		if err := tx.Delegates().Put(someone(3)); err != nil {
			return err
		}
		seen := everything(t, tx)
		for n, want := range []bool{1: false, 2: true, 3: true} {
			if _, ok := seen["delegates/"+string(someone(n).ID)]; n > 0 && ok != want {
				t.Errorf("person %d is visited: %v", n, ok)
			}
		}
		return nil
	})
}

func TestEachRecordEnds(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1), someone(2))
	stop := errors.New("stop")
	ctx, cancel := context.WithCancel(context.Background())
	err := db.View(func(tx *Tx) error {
		if err := tx.EachRecord(ctx, nil, func(Raw) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("the visit's error is lost: %v", err)
		}
		cancel()
		if err := tx.EachRecord(ctx, nil, func(Raw) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled walk says %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
