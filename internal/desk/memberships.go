package desk

import (
	"context"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// Join makes a person a member of an organisation, or changes their role and
// access level there.
func (s *Seat) Join(ctx context.Context, in register.MembershipInput) (register.ID, error) {
	var id register.ID
	a := act{verb: register.MembershipSet, subjects: []register.ID{in.Delegate, in.Organisation}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if _, err := s.live(tx, in.Delegate); err != nil {
			return err
		}
		m, err := s.member(tx, in, &settings.Profile)
		id = m.ID
		return err
	})
	return id, err
}

// member writes the membership inside a change that already holds the person.
func (s *Seat) member(tx *store.Tx, in register.MembershipInput, p *register.Profile) (register.Membership, error) {
	var m register.Membership
	if _, err := tx.Organisations().Get(in.Organisation); err != nil {
		return m, err
	}
	if err := knownAccess(in.Access, p); err != nil {
		return m, err
	}
	m, found, err := s.current(tx, in.Delegate, in.Organisation)
	if err != nil {
		return m, err
	}
	if !found {
		id, err := s.desk.ids.Next(register.MembershipPrefix)
		if err != nil {
			return m, err
		}
		m = register.Membership{ID: id, Delegate: in.Delegate, Organisation: in.Organisation, From: in.From}
		if m.From.IsZero() {
			m.From = s.Today()
		}
	}
	m.Role, m.Access, m.Source = in.Role, in.Access, s.sourced(in.Source)
	return m, tx.Memberships().Put(m)
}

func (s *Seat) current(tx *store.Tx, who, org register.ID) (register.Membership, bool, error) {
	for m, err := range tx.Memberships().Of(who) {
		if err != nil {
			return m, false, err
		}
		if m.Organisation == org && m.Current(s.Today()) {
			return m, true, nil
		}
	}
	return register.Membership{}, false, nil
}

// Leave ends a membership today.
func (s *Seat) Leave(ctx context.Context, who, org register.ID) error {
	a := act{verb: register.MembershipEnd, subjects: []register.ID{who, org}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		if _, err := s.live(tx, who); err != nil {
			return err
		}
		m, found, err := s.current(tx, who, org)
		if err != nil {
			return err
		}
		switch {
		case !found:
			return register.Errorf(register.NotFound, "", "%s is not a member of %s", who, org)
		case !m.To.IsZero():
			return register.Errorf(register.Conflict, "", "the membership ends on %s already", m.To)
		}
		m.To = s.Today()
		return tx.Memberships().Put(m)
	})
	return err
}

func knownAccess(access string, p *register.Profile) error {
	known := func(a register.AccessLevel) bool { return a.ID == access }
	if access == "" || slices.ContainsFunc(p.AccessLevels, known) {
		return nil
	}
	return register.Errorf(register.Invalid, register.FieldAccess, "the profile %s has no access level %q", p.Name, access)
}
