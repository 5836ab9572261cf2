package store

import (
	"errors"

	"custos/internal/register"
	"custos/internal/vault"
)

// unlock opens the store key with a credential: through the slots in the tree, else through every slot the file or the
// ring still has. A former slot opens with a former passphrase, as it does in every older copy.
func (s *salvage) unlock(c Credential) error {
	var err error
	tries := []func() []*sealedAt{
		func() []*sealedAt { return s.slotsAmong(s.main.found) },
		func() []*sealedAt { return s.slotsAmong(s.loosely()) },
		s.ringSlots,
	}
	for i, slots := range tries {
		var o *opening
		if o, err = s.openWith(slots(), c); err == nil {
			if s.opening = o; i > 0 {
				s.note(bucketSlots, "", "the key slots are destroyed; one was found elsewhere")
			}
			return nil
		}
		if k := register.KindOf(err); k != register.Refused && k != register.NotFound {
			return err
		}
	}
	if errors.Is(err, errNoSlots) {
		return register.Errorf(register.Refused, "passphrase",
			"the key slots are destroyed; the ring file of a backup holds them too: %w", err)
	}
	return err
}

// errNoSlots: nothing in the file is a key slot.
var errNoSlots = &register.Error{Kind: register.NotFound, Field: "passphrase", Msg: "there is no key slot"}

// mostSlots is how many slots of one name are tried: each costs as much as a wrong passphrase.
const mostSlots = 4

// openWith tries a credential on slots, every version of the one it is for.
func (s *salvage) openWith(slots []*sealedAt, c Credential) (*opening, error) {
	seen := map[string]bool{}
	err := error(errNoSlots)
	for _, e := range slots {
		raw := s.bytes(e)
		slot, bad := vault.UnmarshalSlot(raw)
		if bad != nil || seen[string(raw)] || !slotFor(&slot, c) {
			continue
		}
		seen[string(raw)] = true
		if len(seen) > mostSlots {
			break
		}
		o := &opening{ID: slot.Name.Store, Format: format, Slots: [][]byte{raw}}
		root, openErr := unlock(o, c)
		if openErr != nil {
			err = openErr
			continue
		}
		s.keys, s.slotUsed = newKeyring(o.ID, root), raw
		root.Wipe()
		return o, nil
	}
	return nil, err
}

// slotFor reports whether a credential is for a slot.
func slotFor(slot *vault.Slot, c Credential) bool {
	switch {
	case c.Recovery != "":
		return slot.Name.Slot == recoverySlot
	case c.Operator == "":
		return slot.Kind == vault.PassphraseSlot
	}
	return slot.Name.Slot == slotID(slot.Name.Store, c.Operator)
}

// slotsAmong returns what may be slots: what the tree or its own words say is one.
func (s *salvage) slotsAmong(values []*sealedAt) []*sealedAt {
	var slots []*sealedAt
	for _, e := range values {
		if e.size < maxSlot && (e.leaf.bucket == bucketSlots || e.leaf.bucket == "" && len(e.key) <= maxSlotID) {
			slots = append(slots, e)
		}
	}
	return slots
}

const (
	maxSlot   = 1 << 10
	maxSlotID = 16
)

// loosely returns what lies on all leaf pages, whether anything leads to them or not.
func (s *salvage) loosely() []*sealedAt {
	w := newTreeWalk(s.file, former)
	for at, h := range s.file.heads {
		if h.flags == leafFlag {
			w.loose(at)
		}
	}
	return w.found
}
