package tui

import (
	"context"
	"errors"
	"fmt"

	"custos/internal/register"
	"custos/tui/widget"
)

// statusDesk takes people's records out of use and back.
type statusDesk interface {
	Deactivate(ctx context.Context, id register.ID, reason string) error
	Reactivate(ctx context.Context, id register.ID, reason string) error
}

// newDeactivation asks why the use of a record ends.
func newDeactivation(k *kit, id register.ID) Screen {
	var desk statusDesk = k.desk
	return newForm(k, formSpec{
		id: "deactivate:" + string(id), title: "Deactivate", subject: id, load: asked(reason()),
		intro: "The record goes out of use today, and its memberships end. u takes it back.",
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "Deactivated " + howMany(1) + "."}, desk.Deactivate(ctx, id, v["reason"])
		},
	})
}

// newReactivation asks why a record comes back into use.
func newReactivation(k *kit, id register.ID) Screen {
	var desk statusDesk = k.desk
	return newForm(k, formSpec{
		id: "reactivate:" + string(id), title: "Reactivate", subject: id, load: asked(reason()),
		intro: "The record comes back into use. Memberships stay ended.",
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "Reactivated " + string(id) + "."}, desk.Reactivate(ctx, id, v["reason"])
		},
	})
}

func reason() widget.Field { return widget.Field{ID: "reason", Label: "Reason", Required: true} }

// partly says how far an act on several records came before it was refused.
func partly(done, all int, err error) error {
	if done == 0 {
		return err
	}
	var e *register.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("done for %d of %d, then: %w", done, all, err)
	}
	return &register.Error{Kind: e.Kind, Field: e.Field, Msg: fmt.Sprintf("done for %d of %d, then: %s", done, all, e.Msg), Err: err}
}
