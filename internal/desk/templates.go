package desk

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// Templates returns what every kind of letter is made from: the office's own
// words where it has any, those the program came with otherwise.
func (s *Seat) Templates() ([]register.LetterTemplate, error) {
	var all []register.LetterTemplate
	err := s.read(register.RequestRead, func(tx *store.Tx) error {
		for _, k := range register.LetterKinds() {
			t, err := template(tx, k)
			if err != nil {
				return err
			}
			all = append(all, t)
		}
		return nil
	})
	return all, err
}

// template is what letters of a kind are made from.
func template(tx *store.Tx, k register.LetterKind) (register.LetterTemplate, error) {
	t, err := tx.Templates().Get(string(k))
	if register.KindOf(err) == register.NotFound {
		return letter.DefaultTemplate(k), nil
	}
	return t, err
}

// CheckTemplate returns everything that keeps a template from being saved.
func (s *Seat) CheckTemplate(t register.LetterTemplate) []register.Problem {
	return letter.CheckTemplate(t)
}

// SaveTemplate gives the letters of a kind other words. It returns an Invalid
// error naming the first line and field that cannot stand, and the words stay
// as they were.
func (s *Seat) SaveTemplate(ctx context.Context, t register.LetterTemplate) error {
	if _, err := register.ParseLetterKind(string(t.Kind)); err != nil {
		return err
	}
	if problems := letter.CheckTemplate(t); len(problems) > 0 {
		return templateError(problems)
	}
	_, err := s.change(ctx, act{verb: register.TemplateSave, note: string(t.Kind)}, func(tx *store.Tx) error {
		t.Updated, t.By = s.desk.now(), s.operator.Name
		return tx.Templates().Put(t)
	})
	return err
}

func templateError(problems []register.Problem) error {
	var all []error
	for _, p := range problems {
		where := "the heading"
		if p.Line > 0 {
			where = "line " + strconv.Itoa(p.Line)
		}
		all = append(all, errors.New(strings.TrimSpace(where+": "+p.Field+": "+p.Reason)))
	}
	return register.Errorf(register.Invalid, "template", "%w", errors.Join(all...))
}

// ResetTemplate gives the letters of a kind the words the program came with.
func (s *Seat) ResetTemplate(ctx context.Context, k register.LetterKind) error {
	if _, err := register.ParseLetterKind(string(k)); err != nil {
		return err
	}
	_, err := s.change(ctx, act{verb: register.TemplateSave, note: string(k) + " reset"}, func(tx *store.Tx) error {
		err := tx.Templates().Delete(string(k))
		if register.KindOf(err) == register.NotFound {
			return register.Errorf(register.Conflict, "letter", "this letter has the words it came with already")
		}
		return err
	})
	return err
}
