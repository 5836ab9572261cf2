package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"custos/internal/audit"
	"custos/internal/calendar"
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// putAt puts a record as the collections would not let one be put.
func putAt(tx *Tx, p place, v any) error {
	plain, err := records.encode(v)
	if err != nil {
		return err
	}
	return tx.put(p, plain)
}

// fitting is a store in which everything fits together.
func fitting(t *testing.T) *DB {
	t.Helper()
	db := newStore(t)
	change(t, db, undoable(), func(tx *Tx) error {
		if err := everythingAbout(tx, "D1"); err != nil {
			return err
		}
		return errors.Join(
			tx.Disclosures().Put(register.Disclosure{ID: "X1", What: "list"}),
			tx.Suppressions().Put(suppression(db, 1, "email", "a@example.org")))
	})
	put(t, db, undoable(), renamed(someone(0), "Renamed"))
	return db
}

func findingsOf(t *testing.T, db *DB) []Finding {
	t.Helper()
	report, err := db.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return report.Findings
}

// TestWhatDoesNotFitTogetherIsNamed: each case is written as the program writes, sealed and counted, so that only
// comparing records shows it.
func TestWhatDoesNotFitTogetherIsNamed(t *testing.T) {
	day := calendar.NewDate(2026, 3, 2)
	cases := map[string]struct {
		put       func(tx *Tx) error
		where, id string
		what      string
		severity  Severity
	}{
		"a key of nobody": {func(tx *Tx) error {
			return errors.Join(putAt(tx, place{bookings.name, "D8/B8", "D8"}, register.Booking{ID: "B8", Delegate: "D8"}),
				tx.remove(bookings.name, "D8/B8"))
		}, bucketKeys, "D8", "seals no record", SeverityOddity},
		"a booking of nobody": {func(tx *Tx) error {
			return tx.Bookings().Put(register.Booking{ID: "B8", Delegate: "D8", Course: "C1", BookedOn: day})
		}, "bookings", "D8/B8", "the person it is about is not on record", SeverityOddity},
		"a draft about nobody": {func(tx *Tx) error {
			return tx.Drafts().Put(register.Draft{Operator: testLogin, Form: "other", Subject: "D8"})
		}, "drafts", "", "the person it is about is not on record", SeverityOddity},
		"a draft by nobody": {func(tx *Tx) error {
			return tx.Drafts().Put(register.Draft{Operator: "somebody", Form: "other"})
		}, "drafts", "", "the operator whose draft", SeverityOddity},
		"a case of nobody": {func(tx *Tx) error {
			return tx.Requests().Put(register.Request{Ref: "AR-2026-0009", Delegate: "D8", Right: calendar.Access})
		}, "requests", "AR-2026-0009", "matched to is not on record", SeverityOddity},
		"a duplicate of no case": {func(tx *Tx) error {
			return tx.Requests().Put(register.Request{Ref: "AR-2026-0009", Right: calendar.Access,
				Events: []register.RequestEvent{{Seq: 1, Kind: register.Duplicate, Case: "AR-2026-0008"}}})
		}, "requests", "AR-2026-0009", "the case it duplicates", SeverityOddity},
		"a membership of no organisation": {func(tx *Tx) error {
			return tx.Memberships().Put(register.Membership{ID: "M8", Delegate: "D1", Organisation: "O8"})
		}, "memberships", "D1/M8", "the organisation it belongs to", SeverityOddity},
		"a place on no course": {func(tx *Tx) error {
			return tx.Bookings().Put(register.Booking{ID: "B8", Delegate: "D1", Course: "C8"})
		}, "bookings", "D1/B8", "the course", SeverityOddity},
		"a place booked by nobody": {func(tx *Tx) error {
			return tx.Bookings().Put(register.Booking{ID: "B8", Delegate: "D1", Course: "C1", Organisation: "O8"})
		}, "bookings", "D1/B8", "the organisation that booked", SeverityOddity},
		"in no file": {func(tx *Tx) error {
			return tx.Disclosed().Put(register.DisclosedTo{Delegate: "D1", Disclosure: "X8"})
		}, "disclosed", "D1/X8", "the disclosure", SeverityOddity},
		"an erasure without a tombstone": {func(tx *Tx) error {
			return tx.Erasures().Put(register.Erasure{Request: "ER-2026-0001", Delegate: "D8"})
		}, "erasures", "ER-2026-0001", "no tombstone", SeverityOddity},
		"an erased person who is there": {func(tx *Tx) error {
			return tx.Erasures().Put(register.Erasure{Request: "ER-2026-0001", Delegate: "D1"})
		}, "erasures", "ER-2026-0001", "on record again", SeverityOddity},
		"a malformed hash": {func(tx *Tx) error {
			return tx.Suppressions().Put(register.Suppression{ID: "S8", Hash: "abc", Kind: "email"})
		}, "suppressions", "abc/S8", "malformed", SeverityDamage},
		"an unknown kind of address": {func(tx *Tx) error {
			return tx.Suppressions().Put(register.Suppression{ID: "S8", Hash: strings.Repeat("0f", 16), Kind: "fax"})
		}, "suppressions", strings.Repeat("0f", 16) + "/S8", "kind of address", SeverityDamage},
		"an operator without a slot": {func(tx *Tx) error {
			return tx.Operators().Put(register.Operator{Name: "anna", Roles: register.Roles()})
		}, "operators", "", "no passphrase", SeverityOddity},
		"a slot of a removed operator": {func(tx *Tx) error {
			return tx.Operators().Put(register.Operator{Name: testLogin, Roles: register.Roles(), Removed: testStart})
		}, bucketSlots, "", "was removed", SeverityOddity},
		"a slot of no operator": {func(tx *Tx) error { return tx.Operators().Delete(testLogin) },
			bucketSlots, "", "belongs to no operator", SeverityOddity},
		"no recovery key": {func(tx *Tx) error { return tx.remove(bucketSlots, recoverySlot) },
			bucketSlots, recoverySlot, "no recovery key", SeverityOddity},
		"a slot of another name": {func(tx *Tx) error {
			tx.stage.set(bucketSlots, "0123456789abcdef", &staged{raw: tx.raw(bucketSlots, recoverySlot)})
			return nil
		}, bucketSlots, "0123456789abcdef", "another's", SeverityDamage},
		"a lead of no organisation": {func(tx *Tx) error {
			lead := register.Operator{Name: testLogin, Roles: register.Roles(), Organisation: "O8"}
			return tx.Operators().Put(lead)
		}, "operators", "", "whose people the operator sees", SeverityOddity},
		"a record under another's name": {func(tx *Tx) error {
			return putAt(tx, place{bucket: courses.name, key: "C8"}, register.Course{ID: "C1", Title: "First aid"})
		}, "courses", "C8", "a name that is not its own", SeverityDamage},
		"a record of another type": {func(tx *Tx) error {
			return putAt(tx, place{bucket: courses.name, key: "C8"}, []int{1})
		}, "courses", "C8", "does not read", SeverityDamage},
		"a former version of no operation": {func(tx *Tx) error {
			return putAt(tx, place{bucket: bucketUndo, key: "P8/courses/C1"}, undoRow{Former: tx.raw(courses.name, "C1")})
		}, bucketUndo, "P8/courses/C1", "belongs to no operation", SeverityOddity},
		"a former version of no collection": {func(tx *Tx) error {
			return putAt(tx, place{bucket: bucketUndo, key: "P8/cats/C1"}, undoRow{Former: tx.raw(courses.name, "C1")})
		}, bucketUndo, "P8/cats/C1", "collection that there is not", SeverityOddity},
		"a former version of another record": {func(tx *Tx) error {
			return putAt(tx, place{bucket: bucketUndo, key: "P8/courses/C8"}, undoRow{Former: tx.raw(courses.name, "C1")})
		}, bucketUndo, "P8/courses/C8", "does not open", SeverityDamage},
		"an undo row that does not read": {func(tx *Tx) error {
			return putAt(tx, place{bucket: bucketUndo, key: "P8/made/000000"}, []int{1})
		}, bucketUndo, "P8/made/000000", "does not read", SeverityDamage},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			db := fitting(t)
			if found := findingsOf(t, db); len(found) > 0 {
				t.Fatalf("before anything was put: %v", found)
			}
			change(t, db, byTester(), c.put)
			found := findingsOf(t, db)
			if !slices.ContainsFunc(found, func(f Finding) bool {
				return f.Where == c.where && (c.id == "" || f.ID == c.id) && f.Severity == c.severity &&
					strings.Contains(f.What, c.what)
			}) {
				t.Errorf("%s %s is not named as %s: %v", c.where, c.id, c.severity, found)
			}
			for _, f := range found {
				if c.severity == SeverityOddity && f.IsDamage() {
					t.Errorf("damage where there is an oddity: %v", f)
				}
			}
		})
	}
}

