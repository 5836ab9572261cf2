package trigram

import (
	"slices"
	"sort"
	"sync"
)

// Order is a sort order of rows, kept current as rows come, go and move. It is independent of any Index; a row that is
// in no order is never a hit of a search in that order. Any number of goroutines may read it while another changes it.
// Memory: 12 bytes a row.
type Order struct {
	mu     sync.RWMutex
	chunks [][]uint32 // no chunk is empty
	keys   []uint64   // by row: ascending along the order, with gaps to place others between; 0 is not in the order
	n      int
}

const (
	chunkRows = 2048
	keyGap    = 1 << 32
)

// NewOrder is the order in which rows are given. A row given twice counts once, where it comes first.
func NewOrder(rows []uint32) *Order {
	o := &Order{}
	if len(rows) > 0 {
		o.grow(slices.Max(rows))
	}
	for _, row := range rows {
		if o.keys[row] != 0 {
			continue
		}
		if o.n%chunkRows == 0 {
			o.chunks = append(o.chunks, make([]uint32, 0, chunkRows))
		}
		o.n++
		o.keys[row] = uint64(o.n) * keyGap
		last := len(o.chunks) - 1
		o.chunks[last] = append(o.chunks[last], row)
	}
	return o
}

// Len is the number of rows in the order.
func (o *Order) Len() int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.n
}

// Rows are at most n rows of the order, starting with the one at place from, which counts from 0.
func (o *Order) Rows(from, n int) []uint32 {
	o.mu.RLock()
	defer o.mu.RUnlock()
	n = min(n, o.n)
	if from < 0 || n <= 0 {
		return nil
	}
	var out []uint32
	for _, c := range o.chunks {
		if from < len(c) && len(out) < n {
			out = append(out, c[from:min(len(c), from+n-len(out))]...)
		}
		from = max(0, from-len(c))
	}
	return out
}

// Place puts a row where it belongs, or moves it there. Before reports whether another row comes before it; it is
// called some 25 times; it may ask an index for texts, but must not use this order. To place many rows make a new one.
func (o *Order) Place(row uint32, before func(other uint32) bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.remove(row)
	o.grow(row)
	c := sort.Search(len(o.chunks), func(i int) bool { return !before(o.chunks[i][len(o.chunks[i])-1]) })
	if c == len(o.chunks) {
		if c == 0 {
			o.chunks = append(o.chunks, nil)
		}
		c = len(o.chunks) - 1
	}
	at := sort.Search(len(o.chunks[c]), func(i int) bool { return !before(o.chunks[c][i]) })
	o.chunks[c] = slices.Insert(o.chunks[c], at, row)
	o.n++
	o.number(c, at)
	if full := o.chunks[c]; len(full) > 2*chunkRows {
		o.chunks = slices.Insert(o.chunks, c+1, slices.Clone(full[chunkRows:]))
		o.chunks[c] = slices.Clone(full[:chunkRows])
	}
}

// Remove takes a row out of the order.
func (o *Order) Remove(row uint32) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.remove(row)
}

func (o *Order) remove(row uint32) {
	key := o.key(row)
	if key == 0 {
		return
	}
	c := sort.Search(len(o.chunks), func(i int) bool { return o.keys[o.chunks[i][len(o.chunks[i])-1]] >= key })
	at := sort.Search(len(o.chunks[c]), func(i int) bool { return o.keys[o.chunks[c][i]] >= key })
	o.chunks[c] = slices.Delete(o.chunks[c], at, at+1)
	if len(o.chunks[c]) == 0 {
		o.chunks = slices.Delete(o.chunks, c, c+1)
	}
	o.keys[row] = 0
	o.n--
}

// number gives the row just inserted a key between its neighbours', or all rows new keys when there is no room.
func (o *Order) number(c, at int) {
	var left, right uint64
	switch {
	case at > 0:
		left = o.keys[o.chunks[c][at-1]]
	case c > 0:
		left = o.keys[o.chunks[c-1][len(o.chunks[c-1])-1]]
	}
	switch {
	case at+1 < len(o.chunks[c]):
		right = o.keys[o.chunks[c][at+1]]
	case c+1 < len(o.chunks):
		right = o.keys[o.chunks[c+1][0]]
	default:
		right = left + 2*keyGap
	}
	if right-left > 1 {
		o.keys[o.chunks[c][at]] = left + (right-left)/2
		return
	}
	key := uint64(0)
	for _, chunk := range o.chunks {
		for _, row := range chunk {
			key += keyGap
			o.keys[row] = key
		}
	}
}

func (o *Order) grow(row uint32) {
	if missing := int(row) + 1 - len(o.keys); missing > 0 {
		o.keys = append(o.keys, make([]uint64, missing)...)
	}
}

// key is 0 for a row not in the order.
func (o *Order) key(row uint32) uint64 {
	if int(row) >= len(o.keys) {
		return 0
	}
	return o.keys[row]
}
