package store

// leafKeys is the span of keys that a leaf of the tree really holds.
type leafKeys struct {
	leaf     *leaf
	min, max string
	foreign  bool // something on it opens in another bucket
	outside  bool // something on it has no place there by the tree
}

// mostFree is one page in so many that a tree which is not proved may reach although it is called free: then the way
// there is damaged. If it reaches more of them, the list is.
const mostFree = 2

// readFree reads the newest header's list of free pages, and does not believe one that names what the tree holds.
func (s *salvage) readFree() {
	newest, whole := s.file.newest()
	if !whole {
		return
	}
	s.free, s.freeKnown = s.file.free(newest)
	both := 0
	for at := range s.main.reached {
		if s.free[at] {
			both++
		}
	}
	s.freeKnown = s.freeKnown && both*mostFree <= len(s.main.reached)
}

// demote finds pages of the tree that do not belong there: what they hold opens elsewhere or has its place elsewhere, or
// they are free. A page whose keys fit between those of its neighbours stays: there it is the way to it that is damaged.
// One that is not free may have its place elsewhere in the tree.
func (s *salvage) demote() {
	leaves := leavesOf(s.found)
	for i, l := range leaves {
		free := s.freeKnown && s.free[l.leaf.at]
		if !free && !l.foreign && (!l.outside || l.fits(leaves, i)) {
			continue
		}
		h := hole{l.leaf.bucket, l.leaf.keys, l.leaf.at}
		l.leaf.standing, l.leaf.displaced = former, true
		if s.freeKnown {
			h.keys = keyRange{}
			if !free {
				l.leaf.standing = orphaned
			}
		}
		s.holes = append(s.holes, h)
	}
}

// leavesOf returns the leaf pages that values of the tree lie on, in order.
func leavesOf(values []*sealedAt) []*leafKeys {
	var leaves []*leafKeys
	for _, e := range values {
		l := e.leaf
		if l.standing != inTree || l.inline || e.opens == "" {
			continue
		}
		if n := len(leaves); n == 0 || leaves[n-1].leaf != l {
			leaves = append(leaves, &leafKeys{leaf: l, min: e.key, max: e.key})
		}
		k := leaves[len(leaves)-1]
		k.min, k.max = min(k.min, e.key), max(k.max, e.key)
		k.foreign = k.foreign || e.opens != l.bucket
		k.outside = k.outside || !l.keys.holds(e.key)
	}
	return leaves
}

// fits reports whether a leaf's keys come after those of the leaf before, and before those of the next.
func (k *leafKeys) fits(leaves []*leafKeys, i int) bool {
	if i > 0 && leaves[i-1].leaf.bucket == k.leaf.bucket && leaves[i-1].max >= k.min {
		return false
	}
	return i+1 == len(leaves) || leaves[i+1].leaf.bucket != k.leaf.bucket || leaves[i+1].min > k.max
}
