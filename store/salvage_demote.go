package store

// leafKeys is the span of keys that a leaf of the tree really holds.
type leafKeys struct {
	leaf     *leaf
	min, max string
	foreign  bool // something on it opens in another bucket
	outside  bool // something on it has no place there by the tree
}

// demote finds pages of the tree that hold what does not belong there: they are from another time, and where they lie is
// a hole. A page whose keys fit between those of its neighbours stays: there it is the way to it that is damaged.
func (s *salvage) demote() {
	leaves := leavesOf(s.found)
	for i, l := range leaves {
		if !l.foreign && (!l.outside || l.fits(leaves, i)) {
			continue
		}
		l.leaf.standing = former
		s.holes = append(s.holes, hole{l.leaf.bucket, l.leaf.keys, l.leaf.at})
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
