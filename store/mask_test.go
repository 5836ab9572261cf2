package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"

	"github.com/google/go-cmp/cmp"
)

// blot masks a word wherever it stands.
func blot(word string) func(field, text string) string {
	return func(_, text string) string { return strings.ReplaceAll(text, word, "[removed]") }
}

func TestMaskRewritesTextsAndNothingElse(t *testing.T) {
	db := newStore(t)
	on := calendar.NewDate(2026, 3, 2)
	d := someone(1)
	d.Name, d.Email, d.Status = "Zoe", "Zoe@x.example", register.Status("Zoe")
	d.Fields = map[string]string{"Zoe": "with Zoe", "Zoe 1": "also", "[removed]": "was there", "other": "x"}
	d.Sources = []register.Provenance{{Fields: []string{"Zoe"}, How: "phone", Detail: "Zoe", On: on}}
	put(t, db, byTester(), d)
	event := register.ConsentEvent{ID: "K1", Delegate: d.ID, Purpose: "news", Channel: "email", Act: register.Given,
		Evidence: "Zoe said so"}
	var fields []string
	change(t, db, undoable(), func(tx *Tx) error {
		if err := tx.Consents().Put(event); err != nil {
			return err
		}
		n, err := tx.Mask("delegates", string(d.ID), func(field, text string) string {
			fields = append(fields, field)
			return blot("Zoe")("", text)
		})
		m, err2 := tx.Mask("consents", string(d.ID)+"/K1", blot("Zoe"))
		if n != 7 || m != 1 {
			t.Errorf("%d and %d texts changed, want 7 and 1", n, m)
		}
		return errors.Join(err, err2)
	})
	want := d.Clone()
	want.Name, want.Email = "[removed]", "[removed]@x.example"
	want.Fields = map[string]string{"[removed] 2": "with [removed]", "[removed] 1": "also", "[removed]": "was there",
		"other": "x"}
	want.Sources = []register.Provenance{{Fields: []string{"[removed]"}, How: "phone", Detail: "[removed]", On: on}}
	err := db.View(func(tx *Tx) error {
		got, err := tx.Delegates().Get(d.ID)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the record (-want +got):\n%s", diff)
		}
		e, err2 := tx.Consents().Get(d.ID, "K1")
		event.Evidence = "[removed] said so"
		if diff := cmp.Diff(event, e); diff != "" {
			t.Errorf("the event (-want +got):\n%s", diff)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
	if row, _ := db.Person(d.ID); row.Name != want.Name {
		t.Errorf("the list has %q", row.Name)
	}
	for _, f := range fields {
		if f == "id" || f == "status" || f == "created" || strings.HasPrefix(f, "sources[0].on") {
			t.Errorf("%s is given to be masked", f)
		}
	}
	mustCheck(t, db)
}

// What Mask gives is called as what Search finds, so that a hit can be masked by its field.
func TestMaskAndSearchNameFieldsAlike(t *testing.T) {
	db := newStore(t)
	s := register.Settings{Office: "Zoe", Mappings: map[string]map[string]string{"Zoe": {"Zoe": "Zoe"}},
		Judgements: []register.Judgement{{Link: "Zoe", Purpose: "Zoe"}}}
	s.Profile.Kinds = []register.PersonKind{{ID: "Zoe", Title: "x", Fields: []register.Field{{ID: "x", Title: "Zoe"}}}}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Settings().Put(s) })
	n := needles(t, word("Zoe"))
	found := map[string]string{}
	for _, h := range search(t, db, n) {
		found[h.Field] = h.Value
	}
	given := map[string]string{}
	change(t, db, byTester(), func(tx *Tx) error {
		_, err := tx.Mask("settings", "settings", func(field, text string) string {
			if strings.Contains(text, "Zoe") {
				given[field] = text
			}
			return text
		})
		return err
	})
	if diff := cmp.Diff(found, given); diff != "" || len(found) < 7 {
		t.Errorf("found, and given to be masked (-found +given):\n%s", diff)
	}
}

func TestMaskRefusals(t *testing.T) {
	db := newStore(t)
	put(t, db, byTester(), someone(1))
	err := db.View(func(tx *Tx) error { _, err := tx.Mask("delegates", string(someone(1).ID), blot("")); return err })
	if register.KindOf(err) != register.Refused {
		t.Errorf("in a view: %v", err)
	}
	change(t, db, byTester(), func(tx *Tx) error {
		login := ""
		for r, err := range tx.scan("operators", "") {
			if login = r.key; err != nil {
				return err
			}
		}
		for name, c := range map[string]struct {
			bucket, key string
			want        register.Kind
		}{
			"no such record":    {"delegates", "D9", register.NotFound},
			"no collection":     {"audit", "1", register.Invalid},
			"a former version":  {"undo", "X", register.Invalid},
			"what names a case": {"operators", login, register.Refused},
		} {
			if n, err := tx.Mask(c.bucket, c.key, blot(testLogin)); n != 0 || register.KindOf(err) != c.want {
				t.Errorf("%s: %d, %v", name, n, err)
			}
		}
		before := tx.stage.len()
		if n, err := tx.Mask("delegates", string(someone(1).ID), blot("nothing of it")); n != 0 || err != nil {
			t.Errorf("where nothing is to be masked: %d, %v", n, err)
		}
		if tx.stage.len() != before {
			t.Error("a record in which nothing changed was written")
		}
		return nil
	})
}

// Neither the change that masks, undoable as it may be, nor one before it keeps the value.
func TestMaskedValuesAreNotKeptForUndoing(t *testing.T) {
	db := newStore(t)
	n := needles(t, word("Ashgrove"))
	put(t, db, undoable(), renamed(someone(1), "Zoe Ashgrove"))
	put(t, db, undoable(), renamed(someone(1), "Ashgrove Zoe"))
	change(t, db, undoable(), func(tx *Tx) error {
		_, err := tx.Mask("delegates", string(someone(1).ID), blot("Ashgrove"))
		return err
	})
	hits := search(t, db, n)
	if len(hits) != 1 || hits[0].Bucket != bucketUndo {
		t.Fatalf("found %v, want the version of before the change of name alone", where(hits))
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.DropUndo(hits[0].Operation()) })
	if hits := search(t, db, n); len(hits) != 0 {
		t.Errorf("found %v", where(hits))
	}
	if _, err := db.Scrub(context.Background()); err != nil {
		t.Fatal(err)
	}
	mustCheck(t, db)
}
