package tui

import (
	"cmp"
	"strconv"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// contactParts are the fates that are looked at in turn, then everything; "" stands for every row.
func contactParts() []register.Fate {
	return []register.Fate{
		"", register.FateRefused, register.FateNew, register.FateChanged, register.FateSame, register.FateDuplicate,
	}
}

func (c *contactsPlan) show() {
	c.table.Empty = "No row is like that."
	if c.plan == nil {
		c.table.Empty = ""
		c.table.SetRows(contactRows{})
		return
	}
	part, words := contactParts()[c.part], c.words()
	c.rows = contactRows{plan: c.plan}
	for i := range c.plan.Rows {
		row := &c.plan.Rows[i]
		if (part == "" || row.Fate == part) && (len(words) == 0 || holds(strings.ToLower(strings.Join(contactCells(row), " ")), words)) {
			c.rows.lines = append(c.rows.lines, i)
		}
	}
	c.table.SetRows(c.rows)
}

// showing says which rows are listed.
func (c *contactsPlan) showing() string {
	rows := count(len(c.rows.lines), "row")
	if part := contactParts()[c.part]; part != "" {
		return rows + " that " + fateWords(part)
	}
	return rows
}

// reason is what becomes of the selected row and why, which a column may have cut.
func (c *contactsPlan) reason() string {
	if c.table.Cursor() >= len(c.rows.lines) {
		return ""
	}
	cells := c.rows.Row(c.table.Cursor())
	return "Line " + cells[0] + ", " + cells[1] + ": " + cells[3]
}

// contactRows shows rows of a plan in a table.
type contactRows struct {
	plan  *register.ContactPlan
	lines []int
}

func (r contactRows) Len() int           { return len(r.lines) }
func (r contactRows) ID(i int) string    { return strconv.Itoa(r.lines[i]) }
func (r contactRows) Row(i int) []string { return contactCells(&r.plan.Rows[r.lines[i]]) }

// Tone is what a fate means.
func (r contactRows) Tone(row, column int) theme.Tone {
	if column != 1 {
		return theme.Plain
	}
	switch r.plan.Rows[r.lines[row]].Fate {
	case register.FateRefused:
		return theme.Bad
	case register.FateNew:
		return theme.Good
	case register.FateChanged:
		return theme.Soon
	case register.FateSame, register.FateDuplicate:
		return theme.Muted
	}
	return theme.Plain
}

func contactCells(r *register.PlannedContact) []string {
	why := r.Why
	if r.Refused != nil {
		why = r.Refused.Reason
		if r.Refused.Field != "" {
			why = r.Refused.Field + ": " + why
		}
	}
	return []string{strconv.Itoa(r.Line), string(r.Fate), cmp.Or(r.Name, r.Email, r.Phone), why}
}

var _ widget.Toned = contactRows{}
