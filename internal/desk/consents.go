package desk

import (
	"context"
	"errors"
	"fmt"

	"custos/internal/register"
	"custos/store"
)

// mostConsents is how many acts one grid may hold.
const mostConsents = 2000

// RecordConsent adds one act to the ledger, with the wording in force on the
// day it happened. A no may be recorded of anybody who is not erased, a yes or
// a request only where the record may be used. Errors: Invalid naming the
// field, NotFound, Refused for a restricted or erased person, Conflict for an
// event that was corrected already.
//
// An objection to all direct marketing also suppresses the addresses held. A
// later yes does not lift that by itself: MayContact says which entry stands.
func (s *Seat) RecordConsent(ctx context.Context, in register.ConsentInput) (register.ConsentEvent, error) {
	var e register.ConsentEvent
	a := act{verb: register.ConsentRecord, subjects: []register.ID{in.Delegate}, note: string(in.Act)}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		l, err := s.openLedger(tx)
		if err != nil {
			return err
		}
		e, err = l.record(in)
		return err
	})
	return e, err
}

// RecordConsents adds the acts of a paper grid, up to 2,000, in one change that
// is undone as one. A row that cannot stand is left out and told as a Problem
// whose Line is its place from 1; the others are recorded. Errors: Invalid for
// too many rows, Denied, and those of the store.
func (s *Seat) RecordConsents(
	ctx context.Context, in []register.ConsentInput,
) ([]register.ConsentEvent, []register.Problem, error) {
	if len(in) > mostConsents {
		return nil, nil, register.Errorf(register.Invalid, "", "at most %d answers at once; there are %d", mostConsents, len(in))
	}
	g := grid{seat: s, in: in, events: []register.ConsentEvent{}, problems: []register.Problem{}}
	a := act{verb: register.ConsentRecord, subjects: few(g.people()), undoable: true}
	if _, err := s.change(ctx, a, g.record); err != nil && !errors.Is(err, errNothingGood) {
		return nil, nil, err
	}
	return g.events, g.problems, nil
}

// errNothingGood ends a change that would hold nothing.
var errNothingGood = errors.New("no row can stand")

// grid is a paper grid on its way into the ledger.
type grid struct {
	seat     *Seat
	in       []register.ConsentInput
	events   []register.ConsentEvent
	problems []register.Problem
}

// people lists whom the rows are about, each once.
func (g *grid) people() []register.ID {
	var ids []register.ID
	seen := map[register.ID]bool{}
	for i := range g.in {
		if who := g.in[i].Delegate; !seen[who] {
			seen[who] = true
			ids = append(ids, who)
		}
	}
	return ids
}

func (g *grid) record(tx *store.Tx) error {
	l, err := g.seat.openLedger(tx)
	if err != nil {
		return err
	}
	for i, in := range g.in {
		e, err := l.record(in)
		if err != nil && register.KindOf(err) == register.Internal {
			return err
		}
		if p := register.ProblemOf(err); p != nil {
			p.Line = i + 1
			g.problems = append(g.problems, *p)
			continue
		}
		g.events = append(g.events, e)
	}
	if len(g.events) == 0 {
		return errNothingGood
	}
	tx.Note(fmt.Sprintf("%d answers", len(g.events)))
	return nil
}

// ConsentHistory returns every act about a person, oldest first.
func (s *Seat) ConsentHistory(who register.ID) ([]register.ConsentEvent, error) {
	var events []register.ConsentEvent
	err := s.read(register.DelegateRead, func(tx *store.Tx) (err error) {
		if _, err := s.visible(tx, who); err != nil {
			return err
		}
		events, err = consentsOf(tx, who)
		return err
	})
	return events, err
}
