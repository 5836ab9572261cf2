// Package writeback writes the rows an import refused as a file to be corrected
// and imported again. It knows a table and what was wrong with its rows. It
// never decides what is refused, and never changes a value: what is read from
// the new file is what was read from the old one.
package writeback

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// Refused writes the header of the table, and the rows that the problems name
// by their lines, in the order of the file, as comma-separated text in UTF-8.
// Three columns are added: problem_line, problem_field and problem. It returns
// how many rows it wrote.
//
// A cell is written as it was. One that a spreadsheet could run as a formula has
// an apostrophe before it, which reading takes off again; one that has an
// apostrophe already is safe as it is. A row whose cells could not be told apart
// is written empty, with its line and its problem: it is corrected in the
// original.
func Refused(t *table.Table, problems []register.Problem, w io.Writer) (int, error) {
	why := map[int][]register.Problem{}
	for _, p := range problems {
		why[p.Line] = append(why[p.Line], p)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = false // it would change line breaks inside cells
	keep := ownColumns(t)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return 0, fmt.Errorf("refused rows: %w", err)
	}
	if err := out.Write(header(keep)); err != nil {
		return 0, fmt.Errorf("refused rows: %w", err)
	}
	for _, r := range rows(t, why, keep) {
		if err := out.Write(r.cells); err != nil {
			return 0, fmt.Errorf("refused rows: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return 0, fmt.Errorf("refused rows: %w", err)
	}
	return len(why), nil
}

// ownColumns leaves out what an earlier write-back added.
func ownColumns(t *table.Table) []table.Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c table.Column) bool { return mapping.IsProblem(c.Name) })
}

func header(keep []table.Column) []string {
	var names []string
	for _, c := range keep {
		names = append(names, safe(c.Name))
	}
	return append(names, mapping.ProblemLine, mapping.ProblemField, mapping.ProblemText)
}

type refused struct {
	line  int
	cells []string
}

// rows gathers what is written: the rows named, and an empty one for each
// problem with a line that could not be parted into cells.
func rows(t *table.Table, why map[int][]register.Problem, keep []table.Column) []refused {
	var all []refused
	seen := map[int]bool{}
	for row := range t.Rows() {
		if problems, named := why[row.Line]; named {
			cells := make([]string, len(keep))
			for i, c := range keep {
				cells[i] = safe(string(row.Cell(c.Index)))
			}
			all = append(all, refused{row.Line, append(cells, told(row.Line, problems)...)})
			seen[row.Line] = true
		}
	}
	for line, problems := range why {
		if !seen[line] {
			all = append(all, refused{line, append(make([]string, len(keep)), told(line, problems)...)})
		}
	}
	slices.SortFunc(all, func(a, b refused) int { return a.line - b.line })
	return all
}

// told says what is wrong with a row. The words "refused" go first, so that the
// row can never be taken for one that explains the columns.
func told(line int, problems []register.Problem) []string {
	var fields, reasons []string
	for _, p := range problems {
		if p.Field != "" && !slices.Contains(fields, p.Field) {
			fields = append(fields, p.Field)
		}
		reasons = append(reasons, p.Reason)
	}
	return []string{strconv.Itoa(line), strings.Join(fields, ", "), "refused: " + strings.Join(reasons, "; ")}
}

// safe guards a cell against being run, unless it is guarded already: a second
// apostrophe would become part of the value. White space around a value goes
// where the guard would otherwise be taken for the value.
func safe(cell string) string {
	out := cell
	if table.Unguard(cell) == cell {
		out = table.Guard(cell)
	}
	if value := table.Clean(cell); table.Clean(out) != value {
		return table.Guard(value)
	}
	return out
}
