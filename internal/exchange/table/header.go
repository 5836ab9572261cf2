package table

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// lead is how many rows at the top of a file may be titles or instructions above the header.
const lead = 10

// setHeader finds the header among the first rows, names the columns and leaves t.rows at the first data row.
// Titles above it and one line of instructions below it are set aside with a notice.
func (t *Table) setHeader() {
	at := t.titles()
	for _, r := range t.rows[:at] {
		t.Notices = append(t.Notices, Notice{Line: int(r.line), Text: "this line stands above the header and was set aside"})
	}
	cells := t.cells(t.rows[at])
	if looksLikeData(cells) {
		t.number(at)
		return
	}
	t.HeaderLine = int(t.rows[at].line)
	t.name(cells)
	at++
	if at < len(t.rows) && t.explains(at) {
		t.Notices = append(t.Notices, Notice{Line: int(t.rows[at].line),
			Text: "this line explains the columns and was set aside; it is not a data row"})
		at++
	}
	t.rows = t.rows[at:]
}

// titles counts the rows above the header: rows with one filled cell, followed by a header of three columns or more
// (or of two, where the title is written as a comment with #).
func (t *Table) titles() int {
	for i, r := range t.rows[:min(lead, len(t.rows))] {
		cells := t.cells(r)
		if filled(cells) == 1 {
			continue
		}
		if i == 0 || looksLikeData(cells) {
			return 0
		}
		comment := strings.HasPrefix(strings.Join(t.cells(t.rows[0]), ""), "#")
		if filled(cells) >= 3 || comment {
			return i
		}
		return 0
	}
	return 0
}

func (t *Table) cells(r ref) []string {
	row := Row{table: t, ref: r}
	cells := make([]string, r.n)
	for i := range cells {
		cells[i] = row.Text(i)
	}
	return cells
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// number names the columns of a file without a header.
func (t *Table) number(at int) {
	t.rows = t.rows[at:]
	width := uint32(0)
	for _, r := range t.rows {
		width = max(width, r.n)
	}
	for i := range int(width) {
		t.Columns = append(t.Columns, Column{fmt.Sprintf("Column %d", i+1), i})
	}
	t.Notices = append(t.Notices, Notice{Line: int(t.rows[0].line),
		Text: "the first line looks like data, so the file is read as one without a header"})
}

// name makes distinct column names of a header line.
func (t *Table) name(cells []string) {
	taken := map[string]bool{}
	for _, c := range cells {
		taken[fold(c)] = true
	}
	seen := map[string]bool{}
	for i, cell := range cells {
		name := strings.Join(strings.Fields(cell), " ")
		switch {
		case name == "":
			name = distinct(fmt.Sprintf("Column %d", i+1), taken)
			t.told(name, fmt.Sprintf("column %d has no name in the header and is called %q", i+1, name))
		case seen[fold(name)]:
			name = distinct(name, taken)
			t.told(name, fmt.Sprintf("column %d repeats a name of the header and is called %q", i+1, name))
		}
		seen[fold(name)] = true
		t.Columns = append(t.Columns, Column{name, i})
	}
}

func (t *Table) told(field, text string) {
	t.Notices = append(t.Notices, Notice{Line: t.HeaderLine, Field: field, Text: text})
}

// distinct gives the name itself if it is free, else the name with the first free number from (2) on.
func distinct(name string, taken map[string]bool) string {
	free := name
	for n := 2; taken[fold(free)]; n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	taken[fold(free)] = true
	return free
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

var (
	emailShape    = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	phoneShape    = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{8,}$`)
	postcodeShape = regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$`)
	numberShape   = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)*$`)
)

// looksLikeData says of a first line that it cannot be a header: one cell is an address, a number to ring, a postcode or a
// date, or at least half of the filled cells are numbers.
func looksLikeData(cells []string) bool {
	numbers := 0
	for _, c := range cells {
		if isValue(c) {
			return true
		}
		if numberShape.MatchString(c) {
			numbers++
		}
	}
	return numbers > 0 && 2*numbers >= filled(cells)
}

func isValue(c string) bool {
	if emailShape.MatchString(c) || phoneShape.MatchString(c) || postcodeShape.MatchString(c) {
		return true
	}
	_, _, _, err := ParseDate(c)
	return err == nil
}

var (
	markShape = regexp.MustCompile(`(?i)^(required|optional|mandatory|conditional|voluntary|free text)\b|` +
		`\bdo not (edit|delete|change)\b|\bdd[/-]mm[/-]yyyy\b|\byyyy-mm-dd\b|` +
		`\bmust be (entered|in|one)\b|\bleave (this )?(blank|empty)\b`)
	bareShape = regexp.MustCompile(`(?i)^(required|optional|mandatory|conditional|voluntary)[.*]?$`)
)

// prose is the length from which a cell of a second line counts as a sentence about its column.
const prose = 40

// explains says that row at, the one below the header, describes the columns: at least two cells and half of the filled
// ones are instructions, one of them by its wording, no cell is a value, and the row below it is not of the same kind. A
// lone word such as "required" is an answer as well as an instruction, so it counts only where every cell is one.
func (t *Table) explains(at int) bool {
	if !explaining(t.cells(t.rows[at])) {
		return false
	}
	return at+1 >= len(t.rows) || !explaining(t.cells(t.rows[at+1]))
}

func explaining(cells []string) bool {
	marked, bare, long := 0, 0, 0
	for _, c := range cells {
		switch {
		case isValue(c):
			return false
		case bareShape.MatchString(c):
			bare++
		case markShape.MatchString(c):
			marked++
		case utf8.RuneCountInString(c) >= prose && strings.Contains(c, " "):
			long++
		}
	}
	all := filled(cells)
	if marked == 0 {
		return bare >= 2 && bare == all
	}
	told := marked + long + bare
	return told >= 2 && 2*told >= all
}
