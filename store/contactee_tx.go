package store

import (
	"slices"

	"custos/internal/register"
)

// Contactee is DB.Contactee as the transaction sees it, what it has changed itself among it. Memberships count that are
// current today. Errors: NotFound.
func (tx *Tx) Contactee(id register.ID, today register.Date) (register.Contactee, error) {
	d, err := tx.Delegates().Get(id)
	p := register.Contactee{
		Delegate: d.ID, Name: d.Name, Kind: d.Kind, Status: d.Status, Since: d.StatusSince,
		Email: d.Email, Phone: d.Phone, Born: d.Born(),
	}
	if err != nil {
		return p, err
	}
	for f, v := range d.Fields {
		p.Post = p.Post || v != "" && postal(f)
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
	p.Suppressed, err = tx.suppressedOf(&d)
	return p, err
}

// suppressedOf returns what is suppressed of a person's addresses. What is no address is not suppressed.
func (tx *Tx) suppressedOf(d *register.Delegate) ([]register.Suppression, error) {
	var all []register.Suppression
	for kind, address := range addressesOf(d) {
		normal := normalAddress(kind, address)
		found, err := tx.SuppressedBy(addressKinds[kind], normal)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
