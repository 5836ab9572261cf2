package desk

import (
	"context"
	"errors"
	"fmt"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// WithdrawFor takes back the consents of the person of a withdrawal case that
// stood on the day it came (UK GDPR Art 7(3)): those to the questions named, or
// all. It says which reasons to hold the person are left, and offers erasure
// where there is none (Art 17(1)(b)). No consent that stands is no error: the
// case says so. Errors: Refused for another kind of case or one that is about
// nobody yet, and those of Withdraw.
func (s *Seat) WithdrawFor(ctx context.Context, ref string, only ...register.ConsentKey) (register.Withdrawal, error) {
	var done register.Withdrawal
	_, err := s.step(ctx, ref, act{verb: register.ConsentWithdraw}, func(r *register.Request, tx *store.Tx) error {
		if r.Right != calendar.Withdrawal {
			return register.Errorf(register.Refused, "", "%s is no withdrawal of consent", r.Ref)
		}
		if _, err := personOf(tx, r); err != nil {
			return err
		}
		l, err := s.openLedger(tx)
		if err != nil {
			return err
		}
		if done, err = l.withdrawAll(r, only); err != nil {
			return err
		}
		text := fmt.Sprintf("%d taken back", len(done.Events))
		switch {
		case len(done.Events) == 0:
			text = "no consent stood"
		case done.OfferErasure:
			text += "; nothing else allows the data to be held: offer erasure"
		}
		return s.add(r, register.RequestEvent{Kind: register.ConsentWithdrawn, On: s.Today(), Text: text})
	})
	return done, err
}

// withdrawAll takes back what stood of the questions; none named means all.
func (l *ledger) withdrawAll(r *register.Request, only []register.ConsentKey) (register.Withdrawal, error) {
	if len(only) == 0 {
		only = []register.ConsentKey{{}}
	}
	all := register.Withdrawal{Events: []register.ConsentEvent{}}
	for _, key := range only {
		done, err := l.withdraw(register.WithdrawalInput{
			Delegate: r.Delegate, Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand,
			On: r.Received(), Method: methodOf(r.How), Evidence: r.Ref, GivenBy: r.Requester,
		})
		if err != nil && !errors.Is(err, errNothingStood) {
			return all, err
		}
		all.Events = append(all.Events, done.Events...)
	}
	p, err := l.tx.Contactee(r.Delegate, l.seat.Today())
	if err != nil {
		return all, err
	}
	all.Grounds = l.settings.Profile.Grounds(&p, register.At(l.seat.Today()))
	all.OfferErasure = len(all.Grounds) == 0
	return all, nil
}
