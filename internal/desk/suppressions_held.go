package desk

import (
	"custos/internal/register"
	"custos/store"
)

// held is everything the store holds on a person, and the suppressions that
// match an address of theirs: those belong to nobody, but whoever asks is told
// that their address is on the list.
func (s *Seat) held(tx *store.Tx, who register.ID) ([]register.Holding, error) {
	all, err := tx.Held(who)
	if err != nil {
		return nil, err
	}
	settings, err := tx.Settings().Get()
	if err != nil {
		return nil, err
	}
	p, err := tx.Contactee(who, s.Today())
	if err != nil {
		return nil, err
	}
	h := register.Holding{Collection: "suppressions", Title: "Suppression list"}
	for _, entry := range p.Suppressed {
		h.Entries = append(h.Entries, entry.Answer(register.Names{Profile: &settings.Profile}))
	}
	return append(all, h), nil
}
