package desk

import (
	"slices"

	"custos/internal/register"
	"custos/store"
)

// Person returns everything a person's page shows. Special category data is
// left out for an operator who may not read it.
func (s *Seat) Person(id register.ID) (register.PersonPage, error) {
	var page register.PersonPage
	err := s.read(register.DelegateRead, func(tx *store.Tx) error {
		d, err := s.visible(tx, id)
		if err != nil {
			return err
		}
		page.Delegate = d
		return s.fillPage(tx, &page)
	})
	if err == nil && !s.May(register.SpecialRead) {
		withoutSpecial(&page, s.Settings().Profile)
	}
	return page, err
}

func (s *Seat) fillPage(tx *store.Tx, page *register.PersonPage) error {
	settings, err := tx.Settings().Get()
	if err != nil {
		return err
	}
	d := &page.Delegate
	current, err := s.fillMemberships(tx, page)
	if err != nil {
		return err
	}
	page.Missing = settings.Profile.Missing(d, current)
	if err := s.fillConsents(tx, page, &settings); err != nil {
		return err
	}
	for r, err := range tx.Requests().Of(d.ID) {
		if err != nil {
			return err
		}
		if !s.May(register.RequestRead) {
			break
		}
		page.Requests = append(page.Requests, r.Row(s.Today(), d.Name))
	}
	register.SortByDue(page.Requests)
	if page.Holds, err = holdsOf(tx, d.ID); err != nil {
		return err
	}
	if s.leadOnly() { // it tells of cases, of files and of where else they belong
		return nil
	}
	if !s.May(register.SuppressionRead) {
		page.Holdings, err = tx.Held(d.ID)
		return err
	}
	page.Holdings, err = s.held(tx, d.ID)
	return err
}

func (s *Seat) fillConsents(tx *store.Tx, page *register.PersonPage, settings *register.Settings) error {
	p, events, err := s.asked(tx, page.Delegate.ID)
	if err != nil {
		return err
	}
	if s.May(register.SuppressionRead) {
		page.Suppressed = p.Suppressed
	}
	page.Consents, err = s.consentLines(settings, &p, events, register.At(s.Today()))
	return err
}

func (s *Seat) fillMemberships(tx *store.Tx, page *register.PersonPage) (*register.Membership, error) {
	var current *register.Membership
	for m, err := range tx.Memberships().Of(page.Delegate.ID) {
		if err != nil {
			return nil, err
		}
		if s.leadOnly() && m.Organisation != s.Operator().Organisation {
			continue
		}
		row, _ := s.desk.db.Organisation(m.Organisation)
		page.Memberships = append(page.Memberships, register.MembershipEntry{Membership: m, Name: row.Name})
		if m.Current(s.Today()) {
			current = &m
		}
	}
	return current, nil
}

// visible returns a person's record if this operator may know of it: a lead
// knows only their organisation's people, and is told "not found" of others.
func (s *Seat) visible(tx *store.Tx, id register.ID) (register.Delegate, error) {
	d, err := tx.Delegates().Get(id)
	if err != nil || !s.leadOnly() {
		return d, err
	}
	_, member, err := s.current(tx, id, s.Operator().Organisation)
	if err == nil && !member {
		err = register.Errorf(register.NotFound, "", "delegates holds no %s", id)
	}
	if err != nil {
		return register.Delegate{}, err
	}
	return d, nil
}

// withoutSpecial strips special category data (UK GDPR Art 9) from a page.
func withoutSpecial(page *register.PersonPage, p register.Profile) {
	page.Delegate = page.Delegate.Clone()
	kind, _ := p.Kind(page.Delegate.Kind)
	for _, f := range kind.Fields {
		if f.Special {
			page.Delegate.Set(f.ID, "")
		}
	}
	for _, h := range page.Holdings {
		for i := range h.Entries {
			h.Entries[i].Lines = slices.DeleteFunc(h.Entries[i].Lines, func(l register.Line) bool { return l.Special })
		}
	}
}
