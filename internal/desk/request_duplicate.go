package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// MarkDuplicate says that a case is another one over again. It can then only be
// closed: the other goes on, and nothing that was proved in either passes to the
// other. The other must be open, of the same kind, about the same person where
// both are matched, and no duplicate itself.
func (s *Seat) MarkDuplicate(ctx context.Context, ref, of, why string) (register.RequestPage, error) {
	held, err := s.request(of)
	if err != nil {
		return register.RequestPage{}, err
	}
	of = held.Ref
	return s.step(ctx, ref, act{verb: register.RequestProgress, note: "duplicate of " + of}, func(r *register.Request, tx *store.Tx) error {
		other, err := tx.Requests().Get(of)
		if err != nil {
			return err
		}
		if err := r.MayDuplicate(&other); err != nil {
			return err
		}
		if err := eachDuplicate(tx, r.Ref, func(x *register.Request) error {
			return register.Errorf(register.Refused, "of", "%s is marked as a duplicate of this case: one of them has to go on", x.Ref)
		}); err != nil {
			return err
		}
		return s.add(r, register.RequestEvent{Kind: register.Duplicate, On: s.Today(), Case: other.Ref, Text: why})
	})
}

// duplicatesAgree refuses to make a case about somebody else than its
// duplicates are.
func (s *Seat) duplicatesAgree(tx *store.Tx, ref string, who register.ID) error {
	return eachDuplicate(tx, ref, func(x *register.Request) error {
		if x.Delegate == "" || x.Delegate == who {
			return nil
		}
		return register.Errorf(register.Refused, "delegate",
			"%s is marked as a duplicate of this case and is about %s: strike that mark out first", x.Ref, x.Delegate)
	})
}

// eachDuplicate visits the cases marked as duplicates of one.
func eachDuplicate(tx *store.Tx, of string, visit func(*register.Request) error) error {
	for r, err := range tx.Requests().All() {
		if err != nil {
			return err
		}
		if e, ok := r.Last(register.Duplicate); ok && e.Case == of {
			if err := visit(&r); err != nil {
				return err
			}
		}
	}
	return nil
}
