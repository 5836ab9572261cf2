package store

import (
	"slices"
	"sort"
)

// sequence is a list that never changes: a change makes a new one that shares most of its chunks. So a list on a screen
// stays as it was, and making one costs nothing.
type sequence[T any] struct {
	chunks [][]T // none is empty
	ends   []int // of each chunk: the place after its last element
}

// list is a sequence of rows.
type list = sequence[uint32]

const chunkRows = 1024

// newList keeps rows, which must not be written to any more.
func newList(rows []uint32) *list { return newSequence(rows) }

func newSequence[T any](all []T) *sequence[T] {
	l := &sequence[T]{}
	for c := range slices.Chunk(all, chunkRows) {
		l.chunks = append(l.chunks, c)
	}
	l.number(0)
	return l
}

// number works out the ends from a chunk on.
func (l *sequence[T]) number(from int) {
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

func (l *sequence[T]) len() int {
	if len(l.ends) == 0 {
		return 0
	}
	return l.ends[len(l.ends)-1]
}

// locate finds the chunk that holds a place, and the place within it.
func (l *sequence[T]) locate(at int) (chunk, in int) {
	chunk = sort.SearchInts(l.ends, at+1)
	if chunk > 0 {
		at -= l.ends[chunk-1]
	}
	return chunk, at
}

func (l *sequence[T]) at(i int) T {
	c, in := l.locate(i)
	return l.chunks[c][in]
}

// rows is a copy of all elements.
func (l *sequence[T]) rows() []T { return slices.Concat(l.chunks...) }

// fork copies what a change of one chunk changes.
func (l *sequence[T]) fork() *sequence[T] {
	return &sequence[T]{slices.Clone(l.chunks), slices.Clone(l.ends)}
}

// insert returns a list with a row at a place from 0 to len.
func (l *sequence[T]) insert(at int, row T) *sequence[T] {
	if len(l.chunks) == 0 {
		return newSequence([]T{row})
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
func (l *sequence[T]) remove(at int) *sequence[T] {
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
func except(l *list, rows []uint32) *list {
	if len(rows) == 0 {
		return l
	}
	gone := newRowSet(rows)
	return newList(slices.DeleteFunc(l.rows(), gone.has))
}

// search returns the first place whose element is not before what is looked for; before must be true up to some place
// and false from there on.
func (l *sequence[T]) search(before func(T) bool) int {
	return sort.Search(l.len(), func(i int) bool { return !before(l.at(i)) })
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
