package store

import (
	"cmp"
	"fmt"
	"slices"
)

// mostTrees is how many trees are held against their own sealed state when no header says which is the newest.
const mostTrees = 8

// chooseTree keeps to the tree of the newest header where both headers are whole. Where one is not, it may have been the
// newer one: then trees are looked for whose sealed state is of a later commit, and the latest one that is complete by
// its own digest is taken.
func (s *salvage) chooseTree() {
	bad := 0
	for n, err := range s.file.errs {
		if err != nil {
			bad++
			s.note("header", fmt.Sprint(n), "the header is damaged")
		}
	}
	if bad == 0 {
		return
	}
	commit := s.commitOf(s.main)
	if bad == 1 && s.anchor.Commit > 0 && commit >= s.anchor.Commit {
		return
	}
	best := s.main
	for _, root := range s.laterRoots(commit) {
		w := newTreeWalk(s.file, inTree)
		w.from(root)
		s.found = w.found
		s.indexWraps()
		s.openAll(w.found)
		if len(w.holes) == 0 && s.proved(w.found) {
			best = w
			break
		}
		if bad == metaPages && len(best.found) < len(w.found) {
			best = w
		}
	}
	s.main = best
}

// commitOf is the number of the commit that a tree is of; 0 where its state cannot be opened.
func (s *salvage) commitOf(w *treeWalk) uint64 {
	newest := uint64(0)
	for _, e := range w.found {
		if e.key == keyState && (e.leaf.bucket == bucketMeta || e.leaf.bucket == "") {
			if st, err := s.openState(e); err == nil {
				newest = max(newest, st.Commit)
			}
		}
	}
	return newest
}

// laterRoots returns the pages that trees of later commits may begin at, the latest first.
func (s *salvage) laterRoots(commit uint64) []uint64 {
	type root struct{ at, commit uint64 }
	var roots []root
	for _, e := range s.loosely() {
		if e.leaf.bucket != bucketMeta || e.key != keyState {
			continue
		}
		if st, err := s.openState(e); err == nil && st.Commit > commit {
			roots = append(roots, root{e.leaf.at, st.Commit})
		}
	}
	slices.SortFunc(roots, func(a, b root) int {
		return cmp.Or(cmp.Compare(b.commit, a.commit), cmp.Compare(a.at, b.at))
	})
	var pages []uint64
	for _, r := range roots[:min(len(roots), mostTrees)] {
		pages = append(pages, s.parents(r.at)...)
		pages = append(pages, r.at)
	}
	return pages
}

// parents returns the branch pages that lead to a page.
func (s *salvage) parents(of uint64) []uint64 {
	var pages []uint64
	for at, h := range s.file.heads {
		if h.flags != branchFlag {
			continue
		}
		for e := range branchElements(s.file.read(at)) {
			if e.child == of {
				pages = append(pages, at)
			}
		}
	}
	slices.Sort(pages)
	return pages
}
