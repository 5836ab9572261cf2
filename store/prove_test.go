package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/register"
)

// twoBackups are of one store: something of everything in it, and a change between them.
func twoBackups(t *testing.T) (db *DB, older, newer BackupMade) {
	t.Helper()
	db = ticking(t)
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	put(t, db, undoable(), renamed(someone(1), "A"), someone(2))
	to := t.TempDir()
	older = backup(t, db, to)
	put(t, db, undoable(), renamed(someone(1), "B"))
	change(t, db, Change{Operator: testLogin, Door: "test", Verb: register.SuppressionAdd}, func(tx *Tx) error {
		return tx.Suppressions().Put(suppression(db, 1, "email", "a@x.example"))
	})
	return db, older, backup(t, db, to)
}

// files are the four files of a backup.
func (m *BackupMade) files() []string {
	return []string{filepath.Base(m.Path), m.Manifest.Data, m.Manifest.Ring, m.Manifest.Ledger}
}

// with proves a backup whose file is other bytes than it was, none for a missing one, and puts it back.
func with(t *testing.T, m *BackupMade, name string, b []byte) BackupReport {
	t.Helper()
	path := filepath.Join(filepath.Dir(m.Path), name)
	was := readAll(t, path)
	defer func() {
		if err := os.WriteFile(path, was, 0o600); err != nil {
			t.Fatal(err)
		}
	}()
	if b == nil {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	} else if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := CheckBackup(context.Background(), m.Path, testCredential(), testOptions())
	if err != nil {
		t.Errorf("%s changed: the error %v in place of findings", name, err)
	}
	return report
}

func readAll(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// names fails where no finding is of a file and says some words.
func names(t *testing.T, report BackupReport, file, words string) {
	t.Helper()
	for _, f := range report.Findings {
		if f.Where == file && strings.Contains(f.ID+" "+f.What, words) {
			return
		}
	}
	t.Errorf("no finding of %s says %q: %v", file, words, report.Findings)
}

func TestADamagedByteAnywhereInABackupIsNamed(t *testing.T) {
	_, _, made := twoBackups(t)
	for _, name := range made.files() {
		whole := readAll(t, filepath.Join(filepath.Dir(made.Path), name))
		step := max(1, len(whole)/60)
		for at := 0; at < len(whole); at += step {
			b := bytes.Clone(whole)
			b[at] ^= 1 << (at % 8)
			if report := with(t, &made, name, b); len(report.Findings) == 0 || report.Findings[0].Where != name {
				t.Errorf("%s: byte %d of %d changed, found are %v", name, at, len(whole), report.Findings)
			}
			if at < 20 {
				at -= step - 1 // every byte of the beginning
			}
		}
		for _, size := range []int{0, 5, len(whole) / 3, len(whole) - 1} {
			if report := with(t, &made, name, whole[:size]); len(report.Findings) == 0 || report.Findings[0].Where != name {
				t.Errorf("%s: cut to %d of %d bytes, found are %v", name, size, len(whole), report.Findings)
			}
		}
		if report := with(t, &made, name, append(bytes.Clone(whole), 0)); len(report.Findings) == 0 {
			t.Errorf("%s: a byte added, and nothing is found", name)
		}
		names(t, with(t, &made, name, nil), name, "missing")
	}
	mustProve(t, made.Path)
}

func TestADamagedBlockIsNamedWithWhatItHeld(t *testing.T) {
	_, _, made := twoBackups(t)
	data := readAll(t, filepath.Join(filepath.Dir(made.Path), made.Manifest.Data))
	at := bytes.Index(data, []byte("delegates")) + len("delegates") + 32 + 40
	data[at] ^= 1
	names(t, with(t, &made, made.Manifest.Data, data), made.Manifest.Data, `of "delegates"`)
}

// spliced takes a block out of a data file, and counts its records out of the end.
func spliced(t *testing.T, data []byte, bucket string) []byte {
	t.Helper()
	r, err := newDataReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(data[:len(data)-int(r.left)])
	gone := uint32(0)
	for !r.ended {
		b, err := r.next()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case b.bucket == bucket:
			gone += b.records
			continue
		case r.ended:
			b.records -= gone
			b.sum = b.hash()
		}
		out = append(append(b.head(out), b.sum[:]...), b.payload...)
	}
	if gone == 0 {
		t.Fatalf("there is no block of %s", bucket)
	}
	return out
}

