package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// The store in testdata/reader2 holds what the pages of a file can hold: small buckets inline, a tree with branches,
// values longer than a page, former versions, a replaced store key. It was made once, by running this test with
// CUSTOS_FREEZE_READER set to the folder to make it in, and is never made again.
func TestTheProgramReadsWhatTheTextSays(t *testing.T) {
	if dir := os.Getenv("CUSTOS_FREEZE_READER"); dir != "" {
		freezeForReader(t, dir)
	}
	for _, version := range []string{"v1", "v2", "reader2"} {
		t.Run(version, func(t *testing.T) {
			dir := copyStore(t, filepath.Join("testdata", version))
			db, err := Open(context.Background(), dir, testCredential(), testOptions())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			golden, err := os.ReadFile(filepath.Join("testdata", "reader-"+version+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want struct{ Records []goldenRecord }
			if err := json.Unmarshal(golden, &want); err != nil {
				t.Fatal(err)
			}
			got := recordsOf(t, db)
			if len(got) != len(want.Records) {
				t.Fatalf("the program reads %d records, and %d are known", len(got), len(want.Records))
			}
			for i, w := range want.Records {
				if w.Key != got[i].Key || w.Bucket != got[i].Bucket || w.Subject != got[i].Subject ||
					compactJSON(t, w.Value) != compactJSON(t, got[i].Value) {
					t.Errorf("%s %s is not %s %s, or holds something else", got[i].Bucket, got[i].Key, w.Bucket, w.Key)
				}
			}
		})
	}
}

type goldenRecord struct {
	Bucket, Key, Subject string
	Value                json.RawMessage
}

// recordsOf reads every record as the program does, in the order of buckets and keys.
func recordsOf(t *testing.T, db *DB) []goldenRecord {
	t.Helper()
	var all []goldenRecord
	err := db.View(func(tx *Tx) error {
		for _, bucket := range sealedBuckets() {
			for r, err := range tx.scan(bucket, "") {
				if err != nil {
					return err
				}
				plain, subject, err := tx.openEnvelope(bucket, r.key, r.env)
				if err != nil {
					return err
				}
				var v any
				if err := records.decode(plain, &v); err != nil {
					return err
				}
				text, err := json.Marshal(plainly(v))
				if err != nil {
					return err
				}
				all = append(all, goldenRecord{bucket, r.key, string(subject), text})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(all, func(a, b goldenRecord) int { return strings.Compare(a.Bucket, b.Bucket) })
	return all
}

// plainly turns a decoded value into one that JSON shows, bytes in hexadecimal.
func plainly(v any) any {
	switch v := v.(type) {
	case map[any]any:
		m := map[string]any{}
		for name, value := range v {
			m[name.(string)] = plainly(value)
		}
		return m
	case []any:
		for i := range v {
			v[i] = plainly(v[i])
		}
	case []byte:
		return "h'" + hex.EncodeToString(v) + "'"
	}
	return v
}

func compactJSON(t *testing.T, text []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func freezeForReader(t *testing.T, dir string) {
	t.Helper()
	o := testOptions()
	o.fileStep = 16 << 10
	s := testSetup()
	s.Settings.Profile.Notices = []register.Notice{{ID: "main", Version: "1", Title: "Notice",
		Text: strings.Repeat("What we do with what you tell us. ", 400), From: calendar.NewDate(2026, 1, 2)}}
	db, _, err := Create(dir, s, o)
	if err != nil {
		t.Fatal(err)
	}
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	change(t, db, byTester(), func(tx *Tx) error {
		for i := range 24 {
			d := entrant(i)
			d.Created, d.Updated = testStart.Add(123456789*time.Nanosecond), testStart.Add(time.Duration(-i)*time.Hour)
			if err := tx.Delegates().Put(d); err != nil {
				return err
			}
		}
		for _, p := range plantings() {
			if p.bucket == settings.name {
				continue
			}
			if err := p.put(tx, "Zoë "+string([]byte{0xff, 'x'})); err != nil {
				return err
			}
		}
		return nil
	})
	put(t, db, undoable(), renamed(someone(1), "Renamed"))
	if err := db.AddSlot(context.Background(), "second", []byte("another passphrase of words"), byTester()); err != nil {
		t.Fatal(err)
	}
	done, err := db.Rekey(context.Background(), RekeyInput{Operator: testLogin, Passphrase: []byte(testPass)},
		Change{Operator: testLogin, Door: "test", Verb: register.StoreRekey})
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, byTester(), someone(3))
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(3).ID) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("the recovery key is %s", done.Recovery)
}
