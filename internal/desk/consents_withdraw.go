package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Withdraw takes back every consent that matches, in one change; with Object it
// records an objection instead, to all direct marketing where no purpose is
// named. Nobody is asked why (UK GDPR Art 7(3), Art 21(2)). The answer says
// which reasons to hold the person are left, and offers erasure where there is
// none (Art 17(1)(b)). With Letter the reply is written to a file, .pdf or
// .html, and recorded as a disclosure to the person; where that fails after
// all, the withdrawal stands and the error says so. Errors: Conflict where no
// consent that matches stands, Invalid and Refused for the letter's place, and
// those of RecordConsent.
func (s *Seat) Withdraw(ctx context.Context, in register.WithdrawalInput) (register.Withdrawal, error) {
	var done register.Withdrawal
	if err := s.allow(register.ConsentWithdraw); err != nil {
		return done, err
	}
	if in.Letter != "" {
		if err := s.checkLetter(in.Letter); err != nil {
			return done, err
		}
	}
	a := act{verb: register.ConsentWithdraw, subjects: []register.ID{in.Delegate}}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		l, err := s.openLedger(tx)
		if err != nil {
			return err
		}
		done, err = l.withdraw(in)
		tx.Note(fmt.Sprintf("%d taken back", len(done.Events)))
		return err
	})
	if err != nil || in.Letter == "" {
		return done, err
	}
	if err = s.writeWithdrawal(ctx, in.Delegate, done, in.Letter); err == nil {
		done.Letter = in.Letter
	}
	return done, err
}

func (l *ledger) withdraw(in register.WithdrawalInput) (register.Withdrawal, error) {
	done := register.Withdrawal{Events: []register.ConsentEvent{}}
	acts, err := l.acts(in)
	if err != nil {
		return done, err
	}
	for _, one := range acts {
		e, err := l.record(one)
		if err != nil {
			return done, err
		}
		done.Events = append(done.Events, e)
	}
	p, err := l.tx.Contactee(in.Delegate, l.seat.Today())
	if err != nil {
		return done, err
	}
	if err := l.stillStands(&p, done.Events); err != nil {
		return done, err
	}
	done.Grounds = l.settings.Profile.Grounds(&p, register.At(calendar.LondonDate(l.now)))
	done.OfferErasure = len(done.Grounds) == 0
	return done, nil
}

// stillStands returns a Conflict where a yes given after the withdrawal's day
// would go on counting: somebody who takes consent back is never told that it
// is recorded while it changes nothing.
func (l *ledger) stillStands(p *register.Contactee, events []register.ConsentEvent) error {
	m := register.At(calendar.LondonDate(l.now))
	for _, e := range events {
		s := l.settings.Profile.Standing(p.Facts, e.Key(), m)
		if e.Act == register.Withdrawn && s.State.Yes() {
			return register.Errorf(register.Conflict, "at",
				"they said yes to %s again on %s, after that day; to end that too, leave the day of the withdrawal out",
				e.Purpose, calendar.LondonDate(p.Facts[s.Rests].At))
		}
	}
	return nil
}

// acts turns a withdrawal into the acts to record.
func (l *ledger) acts(in register.WithdrawalInput) ([]register.ConsentInput, error) {
	act := register.ConsentInput{
		Delegate: in.Delegate, Act: register.Withdrawn, At: in.At, On: in.On,
		Method: in.Method, Evidence: in.Evidence, GivenBy: in.GivenBy,
	}
	if in.Object {
		act.Act, act.Purpose, act.Channel, act.Brand = register.Objected, in.Purpose, in.Channel, in.Brand
		if act.Purpose == "" {
			act.Purpose = register.AnyMarketing
		}
		if act.Channel == "" {
			act.Channel = register.AnyChannel
		}
		return []register.ConsentInput{act}, nil
	}
	p, err := l.tx.Contactee(in.Delegate, l.seat.Today())
	if err != nil {
		return nil, err
	}
	var acts []register.ConsentInput
	for _, key := range l.given(&p, in) {
		act.Purpose, act.Channel, act.Brand = key.Purpose, key.Channel, key.Brand
		acts = append(acts, act)
	}
	if len(acts) == 0 {
		return nil, &register.Error{Kind: register.Conflict, Err: errNothingStood, Msg: errNothingStood.Error()}
	}
	return acts, nil
}

var errNothingStood = errors.New(
	"no consent of theirs stands for that; to stop what rests on another basis, record an objection")

// given lists the questions that match and to which a yes stood when the
// withdrawal was made.
func (l *ledger) given(p *register.Contactee, in register.WithdrawalInput) []register.ConsentKey {
	at := happened(in.At, in.On, register.Withdrawn, l.now)
	var keys []register.ConsentKey
	for _, x := range l.settings.Profile.Purposes {
		for _, key := range keysOf(&x) {
			if matches(in, key) && l.stood(p.Facts, key, at) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

func (l *ledger) stood(facts []register.ConsentFact, key register.ConsentKey, at time.Time) bool {
	s := l.settings.Profile.Standing(facts, key, register.At(calendar.LondonDate(at)))
	return s.State.Yes() && !facts[s.Rests].At.After(at)
}

func matches(in register.WithdrawalInput, key register.ConsentKey) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	return is(in.Purpose, key.Purpose) && is(in.Channel, key.Channel) && is(in.Brand, key.Brand)
}

// Grounds lists the reasons to hold a person today: purposes with a basis for
// them, consent only where it stands.
func (s *Seat) Grounds(who register.ID) ([]register.Ground, error) {
	p, err := s.contactee(who)
	if err != nil {
		return nil, err
	}
	profile := s.Settings().Profile
	return profile.Grounds(&p, register.At(s.Today())), nil
}
