package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// Delegates lists people. A lead sees only their own organisation's.
func (s *Seat) Delegates(q register.Query) (register.Rows[register.DelegateRow], error) {
	if err := s.allow(register.DelegateRead); err != nil {
		return nil, err
	}
	return s.people(q), nil
}

// CountDelegates counts what a list would hold without its limit; it stops
// early when ctx ends.
func (s *Seat) CountDelegates(ctx context.Context, q register.Query) (int, error) {
	if err := s.allow(register.DelegateRead); err != nil {
		return 0, err
	}
	if s.leadOnly() {
		q.Limit = 0
		return s.people(q).Len(), nil
	}
	return s.desk.db.CountPeople(ctx, q)
}

// scoped narrows a lead's query to their organisation.
func (s *Seat) scoped(q register.Query) register.Query {
	if s.leadOnly() {
		q.Within = cmp.Or(s.Operator().Organisation, noOrganisation)
	}
	return q
}

// leadOnly reports that the operator's only way to people is as a lead.
func (s *Seat) leadOnly() bool {
	op := s.Operator()
	return !slices.ContainsFunc([]register.Role{register.Viewer, register.Officer, register.DPO}, op.Is)
}

// AddDelegate keeps a new person and, where an organisation is named, their
// membership. A missing mandatory field makes the record incomplete; with
// Strict it is Refused.
func (s *Seat) AddDelegate(ctx context.Context, in register.DelegateInput) (register.ID, error) {
	id, err := s.desk.ids.Next(register.DelegatePrefix)
	if err != nil {
		return "", err
	}
	a := act{verb: register.DelegateAdd, subjects: []register.ID{id}, undoable: true}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		now := s.desk.now()
		d := register.Delegate{
			ID: id, Kind: defaultKind(in.Kind, &settings.Profile), Status: register.Active,
			Created: now, Updated: now, Revision: 1,
			Sources: []register.Provenance{s.sourced(in.Source)},
		}
		if err := given(&settings.Profile, d.Kind, in); err != nil {
			return err
		}
		d.Fill(in.Values)
		if err := d.Validate(&settings.Profile); err != nil {
			return err
		}
		if err := tx.Delegates().Put(d); err != nil {
			return err
		}
		return s.join(tx, &d, in, &settings.Profile)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// join adds the membership an input names and, with Strict, refuses a record
// that stays incomplete.
func (s *Seat) join(tx *store.Tx, d *register.Delegate, in register.DelegateInput, p *register.Profile) error {
	var m *register.Membership
	if in.Organisation != "" {
		got, err := s.member(tx, register.MembershipInput{
			Delegate: d.ID, Organisation: in.Organisation, Role: in.Role, Access: in.Access, Source: in.Source,
		}, p)
		if err != nil {
			return err
		}
		m = &got
	}
	if missing := p.Missing(d, m); in.Strict && len(missing) > 0 {
		return register.Errorf(register.Refused, missing[0].Field, "%s is mandatory: %s",
			missing[0].Title, missing[0].Consequence)
	}
	return nil
}

// ChangeDelegate changes the fields the input speaks of. A record somebody
// changed since the form was filled is a Conflict.
func (s *Seat) ChangeDelegate(ctx context.Context, id register.ID, in register.DelegateInput) error {
	a := act{verb: register.DelegateChange, subjects: []register.ID{id}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		d, err := s.changing(tx, id, in)
		return carryOut(tx, d, err)
	})
	return err
}

// Deactivate ends the use of a person's record at once, and their current
// memberships: a leaver.
func (s *Seat) Deactivate(ctx context.Context, id register.ID, reason string) error {
	a := act{verb: register.DelegateDeactivate, subjects: []register.ID{id}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		d, err := s.deactivating(tx, id, reason)
		return carryOut(tx, d, err)
	})
	return err
}

// Reactivate takes a deactivated record back into use. Memberships stay ended.
func (s *Seat) Reactivate(ctx context.Context, id register.ID, reason string) error {
	a := act{verb: register.DelegateReactivate, subjects: []register.ID{id}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		d, err := s.standing(tx, id, register.Active, reason)
		return carryOut(tx, d, err)
	})
	return err
}

// live returns a person's record that may be worked on. A restricted one is
// stored only (UK GDPR Art 18(2)).
func (s *Seat) live(tx *store.Tx, id register.ID) (register.Delegate, error) {
	d, err := tx.Delegates().Get(id)
	if err != nil {
		return d, err
	}
	switch d.Status {
	case register.Restricted:
		return d, restrictedError(id)
	case register.Erased:
		return d, register.Errorf(register.Refused, "status", "%s was erased", id)
	default:
		return d, nil
	}
}

// sourced completes a provenance with who took it in and when.
func (s *Seat) sourced(p register.Provenance) register.Provenance {
	if p.How == "" {
		p.How = "entered by the office"
	}
	if p.On.IsZero() {
		p.On = s.Today()
	}
	return p
}

// given checks that nothing the input says would be lost or kept where no rule
// looks: a date of birth under a mistyped name would leave a child an adult.
func given(p *register.Profile, kind string, in register.DelegateInput) error {
	if in.Organisation == "" && (in.Access != "" || in.Role != "") {
		return register.Errorf(register.Invalid, register.FieldOrganisation,
			"an access level or a role is held at an organisation: say which, or leave it out")
	}
	k, known := p.Kind(kind)
	for _, field := range slices.Sorted(maps.Keys(in.Values)) {
		if known && in.Values[field] != "" && !k.Holds(field) {
			return register.Errorf(register.Invalid, field, "%s has no such field; it has %s", k.Title, k.FieldNames())
		}
	}
	return nil
}

func defaultKind(kind string, p *register.Profile) string {
	if kind == "" && len(p.Kinds) > 0 {
		return p.Kinds[0].ID
	}
	return kind
}
