package desk

import (
	"strings"

	"custos/internal/register"
	"custos/store"
)

// joining makes a person a member of an organisation, or changes their role and access level there.
func (s *Seat) joining(tx *store.Tx, in register.MembershipInput) (deed, register.ID, error) {
	settings, err := tx.Settings().Get()
	if err != nil {
		return deed{}, "", err
	}
	d, err := s.live(tx, in.Delegate)
	if err != nil {
		return deed{}, "", err
	}
	old, m, err := s.tie(tx, in, &settings.Profile)
	if err != nil {
		return deed{}, "", err
	}
	if old.ID != "" && old.Role == m.Role && old.Access == m.Access && old.To.IsZero() {
		return deed{}, old.ID, register.Errorf(register.Conflict, "", "%s is a member of %s in this way already", in.Delegate, in.Organisation)
	}
	return deed{s.tieWords(&old), s.tieWords(&m), d.Revision, putTie(m)}, m.ID, nil
}

// leaving ends a membership today.
func (s *Seat) leaving(tx *store.Tx, who, org register.ID) (deed, error) {
	d, err := s.live(tx, who)
	if err != nil {
		return deed{}, err
	}
	old, found, err := s.current(tx, who, org)
	switch {
	case err != nil:
		return deed{}, err
	case !found:
		return deed{}, register.Errorf(register.NotFound, "", "%s is not a member of %s", who, org)
	case !old.To.IsZero():
		return deed{}, register.Errorf(register.Conflict, "", "the membership ends on %s already", old.To)
	}
	m := old
	m.To = s.Today()
	return deed{s.tieWords(&old), s.tieWords(&m), d.Revision, putTie(m)}, nil
}

func putTie(m register.Membership) func(*store.Tx) error {
	return func(tx *store.Tx) error { return tx.Memberships().Put(m) }
}

// tie works a membership out: the one there is, without an id where there is none, and as it is to be.
func (s *Seat) tie(tx *store.Tx, in register.MembershipInput, p *register.Profile) (old, m register.Membership, err error) {
	if _, err := tx.Organisations().Get(in.Organisation); err != nil {
		return old, m, err
	}
	if err := knownAccess(in.Access, p); err != nil {
		return old, m, err
	}
	m, found, err := s.current(tx, in.Delegate, in.Organisation)
	if err != nil {
		return old, m, err
	}
	if in.Was != nil {
		if err := asRead("the membership", terms(&m), []tieTerms{terms(in.Was)}); err != nil {
			return old, m, err
		}
	}
	if found {
		old = m
	} else {
		id, err := s.desk.ids.Next(register.MembershipPrefix)
		if err != nil {
			return old, m, err
		}
		m = register.Membership{ID: id, Delegate: in.Delegate, Organisation: in.Organisation, From: in.From}
		if m.From.IsZero() {
			m.From = s.Today()
		}
	}
	m.Role, m.Access, m.Source = in.Role, in.Access, s.sourced(in.Source)
	return old, m, nil
}

// tieTerms are what a membership is replaced in.
type tieTerms struct {
	id           register.ID
	role, access string
}

func terms(m *register.Membership) tieTerms { return tieTerms{m.ID, m.Role, m.Access} }

// tieWords is a membership in a line; empty for none.
func (s *Seat) tieWords(m *register.Membership) string {
	if m.ID == "" {
		return ""
	}
	name := string(m.Organisation)
	if row, ok := s.desk.db.Organisation(m.Organisation); ok {
		name = row.Name
	}
	words := []string{name}
	for _, w := range []string{m.Role, m.Access} {
		if w != "" {
			words = append(words, w)
		}
	}
	if !m.To.IsZero() {
		words = append(words, "until "+m.To.String())
	}
	return strings.Join(words, ", ")
}
