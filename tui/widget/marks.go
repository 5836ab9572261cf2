package widget

import "slices"

// marks holds the marked rows by ID, and the stretch that shift and an arrow are drawing.
type marks struct {
	ids     map[string]bool
	before  map[string]bool // rows of the stretch that were marked before it began
	anchor  int
	drawing bool
}

func (m *marks) clear() {
	m.ids = make(map[string]bool)
	m.settle()
}

func (m *marks) has(id string) bool { return m.ids[id] }

// settle ends a stretch: its marks stay.
func (m *marks) settle() { m.drawing, m.before = false, nil }

func (m *marks) keep(rows Rows) {
	m.settle()
	if rows == nil {
		m.clear()
	}
	if len(m.ids) == 0 {
		return
	}
	kept := make(map[string]bool, len(m.ids))
	for i := range rows.Len() {
		if id := rows.ID(i); m.ids[id] {
			kept[id] = true
		}
	}
	m.ids = kept
}

func (m *marks) toggle(id string) {
	if m.ids[id] {
		delete(m.ids, id)
		return
	}
	m.ids[id] = true
}

// MarkCount is the number of marked rows.
func (t *Table) MarkCount() int { return len(t.marks.ids) }

// MarkedIDs lists the IDs of the marked rows in alphabetical order.
func (t *Table) MarkedIDs() []string {
	ids := make([]string, 0, len(t.marks.ids))
	for id := range t.marks.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// MarkedInOrder lists the IDs of the marked rows in the order of the rows.
func (t *Table) MarkedInOrder() []string {
	ids := make([]string, 0, t.MarkCount())
	for i := 0; i < t.Len() && len(ids) < t.MarkCount(); i++ {
		if id := t.rows.ID(i); t.marks.has(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// IDs lists the IDs of the rows in their order, at most so many.
func (t *Table) IDs(most int) []string {
	ids := make([]string, min(t.Len(), most))
	for i := range ids {
		ids[i] = t.rows.ID(i)
	}
	return ids
}

// ClearMarks unmarks every row.
func (t *Table) ClearMarks() {
	t.marks.clear()
	t.layout()
}

func (t *Table) mark(a Action) bool {
	switch a {
	case MarkOne:
		t.markOne()
	case MarkUp:
		t.extend(-1)
	case MarkDown:
		t.extend(1)
	case MarkAll:
		t.markAll()
	default:
		return false
	}
	t.layout()
	return true
}

// markOne toggles the selected row and goes on to the next.
func (t *Table) markOne() {
	if t.Len() == 0 {
		return
	}
	t.marks.toggle(t.SelectedID())
	t.move(t.cursor + 1)
}

func (t *Table) markAll() {
	all := t.MarkCount() == t.Len()
	t.marks.clear()
	if all {
		return
	}
	for i := range t.Len() {
		t.marks.ids[t.rows.ID(i)] = true
	}
}

// extend draws the stretch one row further. Going back over it restores what was marked before.
func (t *Table) extend(step int) {
	if t.Len() == 0 {
		return
	}
	m := &t.marks
	if !m.drawing {
		m.drawing, m.anchor, m.before = true, t.cursor, make(map[string]bool)
		t.draw(t.cursor)
	}
	to := clamp(t.cursor+step, 0, t.Len()-1)
	switch {
	case to == t.cursor:
	case (to-m.anchor)*step > 0:
		t.draw(to)
	case !m.before[t.SelectedID()]:
		delete(m.ids, t.SelectedID())
	}
	t.SetCursor(to)
}

func (t *Table) draw(i int) {
	id := t.rows.ID(i)
	if t.marks.ids[id] {
		t.marks.before[id] = true
	}
	t.marks.ids[id] = true
}
