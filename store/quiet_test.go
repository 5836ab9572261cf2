package store

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"custos/internal/calendar"
	"custos/internal/register"
)

// secrets are words of every sort that a store holds: none may be readable in any of its files.
func secrets() []string {
	return []string{
		"Ottoline", "Quarrington", "Wisteria Gardens", "ottoline.quarrington@sycamore-hall.example", "07700 900461",
		"+447700900461", "insulin", "Sycamore Hall", "Deputy Bursar", "marguerite", "spring-intake.xlsx", "pelican",
		"Beekeeping", "wardrobe", "Harbinger Solicitors", "County Archive", "filing cabinet", "tribunal", "tea-time",
		"given_name", "special_requirements", "dietary", "correct horse", "Privacy for parents",
	}
}

// speaking is a store whose every collection holds some of the secrets, and former versions, audit notes and drafts too.
func speaking(t *testing.T) *DB {
	t.Helper()
	s := testSetup()
	s.Settings.Office, s.Settings.Address = "Sycamore Hall", "12 Wisteria Gardens"
	s.Settings.Profile.Notices = []register.Notice{{ID: "main", Title: "Privacy for parents", Text: "Ask for a pelican."}}
	s.Settings.Mappings = map[string]map[string]string{"spring-intake.xlsx": {"Dietary": "dietary"}}
	db, _, err := Create(t.TempDir(), s, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	change(t, db, undoable(), speak)
	change(t, db, undoable(), func(tx *Tx) error { // the secrets are in former versions, too
		for _, p := range plantings() {
			if p.bucket == consents.name {
				continue
			}
			if err := p.put(tx, strings.Join(secrets(), "; ")); err != nil {
				return err
			}
		}
		return speak(tx)
	})
	if err := db.AddSlot(context.Background(), "marguerite", []byte("wardrobe and tea-time"), byTester()); err != nil {
		t.Fatal(err)
	}
	c := byTester()
	c.Operator, c.Note, c.Approver = "marguerite", "pelican", "marguerite"
	put(t, db, c, someone(5))
	return db
}

// speak puts what an office would.
func speak(tx *Tx) error {
	on := calendar.NewDate(2026, 3, 2)
	d := someone(1)
	d.Name, d.Given, d.Family, d.JobTitle = "Ottoline Quarrington", "Ottoline", "Quarrington", "Deputy Bursar"
	d.Email, d.Phone = "ottoline.quarrington@sycamore-hall.example", "07700 900461"
	d.Fields = map[string]string{"dietary": "insulin at tea-time", "home_address": "12 Wisteria Gardens"}
	for _, err := range []error{
		tx.Delegates().Put(d),
		tx.Organisations().Put(register.Organisation{ID: "O7", Name: "Sycamore Hall", Street: "Wisteria Gardens"}),
		tx.Courses().Put(register.Course{ID: "C7", Title: "Beekeeping", Venue: "Sycamore Hall", Starts: on}),
		tx.Bookings().Put(register.Booking{ID: "B7", Delegate: d.ID, Course: "C7", Requirements: "insulin"}),
		tx.Batches().Put(register.Batch{ID: "I7", File: "spring-intake.xlsx", By: "marguerite"}),
		tx.Templates().Put(register.LetterTemplate{Kind: register.LetterReply, Body: "Dear Ottoline, your pelican."}),
		tx.Requests().Put(register.Request{Ref: "AR-2026-0007", Delegate: d.ID, Right: calendar.Access,
			Requester: "Harbinger Solicitors", Owner: "marguerite", Documents: []register.Document{{Where: "filing cabinet"}},
			Redactions: []register.Redaction{{Words: "insulin"}}}),
		tx.Holds().Put(register.Hold{ID: "H7", Delegate: d.ID, Reason: "tribunal", By: "marguerite"}),
		tx.Disclosures().Put(register.Disclosure{ID: "X7", Recipient: "County Archive", What: "spring-intake.xlsx"}),
		tx.Operators().Put(register.Operator{Name: "marguerite", Roles: register.Roles()}),
		tx.Suppressions().Put(register.Suppression{ID: "S7", Hash: tx.AddressHash("phone", "+447700900461"), Kind: "phone",
			Reason: "wrote to us about insulin", By: "marguerite"}),
		tx.Drafts().Put(register.Draft{Operator: "marguerite", Form: "wardrobe", Subject: d.ID,
			Values: map[string]string{"name": "Ottoline"}}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// inAnyForm returns the ways a word may lie in a file.
func inAnyForm(word string) map[string][]byte {
	forms := map[string][]byte{}
	for name, text := range map[string]string{"as it is": word, "lower case": strings.ToLower(word),
		"upper case": strings.ToUpper(word)} {
		forms[name] = []byte(text)
		var little, big []byte
		for _, u := range utf16.Encode([]rune(text)) {
			little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
		}
		forms[name+", UTF-16 LE"], forms[name+", UTF-16 BE"] = little, big
	}
	return forms
}

// readable returns the secrets that can be read in a file, each with the form.
func readable(content []byte) []string {
	var found []string
	for _, word := range secrets() {
		for form, b := range inAnyForm(word) {
			if bytes.Contains(content, b) {
				found = append(found, fmt.Sprintf("%q, %s", word, form))
			}
		}
	}
	return found
}

// quietFolder fails for every secret in every file below a folder, names of files included, and returns how many files
// and bytes there were.
func quietFolder(t *testing.T, dir string, but ...string) (files, size int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		for _, name := range but {
			if e.Name() == name {
				return nil
			}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files, size = files+1, size+len(b)
		for _, f := range readable(append(b, e.Name()...)) {
			t.Errorf("%s can be read in %s", f, e.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, size
}

// TestNothingIsReadableInTheFiles: open, closed, compacted and backed up. An open store's lock names who has it open,
// which is what it is for.
func TestNothingIsReadableInTheFiles(t *testing.T) {
	db := speaking(t)
	if files, _ := quietFolder(t, db.dir, lockFile); files != 2 {
		t.Errorf("an open store has %d files beside its lock, want 2", files)
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(1).ID) })
	quietFolder(t, db.dir, lockFile)
	if _, err := db.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	quietFolder(t, db.dir, lockFile)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if files, size := quietFolder(t, db.dir); files != 3 || size < 32<<10 {
		t.Errorf("looked at %d files of %d bytes, want 3 that hold something", files, size)
	}
}

// TestNothingIsReadableInABackup looks at a whole set: data, manifest, ring, ledger, and what is left of making it.
func TestNothingIsReadableInABackup(t *testing.T) {
	db, to := speaking(t), t.TempDir()
	for range 2 {
		if _, err := db.Backup(context.Background(), to, nil); err != nil {
			t.Fatal(err)
		}
		put(t, db, byTester(), someone(9))
	}
	if files, _ := quietFolder(t, to); files < 4 {
		t.Errorf("a set of %d files, want data, manifest, ring and ledger", files)
	}
	quietFolder(t, db.dir, lockFile)
}

// TestTheSearchForSecretsFindsThem: the control of the tests above.
func TestTheSearchForSecretsFindsThem(t *testing.T) {
	for _, word := range secrets() {
		for form, b := range inAnyForm(word) {
			if len(readable(append([]byte{0, 1, 2}, b...))) == 0 {
				t.Errorf("%q is not found %s", word, form)
			}
		}
	}
	db := speaking(t)
	all := map[string]bool{}
	err := db.View(func(tx *Tx) error {
		return tx.eachRecord(context.Background(), nil, func() func(*Raw) error {
			return func(r *Raw) error {
				db.mu.Lock()
				defer db.mu.Unlock()
				for _, word := range secrets() {
					all[word] = all[word] || bytes.Contains(r.Plain, []byte(word))
				}
				return nil
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for word, held := range all {
		if !held {
			t.Errorf("%q is nowhere in the store, so it proves nothing", word)
		}
	}
}

// TestLengthsTellLittle: records of many lengths are sealed in a few, and those of one have many.
func TestLengthsTellLittle(t *testing.T) {
	db := newStore(t)
	const people, step = 400, 7
	change(t, db, byTester(), func(tx *Tx) error {
		for i := range people {
			d := someone(i)
			d.Fields = map[string]string{"note": strings.Repeat("x", i*step)}
			if err := tx.Delegates().Put(d); err != nil {
				return err
			}
		}
		return nil
	})
	plains := map[int]map[int]bool{} // lengths of records by the length they are sealed in
	err := db.View(func(tx *Tx) error {
		for r, err := range tx.scan(delegates.name, "") {
			if err != nil {
				return err
			}
			plain, _, err := tx.openEnvelope(delegates.name, r.key, r.env)
			if err != nil {
				return err
			}
			sealed := len(r.env)
			if plains[sealed] == nil {
				plains[sealed] = map[int]bool{}
			}
			plains[sealed][len(plain)] = true
			if cipher := sealed - 2 - len(someone(0).ID) - 24 - 16; !bucketLength(cipher) || cipher <= len(plain) {
				t.Errorf("a record of %d bytes has a ciphertext of %d, which is no bucket", len(plain), cipher)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	alone := 0
	for _, lengths := range plains {
		if len(lengths) < 2 {
			alone++
		}
	}
	if len(plains) > people*step/64+2 || alone > 2 { // the first and the last may be cut
		t.Errorf("%d lengths for %d records, %d of them of one length alone", len(plains), people, alone)
	}
}

// bucketLength reports whether a padded plaintext may have a length: a multiple of 64, and above 1024 a multiple of
// 2^(e-s) for 2^e <= length and s the bits of e.
func bucketLength(n int) bool {
	if n <= 1024 {
		return n > 0 && n%64 == 0
	}
	e := 0
	for n>>(e+1) > 0 {
		e++
	}
	s := 0
	for e>>s > 0 {
		s++
	}
	return n%(1<<(e-s)) == 0
}
