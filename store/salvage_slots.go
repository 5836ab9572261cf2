package store

import (
	"cmp"
	"slices"

	"custos/internal/vault"
)

// chooseSlots takes the key slots of the tree, or of a page that lost its tree. A former set is taken where the head file
// or the state vouch for it. Else the slot that opened the store is all that is kept, for a former one may be of
// somebody who is not to open it any longer.
func (s *salvage) chooseSlots() {
	byLeaf := map[*leaf][]*sealedAt{}
	for _, e := range s.found {
		if e.opens == bucketSlots {
			byLeaf[e.leaf] = append(byLeaf[e.leaf], e)
		}
	}
	for _, e := range s.ringSlots() {
		byLeaf[e.leaf] = append(byLeaf[e.leaf], e)
	}
	sets := make([][]*sealedAt, 0, len(byLeaf))
	for _, set := range byLeaf {
		slices.SortFunc(set, func(a, b *sealedAt) int { return cmp.Compare(a.key, b.key) })
		sets = append(sets, set)
	}
	slices.SortFunc(sets, func(a, b []*sealedAt) int {
		return cmp.Or(cmp.Compare(a[0].leaf.standing, b[0].leaf.standing), cmp.Compare(a[0].at, b[0].at))
	})
	for _, set := range sets {
		if s.vouched(set) {
			s.slots = set
			return
		}
	}
	seen := map[string]bool{}
	for _, set := range sets {
		for _, e := range set {
			own := string(s.bytes(e)) == string(s.slotUsed)
			if !seen[e.key] && (own || e.leaf.standing <= orphaned && s.isSlot(e)) {
				seen[e.key] = true
				s.slots = append(s.slots, e)
			}
		}
	}
	if slot, err := vault.UnmarshalSlot(s.slotUsed); err == nil && !seen[slot.Name.Slot] {
		s.slots = append(s.slots, &sealedAt{key: slot.Name.Slot, value: s.slotUsed, size: len(s.slotUsed)})
	}
	slices.SortFunc(s.slots, func(a, b *sealedAt) int { return cmp.Compare(a.key, b.key) })
	s.lose(bucketSlots, "", "key slots may be lost: give every operator a new passphrase, and make a new recovery key")
}

// vouched reports whether header and slots are those of the last commit.
func (s *salvage) vouched(set []*sealedAt) bool {
	sum := metaHash(s.header.encode(), func(yield func(id, slot []byte)) {
		for _, e := range set {
			yield([]byte(e.key), s.bytes(e))
		}
	})
	return slices.Contains(s.metaHashes(), sum)
}

// isSlot reports whether a value is still a slot of this store.
func (s *salvage) isSlot(e *sealedAt) bool {
	slot, err := vault.UnmarshalSlot(s.bytes(e))
	return err == nil && slot.Name.Slot == e.key && slot.Name.Store == s.keys.id
}