// TestAMissingKeyIsSaid: a record whose key is gone does not open, and the finding says why.
func TestAMissingKeyIsSaid(t *testing.T) {
	db := fitting(t)
	change(t, db, byTester(), func(tx *Tx) error { return tx.remove(bucketKeys, "D1") })
	for _, f := range findingsOf(t, db) {
		if f.Where == "bookings" && f.ID == "D1/B1" && strings.Contains(f.What, "key") {
			return
		}
	}
	t.Error("no finding names the booking and the missing key")
}

func TestACheckTellsHowFarItIs(t *testing.T) {
	o := testOptions()
	var steps []string
	last := map[string][2]int{}
	o.Progress = func(step string, done, total int) {
		if len(steps) == 0 || steps[len(steps)-1] != step {
			steps = append(steps, step)
		}
		last[step] = [2]int{done, total}
	}
	db := filled(t, t.TempDir(), 700, o)
	t.Cleanup(func() { _ = db.Close() })
	steps = nil
	if found := findingsOf(t, db); len(found) > 0 {
		t.Error(found)
	}
	if want := []string{"pages", "records", "owners", "references", "memory"}; !slices.Equal(steps, want) {
		t.Errorf("steps are %v, want %v", steps, want)
	}
	for step, n := range last {
		if n[0] != n[1] {
			t.Errorf("%s ends at %d of %d", step, n[0], n[1])
		}
	}
}

