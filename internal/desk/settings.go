package desk

import (
	"context"
	"maps"

	"custos/internal/register"
	"custos/store"
)

// RememberMapping keeps how the columns of a layout were mapped, so that the
// next file of that layout is read the same way. An empty map forgets it.
func (s *Seat) RememberMapping(ctx context.Context, fingerprint string, columns map[string]string) error {
	if maps.Equal(s.Settings().Mappings[fingerprint], columns) {
		return nil
	}
	a := act{verb: register.ImportApply, note: "column mapping remembered"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		now.Mappings = maps.Clone(now.Mappings)
		if now.Mappings == nil {
			now.Mappings = map[string]map[string]string{}
		}
		if delete(now.Mappings, fingerprint); len(columns) > 0 {
			now.Mappings[fingerprint] = columns
		}
		return nil
	})
}

// SetHolidays replaces the office's own bank holidays; an empty text goes back
// to the built-in table. A text that cannot be read is Invalid and names its
// line; the cases that stand keep the dates they have. Was, where given, is the
// text that was read before: another one held by now is a Conflict.
func (s *Seat) SetHolidays(ctx context.Context, text string, was ...string) error {
	if _, err := withOverride(text); err != nil {
		return err
	}
	a := act{verb: register.SettingsChange, note: "bank holidays"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		err := asRead("the bank holidays", now.Holidays, was)
		now.Holidays = text
		return err
	})
}

// RenameOffice changes the office's name as it stands on letters and packs. Was,
// where given, is the name that was read before: another is a Conflict.
func (s *Seat) RenameOffice(ctx context.Context, name string, was ...string) error {
	if name == "" {
		return register.Errorf(register.Invalid, "name", "the office needs a name")
	}
	a := act{verb: register.SettingsChange, note: "office name"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		err := asRead("the name", now.Office, was)
		now.Office = name
		return err
	})
}

func (s *Seat) setSettings(ctx context.Context, a act, fn func(*register.Settings) error) error {
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if err := fn(&settings); err != nil {
			return err
		}
		return tx.Settings().Put(settings)
	})
	return err
}

// youngestCompetent and oldestCompetent bound the age at which an office may
// take children to answer for themselves.
const (
	youngestCompetent = 7
	oldestCompetent   = register.AdultAge
)

// SetCompetentAge sets the age in years from which a child is taken to answer
// for themselves; 0 goes back to what the profile says. The answers that stand
// keep standing; parents' answers go to the refresh queue. Was, where given, is
// the age that was read before: another is a Conflict.
func (s *Seat) SetCompetentAge(ctx context.Context, years int, was ...int) error {
	if years != 0 && (years < youngestCompetent || years > oldestCompetent) {
		return register.Errorf(register.Invalid, "years",
			"the age is %d to %d, or 0 for what the profile says", youngestCompetent, oldestCompetent)
	}
	a := act{verb: register.SettingsChange, note: "age of answering for oneself"}
	return s.setSettings(ctx, a, func(now *register.Settings) error {
		err := asRead("the age", now.CompetentAge, was)
		now.CompetentAge = years
		return err
	})
}
