package store

import (
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// Contactee returns what the contact rules need to know of a person: facts in the order in which they happened, and the
// suppressions of their addresses that are not lifted. It is the caller's to keep.
func (db *DB) Contactee(id register.ID) (register.Contactee, bool) {
	var p register.Contactee
	err := db.View(func(tx *Tx) (err error) {
		p, err = readContactee(tx, id, calendar.LondonDate(db.opts.Now()))
		return err
	})
	return p, err == nil
}

// EachContactee visits everybody a query lists, in its order; the zero Query is everybody, in any order. Each is as held
// when their turn comes. What the pointer leads to is reused: it is valid during the call only. It stops on false.
func (db *DB) EachContactee(q register.Query, visit func(*register.Contactee) bool) {
	people := db.People(q)
	for i := range people.Len() {
		p, ok := db.Contactee(people.Row(i).ID)
		if ok && !visit(&p) {
			return
		}
	}
}

// Suppressions returns every suppression, lifted ones too, newest first.
func (db *DB) Suppressions() []register.Suppression {
	var all []register.Suppression
	_ = db.View(func(tx *Tx) error {
		for s, err := range tx.Suppressions().All() {
			if err != nil {
				return err
			}
			all = append(all, s)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b register.Suppression) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return all
}

// readContactee gathers a Contactee from the records.
func readContactee(tx *Tx, id register.ID, today calendar.Date) (register.Contactee, error) {
	d, err := tx.Delegates().Get(id)
	p := register.Contactee{
		Delegate: d.ID, Name: d.Name, Kind: d.Kind, Status: d.Status, Since: d.StatusSince,
		Email: d.Email, Phone: d.Phone, Born: d.Born(),
	}
	if err != nil {
		return p, err
	}
	for f, v := range d.Fields {
		p.Post = p.Post || v != "" && (f == "address" || strings.HasSuffix(f, "_address"))
	}
	var latest register.Membership
	for m, err := range tx.Memberships().Of(id) {
		if err != nil {
			return p, err
		}
		if m.Current(today) && m.Access != "" && !m.From.Before(latest.From) {
			latest = m
		}
	}
	p.Access = latest.Access
	for e, err := range tx.Consents().Of(id) {
		if err != nil {
			return p, err
		}
		p.Facts = append(p.Facts, e.Fact())
	}
	slices.SortFunc(p.Facts, compareFacts)
	if email, err := register.NormalEmail(d.Email); err == nil {
		p.Suppressed, err = tx.SuppressedBy("email", email)
		if err != nil {
			return p, err
		}
	}
	if phone, err := register.NormalPhone(d.Phone); err == nil {
		more, err := tx.SuppressedBy("phone", phone)
		if err != nil {
			return p, err
		}
		p.Suppressed = append(p.Suppressed, more...)
	}
	return p, nil
}

func compareFacts(a, b register.ConsentFact) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	if c := a.Recorded.Compare(b.Recorded); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID), string(b.ID))
}
