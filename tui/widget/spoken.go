package widget

import (
	"fmt"
	"strconv"
	"strings"
)

// SpokenRows is how many rows a table says at a time.
const SpokenRows = 20

// Said is row i in words: each value that is there, with the title of its column before it.
func (t *Table) Said(i int) string {
	if i < 0 || i >= t.Len() {
		return ""
	}
	if title := t.title(i); title != "" {
		return title
	}
	var parts []string
	for c, cell := range t.rows.Row(i) {
		value := strings.TrimSpace(t.theme.Clean(cell))
		if value == "" || c >= len(t.columns) {
			continue
		}
		if title := strings.TrimSpace(t.theme.Clean(t.columns[c].Title)); title != "" {
			value = title + ": " + value
		}
		parts = append(parts, value)
	}
	return strings.Join(parts, "; ")
}

// title is what a row is headed, empty where it is no heading.
func (t *Table) title(i int) string {
	if h, ok := t.rows.(Headed); ok && i >= 0 && i < t.Len() {
		return t.theme.Clean(h.Heading(i))
	}
	return ""
}

// Spot says which row is selected: "Row 3 of 40, marked: " and the row in words.
func (t *Table) Spot() string {
	if t.Len() == 0 {
		return t.theme.Clean(t.Empty)
	}
	return fmt.Sprintf("Row %d of %s%s. %s", t.cursor+1, Count(t.Len()), t.markWord(t.cursor), t.Said(t.cursor))
}

func (t *Table) markWord(i int) string {
	if t.Markable && t.marks.has(t.rows.ID(i)) {
		return ", marked"
	}
	return ""
}

// More goes on to the next rows that are said, and reports whether there are any.
func (t *Table) More() bool {
	next := t.first + SpokenRows
	if next >= t.Len() {
		return false
	}
	t.move(next)
	return true
}

// spoken is what View gives a voice: the rows around the cursor with their numbers, one a line.
func (t *Table) spoken() string {
	if t.Len() == 0 {
		return t.theme.Clean(t.Empty)
	}
	last := min(t.first+SpokenRows, t.Len())
	head := fmt.Sprintf("%s, row %d is selected", rowCount(t.Len()), t.cursor+1)
	if n := t.MarkCount(); n > 0 {
		head += fmt.Sprintf(", %s marked", Count(n))
	}
	if t.sortBy >= 0 && t.sortBy < len(t.columns) {
		head += ", sorted by " + t.theme.Clean(t.columns[t.sortBy].Title)
	}
	lines := []string{head + "."}
	for i := t.first; i < last; i++ {
		if title := t.title(i); title != "" {
			lines = append(lines, strconv.Itoa(i+1)+". "+title+":")
			continue
		}
		lines = append(lines, strconv.Itoa(i+1)+t.markWord(i)+". "+t.Said(i))
	}
	if last < t.Len() {
		lines = append(lines, fmt.Sprintf("These were rows %d to %d of %s; more goes on.", t.first+1, last, Count(t.Len())))
	}
	return strings.Join(lines, "\n")
}

func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return Count(n) + " rows"
}

// Counts reports whether a line is the one that says how many rows there are.
func (t *Table) Counts(line string) bool { return strings.HasPrefix(line, rowCount(t.Len())+", row ") }

// Select selects item i, counted from 0, or the nearest there is.
func (l *Items) Select(i int) { l.move(i) }

// Said is item i on one line.
func (l *Items) Said(i int) string {
	if i < 0 || i >= len(l.items) {
		return ""
	}
	var words []string
	for _, line := range l.items[i].Lines {
		words = append(words, strings.Fields(line)...)
	}
	return strings.Join(words, " ")
}

func (l *Items) spoken() string {
	if len(l.items) == 0 {
		return l.Empty
	}
	lines := []string{fmt.Sprintf("%s, number %d is selected.", itemCount(len(l.items)), l.cursor+1)}
	for i := range l.items {
		lines = append(lines, strconv.Itoa(i+1)+". "+l.Said(i))
	}
	return strings.Join(lines, "\n")
}

func itemCount(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return Count(n) + " entries"
}

// spokenBars gives a chart in words: every label with its value.
func spokenBars(clean func(string) string, bars []Bar) string {
	parts := make([]string, len(bars))
	for i, b := range bars {
		parts[i] = clean(b.Label) + ": " + Count(b.Value)
	}
	return strings.Join(parts, "; ")
}

// spoken gives a voice how far the work has come.
func (p Progress) spoken(clean func(string) string) string {
	text := clean(p.Label)
	if p.Total > 0 {
		text += ": " + Count(p.Done) + " of " + Count(p.Total)
	} else if p.Done > 0 {
		text += ": " + Count(p.Done) + " so far"
	}
	if left, ok := p.Left(); ok {
		text += ", about " + roughly(left) + " left"
	}
	switch {
	case p.Kept:
		return text + "."
	case p.Stopping:
		return text + ". Stopping."
	}
	return text + ". Enter stops it."
}

// Asks is the question as it was put.
func (c *Confirm) Asks() Question { return c.ask }

// Offers are all the options, and the one that is selected at first.
func (p *Picker) Offers() (all []Option, selected int) {
	if len(p.hits) == 0 {
		return p.options, -1
	}
	return p.options, p.hits[p.list.cursor]
}

// Asks is what the prompt asks.
func (p *Prompt) Asks() string {
	return strings.TrimSuffix(p.line.input.Prompt, ": ")
}

// Set replaces what is typed.
func (p *Prompt) Set(value string) { p.line.set(value) }

// Set replaces the filter, as if it had been typed and left.
func (f *Filter) Set(value string) {
	f.line.set(value)
	f.typing = false
}

// spoken is the text with the number of every line.
func (e *Editor) spoken() string {
	var lines []string
	for i, l := range splitLines(e.Value()) {
		lines = append(lines, strconv.Itoa(i+1)+". "+e.theme.Clean(l))
	}
	return strings.Join(lines, "\n")
}

// Ranked are the actions that stand in the footer where the person is, the most useful first.
func (k *Keys) Ranked(at Where) []Entry {
	var all []Entry
	for _, b := range k.ranked(at) {
		all = append(all, b.entry(b.Keys))
	}
	return all
}

// Values are all the cells of all the rows, cleaned.
func (t *Table) Values() []string {
	var all []string
	for i := range t.Len() {
		for _, cell := range t.rows.Row(i) {
			if cell = strings.TrimSpace(t.theme.Clean(cell)); cell != "" {
				all = append(all, cell)
			}
		}
	}
	return all
}

// Titles are those of the columns.
func (t *Table) Titles() string {
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = c.Title
	}
	return strings.Join(titles, " ")
}
