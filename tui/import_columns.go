package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/tui/theme"
	"custos/tui/widget"
)

// columns shows, over a plan, which column of the file is which field, and changes it.
type columns struct {
	kit     *kit
	file    *incomingFile
	table   *widget.Table
	changed bool
}

func newColumns(k *kit, f *incomingFile) *columns {
	c := &columns{kit: k, file: f, table: widget.NewTable(k.theme,
		widget.Column{Title: "Column of the file", Min: 18, Weight: 1},
		widget.Column{Title: "First row", Min: 12, Weight: 1, Priority: 2},
		widget.Column{Title: "Is read as", Min: 18, Weight: 1},
		widget.Column{Title: "Sure", Min: 6, Priority: 1},
	)}
	c.table.SetRows(newColumnRows(f))
	return c
}

// columnSetMsg is the field chosen for a column; empty for none.
type columnSetMsg struct{ column, field string }

func (c *columns) set(msg columnSetMsg) {
	c.file.assign(msg.column, msg.field)
	c.changed = true
	c.table.SetRows(newColumnRows(c.file))
}

// choose opens the fields for the selected column.
func (c *columns) choose() tea.Cmd {
	column := c.table.SelectedID()
	if column == "" {
		return nil
	}
	current, _ := c.file.mapping.Field(column)
	offered := []widget.Option{{Value: "", Label: "(left out)"}}
	for _, t := range c.file.targets {
		label := t.Label
		if taken, ok := c.file.mapping.Column(t.Field); ok && taken != column {
			label += " (now the column " + taken + ")"
		}
		offered = append(offered, widget.Option{Value: t.Field, Label: label})
	}
	picker := widget.NewPicker(c.kit.theme, "What is in the column "+column+"?", offered, current)
	return choose(picker, func(o widget.Option) tea.Cmd { return send(columnSetMsg{column, o.Value}) })
}

func (c *columns) view(width, height int) []string {
	th := c.kit.theme
	head := th.Muted.Render(th.Cut("Enter says what a column is; Esc goes back and compares again.", width))
	c.table.SetSize(width, max(1, height-1))
	return append([]string{head}, splitLines(c.table.View())...)
}

// columnRows shows the columns of a file.
type columnRows struct {
	file  *incomingFile
	names []string
	first *table.Row
}

func newColumnRows(f *incomingFile) columnRows {
	r := columnRows{file: f, names: f.table.ColumnNames()}
	for row := range f.table.Rows() {
		r.first = &row
		break
	}
	return r
}

func (r columnRows) Len() int        { return len(r.names) }
func (r columnRows) ID(i int) string { return r.names[i] }

func (r columnRows) Row(i int) []string {
	cells := []string{r.names[i], "", "(left out)", ""}
	if r.first != nil {
		cells[1] = r.first.Text(i)
	}
	if p, ok := r.pair(i); ok {
		cells[2], cells[3] = r.label(p.Field), fmt.Sprintf("%.0f%%", 100*p.Confidence)
	}
	return cells
}

// Tone tells the columns that are left out, or guessed with some doubt.
func (r columnRows) Tone(row, column int) theme.Tone {
	p, ok := r.pair(row)
	switch {
	case column < 2:
		return theme.Plain
	case !ok:
		return theme.Muted
	case p.Confidence < 0.9:
		return theme.Soon
	}
	return theme.Plain
}

func (r columnRows) pair(i int) (mapping.Pair, bool) {
	for _, p := range r.file.mapping.Pairs {
		if p.Column == r.names[i] {
			return p, true
		}
	}
	return mapping.Pair{}, false
}

func (r columnRows) label(field string) string {
	for _, t := range r.file.targets {
		if t.Field == field {
			return t.Label
		}
	}
	return field
}
