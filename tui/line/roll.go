package line

import "hash/maphash"

// shift is a block of lines that has moved: the lines from top to bottom of the screen, by so many lines upwards, or
// downwards where it is negative.
type shift struct{ top, bottom, by, gain int }

// worth is how many cells a shift has to save, since it takes a few bytes itself.
const worth = 24

// roll moves a block of lines on the screen where the new one has it elsewhere, and does the same to old.
func (w *writer) roll(old, now *frame) {
	s := moved(old, now)
	if s.gain < worth {
		return
	}
	w.in(style{})
	w.put("\x1b[")
	w.number(s.top + 1)
	w.put(";")
	w.number(s.bottom + 1)
	w.put("r")
	w.x = -1
	if s.by > 0 {
		w.to(s.bottom, 0)
		for range s.by {
			w.put("\n")
		}
	} else {
		w.to(s.top, 0)
		for range -s.by {
			w.put(reverseFeed)
		}
	}
	w.put(noMargins)
	w.x = -1
	old.shift(s)
}

// shift moves a block of lines; those it uncovers are empty.
func (f *frame) shift(s shift) {
	block := f.lines[s.top : s.bottom+1]
	n := max(s.by, -s.by)
	gone := make([][]cell, n)
	if s.by > 0 {
		copy(gone, block)
		copy(block, block[n:])
		copy(block[len(block)-n:], gone)
	} else {
		copy(gone, block[len(block)-n:])
		copy(block[n:], block)
		copy(block, gone)
	}
	for _, line := range gone {
		for x := range line {
			line[x] = space
		}
	}
}

// moved finds the shift that saves the most.
func moved(old, now *frame) shift {
	var best shift
	h := newHunt(old, now)
	if len(h.changed) < 3 {
		return best
	}
	for by := 1; by < now.height; by++ {
		for _, n := range []int{by, -by} {
			if h.hints[n] == 0 && by > 1 {
				continue
			}
			if s := h.block(n); s.gain > best.gain {
				best = s
			}
		}
	}
	return best
}

// hunt compares the lines of two screens.
type hunt struct {
	old, now *frame
	changed  []int
	cost     []int       // of a line of now where nothing is moved
	fresh    []int       // of a line of now that was uncovered
	hints    map[int]int // how many changed lines stood so far below before
}

func newHunt(old, now *frame) *hunt {
	h := &hunt{
		old: old, now: now, cost: make([]int, now.height), fresh: make([]int, now.height), hints: map[int]int{},
	}
	seed, stood := maphash.MakeSeed(), map[uint64]int{}
	for y, line := range now.lines {
		h.cost[y], h.fresh[y] = differ(old.lines[y], line), filled(line)
		if h.cost[y] > 0 {
			h.changed = append(h.changed, y)
		}
	}
	if len(h.changed) < 3 {
		return h
	}
	for y := range old.lines {
		stood[sum(seed, old.lines[y])] = y
	}
	for _, y := range h.changed {
		if was, ok := stood[sum(seed, now.lines[y])]; ok && h.fresh[y] > 0 {
			h.hints[was-y]++
		}
	}
	return h
}

// block is the run of lines that gains the most where they have moved up by n.
func (h *hunt) block(n int) shift {
	height := h.now.height
	from, to := max(0, -n), min(height, height-n) // of the lines that would be there
	best, run := shift{}, shift{by: n}
	start := from
	for y := from; y < to; y++ {
		if run.gain <= 0 {
			start, run.gain = y, 0
		}
		run.gain += h.cost[y] - differ(h.old.lines[y+n], h.now.lines[y])
		if total := run.gain + h.uncovered(start, y, n); total > best.gain {
			best = shift{top: min(start, start+n), bottom: max(y, y+n), by: n, gain: total}
		}
	}
	return best
}

// uncovered is what is gained, mostly less than nothing, at the lines a shift leaves empty.
func (h *hunt) uncovered(start, end, n int) int {
	from, to := end+1, end+n
	if n < 0 {
		from, to = start+n, start-1
	}
	gain := 0
	for y := from; y <= to; y++ {
		gain += h.cost[y] - h.fresh[y]
	}
	return gain
}

// differ counts the cells in which two lines differ.
func differ(a, b []cell) int {
	n := 0
	for x := range a {
		if a[x] != b[x] {
			n++
		}
	}
	return n
}

func sum(seed maphash.Seed, line []cell) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for x := range line {
		c := &line[x]
		_, _ = h.WriteString(c.text) // never fails
		_ = h.WriteByte(byte(c.style.marks))
		_ = h.WriteByte(byte(c.style.marks >> 8))
		_ = h.WriteByte(byte(c.style.front))
	}
	return h.Sum64()
}
