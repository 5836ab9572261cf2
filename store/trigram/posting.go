package trigram

import (
	"encoding/binary"
	"slices"
)

// A trigram is three bytes, each reduced to one of 64 classes. Bytes sharing a class make false candidates, never
// missed rows: every candidate is checked against its text.
const (
	classBits = 6
	keyCount  = 1 << (3 * classBits)
	keyMask   = keyCount - 1
)

// A posting is the ascending list of the rows holding a trigram: gaps less one, in one byte below 128, else in two
// (14 bits, low seven first, high bit of the first set); or, where that would be no shorter, a bitset of denseSize bytes.
const denseSize = segRows / 8

var classes = classTable()

// classTable gives 0 to the end of a row alone, a class each to what names and addresses are made of, and shares the
// last sixteen among the rest.
func classTable() (t [256]uint32) {
	for b := range t {
		t[b] = 48 + uint32(b)&15
	}
	for i, b := range []byte("abcdefghijklmnopqrstuvwxyz0123456789 |@.-'_&,()") {
		t[b] = uint32(i) + 1
	}
	return t
}

// packer builds packed segments one after the other, reusing its working memory.
type packer struct {
	text  []byte
	ends  []uint32
	tally []tally
}

type tally struct {
	last uint16 // last row seen, plus one
	n    uint16
	size uint32 // bytes needed on the first pass; where to write next on the second
}

func (p *packer) reset() { p.text, p.ends = p.text[:0], p.ends[:0] }

// pack makes postings of the rows gathered in text and ends.
func (p *packer) pack() *packed {
	if p.tally == nil {
		p.tally = make([]tally, keyCount)
	}
	out := &packed{text: slices.Clone(p.text), ends: slices.Clone(p.ends)}
	p.measure()
	dense := p.layOut(out)
	p.write(out.data, dense)
	clear(p.tally)
	return out
}

func (p *packer) measure() {
	p.eachRow(func(row uint16, key uint32) {
		t := &p.tally[key]
		if t.last == row+1 {
			return
		}
		t.size++
		if row-t.last >= 128 {
			t.size++
		}
		t.n++
		t.last = row + 1
	})
}

// layOut gives each trigram present its place in data and returns the keys kept as bitsets.
func (p *packer) layOut(out *packed) map[uint32]bool {
	present := 0
	for key := range p.tally {
		if p.tally[key].n > 0 {
			present++
		}
	}
	out.keys = make([]uint32, 0, present)
	out.ns = make([]uint16, 0, present)
	out.offs = make([]uint32, 0, present+1)
	dense := map[uint32]bool{}
	off := uint32(0)
	for key := range p.tally {
		t := &p.tally[key]
		if t.n == 0 {
			continue
		}
		size := t.size
		if size >= denseSize {
			size = denseSize
			dense[uint32(key)] = true
		}
		out.keys = append(out.keys, uint32(key))
		out.ns = append(out.ns, t.n)
		out.offs = append(out.offs, off)
		t.last, t.size = 0, off
		off += size
	}
	out.offs = append(out.offs, off)
	out.data = make([]byte, off)
	return dense
}

func (p *packer) write(data []byte, dense map[uint32]bool) {
	const isDense = 1 << 15 // rows are below 1<<14, so this bit of n is free once n has been copied out
	for key := range p.tally {
		p.tally[key].n = 0
	}
	for key := range dense {
		p.tally[key].n = isDense
	}
	p.eachRow(func(row uint16, key uint32) {
		t := &p.tally[key]
		if t.n == isDense {
			data[t.size+uint32(row>>3)] |= 1 << (row & 7)
			return
		}
		if t.last == row+1 {
			return
		}
		gap := row - t.last
		t.last = row + 1
		if gap < 128 {
			data[t.size] = byte(gap)
			t.size++
			return
		}
		data[t.size], data[t.size+1] = byte(gap)|128, byte(gap>>7)
		t.size += 2
	})
}

// eachRow calls fn with every trigram of every row. A row ends in two bytes of class 0, so that each of its bytes
// starts a trigram, and a word of one or two letters is a range of keys.
func (p *packer) eachRow(fn func(row uint16, key uint32)) {
	from := uint32(0)
	for i, to := range p.ends {
		key := uint32(0)
		for j, b := range p.text[from:to] {
			key = (key<<classBits | classes[b]) & keyMask
			if j >= 2 {
				fn(uint16(i), key)
			}
		}
		if to > from+1 {
			fn(uint16(i), key<<classBits&keyMask)
		}
		if to > from {
			fn(uint16(i), key<<(2*classBits)&keyMask)
		}
		from = to
	}
}

// mark sets in b the rows of the k-th trigram.
func (p *packed) mark(k int, b *bitset) {
	list := p.data[p.offs[k]:p.offs[k+1]]
	if len(list) == denseSize {
		for w := range b {
			b[w] |= binary.LittleEndian.Uint64(list[w*8:])
		}
		return
	}
	row := -1
	for j := 0; j < len(list); j++ {
		gap := int(list[j])
		if gap >= 128 {
			j++
			gap = gap&127 | int(list[j])<<7
		}
		row += gap + 1
		b[row>>6&(segWords-1)] |= 1 << (row & 63)
	}
}

func (p *packed) dense(k int) bool { return p.offs[k+1]-p.offs[k] == denseSize }

// find is the place of a trigram in keys, or where it would be.
func (p *packed) find(key uint32) (int, bool) { return slices.BinarySearch(p.keys, key) }
