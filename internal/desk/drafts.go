package desk

import (
	"context"
	"errors"

	"custos/internal/register"
	"custos/store"
)

// SaveDraft keeps an unfinished form. It is written quietly: no audit entry,
// since nothing of the register changes. Where the operator has the form open
// in two places, each saves the fields typed there: of a field typed in both,
// what was typed last. A draft with nothing left in it is forgotten. It is
// Refused for somebody who was erased.
func (s *Seat) SaveDraft(ctx context.Context, d register.Draft) error {
	d.Operator, d.Saved = s.operator.Name, s.desk.now()
	fresh := d.Fresh
	d.Fresh = nil
	_, err := s.change(ctx, act{verb: register.DraftSave, quiet: true}, func(tx *store.Tx) error {
		if err := mayBeDrafted(tx, d.Subject); err != nil {
			return err
		}
		if fresh == nil {
			return tx.Drafts().Put(d)
		}
		held, err := tx.Drafts().Get(d.Operator, d.Form)
		found := err == nil
		if err != nil && register.KindOf(err) != register.NotFound {
			return err
		}
		now := d.Over(held, fresh)
		switch {
		case len(now.Values) > 0:
			return tx.Drafts().Put(now)
		case found:
			return tx.Drafts().Delete(d.Operator, d.Form)
		}
		return nil
	})
	return err
}

// mayBeDrafted refuses to keep what is typed about somebody erased, which an
// erasure would have taken along.
func mayBeDrafted(tx *store.Tx, who register.ID) error {
	if who == "" {
		return nil
	}
	d, err := tx.Delegates().Get(who)
	if err == nil && d.Status == register.Erased {
		return register.Errorf(register.Refused, "", "%s was erased: nothing typed about them is kept", who)
	}
	if register.KindOf(err) == register.NotFound {
		return nil
	}
	return err
}

// Draft returns the operator's unfinished form, if there is one.
func (s *Seat) Draft(form string) (register.Draft, bool, error) {
	var d register.Draft
	err := s.read(register.DraftSave, func(tx *store.Tx) (err error) {
		d, err = tx.Drafts().Get(s.operator.Name, form)
		return err
	})
	var e *register.Error
	if errors.As(err, &e) && e.Kind == register.NotFound {
		return d, false, nil
	}
	return d, err == nil, err
}

// DropDraft forgets an unfinished form: it was sent, or is no longer wanted.
func (s *Seat) DropDraft(ctx context.Context, form string) error {
	if _, found, err := s.Draft(form); err != nil || !found {
		return err
	}
	_, err := s.change(ctx, act{verb: register.DraftSave, quiet: true}, func(tx *store.Tx) error {
		return tx.Drafts().Delete(s.operator.Name, form)
	})
	return err
}
