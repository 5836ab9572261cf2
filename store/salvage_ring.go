package store

import (
	"os"

	"custos/internal/register"
)

// readLooseRing reads the ring file of a backup, for what is destroyed in a store; nil where no file is named.
func readLooseRing(path string) (*ring, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, register.Errorf(register.NotFound, "ring", "the key ring cannot be read: %w", err)
	}
	r, err := parseRing(file)
	if err != nil {
		return nil, register.Errorf(register.Invalid, "ring", "%s: %w", path, err)
	}
	return r, nil
}

// ringSlots returns the key slots of the ring, if it is of this store.
func (s *salvage) ringSlots() []*sealedAt {
	if s.ring == nil || s.keys != nil && s.keys.id != s.ring.store {
		return nil
	}
	var slots []*sealedAt
	l := &leaf{bucket: bucketSlots, standing: former}
	for _, slot := range s.ring.slots {
		slots = append(slots, &sealedAt{leaf: l, key: slot.id, size: len(slot.raw), value: slot.raw})
	}
	return slots
}

// addRing puts the keys of a backup's ring among those found: one is taken where something opens under it.
func (s *salvage) addRing() {
	if s.ring == nil {
		return
	}
	l := &leaf{bucket: bucketKeys, standing: former}
	for e := range s.ring.all() {
		if !e.stranger {
			s.found = append(s.found, &sealedAt{leaf: l, key: string(e.id), size: len(e.wrapped), value: e.wrapped})
		}
	}
}
