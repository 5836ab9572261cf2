package store

// shelf keeps packed bytes for rows: those of neighbouring rows side by side, so that a million rows cost no million
// allocations. What a row no longer uses is overwritten at once.
type shelf struct {
	stretches []stretch
	packs     []pack
}

// stretch is where in its pack the bytes of a row lie.
type stretch struct{ at, size uint32 }

// pack holds the bytes of packRows neighbouring rows.
type pack struct {
	data []byte
	dead int // bytes no row uses any more, zeroed
}

const packRows = 1024

// get returns what is kept for a row, none for a row never set. It holds until the next set.
func (s *shelf) get(row uint32) []byte {
	if int(row) >= len(s.stretches) {
		return nil
	}
	at := s.stretches[row]
	return s.packs[row/packRows].data[at.at : at.at+at.size]
}

// set replaces what is kept for a row, and overwrites what was.
func (s *shelf) set(row uint32, packed []byte) {
	s.reach(row)
	n := int(row / packRows)
	old := s.get(row)
	clear(old)
	k := &s.packs[n]
	k.dead += len(old)
	s.stretches[row].size = 0
	if len(k.data)+len(packed) > cap(k.data) {
		s.repack(n, len(packed))
	}
	s.stretches[row] = stretch{uint32(len(k.data)), uint32(len(packed))}
	k.data = append(k.data, packed...)
}

// reach makes room for a row.
func (s *shelf) reach(row uint32) {
	for len(s.stretches) <= int(row) {
		s.stretches = append(s.stretches, stretch{})
	}
	for len(s.packs) <= int(row/packRows) {
		s.packs = append(s.packs, pack{})
	}
}

// repack moves a pack to memory with room for more, without the bytes that are dead.
func (s *shelf) repack(n, more int) {
	k := &s.packs[n]
	used := len(k.data) - k.dead + more
	data := make([]byte, 0, used+used/8)
	first := n * packRows
	for row := first; row < min(first+packRows, len(s.stretches)); row++ {
		at := &s.stretches[row]
		from := uint32(len(data))
		data = append(data, k.data[at.at:at.at+at.size]...)
		at.at = from
	}
	clear(k.data)
	k.data, k.dead = data, 0
}

// fill gives neighbouring rows, those of one pack from its first on, their bytes in one go. The pack must be empty.
func (s *shelf) fill(first int, data []byte, ends []int) {
	s.reach(uint32(first + len(ends) - 1))
	from := 0
	for i, end := range ends {
		s.stretches[first+i] = stretch{uint32(from), uint32(end - from)}
		from = end
	}
	s.packs[first/packRows] = pack{data: data}
}