func TestWhatWasExchangedIsNamed(t *testing.T) {
	db, older, newer := twoBackups(t)
	dir := filepath.Dir(newer.Path)
	m := newer.Manifest
	manifest := filepath.Base(newer.Path)
	foreign := ticking(t)
	put(t, foreign, Change{}, someone(1))
	other := backup(t, foreign, t.TempDir())
	at := func(made *BackupMade, name string) []byte {
		return readAll(t, filepath.Join(filepath.Dir(made.Path), name))
	}
	edited := m
	edited.People++
	text, err := edited.encode()
	if err != nil {
		t.Fatal(err)
	}
	r, err := readRing(filepath.Join(dir, m.Ring))
	if err != nil {
		t.Fatal(err)
	}
	r.generation = "00000000"
	ringOf, err := encodeRing(&r.ringHead, int(r.count), r.all())
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		file  string
		bytes []byte
		words string
	}{
		"older data":               {m.Data, at(&older, older.Manifest.Data), "exchanged"},
		"a block taken out":        {m.Data, spliced(t, at(&newer, m.Data), memberships.name), "exchanged"},
		"data of another store":    {m.Data, at(&other, other.Manifest.Data), "another store"},
		"another manifest":         {manifest, at(&older, filepath.Base(older.Path)), "another backup"},
		"an edited manifest":       {manifest, text, "changed after it was written"},
		"ring of another store":    {m.Ring, at(&other, other.Manifest.Ring), "another store"},
		"ring of other keys":       {m.Ring, ringOf, "another generation"},
		"ledger of another store":  {m.Ledger, at(&other, other.Manifest.Ledger), "another store"},
		"the older ledger":         {m.Ledger, ledgerBefore(t, db, &older), "older than the newest backup"},
		"no ledger":                {m.Ledger, nil, "missing"},
		"data in place of the key": {m.Ring, at(&newer, m.Data), "not a key ring"},
	} {
		t.Run(what, func(t *testing.T) { names(t, with(t, &newer, c.file, c.bytes), c.file, c.words) })
	}
	t.Run("manifest of another store", func(t *testing.T) {
		path := filepath.Join(dir, filepath.Base(other.Path))
		if filepath.Base(other.Path) == manifest {
			t.Fatal("both manifests have one name")
		}
		if err := os.WriteFile(path, at(&other, filepath.Base(other.Path)), 0o600); err != nil {
			t.Fatal(err)
		}
		names(t, proved(t, path), filepath.Base(path), "another store")
	})
}

// ledgerBefore is a ledger that ends where an older backup did.
func ledgerBefore(t *testing.T, db *DB, older *BackupMade) []byte {
	t.Helper()
	l := &ledgerFile{ledgerHead: ledgerHead{store: db.ID(), generation: older.Manifest.Generation}}
	key := db.keys.backupKey("ledger")
	b, err := l.sealEntry(l.begin(), &key, &ledgerEntry{Seq: older.Manifest.AuditSeq, Hash: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A doctored key in the ring is damage, and not a person whose key is gone.
func TestAChangedKeyInTheRingIsDamage(t *testing.T) {
	_, _, made := twoBackups(t)
	r, err := readRing(filepath.Join(filepath.Dir(made.Path), made.Manifest.Ring))
	if err != nil {
		t.Fatal(err)
	}
	r.entries[len(r.entries)-5] ^= 1 // of the last person, with a sum that fits
	b, err := encodeRing(&r.ringHead, int(r.count), r.all())
	if err != nil {
		t.Fatal(err)
	}
	names(t, with(t, &made, made.Manifest.Ring, b), made.Manifest.Ring, "does not open")
}

func TestWhoWasErasedSinceIsDarkAndNoDamage(t *testing.T) {
	db, older, _ := twoBackups(t)
	mustProve(t, older.Path)
	change(t, db, byTester(), func(tx *Tx) error {
		tomb := register.Delegate{ID: "D1", Status: register.Erased}
		x := register.Erasure{Delegate: "D1", Request: "ER-2026-0001", At: testStart}
		if err := tx.Forget("D1"); err != nil {
			return err
		}
		if err := tx.Delegates().Put(tomb); err != nil {
			return err
		}
		return tx.Erasures().Put(x)
	})
	ringBefore := readAll(t, filepath.Join(filepath.Dir(older.Path), older.Manifest.Ring))
	if err := db.ReplaceRing(context.Background(), filepath.Dir(older.Path)); err != nil {
		t.Fatal(err)
	}
	report := mustProve(t, older.Path)
	if len(report.Dark) != 1 || report.Dark[0] != "D1" || report.DarkRecords != 8 {
		t.Errorf("dark are %v with %d records", report.Dark, report.DarkRecords)
	}
	if bytes.Equal(ringBefore, readAll(t, filepath.Join(filepath.Dir(older.Path), older.Manifest.Ring))) {
		t.Error("the ring is the one there was")
	}
}

func TestTheWrongPassphraseAndNoBackup(t *testing.T) {
	_, _, made := twoBackups(t)
	_, err := CheckBackup(context.Background(), made.Path, Credential{Operator: testLogin, Passphrase: []byte("no")}, testOptions())
	if register.KindOf(err) != register.Refused {
		t.Errorf("a wrong passphrase: %v", err)
	}
	_, err = CheckBackup(context.Background(), t.TempDir(), testCredential(), testOptions())
	if register.KindOf(err) != register.NotFound {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := CheckBackup(ctx, made.Path, testCredential(), testOptions()); err == nil {
		t.Error("a cancelled proof says nothing")
	}
}
