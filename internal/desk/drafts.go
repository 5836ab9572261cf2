package desk

import (
	"context"
	"errors"

	"custos/internal/register"
	"custos/store"
)

// SaveDraft keeps an unfinished form. It is written quietly: no audit entry,
// since nothing of the register changes.
func (s *Seat) SaveDraft(ctx context.Context, d register.Draft) error {
	d.Operator, d.Saved = s.operator.Name, s.desk.now()
	_, err := s.change(ctx, act{verb: register.DraftSave, quiet: true}, func(tx *store.Tx) error {
		return tx.Drafts().Put(d)
	})
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
