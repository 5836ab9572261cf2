package tui

import (
	"strconv"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

// auditLine is an entry with the text the filter looks at.
type auditLine struct {
	row  register.AuditRow
	text string
}

// auditLines shows entries in the table of the trail.
type auditLines []auditLine

func searchable(rows []register.AuditRow) auditLines {
	lines := make(auditLines, len(rows))
	for i, r := range rows {
		lines[i].row = r
		lines[i].text = strings.ToLower(strings.Join(auditCells(r), " "))
	}
	return lines
}

func (l auditLines) Len() int           { return len(l) }
func (l auditLines) ID(i int) string    { return strconv.FormatUint(l[i].row.Seq, 10) }
func (l auditLines) Row(i int) []string { return auditCells(l[i].row) }

// Tone marks what one person did alone where two should.
func (l auditLines) Tone(row, _ int) theme.Tone {
	if l[row].row.Unchecked {
		return theme.Soon
	}
	return theme.Plain
}

func auditCells(r register.AuditRow) []string {
	about := make([]string, len(r.Subjects))
	for i, id := range r.Subjects {
		about[i] = string(id)
	}
	note := r.Note
	if r.Unchecked {
		note = strings.TrimSpace("NOT SECOND-CHECKED " + note)
	}
	return []string{
		strconv.FormatUint(r.Seq, 10), when(r.At), r.Operator, string(r.Verb),
		strings.Join(about, " "), note, r.Door,
	}
}
