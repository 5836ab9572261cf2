package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
)

// What becomes of a line of the plan; also the parts "v" leads to.
const (
	erasureStops    = "CANNOT RUN"
	erasureGoes     = "removed"
	erasureMasked   = "MASKED"
	erasureStays    = "KEPT"
	erasureBarred   = "suppressed"
	erasureTold     = "to tell"
	erasureNamesake = "namesake"
	erasureNote     = "to know"
)

// erasureParts are the parts of the list, "" for all of it.
func erasureParts() []string {
	return []string{
		"", erasureGoes, erasureMasked, erasureStays, erasureBarred, erasureTold, erasureNamesake, erasureNote, erasureStops,
	}
}

// erasureRow is one thing the plan says.
type erasureRow struct {
	id, becomes, where, what, why string
	count                         int
	line                          *register.ErasureLine // nil: nothing can be chosen about it
}

// erasureRowsOf lists a plan: what stands in its way first.
func erasureRowsOf(p *register.ErasurePlan) erasureRows {
	var rows erasureRows
	for _, why := range p.Blocked {
		rows = append(rows, erasureRow{becomes: erasureStops, where: "This case", what: why})
	}
	for i := range p.Lines {
		rows = append(rows, erasureLineRow(&p.Lines[i]))
	}
	for _, x := range p.Suppress {
		rows = append(rows, erasureRow{becomes: erasureBarred, where: "Suppression list", count: 1, what: barredWords(&x), why: x.Why})
	}
	for _, x := range p.Recipients {
		on := short(calendar.LondonDate(x.At))
		rows = append(rows, erasureRow{
			becomes: erasureTold, where: x.Name, count: 1, what: x.What + ", " + on, why: "had data of the person (UK GDPR Art 19)",
		})
	}
	for _, x := range p.Namesakes {
		rows = append(rows, erasureRow{
			becomes: erasureNamesake, where: string(x.Delegate), what: "has the same " + strings.Join(x.Shares, ", "),
			why: "is somebody else: what is theirs stays",
		})
	}
	for _, note := range append(slices.Clone(p.Notes), p.Backups) {
		rows = append(rows, erasureRow{becomes: erasureNote, where: "All of it", what: note})
	}
	for i := range rows {
		rows[i].id = fmt.Sprint(cmp.Or(rows[i].id, rows[i].becomes+"|"+rows[i].where+"|"+rows[i].what), "|", i)
	}
	return rows
}

func erasureLineRow(l *register.ErasureLine) erasureRow {
	r := erasureRow{where: l.Title, what: l.What, why: l.Why, count: l.Count, line: l}
	r.id = strings.Join([]string{l.Collection, l.Record, l.Field, l.Text}, "|")
	switch l.Fate {
	case register.ErasureRemoves:
		r.becomes = erasureGoes
	case register.ErasureMasks:
		r.becomes = erasureMasked
	case register.ErasureKeeps:
		r.becomes = erasureStays
	}
	return r
}

func (r *erasureRow) cells() []string {
	n := ""
	if r.count > 0 {
		n = fmt.Sprint(r.count)
	}
	return []string{r.becomes, r.where, n, r.what, r.why}
}

// full is a row in full, with the law and where it stands.
func (r *erasureRow) full(t *text) {
	t.add("", erasureTone(r.becomes), r.becomes+": "+r.where)
	t.add("", theme.Plain, r.what)
	if r.why != "" {
		t.add("", theme.Muted, "Because "+r.why+lawWords(r.line))
	}
	if r.line == nil {
		return
	}
	if l := r.line; l.Record != "" {
		t.add("", theme.Muted, strings.TrimSpace("In "+l.Collection+" "+l.Record+" "+l.Field))
	}
	if r.line.Until != "" {
		t.add("", theme.Plain, "Until "+r.line.Until)
	}
}

func lawWords(l *register.ErasureLine) string {
	if l == nil || l.Law == "" {
		return ""
	}
	return " (" + l.Law + ")"
}

func erasureTone(becomes string) theme.Tone {
	switch becomes {
	case erasureStops:
		return theme.Late
	case erasureMasked, erasureStays:
		return theme.Soon
	case erasureNote, erasureNamesake:
		return theme.Muted
	}
	return theme.Plain
}

// erasureRows shows a plan in a table.
type erasureRows []erasureRow

func (r erasureRows) Len() int           { return len(r) }
func (r erasureRows) ID(i int) string    { return r[i].id }
func (r erasureRows) Row(i int) []string { return r[i].cells() }

// Tone brings out what stands in the way and what the approver answers for.
func (r erasureRows) Tone(row, column int) theme.Tone {
	if column > 0 {
		return theme.Plain
	}
	return erasureTone(r[row].becomes)
}

// barredWords says what a suppression keeps out; the address itself is not shown.
func barredWords(x *register.ErasureSuppression) string {
	words := "their " + x.Kind + ": " + scopeWord(x.Scope)
	if x.Channel != register.AnyChannel {
		words += " by " + x.Channel
	}
	return words
}
