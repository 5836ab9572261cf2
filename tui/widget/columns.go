package widget

import "slices"

// Column describes one column of a Table.
type Column struct {
	Title    string
	Min      int  // columns it needs to be of use
	Weight   int  // share of what is left over; 0 stays at Min
	Priority int  // 0 is kept longest; higher numbers are dropped first when the table is narrow
	Right    bool // aligned right, for numbers
}

// placed is a column that is shown.
type placed struct{ index, width int }

const (
	gap       = "  "
	columnGap = len(gap)
)

// Hide leaves columns out by their titles, whatever room there is; the first column always stays.
func (t *Table) Hide(titles ...string) {
	t.hidden = make(map[string]bool, len(titles))
	for _, title := range titles {
		t.hidden[title] = true
	}
	t.layout()
}

// Hidden reports whether a column is left out by its title.
func (t *Table) Hidden(title string) bool { return t.hidden[title] }

// Columns are the columns of the table, those left out too.
func (t *Table) Columns() []Column { return slices.Clone(t.columns) }

// place decides which columns fit in width and how wide each is. Columns go by priority, from the right among equals;
// the last one left takes what there is.
func place(cols []Column, hidden map[string]bool, width int) []placed {
	shown := make([]placed, 0, len(cols))
	need := 0
	for i, c := range cols {
		if i > 0 && hidden[c.Title] {
			continue
		}
		shown = append(shown, placed{index: i, width: max(1, c.Min)})
		need += max(1, c.Min) + columnGap
	}
	need -= columnGap
	for len(shown) > 1 && need > width {
		drop := 0
		for i := range shown {
			if cols[shown[i].index].Priority >= cols[shown[drop].index].Priority {
				drop = i
			}
		}
		need -= shown[drop].width + columnGap
		shown = append(shown[:drop], shown[drop+1:]...)
	}
	spread(cols, shown, width-need)
	if len(shown) == 1 && shown[0].width > width {
		shown[0].width = max(0, width)
	}
	return shown
}

// spread shares spare columns by weight; what does not divide goes to the first weighted columns.
func spread(cols []Column, shown []placed, spare int) {
	total := 0
	for _, p := range shown {
		total += cols[p.index].Weight
	}
	if total == 0 || spare <= 0 {
		return
	}
	given := 0
	for i, p := range shown {
		share := spare * cols[p.index].Weight / total
		shown[i].width += share
		given += share
	}
	for i := 0; given < spare; i = (i + 1) % len(shown) {
		if cols[shown[i].index].Weight > 0 {
			shown[i].width++
			given++
		}
	}
}
