package store

import "iter"

// The pages of a bolt file, read without bolt and believed in nothing. A page is: id 8 · flags 2 · count 2 · overflow 4 ·
// elements of 16 bytes · keys and values. A leaf element is flags 4 · place 4 · key size 4 · value size 4; a branch
// element is place 4 · key size 4 · child 8; places count from the element. The value of a bucket is root page 8 ·
// sequence 8, and a whole page where the root is 0.
const (
	branchFlag    = 0x01
	leafFlag      = 0x02
	bucketElement = 0x01
	elementSize   = 16
	bucketHeader  = 16
)

// pageHead is what a page says it is.
type pageHead struct {
	id       uint64
	flags    uint16
	count    int
	overflow uint64
}

// headOf reads a page's own words; the zero pageHead where there is no room for them.
func headOf(page []byte) pageHead {
	if len(page) < pageHeader {
		return pageHead{}
	}
	return pageHead{order.Uint64(page), order.Uint16(page[8:]), int(order.Uint16(page[10:])), uint64(order.Uint32(page[12:]))}
}

// element is one element of a page. Key and value share the page's memory.
type element struct {
	flags uint32 // of a leaf
	key   []byte
	value []byte // of a leaf
	at    int    // where value begins in the page
	child uint64 // of a branch
}

// Where the place of a page's first key stands in its first element.
const (
	leafPlace   = 4
	branchPlace = 0
)

// elementsIn is how many elements a page has: as many as it says, or as there is room for before the first key where
// that is more, for the number itself may be damaged.
func elementsIn(page []byte, place int) int {
	n := headOf(page).count
	most := (len(page) - pageHeader) / elementSize
	if most <= 0 {
		return 0
	}
	if first := order.Uint32(page[pageHeader+place:]); first%elementSize == 0 && int64(first)/elementSize <= int64(most) {
		n = max(n, int(first/elementSize))
	}
	return min(n, most)
}

// leafElements yields what elements of a leaf page lie within it. They never overlap in a whole page, so a damaged one
// yields no more bytes than it has.
func leafElements(page []byte) iter.Seq[element] {
	return func(yield func(element) bool) {
		room := len(page)
		for i := range elementsIn(page, leafPlace) {
			at := pageHeader + i*elementSize
			head := page[at : at+elementSize]
			place, key, value := uint64(order.Uint32(head[4:])), uint64(order.Uint32(head[8:])), uint64(order.Uint32(head[12:]))
			from := uint64(at) + place
			if key == 0 || from+key+value > uint64(len(page)) || key+value > uint64(room) {
				continue
			}
			room -= int(key + value)
			e := element{flags: order.Uint32(head), key: page[from : from+key], value: page[from+key : from+key+value],
				at: int(from + key)}
			if !yield(e) {
				return
			}
		}
	}
}

// branchElements yields what elements of a branch page lie within it.
func branchElements(page []byte) iter.Seq[element] {
	return func(yield func(element) bool) {
		room := len(page)
		for i := range elementsIn(page, branchPlace) {
			at := pageHeader + i*elementSize
			head := page[at : at+elementSize]
			place, key := uint64(order.Uint32(head)), uint64(order.Uint32(head[4:]))
			from := uint64(at) + place
			if from+key > uint64(len(page)) || key > uint64(room) {
				continue
			}
			room -= int(key)
			if !yield(element{key: page[from : from+key], child: order.Uint64(head[8:])}) {
				return
			}
		}
	}
}

// bucketRoot reads the value of a bucket: the page its tree begins at, or the page that lies within the value.
func bucketRoot(value []byte) (root uint64, inline []byte) {
	if len(value) < bucketHeader {
		return 0, nil
	}
	if root = order.Uint64(value); root == 0 {
		return 0, value[bucketHeader:]
	}
	return root, nil
}
