package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Where a suppression comes from.
const (
	sourceHand      = "by hand"
	sourceObjection = "objection" // to all direct marketing
)

// Suppressions lists every suppression, lifted ones too, the newest first.
func (s *Seat) Suppressions() ([]register.Suppression, error) {
	if err := s.allow(register.SuppressionRead); err != nil {
		return nil, err
	}
	all := s.desk.db.Suppressions()
	if all == nil {
		all = []register.Suppression{}
	}
	return all, nil
}

// Suppress keeps an address or a number from being used. Only a keyed hash of
// it is kept, and it belongs to nobody's record. Errors: Invalid naming the
// field, Conflict for one that stands already.
func (s *Seat) Suppress(ctx context.Context, in register.SuppressionInput) (register.Suppression, error) {
	var made register.Suppression
	a := act{verb: register.SuppressionAdd}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if err := in.Validate(&settings.Profile); err != nil {
			return err
		}
		if made, err = s.suppress(tx, in); err == nil {
			tx.Note(string(made.ID))
		}
		return err
	})
	return made, err
}

// suppress writes the entry of an address inside a change.
func (s *Seat) suppress(tx *store.Tx, in register.SuppressionInput) (register.Suppression, error) {
	kind, normal, err := normalAddress(in)
	if err != nil {
		return register.Suppression{}, err
	}
	if quotes(in.Reason, in, normal) {
		return register.Suppression{}, register.Errorf(register.Invalid, "reason",
			"the reason must not name the address: only a hash of it is kept")
	}
	id, err := s.desk.ids.Next(register.SuppressionPrefix)
	if err != nil {
		return register.Suppression{}, err
	}
	made := register.Suppression{
		ID: id, Hash: tx.AddressHash(kind, normal), Kind: kind, Channel: or(in.Channel, register.AnyChannel),
		Scope: or(in.Scope, register.ScopeMarketing), Reason: strings.TrimSpace(in.Reason), Source: or(in.Source, sourceHand),
		At: s.desk.now(), By: s.operator.Name,
	}
	standing, err := tx.SuppressedBy(kind, normal)
	if err != nil {
		return made, err
	}
	for _, old := range standing {
		if old.Scope == made.Scope && old.Channel == made.Channel {
			return old, register.Errorf(register.Conflict, "", "this is suppressed already (%s)", old.ID)
		}
	}
	return made, tx.Suppressions().Put(made)
}

// suppressObjector suppresses the addresses of somebody who objected to all
// direct marketing, so that the objection outlives their record and meets them
// under any other (UK GDPR Art 21(3)).
func (l *ledger) suppressObjector(e *register.ConsentEvent, d *register.Delegate) error {
	if e.Act != register.Objected || e.Purpose != register.AnyMarketing {
		return nil
	}
	add := func(in register.SuppressionInput, channels ...string) error {
		if in.Email+in.Phone == "" || !slices.Contains(append(channels, register.AnyChannel), e.Channel) {
			return nil
		}
		in.Channel, in.Reason, in.Source = e.Channel, "objected to direct marketing", sourceObjection
		_, err := l.seat.suppress(l.tx, in)
		switch register.KindOf(err) {
		case register.Conflict, register.Invalid:
			return nil // it stands already, or what is held is no address anybody can use
		default:
			return err
		}
	}
	if err := add(register.SuppressionInput{Email: d.Email}, "email"); err != nil {
		return err
	}
	return add(register.SuppressionInput{Phone: d.Phone}, "phone", "sms")
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// normalAddress returns what is suppressed in the form it is compared in.
func normalAddress(in register.SuppressionInput) (kind, normal string, err error) {
	if in.Email != "" {
		normal, err = register.NormalEmail(in.Email)
		return "email", normal, err
	}
	normal, err = register.NormalPhone(in.Phone)
	return "phone", normal, err
}

// quotes reports whether a reason names the address in any of its forms.
func quotes(reason string, in register.SuppressionInput, normal string) bool {
	reason = strings.ToLower(reason)
	return slices.ContainsFunc([]string{in.Email, in.Phone, normal}, func(form string) bool {
		form = strings.ToLower(strings.TrimSpace(form))
		return form != "" && strings.Contains(reason, form)
	})
}

// LiftSuppression lets an address be used again, with the reason on record; the
// entry itself stays. Errors: NotFound, Invalid for no reason, Conflict for one
// that was lifted already.
func (s *Seat) LiftSuppression(ctx context.Context, id register.ID, because string) error {
	a := act{verb: register.SuppressionLift, note: string(id)}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		entry, err := tx.Suppressions().Get(id)
		if err != nil {
			return err
		}
		switch because = strings.TrimSpace(because); {
		case because == "":
			return register.Errorf(register.Invalid, "because", "say why the suppression is lifted")
		case !entry.Lifted.IsZero():
			return register.Errorf(register.Conflict, "", "%s was lifted already", id)
		}
		entry.Lifted, entry.LiftedBy, entry.LiftedOn = s.desk.now(), s.operator.Name, because
		return tx.Suppressions().Put(entry)
	})
	return err
}
