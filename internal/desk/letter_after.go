package desk

import (
	"context"

	"custos/internal/register"
)

// ReplyToWithdrawal writes the letter about a withdrawal that is recorded
// already, as Withdraw does where it is given a file, and records it as a
// disclosure to the person. Errors: Invalid for a name that is neither .pdf nor
// .html or for a withdrawal of nothing, Refused for a file that exists.
func (s *Seat) ReplyToWithdrawal(ctx context.Context, who register.ID, done register.Withdrawal, to string) error {
	if err := s.allow(register.ConsentWithdraw); err != nil {
		return err
	}
	if len(done.Events) == 0 {
		return register.Errorf(register.Invalid, "letter", "nothing was taken back, so there is nothing to write about")
	}
	if err := s.checkLetter(to); err != nil {
		return err
	}
	return s.writeWithdrawal(ctx, who, done, to)
}
