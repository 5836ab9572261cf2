package desk

import (
	"cmp"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// deed is one thing done to one record, worked out by its rules and not written yet. A single operation writes it at
// once; for many, the plan shows it and the same rules are asked again when it is written.
type deed struct {
	was, becomes string
	seen         uint64 // revision of the record it rests on
	write        func(*store.Tx) error
}

// carryOut writes a deed whose rules have nothing against it.
func carryOut(tx *store.Tx, d deed, err error) error {
	if err != nil {
		return err
	}
	return d.write(tx)
}

// deactivating ends the use of a person's record, and their current memberships.
func (s *Seat) deactivating(tx *store.Tx, id register.ID, reason string) (deed, error) {
	if strings.TrimSpace(reason) == "" {
		return deed{}, register.Errorf(register.Invalid, "reason", "say why the record is deactivated")
	}
	d, err := s.standing(tx, id, register.Deactivated, reason)
	if err != nil {
		return d, err
	}
	var ended []register.Membership
	for m, err := range tx.Memberships().Of(id) {
		if err != nil {
			return d, err
		}
		if m.To.IsZero() {
			m.To = s.Today()
			ended = append(ended, m)
		}
	}
	status := d.write
	d.write = func(tx *store.Tx) error {
		if err := status(tx); err != nil {
			return err
		}
		for _, m := range ended {
			if err := tx.Memberships().Put(m); err != nil {
				return err
			}
		}
		return nil
	}
	return d, nil
}

// standing changes the status of a person's record.
func (s *Seat) standing(tx *store.Tx, id register.ID, to register.Status, reason string) (deed, error) {
	d, err := s.live(tx, id)
	if err != nil {
		return deed{}, err
	}
	if d.Status == to {
		return deed{}, register.Errorf(register.Conflict, "status", "%s is already %s", id, to)
	}
	was, seen := d.Status, d.Revision
	d = d.Clone()
	d.Status, d.StatusSince, d.StatusReason = to, s.Today(), strings.TrimSpace(reason)
	d.Updated, d.Revision = s.desk.now(), d.Revision+1
	return deed{string(was), string(to), seen, func(tx *store.Tx) error { return tx.Delegates().Put(d) }}, nil
}

// changing gives fields of a person's record other values.
func (s *Seat) changing(tx *store.Tx, id register.ID, in register.DelegateInput) (deed, error) {
	settings, err := tx.Settings().Get()
	if err != nil {
		return deed{}, err
	}
	old, err := s.live(tx, id)
	if err != nil {
		return deed{}, err
	}
	if in.Revision != 0 && in.Revision != old.Revision {
		return deed{}, register.Errorf(register.Conflict, "", "%s was changed while you were typing; look again", id)
	}
	d := old.Clone()
	d.Kind = cmp.Or(in.Kind, d.Kind)
	if err := given(&settings.Profile, d.Kind, in); err != nil {
		return deed{}, err
	}
	d.Fill(in.Values)
	fields := d.Changed(&old)
	if len(fields) == 0 && d.Kind == old.Kind {
		return deed{}, register.Errorf(register.Conflict, "", "nothing in %s would change", id)
	}
	source := s.sourced(in.Source)
	source.Fields = fields
	d.Sources = register.AddSource(d.Sources, source)
	d.Updated, d.Revision = s.desk.now(), old.Revision+1
	if err := d.Validate(&settings.Profile); err != nil {
		return deed{}, err
	}
	write := func(tx *store.Tx) error {
		if err := tx.Delegates().Put(d); err != nil {
			return err
		}
		return s.objectionsFollow(tx, &old, &d)
	}
	return deed{valuesOf(&old, fields), valuesOf(&d, fields), old.Revision, write}, nil
}

// valuesOf are the values of some fields in a line.
func valuesOf(d *register.Delegate, fields []string) string {
	values := make([]string, len(fields))
	for i, f := range fields {
		values[i] = d.Value(f)
	}
	return strings.Join(values, ", ")
}
