package tui

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// newHold asks why a person's data must not be erased.
func newHold(k *kit, who register.ID) Screen {
	desk := holdsDesk(k.desk)
	kinds := options(register.HoldKinds())
	for i := range kinds {
		kinds[i].Label = strings.ReplaceAll(kinds[i].Label, "-", " ")
	}
	return newForm(k, formSpec{
		id: "hold:new:" + string(who), subject: who, title: "New hold",
		intro: "While the hold stands nothing of this person is erased or disposed of, whatever is decided.",
		load: asked(
			widget.Field{ID: "kind", Label: "What it is for", Kind: widget.Choice, Required: true, Options: kinds},
			widget.Field{ID: "reason", Label: "Why the data must be kept", Kind: widget.LongText, Required: true},
			widget.Field{ID: "on", Label: "Since", Kind: widget.Date, Required: true, Value: k.desk.Today().String()},
			widget.Field{ID: "review", Label: "To be looked at again on", Kind: widget.Date, Note: "None: nobody is reminded."},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in := register.HoldInput{Delegate: who, Kind: v["kind"], Reason: strings.TrimSpace(v["reason"])}
			var err error
			if in.On, err = dayOf(v, "on"); err != nil {
				return formDone{}, err
			}
			if in.Review, err = dayOf(v, "review"); err != nil {
				return formDone{}, err
			}
			h, err := desk.SetHold(ctx, in)
			return formDone{said: "The hold " + string(h.ID) + " stands."}, err
		},
	})
}

// dayOf reads the day in a field, which may be empty.
func dayOf(v widget.Values, field string) (calendar.Date, error) {
	if v[field] == "" {
		return calendar.Date{}, nil
	}
	on, err := calendar.ParseDate(v[field])
	if err != nil {
		return on, register.Errorf(register.Invalid, field, "%w", err)
	}
	return on, nil
}

// newHoldRelease asks why a hold may end.
func newHoldRelease(k *kit, who, id register.ID) Screen {
	desk := holdsDesk(k.desk)
	return newForm(k, formSpec{
		id: "hold:release:" + string(id), subject: who, title: "Release", intro: "The hold stays on record as released, with the reason.",
		load: asked(widget.Field{ID: "because", Label: "Why it is released", Kind: widget.LongText, Required: true}),
		confirm: func(widget.Values) widget.Question {
			return widget.Question{
				Title: "Release " + string(id), Yes: "Release it",
				Text: "The person's data may be erased again wherever nothing else forbids it.",
			}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "Released: " + string(id) + "."}, desk.ReleaseHold(ctx, who, id, v["because"])
		},
	})
}
