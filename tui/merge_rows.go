package tui

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

// named is a person told apart from another of the same name.
func named(p *register.PersonPage) string {
	return p.Delegate.Name + " (" + string(p.Delegate.ID) + ")"
}

// mergeRow is one thing that becomes otherwise by joining two records.
type mergeRow struct {
	what, which, becomes string
	field                string // of which both say something, so that one is chosen; else empty
}

// What a row is about.
const (
	mergeLost     = "LOST"
	mergeTaken    = "TAKEN"
	mergeFilled   = "filled in"
	mergeQuestion = "answer"
	mergeNo       = "suppressed"
	mergeMoved    = "goes over"
)

// list makes the rows, what is lost first.
func (m *merging) list() mergeRows {
	var rows mergeRows
	for _, field := range m.means.Differ {
		stays, lost := m.said(&m.into, field), m.said(&m.from, field)
		rows = append(rows, mergeRow{mergeLost, m.label(field), stays + " stays; " + lost + " is lost", field})
	}
	for _, field := range m.means.Filled {
		row := mergeRow{mergeFilled, m.label(field), m.said(&m.from, field), ""}
		if slices.Contains(m.in.Take, field) {
			row.what, row.field = mergeTaken, field
			row.becomes += " takes the place of " + m.said(&m.into, field)
		}
		rows = append(rows, row)
	}
	profile := m.kit.desk.Settings().Profile
	for _, q := range m.means.Questions {
		name := keyName(&profile, register.ConsentKey{Purpose: q.Purpose, Channel: q.Channel, Brand: q.Brand})
		becomes := strings.ToUpper(consentAct(q.Becomes)) + " from now on; " + consentAct(q.Into) + " in the record that stays, " +
			consentAct(q.From) + " in the other"
		rows = append(rows, mergeRow{mergeQuestion, name, becomes, ""})
	}
	if n := m.means.Suppressed; n > 0 {
		rows = append(rows, mergeRow{mergeNo, counted(n, "suppression", "suppressions"), "covers the address that stays too", ""})
	}
	for _, name := range slices.Sorted(maps.Keys(m.means.Moved)) {
		rows = append(rows, mergeRow{mergeMoved, name, counted(m.means.Moved[name], "entry", "entries"), ""})
	}
	return rows
}

// label is a field in the words of the profile.
func (m *merging) label(id string) string {
	profile := m.kit.desk.Settings().Profile
	kind, _ := profile.Kind(m.into.Delegate.Kind)
	for _, f := range kind.Fields {
		if f.ID == id {
			return f.Title
		}
	}
	return strings.ReplaceAll(id, "_", " ")
}

// said is what a record says in a field, as far as the operator may see it.
func (m *merging) said(p *register.PersonPage, field string) string {
	if v := p.Delegate.Value(field); v != "" {
		return `"` + v + `"`
	}
	return "what you may not see"
}

// mergeRows shows them in a table.
type mergeRows []mergeRow

func (r mergeRows) Len() int           { return len(r) }
func (r mergeRows) Row(i int) []string { return []string{r[i].what, r[i].which, r[i].becomes} }

// ID is the field, so that the cursor stays with it when the other value is taken.
func (r mergeRows) ID(i int) string { return cmp.Or(r[i].field, r[i].what+"|"+r[i].which) }

// Tone marks what is lost.
func (r mergeRows) Tone(row, column int) theme.Tone {
	if column == 0 && r[row].field != "" {
		return theme.Late
	}
	return theme.Plain
}
