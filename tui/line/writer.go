package line

import "strconv"

// writer makes the bytes that change a screen. It knows where the cursor is and which style is set.
type writer struct {
	bytes []byte
	x, y  int // of the cursor; x is -1 where it is not known
	style style
}

// home begins a change: nothing is assumed of the cursor.
func (w *writer) home() { w.bytes, w.x, w.y, w.style = w.bytes[:0], -1, -1, style{} }

func (w *writer) put(s string) { w.bytes = append(w.bytes, s...) }

func (w *writer) number(n int) { w.bytes = strconv.AppendInt(w.bytes, int64(n), 10) }

func (w *writer) in(s style) {
	w.put(s.sequence(w.style))
	w.style = s
}

// to moves the cursor, along its line and to the next in fewer bytes.
func (w *writer) to(y, x int) {
	if w.x >= 0 && w.y+1 == y {
		w.put("\r\n") // no line is the last of the screen that has one below it, so that nothing scrolls
		w.x, w.y = 0, y
	}
	switch {
	case w.x == x && w.y == y:
		return
	case w.x >= 0 && w.y == y && x > w.x:
		w.put("\x1b[")
		if x > w.x+1 {
			w.number(x - w.x)
		}
		w.put("C")
	default:
		w.put("\x1b[")
		w.number(y + 1)
		if x > 0 {
			w.put(";")
			w.number(x + 1)
		}
		w.put("H")
	}
	w.x, w.y = x, y
}

// erase empties a line from a column on.
func (w *writer) erase(y, x int) {
	w.to(y, x)
	w.in(style{})
	w.put(eraseRest)
}

// cells writes part of a line. Before and after a character terminals disagree about, the cursor is put where it belongs:
// neither its width nor what it may join with moves anything else.
func (w *writer) cells(y, from, to int, line []cell) {
	for x := from; x < to; x++ {
		c := &line[x]
		if c.width == 0 {
			continue
		}
		if !c.sure {
			w.x = -1
		}
		w.to(y, x)
		w.in(c.style)
		w.put(c.text)
		if w.x += int(c.width); !c.sure || w.x >= len(line) {
			w.x = -1
		}
	}
}

// line turns one line into another.
func (w *writer) line(y int, old, now []cell) {
	start, steady := 0, true
	for start < len(now) && old[start] == now[start] {
		start++
	}
	if start == len(now) {
		return
	}
	for x := range now {
		steady = steady && old[x].sure && now[x].sure
	}
	if !steady {
		w.afresh(y, edge(old, now, start), now)
		return
	}
	w.patch(y, start, old, now)
}

// afresh empties a line from a column on before it writes it, and what is left of it afterwards: where a terminal takes
// a character for narrower or wider than it is, nothing stays between or behind.
func (w *writer) afresh(y, start int, now []cell) {
	end := filled(now)
	w.erase(y, start)
	w.cells(y, start, end, now)
	if end > start && end < len(now) {
		w.erase(y, end)
	}
}

// near is how many unchanged cells are written rather than stepped over.
const near = 4

// patch rewrites the parts of a line that differ.
func (w *writer) patch(y, start int, old, now []cell) {
	end := filled(now)
	for x := start; x < end; {
		if old[x] == now[x] {
			x++
			continue
		}
		from, to := edge(old, now, x), x+1
		for same := 0; x < end && same <= near; x++ {
			if same++; old[x] != now[x] {
				same, to = 0, x+1
			}
		}
		for to < end && (old[to].width == 0 || now[to].width == 0) {
			to++
		}
		w.cells(y, from, to, now)
		x = max(x, to)
	}
	if filled(old) > end {
		w.erase(y, end)
	}
}

// edge is where the character begins that stands in a column, on both lines.
func edge(old, now []cell, x int) int {
	for x > 0 && (old[x].width == 0 || now[x].width == 0) {
		x--
	}
	return x
}

// filled is how many columns of a line show something, counted from its beginning.
func filled(line []cell) int {
	n := len(line)
	for n > 0 && line[n-1].empty() {
		n--
	}
	return n
}

// change turns one screen into another of the same size, or paints it whole where that takes less.
func (w *writer) change(old, now *frame) {
	w.home()
	w.roll(old, now)
	for y := range now.lines {
		w.line(y, old.lines[y], now.lines[y])
	}
	w.in(style{})
	if n := len(w.bytes); n > now.width {
		changed := append([]byte(nil), w.bytes...)
		if w.paint(now); len(w.bytes) >= n {
			w.bytes = changed
		}
	}
}

// paint shows a screen on an empty one.
func (w *writer) paint(now *frame) {
	w.home()
	w.put(plain + eraseAll)
	w.x, w.y = 0, 0
	blank := make([]cell, now.width)
	for x := range blank {
		blank[x] = space
	}
	for y := range now.lines {
		w.line(y, blank, now.lines[y])
	}
	w.in(style{})
}
