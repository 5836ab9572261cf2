package desk

import (
	"context"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Balance writes down how the interests were weighed in an objection (UK GDPR
// Art 21(1)). Without it an objection can only be upheld. Errors: Invalid naming
// the field, Refused for another kind of case or one that is decided.
func (s *Seat) Balance(ctx context.Context, ref string, in register.BalanceInput) (register.RequestPage, error) {
	if in.On.IsZero() {
		in.On = s.Today()
	}
	return s.step(ctx, ref, act{verb: register.RequestProgress, note: "interests weighed"}, func(r *register.Request, tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if err := in.Validate(&settings.Profile); err != nil {
			return err
		}
		return s.add(r, in.Event())
	})
}

// upheld stops the purposes an objection is about: those its weighing names,
// else all that rest on a public task or on legitimate interests. The ledger
// remembers, and what asks it whether the data may be used is told no.
func (s *Seat) upheld(tx *store.Tx, r *register.Request) error {
	if r.Delegate == "" {
		return nil // another office's case
	}
	l, err := s.openLedger(tx)
	if err != nil {
		return err
	}
	var purposes []string
	if e, ok := r.Last(register.Balanced); ok && e.Balance != nil {
		purposes = e.Balance.Purposes
	}
	if len(purposes) == 0 {
		p, err := tx.Contactee(r.Delegate, s.Today())
		if err != nil {
			return err
		}
		purposes = l.settings.Profile.Objectable(p.Kind, p.Access)
	}
	for _, purpose := range purposes {
		if _, err := l.record(objectionIn(r, purpose)); err != nil {
			return err
		}
	}
	return nil
}

// objectionIn is the act of the ledger by which the person of a case objected,
// on the day they did.
func objectionIn(r *register.Request, purpose string) register.ConsentInput {
	return register.ConsentInput{
		Delegate: r.Delegate, Act: register.Objected, Purpose: purpose, Channel: register.AnyChannel,
		On: r.Received(), Method: methodOf(r.How), Evidence: r.Ref, GivenBy: r.Requester,
	}
}

// methodOf is how a request came, in the words of the ledger.
func methodOf(how string) string {
	switch how {
	case "letter":
		return "paper"
	case "email":
		return "email"
	case "form", "social":
		return "web"
	}
	return "spoken"
}

// StopMarketing stops all direct marketing to the person of a case at once (UK
// GDPR Art 21(3)): the ledger says that they object, and their addresses are
// suppressed. Nobody has to approve it. A case that is opened with its person,
// or matched to one, does so by itself. Errors: Refused for another kind of case
// or one that is about nobody yet, Conflict where it is stopped already.
func (s *Seat) StopMarketing(ctx context.Context, ref string) (register.RequestPage, error) {
	return s.step(ctx, ref, act{verb: register.ConsentWithdraw, note: "marketing stopped"}, func(r *register.Request, tx *store.Tx) error {
		switch _, stopped := r.Last(register.MarketingStopped); {
		case r.Right != calendar.Marketing:
			return register.Errorf(register.Refused, "", "%s is no objection to direct marketing", r.Ref)
		case stopped:
			return register.Errorf(register.Conflict, "", "the marketing is stopped already")
		}
		if _, err := personOf(tx, r); err != nil {
			return err
		}
		return s.stopMarketing(tx, r)
	})
}

func (s *Seat) stopMarketing(tx *store.Tx, r *register.Request) error {
	l, err := s.openLedger(tx)
	if err != nil {
		return err
	}
	e, err := l.record(objectionIn(r, register.AnyMarketing))
	if err != nil {
		return err
	}
	return s.add(r, register.RequestEvent{
		Kind: register.MarketingStopped, On: s.Today(), Reference: e.ID, Text: "objection recorded, addresses suppressed",
	})
}

// atOnce does what a case asks for without anybody's leave, in the change that
// opens it or says whose data it is about.
func (s *Seat) atOnce(tx *store.Tx, r *register.Request) error {
	_, stopped := r.Last(register.MarketingStopped)
	if r.Right != calendar.Marketing || r.Delegate == "" || stopped {
		return nil
	}
	if d, err := tx.Delegates().Get(r.Delegate); err != nil || d.Status == register.Erased {
		return err
	}
	return s.stopMarketing(tx, r)
}
