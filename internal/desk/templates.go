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
// as they were. Was, where given, is the template they were written over: other
// words in use by now are a Conflict.
func (s *Seat) SaveTemplate(ctx context.Context, t register.LetterTemplate, was ...register.LetterTemplate) error {
	if _, err := register.ParseLetterKind(string(t.Kind)); err != nil {
		return err
	}
	if problems := letter.CheckTemplate(t); len(problems) > 0 {
		return templateError(problems)
	}
	_, err := s.change(ctx, act{verb: register.TemplateSave, note: string(t.Kind)}, func(tx *store.Tx) error {
		if err := sameWords(tx, t.Kind, was); err != nil {
			return err
		}
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

// sameWords returns a Conflict where a kind of letter has other words than those
// that were read.
func sameWords(tx *store.Tx, k register.LetterKind, was []register.LetterTemplate) error {
	if len(was) == 0 {
		return nil
	}
	held, err := template(tx, k)
	if err != nil {
		return err
	}
	return asRead("the words of this letter", words(&held), []templateWords{words(&was[0])})
}

type templateWords struct{ subject, body string }

func words(t *register.LetterTemplate) templateWords { return templateWords{t.Subject, t.Body} }

// ResetTemplate gives the letters of a kind the words the program came with.
// Was, where given, is the template that goes: other words in use by now are a
// Conflict.
func (s *Seat) ResetTemplate(ctx context.Context, k register.LetterKind, was ...register.LetterTemplate) error {
	if _, err := register.ParseLetterKind(string(k)); err != nil {
		return err
	}
	_, err := s.change(ctx, act{verb: register.TemplateSave, note: string(k) + " reset"}, func(tx *store.Tx) error {
		if err := sameWords(tx, k, was); err != nil {
			return err
		}
		err := tx.Templates().Delete(string(k))
		if register.KindOf(err) == register.NotFound {
			return register.Errorf(register.Conflict, "letter", "this letter has the words it came with already")
		}
		return err
	})
	return err
}
