package store

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"custos/internal/register"
	"custos/internal/vault"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

func rekeying() RekeyInput {
	return RekeyInput{Operator: testLogin, Passphrase: []byte(testPass)}
}

func byAdmin() Change {
	return Change{Operator: testLogin, Door: "test", Verb: register.StoreRekey}
}

func mustRekey(t testing.TB, db *DB, in RekeyInput) Rekeyed {
	t.Helper()
	done, err := db.Rekey(context.Background(), in, byAdmin())
	if err != nil {
		t.Fatalf("rekey: %v", err)
	}
	return done
}

// contents is the plaintext of everything a store holds but its state, by place and by former version.
func contents(t testing.TB, db *DB) map[string]string {
	t.Helper()
	all, mu := map[string]string{}, sync.Mutex{}
	err := db.View(func(tx *Tx) error {
		return tx.EachRecord(context.Background(), nil, func(r Raw) error {
			mu.Lock()
			defer mu.Unlock()
			if r.Bucket != bucketMeta {
				all[r.Bucket+" "+r.Key+" "+string(r.Subject)+" "+r.Of] = string(r.Plain)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range all { // what these hold are hashes of sealed values
		if strings.Contains(name, keySep+madeName+keySep) {
			all[name] = ""
		}
	}
	return all
}

// sealedBytes is every value as it lies in the file, by bucket and key.
func sealedBytes(t testing.TB, db *DB) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := db.bolt.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all[string(name)+" "+string(k)] = string(v)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func addOperator(t testing.TB, db *DB, login, pass string) {
	t.Helper()
	change(t, db, byTester(), func(tx *Tx) error {
		return tx.Operators().Put(register.Operator{Name: login, Roles: []register.Role{register.Viewer}, Created: testStart})
	})
	if err := db.AddSlot(context.Background(), login, []byte(pass), byTester()); err != nil {
		t.Fatal(err)
	}
}

func TestARekeySealsEverythingAnewAndChangesNothing(t *testing.T) {
	db := planted(t)
	suppressed := suppression(db, 1, "email", "a@example.org")
	change(t, db, byTester(), func(tx *Tx) error { return tx.Suppressions().Put(suppressed) })
	before, sealed, head := contents(t, db), sealedBytes(t, db), db.AuditHead()
	generation, signer, root := db.keys.generation(), db.Signer(), db.keys.root
	done := mustRekey(t, db, rekeying())
	mustCheck(t, db)
	after := contents(t, db)
	if db.AuditHead().Seq != head.Seq+1 {
		t.Errorf("the trail ends at %d, want one entry more than %d", db.AuditHead().Seq, head.Seq)
	}
	maps.DeleteFunc(after, func(name, _ string) bool {
		_, was := before[name]
		return !was && strings.HasPrefix(name, bucketAudit)
	})
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("it says something else now (-before +after):\n%s", d)
	}
	if done.Records < len(before) {
		t.Errorf("%d values sealed anew, of %d", done.Records, len(before))
	}
	for name, v := range sealedBytes(t, db) {
		if sealed[name] == v && name != bucketMeta+" "+keyHeader {
			t.Errorf("%q is sealed as it was", name)
		}
	}
	if got := db.keys.generation(); got == generation || got == "" {
		t.Errorf("the generation is %q, as before", got)
	}
	if db.Signer() != signer || db.AddressHash("email", "a@example.org") != suppressed.Hash {
		t.Error("the signing key or the lookup key is another one")
	}
	s := db.current()
	if len(s.Former) != 1 || s.Former[0].Generation != generation || vault.Key(s.Former[0].Key) != root {
		t.Error("the former store key is not kept")
	}
	again := reopened(t, db)
	mustCheck(t, again)
	if all := again.Suppressions(); len(all) == 0 || !slices.Contains(all, suppressed) {
		t.Error("a suppression is lost")
	}
	if again.Signer() != signer || again.AddressHash("email", "a@example.org") != suppressed.Hash {
		t.Error("after reopening, the signing key or the lookup key is another one")
	}
	err := again.View(func(tx *Tx) error {
		for e, err := range tx.AuditBack() {
			if e.Verb != string(register.StoreRekey) || !strings.Contains(e.Note, "1 passphrase") {
				t.Errorf("the last entry is %+v", e)
			}
			return err
		}
		return errors.New("no entry")
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAfterARekeyOnlyTheNewKeysOpenTheStore(t *testing.T) {
	dir := t.TempDir()
	db, oldRecovery, err := Create(dir, testSetup(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	addOperator(t, db, "second", "the passphrase of the second")
	addOperator(t, db, "third", "the passphrase of the third")
	in := rekeying()
	in.Others = map[string][]byte{"third": []byte("a new one for the third")}
	done := mustRekey(t, db, in)
	if len(done.Passphrases) != 1 || len(done.Passphrases["second"]) != 19 {
		t.Fatalf("made up are %d passphrases", len(done.Passphrases))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what       string
		credential Credential
		opens      bool
	}{
		{"who did it", testCredential(), true},
		{"one made up", Credential{Operator: "second", Passphrase: []byte(done.Passphrases["second"])}, true},
		{"one given", Credential{Operator: "third", Passphrase: []byte("a new one for the third")}, true},
		{"the new recovery key", Credential{Recovery: done.Recovery}, true},
		{"an old one", Credential{Operator: "second", Passphrase: []byte("the passphrase of the second")}, false},
		{"another old one", Credential{Operator: "third", Passphrase: []byte("the passphrase of the third")}, false},
		{"the old recovery key", Credential{Recovery: oldRecovery}, false},
	} {
		again, err := Open(context.Background(), dir, c.credential, testOptions())
		if (err == nil) != c.opens || err != nil && register.KindOf(err) != register.Refused {
			t.Errorf("%s: %v, want it to open: %v", c.what, err, c.opens)
		}
		if err == nil {
			err = again.Close()
		}
		if c.opens && err != nil {
			t.Error(err)
		}
	}
	wantTidy(t, dir)
}

func TestARekeyIsRefusedToWhoCannotProveTheirPassphrase(t *testing.T) {
	db := newStore(t)
	sealed := sealedBytes(t, db)
	for what, c := range map[string]struct {
		change func(in *RekeyInput)
		want   register.Kind
	}{
		"a wrong passphrase":        {func(in *RekeyInput) { in.Passphrase = []byte("wrong") }, register.Refused},
		"an unknown operator":       {func(in *RekeyInput) { in.Operator = "nobody" }, register.Refused},
		"no operator":               {func(in *RekeyInput) { in.Operator = "" }, register.Invalid},
		"one for an unknown other":  {func(in *RekeyInput) { in.Others = map[string][]byte{"nobody": {1}} }, register.NotFound},
		"another one for who it is": {func(in *RekeyInput) { in.Others = map[string][]byte{testLogin: {1}} }, register.NotFound},
	} {
		in := rekeying()
		c.change(&in)
		if _, err := db.Rekey(context.Background(), in, byAdmin()); register.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
	if d := cmp.Diff(sealed, sealedBytes(t, db)); d != "" {
		t.Errorf("something was written:\n%s", d)
	}
	wantTidy(t, db.dir)
}

func TestOperationsCanStillBeUndoneAfterARekey(t *testing.T) {
	db := newStore(t)
	added := put(t, db, undoable(), someone(1), someone(2))
	first := put(t, db, undoable(), renamed(someone(1), "First"))
	second := put(t, db, undoable(), renamed(someone(1), "Second"))
	changed := put(t, db, undoable(), renamed(someone(2), "Changed"))
	put(t, db, byTester(), renamed(someone(2), "Changed since"))
	mustRekey(t, db, rekeying())
	if _, err := revert(t, db, changed.Operation, nil); register.KindOf(err) != register.Conflict {
		t.Errorf("what was changed since: %v, want Conflict", err)
	}
	if _, err := revert(t, db, first.Operation, nil); register.KindOf(err) != register.Conflict {
		t.Errorf("out of turn: %v, want Conflict", err)
	}
	for _, c := range []struct {
		op   register.ID
		name string
	}{{second.Operation, "First"}, {first.Operation, "Person 1"}} {
		if done, err := revert(t, db, c.op, nil); err != nil || done.Restored != 1 || nameOf(db, someone(1).ID) != c.name {
			t.Errorf("reverted %+v, %v: the name is %q, want %q", done, err, nameOf(db, someone(1).ID), c.name)
		}
		mustRekey(t, db, rekeying())
	}
	done, err := revert(t, db, added.Operation, func(string, string) bool { return false })
	if err != nil || done.Removed != 1 || done.Kept != 1 {
		t.Errorf("reverted %+v, %v: want one person removed and the changed one kept", done, err)
	}
	mustCheck(t, db)
}

func TestARekeyedStoreIsWholeAfterACrashAtAnyStep(t *testing.T) {
	db := newStore(t)
	put(t, db, undoable(), someone(1), someone(2))
	old := db.keys.generation()
	crashed := snapshots(t, &db.opts, db.dir)
	mustRekey(t, db, rekeying())
	put(t, db, byTester(), someone(3))
	mustCheck(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantTidy(t, db.dir)
	for i, step := range exchangeSteps(true) {
		if err := openOnly(crashed[step], testOptions()); err != nil {
			t.Errorf("after a crash at %q, without a change: %v", step, err)
		}
		again, err := Open(context.Background(), crashed[step], testCredential(), testOptions())
		if err != nil {
			t.Errorf("after a crash at %q: %v", step, err)
			continue
		}
		if _, ok := again.Person(someone(2).ID); !ok {
			t.Errorf("after a crash at %q: an acknowledged change is lost", step)
		}
		if isOld := again.keys.generation() == old; isOld != (i < slices.Index(exchangeSteps(true), "in place")) {
			t.Errorf("after a crash at %q: the key is the old one: %v", step, isOld)
		}
		put(t, again, byTester(), someone(4))
		mustCheck(t, again)
		if err := again.Close(); err != nil {
			t.Error(err)
		}
		wantTidy(t, crashed[step])
		if err := openOnly(crashed[step], testOptions()); err != nil {
			t.Errorf("after a crash at %q, the second time: %v", step, err)
		}
	}
}

func TestANewFileThatDoesNotVerifyIsNotUsed(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	old := db.keys.generation()
	db.opts.step = func(step string) {
		if step != "head written" {
			return
		}
		b, err := os.ReadFile(db.path(nextFile))
		if err != nil {
			t.Fatal(err)
		}
		flip := strings.Index(string(b), string(someone(1).ID))
		b[flip+64] ^= 1
		if err := os.WriteFile(db.path(nextFile), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var damage *Damage
	done, err := db.Rekey(context.Background(), rekeying(), byAdmin())
	if !errors.As(err, &damage) || done.Recovery != "" {
		t.Fatalf("got %v, want Damage", err)
	}
	if db.keys.generation() != old {
		t.Error("the keys are new")
	}
	wantTidy(t, db.dir)
	put(t, db, byTester(), someone(2))
	mustCheck(t, db)
}

func TestACancelledRekeyLeavesNothing(t *testing.T) {
	db := newStore(t)
	for _, at := range []string{"building", "verified"} {
		ctx, cancel := context.WithCancel(context.Background())
		db.opts.step = func(step string) {
			if step == at {
				cancel()
			}
		}
		if _, err := db.Rekey(ctx, rekeying(), byAdmin()); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %q: %v", at, err)
		}
		wantTidy(t, db.dir)
		put(t, db, byTester(), someone(1))
		mustCheck(t, db)
	}
}

// Views go on while everything is sealed anew, and a passphrase set meanwhile is not lost unseen.
func TestWhoReadsAndWhoWaitsSeeTheStoreWhole(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	k := db.ring()
	stop, read := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ; n++ {
			err := db.View(func(tx *Tx) error { _, err := tx.Delegates().Get(someone(1).ID); return err })
			if err != nil {
				t.Errorf("a view during it: %v", err)
				return
			}
			if n == 0 {
				close(read)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	<-read
	wg.Go(func() {
		_, _ = db.Update(context.Background(), byTester(), func(tx *Tx) error { return tx.Delegates().Put(someone(2)) })
	})
	mustRekey(t, db, rekeying())
	close(stop)
	wg.Wait()
	late := func(tx *Tx) error { return tx.sameRoot(&k) }
	if _, err := db.Update(context.Background(), byTester(), late); register.KindOf(err) != register.Conflict {
		t.Errorf("a slot of the old key: %v, want Conflict", err)
	}
	addOperator(t, db, "second", "the passphrase of the second")
	again := reopened(t, db)
	if _, ok := again.Person(someone(2).ID); !ok {
		t.Error("the change that waited is lost")
	}
}
