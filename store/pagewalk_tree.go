package store

// standing is how far a page can be believed to hold what was written last.
type standing uint8

const (
	inTree   standing = iota // reached from the newest header
	orphaned                 // reached from nowhere, and not free: what led there is destroyed
	before                   // reached from the other header: a change earlier
	former                   // free, or nobody can tell
)

// leaf is a page, or the part of one that a small bucket fills, that holds records.
type leaf struct {
	at        uint64   // the page
	bucket    string   // by the tree; empty: nobody can tell
	keys      keyRange // that the tree says can be here
	standing  standing
	inline    bool
	displaced bool // the tree led to it and something else should have been there
}

// keyRange is from a key, to another one not included; an empty end has none.
type keyRange struct{ from, to string }

func (r keyRange) holds(key string) bool { return key >= r.from && (r.to == "" || key < r.to) }

// sealedAt is a value in a leaf: where it lies, and later where it opens.
type sealedAt struct {
	leaf  *leaf
	key   string
	at    int64 // in the file
	size  int
	value []byte // from elsewhere than the file

	opens  string   // the bucket it opens in; empty: none
	sum    [16]byte // of the value, where it opens
	under  *sealedAt
	proved bool // of a wrapped key: something in its place opens under it
}

// hole is a part of the tree that cannot be read.
type hole struct {
	bucket string // empty: the buckets themselves
	keys   keyRange
	page   uint64
}

// treeWalk goes down a tree of pages as far as they can be read, each page once.
type treeWalk struct {
	file     *pageFile
	standing standing
	reached  map[uint64]bool
	skip     map[uint64]bool // read by another walk
	found    []*sealedAt
	holes    []hole
	buckets  map[string]bool // that a bucket page named
}

// maxDepth is deeper than any tree of pages that fits a disk.
const maxDepth = 64

func newTreeWalk(f *pageFile, s standing) *treeWalk {
	return &treeWalk{file: f, standing: s, reached: map[uint64]bool{}, buckets: map[string]bool{}}
}

// from walks the tree of buckets from its root.
func (w *treeWalk) from(root uint64) { w.page(root, "", keyRange{}, 0) }

// page walks the tree below a page of a bucket; the bucket "" holds the others.
func (w *treeWalk) page(id uint64, bucket string, keys keyRange, depth int) {
	at, ok := w.file.find(id)
	if ok && w.skip[at] {
		return
	}
	page := w.file.read(at)
	if !ok || depth > maxDepth || w.reached[at] || len(page) <= pageHeader {
		w.holes = append(w.holes, hole{bucket, keys, id})
		return
	}
	w.reached[at] = true
	switch flags := headOf(page).flags; {
	case flags == branchFlag || flags != leafFlag && w.looksLikeBranch(page, keys):
		w.branch(page, hole{bucket, keys, id}, depth)
	case bucket == "":
		w.bucketPage(page, at, keys, depth)
	default:
		w.leafPage(page, int64(at*w.file.pageSize), &leaf{at: at, bucket: bucket, keys: keys, standing: w.standing})
	}
	if flags := headOf(page).flags; flags != leafFlag && flags != branchFlag {
		w.holes = append(w.holes, hole{bucket, keys, id}) // read all the same, and not relied on
	}
}

// looksLikeBranch reports whether every element of a page with a damaged head leads to a page, in order.
func (w *treeWalk) looksLikeBranch(page []byte, keys keyRange) bool {
	n, last := 0, ""
	for e := range branchElements(page) {
		if e.child < metaPages || e.child >= w.file.pages || string(e.key) <= last && n > 0 || !keys.holds(string(e.key)) {
			return false
		}
		last, n = string(e.key), n+1
	}
	return n > 0 && n == elementsIn(page, branchPlace)
}

// branch walks the children of a branch page. Each holds the keys from its own up to the next one's.
func (w *treeWalk) branch(page []byte, self hole, depth int) {
	type child struct {
		key string
		id  uint64
	}
	var children []child
	for e := range branchElements(page) {
		if c := (child{string(e.key), e.child}); len(children) == 0 || c.key > children[len(children)-1].key {
			children = append(children, c)
		}
	}
	if len(children) != headOf(page).count || len(children) == 0 {
		w.holes = append(w.holes, self)
	}
	for i, c := range children {
		keys := keyRange{c.key, self.keys.to}
		if i == 0 {
			keys.from = self.keys.from
		}
		if i+1 < len(children) {
			keys.to = children[i+1].key
		}
		w.page(c.id, self.bucket, keys, depth+1)
	}
}

// bucketPage walks the buckets that a leaf of the root holds.
func (w *treeWalk) bucketPage(page []byte, at uint64, keys keyRange, depth int) {
	n := 0
	for e := range leafElements(page) {
		name := string(e.key)
		if e.flags != bucketElement || !known(name) {
			continue
		}
		n++
		w.buckets[name] = true
		root, inline := bucketRoot(e.value)
		switch {
		case root != 0:
			w.page(root, name, keyRange{}, depth+1)
		case len(inline) >= pageHeader:
			from := int64(at*w.file.pageSize) + int64(e.at+bucketHeader)
			w.leafPage(inline, from, &leaf{at: at, bucket: name, standing: w.standing, inline: true})
		default:
			w.holes = append(w.holes, hole{name, keyRange{}, at})
		}
	}
	if n != headOf(page).count || n == 0 {
		w.holes = append(w.holes, hole{"", keys, at})
	}
	if n == 0 {
		delete(w.reached, at) // it is no such page, and belongs elsewhere
	}
}

// leafPage takes the values of a leaf page, which lies at a place in the file.
func (w *treeWalk) leafPage(page []byte, from int64, l *leaf) {
	n, lost := 0, false
	for e := range leafElements(page) {
		n++
		lost = lost || e.flags != 0
		w.found = append(w.found, &sealedAt{leaf: l, key: string(e.key), at: from + int64(e.at), size: len(e.value)})
	}
	if n != headOf(page).count || lost {
		w.holes = append(w.holes, hole{l.bucket, l.keys, l.at})
	}
}

// known reports whether a store has a bucket of a name.
func known(name string) bool {
	if _, ok := systemBuckets()[name]; ok {
		return true
	}
	_, ok := collectionNamed(name)
	return ok
}

// loose takes what leaf pages hold that no tree leads to: a bucket page's small buckets, or records of whatever bucket
// they open in.
func (w *treeWalk) loose(at uint64) {
	page := w.file.read(at)
	if len(page) <= pageHeader {
		return
	}
	for e := range leafElements(page) {
		from := int64(at * w.file.pageSize)
		if e.flags != bucketElement {
			w.found = append(w.found, &sealedAt{leaf: &leaf{at: at, standing: w.standing}, key: string(e.key),
				at: from + int64(e.at), size: len(e.value)})
			continue
		}
		if _, inline := bucketRoot(e.value); known(string(e.key)) && len(inline) >= pageHeader {
			l := &leaf{at: at, bucket: string(e.key), standing: w.standing, inline: true}
			w.leafPage(inline, from+int64(e.at+bucketHeader), l)
		}
	}
}
