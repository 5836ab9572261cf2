package tui

import (
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// adoptRow is one change; blocks: it stands in the way.
type adoptRow struct {
	register.AdoptionRow
	blocks bool
}

// adoptionRows are what stands in the way and then every other change, once each.
func adoptionRows(a *register.Adoption) adoptRows {
	var rows adoptRows
	seen := map[string]bool{}
	for _, r := range a.Blocking {
		rows = append(rows, adoptRow{r, true})
		seen[string(r.Change)+r.Words] = true
	}
	for _, r := range a.Rows {
		if !seen[string(r.Change)+r.Words] {
			rows = append(rows, adoptRow{r, false})
		}
	}
	return rows
}

// how is what the change asks of the office, in a word.
func (r *adoptRow) how() string {
	switch {
	case r.blocks && r.Judgement:
		return "JUDGE IT"
	case r.blocks:
		return "BLOCKS"
	case r.AskAgain && r.People > 0:
		return "ASK AGAIN"
	}
	return "change"
}

// text is the change in full.
func (r *adoptRow) text() string {
	parts := []string{r.how() + ": " + r.Words, "It touches " + howMany(r.People) + "."}
	if r.blocks && r.Judgement {
		parts = append(parts, "Somebody has to judge first whether the new use goes together with the old one: "+
			"custos purpose change on the command line records it.")
	}
	for _, p := range [][2]string{{"Until now: ", r.Was}, {"From then on: ", r.Becomes}, {"The law: ", r.Law}} {
		if p[1] != "" {
			parts = append(parts, p[0]+p[1])
		}
	}
	return strings.Join(parts, "\n\n")
}

type adoptRows []adoptRow

func (r adoptRows) Len() int        { return len(r) }
func (r adoptRows) ID(i int) string { return r[i].how() + "|" + string(r[i].Change) + "|" + r[i].Words }
func (r adoptRows) Row(i int) []string {
	return []string{r[i].how(), widget.Count(r[i].People), r[i].Words}
}

// Tone marks what asks something of the office.
func (r adoptRows) Tone(row, column int) theme.Tone {
	switch {
	case column > 0:
	case r[row].blocks:
		return theme.Late
	case r[row].AskAgain && r[row].People > 0:
		return theme.Soon
	}
	return theme.Plain
}
