package store

import (
	"cmp"
	"slices"

	"custos/internal/register"
)

// chooseRecords takes of every place the version that was written last, where that can be told.
func (s *salvage) chooseRecords() {
	s.shown = map[string]bool{}
	values := make([]*sealedAt, 0, len(s.found))
	for _, e := range s.found {
		if e.opens == "" || e.opens == bucketMeta || e.opens == bucketAudit || e.opens == bucketSlots {
			continue
		}
		if e.leaf.standing == orphaned {
			s.shown[e.opens] = true
		}
		values = append(values, e)
	}
	slices.SortFunc(values, func(a, b *sealedAt) int {
		return cmp.Or(cmp.Compare(a.opens, b.opens), cmp.Compare(a.key, b.key), cmp.Compare(a.leaf.standing, b.leaf.standing),
			cmp.Compare(a.at, b.at))
	})
	for len(values) > 0 {
		n := 1
		for n < len(values) && values[n].opens == values[0].opens && values[n].key == values[0].key {
			n++
		}
		s.choose(values[:n])
		values = values[n:]
	}
	s.dropDark()
}

// choose takes one of the versions of a record, which come in the order of their standing, or none.
func (s *salvage) choose(versions []*sealedAt) {
	var likely []*sealedAt
	for _, e := range versions {
		if len(likely) > 0 && e.leaf.standing > likely[0].leaf.standing {
			break
		}
		if s.eligible(e) && !slices.ContainsFunc(likely, func(l *sealedAt) bool { return l.sum == e.sum }) {
			likely = append(likely, e)
		}
	}
	switch {
	case len(likely) == 0:
	case len(likely) == 1 && !s.sure && s.isReplaced(likely[0]):
		s.lose(likely[0].opens, likely[0].key, "its last version is lost; a former one was found, and was not taken")
	case len(likely) == 1:
		s.taken = append(s.taken, likely[0])
	default:
		if e := s.latest(likely); e != nil {
			s.taken = append(s.taken, e)
			return
		}
		s.ambiguous = append(s.ambiguous, Finding{Where: versions[0].opens, ID: versions[0].key, Severity: SeverityDamage,
			What: "several versions were found, and nothing says which was written last; none was taken"})
	}
}

// eligible reports whether a version can be the last one of its record: it is in the tree, or the tree is broken where
// it would be.
func (s *salvage) eligible(e *sealedAt) bool {
	switch {
	case e.leaf.standing == inTree:
		return true
	case e.leaf.standing == orphaned && s.freeKnown && !e.leaf.displaced:
		return true // a page that is neither free nor reached is missed by the tree, whatever the tree says
	case !s.inHole(e.opens, e.key):
		return false
	case e.leaf.standing == orphaned:
		return true
	case e.opens == bucketKeys:
		return e.proved // what the person's records open under is their key, wherever it was found
	}
	return e.leaf.standing == before && e.leaf.inline && s.lostWhole(e.opens) && !s.shown[e.opens]
}

// inHole reports whether the tree is broken where a record would be.
func (s *salvage) inHole(bucket, key string) bool {
	for _, h := range s.holes {
		if h.bucket == bucket && h.keys.holds(key) || h.bucket == "" && h.keys.holds(bucket) {
			return true
		}
	}
	return len(s.main.buckets) == 0
}

// lostWhole reports whether the tree does not lead to a bucket at all.
func (s *salvage) lostWhole(bucket string) bool { return !s.main.buckets[bucket] }

// latest returns the version that no change replaced, by what changes kept to be undone; nil where they do not say.
func (s *salvage) latest(versions []*sealedAt) *sealedAt {
	var last *sealedAt
	for _, e := range versions {
		if s.isReplaced(e) {
			continue
		}
		if last != nil {
			return nil
		}
		last = e
	}
	return last
}

// dropDark leaves out what does not open under the key that was taken of the person.
func (s *salvage) dropDark() {
	s.dropIdleKeys()
	keys := map[register.ID]*sealedAt{}
	for _, e := range s.taken {
		if e.opens == bucketKeys {
			keys[register.ID(e.key)] = e
		}
	}
	s.taken = slices.DeleteFunc(s.taken, func(e *sealedAt) bool {
		if e.under == nil {
			return false
		}
		k := keys[register.ID(e.under.key)]
		dark := k == nil || k.sum != e.under.sum
		if dark {
			s.lose(e.opens, e.key, "the key of the person it is about is lost, so the record does not open")
		}
		return dark
	})
}

// dropIdleKeys leaves out keys that nothing opens under, where there are more than there were: they are of people who
// were forgotten.
func (s *salvage) dropIdleKeys() {
	n := 0
	for _, e := range s.taken {
		if e.opens == bucketKeys {
			n++
		}
	}
	if !s.exact || n <= s.state.Counts[bucketKeys] {
		return
	}
	s.taken = slices.DeleteFunc(s.taken, func(e *sealedAt) bool { return e.opens == bucketKeys && !e.proved })
}
