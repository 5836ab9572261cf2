package store

import (
	"cmp"
	"context"
	"io"
	"slices"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"
)

// salvage takes out of a damaged file what is intact. What the tree of the newest header reaches is believed first, then
// pages no list calls free; a seal proves that a value was written in its place, and the tree that it was written last.
type salvage struct {
	ctx  context.Context
	file *pageFile
	head func(*vault.Key) []byte // the head file that answers to a key
	ring *ring                   // of a backup; nil: none

	progress func(step string, done, total int)

	opening  *opening
	slotUsed []byte
	keys     *keyring
	anchor   vault.Anchor // zero where the head file is of no use

	main   *treeWalk
	found  []*sealedAt
	holes  []hole
	free   map[uint64]bool // pages by the newest header's list
	shown  map[string]bool // buckets of which orphaned pages hold something
	wraps  map[register.ID][]*sealedAt
	damage []Finding
	undone map[string]map[[16]byte]bool // see replaced

	header  header
	state   state
	exact   bool // the state is that of the newest header
	stated  bool // there is a state at all, perhaps a former one
	entries []*sealedAt
	taken   []*sealedAt
	slots   []*sealedAt

	lost, ambiguous []Finding
	freeKnown       bool // there is a list of free pages to be believed
	sure            bool // the tree is whole, by its own sealed state
	whole           bool // so is what was taken
}

// note says what was destroyed.
func (s *salvage) note(where, id, what string) {
	s.damage = append(s.damage, Finding{Where: where, ID: id, What: what, Severity: SeverityDamage})
}

// run does all of it. The credential opens a slot found in the file, or in the ring.
func (s *salvage) run(r io.ReaderAt, size int64, c Credential) error {
	s.file = newPageFile(r, size)
	newest, whole := s.file.newest()
	s.main = newTreeWalk(s.file, inTree)
	if len(s.file.heads) == 0 && !whole {
		return register.Errorf(register.Invalid, "store", "there is no trace of a Custos store in %s", dbFile)
	}
	if whole {
		s.main.from(newest.root)
	}
	if err := s.unlock(c); err != nil {
		return err
	}
	if a, _, err := vault.NewestAnchor(&s.keys.anchor, s.head(&s.keys.anchor)); err == nil {
		s.anchor = a
	} else {
		s.note(headFile, "", "the head file is missing or damaged")
	}
	s.chooseTree()
	if err := s.gather(); err != nil {
		return err
	}
	s.chooseState()
	if err := s.adoptKeys(); err != nil {
		return err
	}
	s.chooseRecords()
	s.chooseEntries()
	s.chooseSlots()
	s.listLost()
	return s.ctx.Err()
}

// gather opens what the tree holds, and looks among all other pages where that is not everything.
func (s *salvage) gather() error {
	s.found, s.holes = s.main.found, s.main.holes
	s.indexWraps()
	s.openAll(s.found)
	if s.sure = len(s.holes) == 0 && s.proved(s.found); s.sure {
		return s.ctx.Err()
	}
	s.readFree()
	s.demote()
	for _, h := range s.holes {
		where := h.bucket
		if where == "" {
			where = "pages"
		}
		s.note(where, "", "a page that leads to records, or holds them, is destroyed")
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	s.found = append(s.found, s.others()...)
	s.addRing()
	s.indexWraps()
	s.openAll(s.found)
	return s.ctx.Err()
}

// others returns what lies on pages that the newest tree does not reach.
func (s *salvage) others() []*sealedAt {
	newest, whole := s.file.newest()
	if whole && !s.freeKnown {
		s.note("pages", "",
			"the list of free pages is destroyed, so records deleted lately may be among those that were found")
	}
	earlier := newTreeWalk(s.file, before)
	earlier.skip = s.main.reached
	for n, m := range s.file.metas {
		if s.file.errs[n] == nil && m.txid != newest.txid {
			earlier.from(m.root)
		}
	}
	loose := newTreeWalk(s.file, orphaned)
	for at, h := range s.file.heads {
		if h.flags != leafFlag || s.main.reached[at] || earlier.reached[at] {
			continue
		}
		loose.standing = orphaned
		if s.freeKnown && s.free[at] {
			loose.standing = former
		}
		loose.loose(at)
	}
	for _, e := range earlier.found {
		if !s.freeKnown || !s.free[e.leaf.at] {
			e.leaf.standing = orphaned
		}
	}
	return append(earlier.found, loose.found...)
}

// proved reports whether values are all there were, each in its last version, by the sealed state among them.
func (s *salvage) proved(values []*sealedAt) bool {
	var st *state
	for _, e := range values {
		if e.leaf.standing == inTree && e.opens == bucketMeta && e.key == keyState {
			if got, err := s.openState(e); err == nil {
				st = &got
			}
		}
		if e.opens == "" {
			return false
		}
	}
	return st != nil && s.sums(values, st)
}

// sums holds values against the digest and the numbers of a state.
func (s *salvage) sums(values []*sealedAt, st *state) bool {
	var sum vault.Digest
	terms := vault.NewTermer(&s.keys.digest)
	counts := map[string]int{}
	for _, e := range values {
		if e.opens == bucketMeta || e.opens == bucketAudit {
			continue
		}
		counts[e.opens]++
		sum.Add(term(terms, e.opens, e.key, s.bytes(e)))
	}
	for bucket, n := range st.Counts {
		if counts[bucket] != n {
			return false
		}
	}
	return sum.Equal(st.Digest)
}

// bytes reads a value.
func (s *salvage) bytes(e *sealedAt) []byte {
	if e.value != nil {
		return e.value
	}
	b := make([]byte, e.size)
	n, _ := s.file.r.ReadAt(b, e.at)
	return b[:n]
}

// indexWraps lists the wrapped keys found for each person, the most credible first.
func (s *salvage) indexWraps() {
	s.wraps = map[register.ID][]*sealedAt{}
	for _, e := range s.found {
		if e.size == vault.WrappedKeySize && (e.leaf.bucket == bucketKeys || e.leaf.bucket == "" || e.leaf.standing != inTree) {
			s.wraps[register.ID(e.key)] = append(s.wraps[register.ID(e.key)], e)
		}
	}
	for _, w := range s.wraps {
		slices.SortStableFunc(w, func(a, b *sealedAt) int { return cmp.Compare(a.leaf.standing, b.leaf.standing) })
	}
}

// auditStart is the head before the first entry.
func (s *salvage) auditStart() audit.Head { return audit.Start(s.keys.id) }
