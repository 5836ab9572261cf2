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
		d, made, err := s.joining(tx, in)
		id = made
		return carryOut(tx, d, err)
	})
	return id, err
}

// member writes the membership inside a change that already holds the person.
func (s *Seat) member(tx *store.Tx, in register.MembershipInput, p *register.Profile) (register.Membership, error) {
	_, m, err := s.tie(tx, in, p)
	if err != nil {
		return m, err
	}
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
		d, err := s.leaving(tx, who, org)
		return carryOut(tx, d, err)
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
