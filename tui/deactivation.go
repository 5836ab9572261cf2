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

// newDeactivation asks why the use of some records ends.
func newDeactivation(k *kit, who []register.ID) Screen {
	var desk statusDesk = k.desk
	spec := formSpec{
		title: "Deactivate", load: asked(reason()),
		intro: fmt.Sprintf("The records of %s go out of use today, and their memberships end. u takes the last one back.",
			howMany(len(who))),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			for i, id := range who {
				if err := desk.Deactivate(ctx, id, v["reason"]); err != nil {
					return formDone{}, partly(i, len(who), err)
				}
			}
			return formDone{said: "Deactivated " + howMany(len(who)) + "."}, nil
		},
	}
	if len(who) == 1 {
		spec.intro = "The record goes out of use today, and its memberships end. u takes it back."
		spec.id, spec.subject = "deactivate:"+string(who[0]), who[0]
	}
	return newForm(k, spec)
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
