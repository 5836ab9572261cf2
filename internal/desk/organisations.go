package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// Organisations lists organisations.
func (s *Seat) Organisations(q register.Query) (register.Rows[register.OrganisationRow], error) {
	if err := s.allow(register.OrganisationRead); err != nil {
		return nil, err
	}
	return s.ours(s.desk.db.Organisations(s.unlimited(q))), nil
}

// CountOrganisations counts what a list would hold without its limit.
func (s *Seat) CountOrganisations(ctx context.Context, q register.Query) (int, error) {
	if err := s.allow(register.OrganisationRead); err != nil {
		return 0, err
	}
	if s.isLead() {
		return s.ours(s.desk.db.Organisations(s.unlimited(q))).Len(), nil
	}
	return s.desk.db.CountOrganisations(ctx, q)
}

// OrganisationPage returns an organisation and its current people, as far as
// the operator may see them.
func (s *Seat) OrganisationPage(id register.ID) (register.OrganisationPage, error) {
	var page register.OrganisationPage
	err := s.read(register.OrganisationRead, func(tx *store.Tx) (err error) {
		if s.isLead() && s.Operator().Organisation != id {
			return register.Errorf(register.NotFound, "", "organisations holds no %s", id)
		}
		page.Organisation, err = tx.Organisations().Get(id)
		return err
	})
	if err != nil || !s.May(register.DelegateRead) || s.leadOnly() && s.Operator().Organisation != id {
		return page, err
	}
	people := s.people(register.Query{Within: id})
	for i := range people.Len() {
		page.People = append(page.People, people.Row(i))
	}
	return page, nil
}

// AddOrganisation keeps a new organisation. One with the same URN is a
// Conflict that names it.
func (s *Seat) AddOrganisation(ctx context.Context, in register.OrganisationInput) (register.ID, error) {
	id, err := s.desk.ids.Next(register.OrganisationPrefix)
	if err != nil {
		return "", err
	}
	a := act{verb: register.OrganisationAdd, subjects: []register.ID{id}, undoable: true}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		now := s.desk.now()
		o := register.Organisation{
			ID: id, Status: register.Open, Created: now, Updated: now, Revision: 1,
			Sources: []register.Provenance{s.sourced(in.Source)},
		}
		if err := fillOrganisation(&o, in.Values); err != nil {
			return err
		}
		if same := s.desk.db.OrganisationByURN(o.URN); o.URN != "" && len(same) > 0 {
			return register.Errorf(register.Conflict, "urn", "%s already has this URN", same[0])
		}
		return tx.Organisations().Put(o)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// ChangeOrganisation changes the fields the input speaks of.
func (s *Seat) ChangeOrganisation(ctx context.Context, id register.ID, in register.OrganisationInput) error {
	a := act{verb: register.OrganisationChange, subjects: []register.ID{id}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		old, err := tx.Organisations().Get(id)
		if err != nil {
			return err
		}
		if in.Revision != 0 && in.Revision != old.Revision {
			return register.Errorf(register.Conflict, "", "%s was changed while you were typing; look again", id)
		}
		o := old
		if err := fillOrganisation(&o, in.Values); err != nil {
			return err
		}
		source := s.sourced(in.Source)
		if source.Fields = o.Changed(&old); len(source.Fields) == 0 {
			return register.Errorf(register.Conflict, "", "nothing in %s would change", id)
		}
		o.Sources = register.AddSource(o.Sources, source)
		o.Updated, o.Revision = s.desk.now(), old.Revision+1
		return tx.Organisations().Put(o)
	})
	return err
}

func fillOrganisation(o *register.Organisation, values map[string]string) error {
	for field, value := range values {
		if !o.Set(field, value) {
			return register.Errorf(register.Invalid, field, "an organisation has no such field")
		}
	}
	return o.Validate()
}
