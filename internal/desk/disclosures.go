package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Disclosures lists the files that left the office, the latest first: who has
// had whose data (UK GDPR Art 15(1)(c), Art 19).
func (s *Seat) Disclosures() ([]register.Disclosure, error) {
	all := []register.Disclosure{}
	err := s.read(register.DisclosureRead, func(tx *store.Tx) error {
		for d, err := range tx.Disclosures().All() {
			if err != nil {
				return err
			}
			all = append(all, d)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b register.Disclosure) int { return b.At.Compare(a.At) })
	return all, err
}

// DisclosurePage returns a file that left with everybody who was in it, by
// name; those erased since are only counted. Errors: NotFound, Denied.
func (s *Seat) DisclosurePage(ctx context.Context, id register.ID) (register.DisclosurePage, error) {
	page := register.DisclosurePage{People: []register.PersonIn{}}
	err := s.read(register.DisclosureRead, func(tx *store.Tx) (err error) {
		if page.Disclosure, err = tx.Disclosures().Get(id); err != nil {
			return err
		}
		for d, err := range tx.Disclosed().All() {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			if d.Disclosure != id {
				continue
			}
			page.People = append(page.People, register.PersonIn{ID: d.Delegate, Name: s.named(d.Delegate, "")})
		}
		return nil
	})
	page.Gone = max(0, page.Disclosure.Count-len(page.People))
	slices.SortFunc(page.People, func(a, b register.PersonIn) int {
		return strings.Compare(strings.ToLower(a.Name)+string(a.ID), strings.ToLower(b.Name)+string(b.ID))
	})
	return page, err
}
