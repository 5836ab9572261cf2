package store

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

// planting puts a record about somebody else, or about nobody, in which every text speaks of a person.
type planting struct {
	bucket string
	put    func(tx *Tx, text string) error
}

// plant fills every text of a record; name gives it what it is named by, and what must be sound.
func plant[T any](c *collection[T], name func(*T)) planting {
	return planting{c.name, func(tx *Tx, text string) error {
		var v T
		fill(reflect.ValueOf(&v).Elem(), text, map[reflect.Type]int{})
		name(&v)
		return (rows[T]{tx, c}).Put(v)
	}}
}

// fill gives every text of a value, every list one element and every map one name. A type within itself is filled once.
func fill(v reflect.Value, text string, within map[reflect.Type]int) {
	t := v.Type()
	if within[t] > 1 || !v.CanSet() {
		return
	}
	within[t]++
	defer func() { within[t]-- }()
	switch {
	case t == plainText:
		within[t]-- // texts are in no text
		v.SetString(text)
		within[t]++
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		fill(v.Elem(), text, within)
	case t.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(t, 1, 1))
		fill(v.Index(0), text, within)
	case t.Kind() == reflect.Map:
		e := reflect.New(t.Elem()).Elem()
		fill(e, text, within)
		v.Set(reflect.MakeMap(t))
		v.SetMapIndex(reflect.ValueOf(text).Convert(t.Key()), e)
	case t.Kind() == reflect.Struct && !isDated(t):
		for i := range t.NumField() {
			fill(v.Field(i), text, within)
		}
	}
}

// plantings has one of each collection. TestNothingOfAPersonIsLeft fails for a collection that is not among them.
func plantings() []planting {
	return []planting{
		plant(delegates, func(d *register.Delegate) { d.ID, d.Status, d.MergedFrom = "D2", register.Active, nil }),
		plant(memberships, func(m *register.Membership) { m.ID, m.Delegate, m.Organisation = "M2", "D2", "O2" }),
		plant(bookings, func(b *register.Booking) { b.ID, b.Delegate, b.Course = "B2", "D2", "C2" }),
		plant(consents, func(e *register.ConsentEvent) { e.ID, e.Delegate, e.Act = "K2", "D2", register.Given }),
		plant(requests, func(r *register.Request) { r.Ref, r.Delegate, r.Right = "AR-2026-0002", "D2", calendar.Access }),
		plant(holds, func(h *register.Hold) { h.ID, h.Delegate = "H2", "D2" }),
		plant(disclosed, func(d *register.DisclosedTo) { d.Delegate, d.Disclosure = "D2", "X2" }),
		plant(drafts, func(d *register.Draft) { d.Operator, d.Form, d.Subject = testLogin, "other", "D2" }),
		plant(settings, func(s *register.Settings) { s.Nation = calendar.EnglandAndWales }),
		plant(organisations, func(o *register.Organisation) { o.ID, o.Status = "O2", register.Open }),
		plant(courses, func(c *register.Course) { c.ID = "C2" }),
		plant(disclosures, func(d *register.Disclosure) { d.ID = "X2" }),
		plant(batches, func(b *register.Batch) { b.ID = "I2" }),
		plant(operators, func(o *register.Operator) { o.Name = "other" }),
		plant(suppressions, func(s *register.Suppression) { s.ID, s.Hash, s.Kind = "S2", strings.Repeat("00ff", 8), "email" }),
		plant(templates, func(l *register.LetterTemplate) { l.Kind = register.LetterReply }),
		plant(erasures, func(e *register.Erasure) { e.Delegate, e.Request = "D9", "ER-2026-0001" }),
		plant(backups, func(b *register.Backup) { b.ID = "U2" }),
		plant(preferences, func(p *register.Preferences) { p.Operator = "other" }),
		plant(breaches, func(b *register.Breach) { b.ID = "W2" }),
	}
}

// theirOwn puts one record of every personal collection about the person, with their values.
func theirOwn(tx *Tx, d register.Delegate) error {
	if err := everythingAbout(tx, d.ID); err != nil {
		return err
	}
	return tx.Delegates().Put(d)
}

// textsOf returns the fields of a record that speak of the person, as Mask is given them.
func textsOf(t *testing.T, tx *Tx, bucket, key string, n Needles) map[string]bool {
	t.Helper()
	fields := map[string]bool{}
	_, err := tx.Mask(bucket, key, func(field, text string) string {
		if len(n.In(text)) > 0 {
			fields[field] = true
		}
		return text
	})
	if err != nil {
		t.Fatalf("%s %s: %v", bucket, key, err)
	}
	return fields
}

// keysOf returns the records of a bucket.
func keysOf(t *testing.T, tx *Tx, bucket string) []string {
	t.Helper()
	var keys []string
	for r, err := range tx.scan(bucket, "") {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, r.key)
	}
	return keys
}

func placeOf(h *Hit) string { return fmt.Sprintf("%s/%s/%s", h.Bucket, h.Key, h.Field) }
