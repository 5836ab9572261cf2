package widget

// skip selects row to, or the one beyond it where that is a heading.
func (t *Table) skip(to int) {
	to = clamp(to, 0, max(0, t.Len()-1))
	step := 1
	if to < t.cursor {
		step = -1
	}
	at := t.beyond(to, step)
	if at < 0 {
		at = max(0, t.beyond(to, -step))
	}
	t.SetCursor(at)
}

// beyond is the first row from a row on, in steps, that is no heading; -1 for none.
func (t *Table) beyond(from, step int) int {
	for i := from; i >= 0 && i < t.Len(); i += step {
		if t.title(i) == "" {
			return i
		}
	}
	return -1
}
