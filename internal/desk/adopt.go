package desk

import (
	"context"
	"fmt"
	"reflect"

	"custos/internal/register"
	"custos/store"
)

// Adopt goes over to another profile, or to a changed one. It says row by row
// what that means for the people held, counted over everybody; with dry it
// changes nothing. Drafts, judgements and the ledger stay. Errors: Refused,
// with the rows in Blocking, for what stands in the way and for a reworded
// purpose nobody has judged yet; Conflict for a profile that is in force
// already; Invalid naming the part of the profile that cannot stand.
func (s *Seat) Adopt(ctx context.Context, next register.Profile, dry bool) (register.Adoption, error) {
	if err := s.allow(register.ProfileAdopt); err != nil {
		return register.Adoption{}, err
	}
	settings := s.Settings()
	before := settings.Profile
	if err := checkProfile(&next); err != nil {
		return register.Adoption{}, err
	}
	if reflect.DeepEqual(before, next) {
		return register.Adoption{}, register.Errorf(register.Conflict, "profile", "this profile is in force already")
	}
	adoption := before.AdoptionOf(&next)
	if err := s.countAdoption(ctx, &adoption); err != nil {
		return adoption, err
	}
	adoption.Blocking = append(adoption.Blocked(), unjudged(&adoption, settings.Judgements)...)
	if dry {
		return adoption, nil
	}
	if n := len(adoption.Blocking); n > 0 {
		return adoption, register.Errorf(register.Refused, "profile", "%s", refusal(adoption.Blocking))
	}
	a := act{verb: register.ProfileAdopt, note: fmt.Sprintf("%d changes, %d people", len(adoption.Rows), adoption.People)}
	err := s.setSettings(ctx, a, func(now *register.Settings) error {
		if !reflect.DeepEqual(now.Profile, before) {
			return register.Errorf(register.Conflict, "profile", "somebody changed the profile in the meantime; look again")
		}
		now.Profile = next
		return nil
	})
	adoption.Adopted = err == nil
	return adoption, err
}

// checkProfile looks at what the desk itself goes by; a profile read from a
// file was checked line by line before.
func checkProfile(p *register.Profile) error {
	switch {
	case p.Name == "":
		return register.Errorf(register.Invalid, "name", "the profile needs a name")
	case len(p.Kinds) == 0:
		return register.Errorf(register.Invalid, "kind", "the profile needs a kind of person")
	}
	for i := range p.Purposes {
		if err := checkPurpose(p, &p.Purposes[i]); err != nil {
			return fmt.Errorf("purpose %s: %w", p.Purposes[i].ID, err)
		}
	}
	return nil
}

// countAdoption counts everybody held into the rows, whoever asks: only counts
// leave it.
func (s *Seat) countAdoption(ctx context.Context, adoption *register.Adoption) error {
	today := s.Today()
	m := register.At(today)
	return s.desk.db.View(func(tx *store.Tx) error {
		for d, err := range tx.Delegates().All() {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			contactee, ok := s.desk.db.Contactee(d.ID)
			if !ok {
				continue
			}
			person := register.AdoptionPerson{Delegate: &d, Contactee: &contactee}
			for x, err := range tx.Memberships().Of(d.ID) {
				if err != nil {
					return err
				}
				if x.Current(today) {
					person.Membership = &x
				}
			}
			adoption.Count(person, m)
		}
		return nil
	})
}

// unjudged lists the reworded purposes that touch somebody and that nobody has
// found compatible yet (UK GDPR Art 5(1)(b)): ChangePurpose is for that.
func unjudged(adoption *register.Adoption, judged []register.Judgement) []register.AdoptionRow {
	var rows []register.AdoptionRow
	for _, r := range adoption.Rows {
		if r.Judgement && r.People > 0 && !compatible(&r, judged) {
			rows = append(rows, r)
		}
	}
	return rows
}

func compatible(r *register.AdoptionRow, judged []register.Judgement) bool {
	for _, j := range judged {
		if j.Compatible && j.Purpose == r.Purposes[0] && j.Becomes == r.Becomes {
			return true
		}
	}
	return false
}

// refusal says what stands in the way, the first of several in words.
func refusal(blocking []register.AdoptionRow) string {
	words := blocking[0].Words
	if more := len(blocking) - 1; more > 0 {
		words += fmt.Sprintf(" And %d more.", more)
	}
	return words
}
