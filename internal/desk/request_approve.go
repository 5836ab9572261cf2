package desk

import (
	"context"
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Decide records the outcome and its reasons. In an office with one person who
// may approve, that person's decision stands at once and the record says that
// nobody second-checked it; from the second on, another must approve.
func (s *Seat) Decide(ctx context.Context, ref string, in register.DecisionInput) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
	a := act{verb: register.RequestDecide, note: string(in.Outcome), unchecked: alone}
	return s.step(ctx, ref, a, func(r *register.Request, tx *store.Tx) error {
		e := register.RequestEvent{
			Kind: register.Decided, On: s.orToday(in.On), Outcome: in.Outcome, Grounds: slices.Clone(in.Grounds), Text: in.Reason,
		}
		if err := s.prepare(r, e, alone); err != nil || !alone {
			return err
		}
		decided, _ := r.Last(register.Decided)
		return s.afterApproval(tx, r, decided)
	})
}

// prepare adds an act that counts once another has approved it. Where nobody
// else could, the approval is added at once, and both say that nobody checked.
func (s *Seat) prepare(r *register.Request, e register.RequestEvent, alone bool) error {
	e.Awaits, e.Unchecked = true, alone
	if err := s.add(r, e); err != nil || !alone {
		return err
	}
	return s.approve(r, r.Events[len(r.Events)-1], register.RequestEvent{On: e.On, Unchecked: true})
}

// approve adds the approval of an act, bound to what is selected where the act
// releases or removes that.
func (s *Seat) approve(r *register.Request, act, e register.RequestEvent) error {
	e.Kind, e.Approves = register.Approved, act.Seq
	if act.Kind == register.Decided && r.Binds() {
		e.Covers = r.SelectionDigest()
	}
	return s.add(r, e)
}

// Approve confirms the oldest act of a case that waits for it: what somebody
// else prepared. What the act rests on is checked again. It is Denied to whoever
// prepared it, unless nobody else could, and Refused for more time whose notice
// could not go out any more. A zero day is today.
func (s *Seat) Approve(ctx context.Context, ref string, on calendar.Date) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
	held, err := s.request(ref)
	if err != nil {
		return register.RequestPage{}, err
	}
	if s.standsAlready(&held, alone) {
		return s.page(&held), nil
	}
	a := act{verb: register.RequestApprove, unchecked: alone && s.prepared(&held)}
	return s.step(ctx, ref, a, func(r *register.Request, tx *store.Tx) error {
		e := register.RequestEvent{On: s.orToday(on), Unchecked: alone && s.prepared(r)}
		waiting := r.Pending()
		if len(waiting) == 0 {
			e.Kind = register.Approved
			return s.add(r, e) // says why not
		}
		if err := s.approve(r, waiting[0], e); err != nil {
			return err
		}
		return s.afterApproval(tx, r, waiting[0])
	})
}

// standsAlready reports whether nothing waits because an office of one decided.
func (s *Seat) standsAlready(r *register.Request, alone bool) bool {
	approved, ok := r.Approval()
	return ok && approved.Unchecked && alone && len(r.Pending()) == 0 && s.May(register.RequestApprove)
}

// prepared reports whether the oldest act that waits is this operator's own.
func (s *Seat) prepared(r *register.Request) bool {
	waiting := r.Pending()
	return len(waiting) > 0 && slices.Contains(r.Preparers(waiting[0]), s.operator.Name)
}

// Return sends the oldest act that waits for approval back to whoever prepared
// it, with the reason. The act is taken back and may be prepared anew. A zero
// day is today.
func (s *Seat) Return(ctx context.Context, ref string, on calendar.Date, reason string) (register.RequestPage, error) {
	return s.step(ctx, ref, act{verb: register.RequestApprove, note: "returned"}, func(r *register.Request, _ *store.Tx) error {
		e := register.RequestEvent{Kind: register.Returned, On: s.orToday(on), Text: reason}
		if waiting := r.Pending(); len(waiting) > 0 {
			e.Corrects = waiting[0].Seq
		}
		return s.add(r, e)
	})
}

func (s *Seat) orToday(on calendar.Date) calendar.Date {
	if on.IsZero() {
		return s.Today()
	}
	return on
}

// alone reports whether this operator is the only one who may approve.
func (s *Seat) alone() (bool, error) {
	others := 0
	err := s.desk.db.View(func(tx *store.Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			if op.Name != s.operator.Name && op.May(register.RequestApprove) {
				others++
			}
		}
		return nil
	})
	return others == 0 && s.May(register.RequestApprove), err
}
