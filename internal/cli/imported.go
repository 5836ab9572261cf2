package cli

import (
	"fmt"
	"strconv"
	"strings"

	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

// dryRun is the state of an import that only told what it would do.
const dryRun = "dry-run"

// importResult is what an import did, or would do.
type importResult struct {
	register.Counts
	Problems []problem       `json:"problems"`
	Notices  []problem       `json:"notices"`
	Mapping  mapping.Mapping `json:"mapping"`
	Batch    register.ID     `json:"batch"`
	State    string          `json:"state"`
	File     string          `json:"file"`
	// RefusedRows is the file the rows refused were written to, or would be.
	RefusedRows string `json:"refused_rows,omitempty"`

	columns
}

// problem is a register.Problem whose field is there even when it is empty.
type problem struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

func newImportResult(plan *register.Plan, c columns) importResult {
	return importResult{
		Counts: plan.Counts, Problems: problems(plan.Problems), Notices: problems(plan.Notices),
		Mapping: c.mapping, File: plan.File, columns: c,
	}
}

func problems(list []register.Problem) []problem {
	all := make([]problem, len(list))
	for i, p := range list {
		all[i] = problem(p)
	}
	return all
}

func (p *page) imported(r *importResult) {
	p.line("Columns of %s (%s):", r.File, r.from)
	var rows [][]string
	for _, pair := range r.Mapping.Pairs {
		rows = append(rows, []string{"  " + pair.Column, "-> " + pair.Field})
	}
	p.columns(rows)
	if len(r.Mapping.Unmapped) > 0 {
		p.line("  left out: %s", strings.Join(r.Mapping.Unmapped, ", "))
	}
	p.problems("Refused:", r.Problems)
	p.problems("Told:", r.Notices)
	p.counted(r.Counts)
	p.refusedIn(r.RefusedRows, r.State)
	if r.State == dryRun {
		p.line("Nothing was written.")
		return
	}
	p.line("Batch %s (%s); 'custos import undo %s' takes it back.", r.Batch, r.State, r.Batch)
}

// counted says what became of the rows of a file.
func (p *page) counted(c register.Counts) {
	p.heading(fmt.Sprintf("%s: %d new, %d changed, %d same, %d duplicate, %d refused",
		numbered(c.Rows, "row"), c.New, c.Changed, c.Same, c.Duplicate, c.Refused))
}

// mostShown is how many problems people are shown; --json has them all.
const mostShown = 20

func (p *page) problems(title string, list []problem) {
	if len(list) == 0 {
		return
	}
	p.heading(title)
	var rows [][]string
	for _, x := range list[:min(len(list), mostShown)] {
		rows = append(rows, []string{"  line " + strconv.Itoa(x.Line), x.Field, x.Reason})
	}
	p.columns(rows)
	if more := len(list) - mostShown; more > 0 {
		p.line("  and %d more; --json lists them all", more)
	}
}
