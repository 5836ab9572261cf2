package intake

import (
	"iter"
	"time"

	"custos/internal/exchange/table"
	"custos/internal/register"
)

// merged yields what read makes of each row, with the rows the table refused
// at their place by line.
func merged(t *table.Table, read func(table.Row) register.Incoming) iter.Seq[register.Incoming] {
	return func(yield func(register.Incoming) bool) {
		problems := t.Problems
		refuse := func(before int) bool {
			for len(problems) > 0 && (before == 0 || problems[0].Line < before) {
				p := problems[0]
				problems = problems[1:]
				in := register.Incoming{Line: p.Line, Refused: &register.Problem{Line: p.Line, Field: p.Field, Reason: p.Reason}}
				if !yield(in) {
					return false
				}
			}
			return true
		}
		for row := range t.Rows() {
			if !refuse(row.Line) || !yield(read(row)) {
				return
			}
		}
		refuse(0)
	}
}

// Notices returns what the reader repaired or set aside, by line.
func Notices(t *table.Table) []register.Problem {
	notices := []register.Problem{}
	for _, n := range t.Notices {
		notices = append(notices, register.Problem{Line: n.Line, Field: n.Field, Reason: n.Text})
	}
	return notices
}

func monthOf(m int) time.Month { return time.Month(m) }
