package store

import (
	"slices"
	"sort"
)

// list is a sequence of rows that never changes: a change makes a new list that shares most of its chunks. So a list on a
// screen stays as it was, and making one costs nothing.
type list struct {
	chunks [][]uint32 // none is empty
	ends   []int      // of each chunk: the place after its last row
}

const chunkRows = 1024

// newList keeps rows, which must not be written to any more.
func newList(rows []uint32) *list {
	l := &list{}
	for c := range slices.Chunk(rows, chunkRows) {
		l.chunks = append(l.chunks, c)
	}
	l.number(0)
	return l
}

// number works out the ends from a chunk on.
func (l *list) number(from int) {
	l.ends = slices.Grow(l.ends[:from], len(l.chunks)-from)
	end := 0
	if from > 0 {
		end = l.ends[from-1]
	}
	for _, c := range l.chunks[from:] {
		end += len(c)
		l.ends = append(l.ends, end)
	}
}

func (l *list) len() int {
	if len(l.ends) == 0 {
		return 0
	}
	return l.ends[len(l.ends)-1]
}

// locate finds the chunk that holds a place, and the place within it.
func (l *list) locate(at int) (chunk, in int) {
	chunk = sort.SearchInts(l.ends, at+1)
	if chunk > 0 {
		at -= l.ends[chunk-1]
	}
	return chunk, at
}

func (l *list) at(i int) uint32 {
	c, in := l.locate(i)
	return l.chunks[c][in]
}

// rows is a copy of all rows.
func (l *list) rows() []uint32 { return slices.Concat(l.chunks...) }

// fork copies what a change of one chunk changes.
func (l *list) fork() *list { return &list{slices.Clone(l.chunks), slices.Clone(l.ends)} }

// insert returns a list with a row at a place from 0 to len.
func (l *list) insert(at int, row uint32) *list {
	if len(l.chunks) == 0 {
		return newList([]uint32{row})
	}
	c, in := l.locate(min(at, l.len()-1))
	if at == l.len() {
		in++
	}
	out := l.fork()
	chunk := slices.Insert(slices.Clone(l.chunks[c]), in, row)
	out.chunks[c] = chunk
	if len(chunk) > 2*chunkRows {
		out.chunks[c] = slices.Clone(chunk[:chunkRows])
		out.chunks = slices.Insert(out.chunks, c+1, slices.Clone(chunk[chunkRows:]))
	}
	out.number(c)
	return out
}

// remove returns a list without the row at a place.
func (l *list) remove(at int) *list {
	c, in := l.locate(at)
	out := l.fork()
	out.chunks[c] = slices.Delete(slices.Clone(l.chunks[c]), in, in+1)
	if len(out.chunks[c]) == 0 {
		out.chunks = slices.Delete(out.chunks, c, c+1)
	}
	out.number(c)
	return out
}

// except returns a list without some rows, wherever they are. It goes through the whole list.
func (l *list) except(rows []uint32) *list {
	if len(rows) == 0 {
		return l
	}
	gone := newRowSet(rows)
	return newList(slices.DeleteFunc(l.rows(), gone.has))
}

// rowSet is a set of rows, one bit each.
type rowSet []uint64

func newRowSet(rows []uint32) rowSet {
	if len(rows) == 0 {
		return nil
	}
	s := make(rowSet, slices.Max(rows)/64+1)
	for _, r := range rows {
		s[r/64] |= 1 << (r % 64)
	}
	return s
}

func (s rowSet) has(row uint32) bool { return int(row/64) < len(s) && s[row/64]&(1<<(row%64)) != 0 }
