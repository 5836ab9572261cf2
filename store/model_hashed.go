package store

import "iter"

// hashed finds rows by the hash of a text that the row itself holds: 8 bytes a slot instead of a copy of every text. A row
// found may be another's with the same hash: whoever asks compares.
type hashed struct {
	slots []hashSlot // a power of two of them, at most three quarters in use
	n     int
}

type hashSlot struct{ hash, row uint32 } // row is one more than the row; 0 is free

func newHashed(n int) hashed {
	size := 64
	for size/4*3 <= n {
		size *= 2
	}
	return hashed{slots: make([]hashSlot, size)}
}

func (h *hashed) add(hash, row uint32) {
	if (h.n+1)*4 > len(h.slots)*3 {
		bigger := newHashed(len(h.slots))
		for _, s := range h.slots {
			if s.row != 0 {
				bigger.add(s.hash, s.row-1)
			}
		}
		*h = bigger
	}
	i := h.home(hash)
	for h.slots[i].row != 0 {
		i = h.next(i)
	}
	h.slots[i] = hashSlot{hash, row + 1}
	h.n++
}

func (h *hashed) home(hash uint32) int { return int(hash) & (len(h.slots) - 1) }
func (h *hashed) next(i int) int       { return (i + 1) & (len(h.slots) - 1) }

// rows yields every row added under a hash.
func (h *hashed) rows(hash uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if h.n == 0 {
			return
		}
		for i := h.home(hash); h.slots[i].row != 0; i = h.next(i) {
			if h.slots[i].hash == hash && !yield(h.slots[i].row-1) {
				return
			}
		}
	}
}

// remove takes out a row added under a hash. Slots after it move up, so that every search still ends at a free one.
func (h *hashed) remove(hash, row uint32) {
	if h.n == 0 {
		return
	}
	i := h.home(hash)
	for h.slots[i] != (hashSlot{hash, row + 1}) {
		if h.slots[i].row == 0 {
			return
		}
		i = h.next(i)
	}
	h.n--
	for j := h.next(i); h.slots[j].row != 0; j = h.next(j) {
		// The row at j may stand at i unless its home lies behind i, on the way to j.
		if behind := (j - h.home(h.slots[j].hash)) & (len(h.slots) - 1); behind >= (j-i)&(len(h.slots)-1) {
			h.slots[i] = h.slots[j]
			i = j
		}
	}
	h.slots[i] = hashSlot{}
}
