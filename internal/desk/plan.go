package desk

import (
	"context"
	"iter"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// Incoming is a file read to register values, not yet compared with anything.
type Incoming struct {
	Noun    string // delegates or organisations
	File    string
	Rows    iter.Seq[register.Incoming]
	Notices []register.Problem
	Strict  bool // refuse people whose record would be incomplete
}

// Plan compares a file with what is held and says the fate of every row. It
// writes nothing: a dry run and the preview before an import are this call.
func (s *Seat) Plan(ctx context.Context, in Incoming) (*register.Plan, error) {
	plan := &register.Plan{Noun: in.Noun, File: in.File, Problems: []register.Problem{}, Notices: in.Notices}
	err := s.read(register.ImportApply, func(tx *store.Tx) error {
		judge, err := s.judge(tx, in)
		if err != nil {
			return err
		}
		rows := slices.Collect(in.Rows)
		gather(rows)
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := settle(plan, row, judge); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// judge says what would become of a row, as planned; a refusal is a problem,
// an error is a fault of the store.
type judge interface {
	of(register.Incoming) (register.PlannedRow, *register.Problem, error)
	notices() []register.Problem
}

func (s *Seat) judge(tx *store.Tx, in Incoming) (judge, error) {
	settings, err := tx.Settings().Get()
	if err != nil {
		return nil, err
	}
	switch in.Noun {
	case "delegates":
		return newPeopleJudge(s, tx, &settings, in.Strict), nil
	case "organisations":
		return newOrganisationJudge(s, tx), nil
	}
	return nil, register.Errorf(register.Invalid, "noun", "what is imported is delegates or organisations, not %q", in.Noun)
}

func settle(plan *register.Plan, row register.Incoming, j judge) error {
	planned := register.PlannedRow{Incoming: row, Fate: register.FateRefused}
	problem := row.Refused
	if problem == nil {
		var err error
		if planned, problem, err = j.of(row); err != nil {
			return err
		}
	}
	if problem != nil {
		problem.Line = row.Line
		planned = register.PlannedRow{Incoming: row, Fate: register.FateRefused}
		planned.Refused = problem
		plan.Problems = append(plan.Problems, *problem)
	}
	plan.Counts.Tally(planned.Fate)
	plan.Rows = append(plan.Rows, planned)
	plan.Notices = append(plan.Notices, j.notices()...)
	return nil
}