func TestACheckCanBeBrokenOff(t *testing.T) {
	for _, at := range []string{"pages", "records", "owners", "references", "memory"} {
		ctx, cancel := context.WithCancel(context.Background())
		o, after := testOptions(), 0
		armed := false
		o.Progress = func(step string, _, _ int) {
			if armed && step == at {
				cancel()
			}
			if armed && ctx.Err() != nil && step != at {
				after++
			}
		}
		db := filled(t, t.TempDir(), 3000, o)
		armed = true
		_, err := db.Check(ctx)
		if !errors.Is(err, context.Canceled) || register.KindOf(err) != register.Refused {
			t.Errorf("broken off at %s: %v", at, err)
		}
		if after > 0 {
			t.Errorf("broken off at %s, and other steps followed", at)
		}
		armed = false
		put(t, db, byTester(), someone(1)) // the store goes on
		_ = db.Close()
		cancel()
	}
}

// TestManyFindingsAreCounted: beyond so many, they are counted and no longer listed.
func TestManyFindingsAreCounted(t *testing.T) {
	db := newStore(t)
	change(t, db, byTester(), func(tx *Tx) error {
		for i := range maxFindings + 7 {
			if err := tx.Disclosed().Put(register.DisclosedTo{Delegate: someone(i).ID, Disclosure: "X1"}); err != nil {
				return err
			}
		}
		return nil
	})
	report, err := db.Check(context.Background())
	if err != nil || len(report.Findings) != maxFindings || report.More != maxFindings+14 {
		t.Errorf("%d findings and %d more, %v", len(report.Findings), report.More, err)
	}
}

// TestARecordedGapIsToldAndIsNoDamage: a repair writes down what it could not find, and every check says so.
func TestARecordedGapIsToldAndIsNoDamage(t *testing.T) {
	db := fitting(t)
	lose := func(recorded bool) {
		err := db.bolt.Update(func(tx *bolt.Tx) error {
			s, err := readState(tx, db.keys)
			if err != nil {
				return err
			}
			trail, key := tx.Bucket([]byte(bucketAudit)), []byte(auditKey(2))
			if recorded {
				sl := sealer{keys: db.keys}
				e, err := sl.openEntry(key, trail.Get(key))
				if err != nil {
					return err
				}
				s.Gaps = []audit.Gap{{First: 2, Last: 2, Hash: e.Hash()}}
			} else {
				key = []byte(auditKey(1))
			}
			sealed, err := s.seal(db.keys)
			if err != nil {
				return err
			}
			return errors.Join(trail.Delete(key), tx.Bucket([]byte(bucketMeta)).Put([]byte(keyState), sealed))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	lose(true)
	found := findingsOf(t, db)
	if len(found) != 1 || found[0].ID != "2-2" || found[0].IsDamage() {
		t.Errorf("found %v, want the gap alone, as an oddity", found)
	}
	lose(false)
	if report, err := db.Check(context.Background()); err != nil || len(report.Damage()) == 0 {
		t.Errorf("a gap nobody recorded is no damage: %v", err)
	}
}
