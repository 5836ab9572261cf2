package desk

import (
	"context"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Correct puts right what was recorded: e has Corrects set to the event, and is
// of its kind with the day or the words as they should have been, or StruckOut
// with the reason where it never happened. Both stay in the record; what follows
// is checked anew and the clock counted anew. What needed another's approval
// needs it again.
func (s *Seat) Correct(ctx context.Context, ref string, e register.RequestEvent) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
	a := act{verb: register.RequestCorrect, note: string(e.Kind), unchecked: alone && e.Kind == register.Extended}
	return s.step(ctx, ref, a, func(r *register.Request, _ *store.Tx) error {
		e := register.RequestEvent{
			Kind: e.Kind, On: e.On, Text: e.Text, Evidence: e.Evidence, Corrects: e.Corrects, To: e.To, Task: e.Task,
			Recorded: s.desk.now(), By: s.operator.Name,
		}
		if e.Kind == register.StruckOut {
			e.On = s.orToday(e.On)
		}
		if e.On.After(s.Today()) {
			return register.Errorf(register.Invalid, "on", "%s has not come yet", e.On)
		}
		clocks, err := s.desk.clocks()
		if err != nil {
			return err
		}
		if err := r.Correct(e, clocks); err != nil {
			return err
		}
		if last := r.Events[len(r.Events)-1]; last.Awaits && alone {
			return s.approve(r, last, register.RequestEvent{On: last.On, Unchecked: true})
		}
		return nil
	})
}

// Assign gives a case to a colleague, who must be one to work on cases.
func (s *Seat) Assign(ctx context.Context, ref, to, note string) (register.RequestPage, error) {
	return s.step(ctx, ref, act{verb: register.RequestAssign, note: to}, s.assigned(to, note))
}

// assigned gives a case to a colleague.
func (s *Seat) assigned(to, note string) func(*register.Request, *store.Tx) error {
	return func(r *register.Request, tx *store.Tx) error {
		op, err := tx.Operators().Get(to)
		switch {
		case register.KindOf(err) == register.NotFound || err == nil && !op.May(register.RequestProgress):
			return register.Errorf(register.Invalid, "to", "no operator of that name works on cases here")
		case err != nil:
			return err
		case r.Owner == op.Name:
			return register.Errorf(register.Conflict, "to", "%s has the case already", op.Name)
		}
		r.Owner = op.Name
		return s.add(r, register.RequestEvent{
			Kind: register.Assigned, On: s.Today(), To: op.Name, Text: strings.TrimSpace(note),
		})
	}
}

// FinishTask ticks a task of a case off.
func (s *Seat) FinishTask(ctx context.Context, ref, task, note string) (register.RequestPage, error) {
	return s.step(ctx, ref, act{verb: register.RequestProgress, note: "task " + task}, func(r *register.Request, _ *store.Tx) error {
		return s.add(r, register.RequestEvent{
			Kind: register.TaskDone, On: s.Today(), Task: task, Text: strings.TrimSpace(note),
		})
	})
}
