package tui

import (
	"context"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// asOf is the day something is shown for and the day whose knowledge counts; zero dates: today, and what is known now.
type asOf struct{ on, known calendar.Date }

func (a asOf) past() bool { return a != asOf{} }

func (a asOf) words() string {
	words := "today"
	if !a.on.IsZero() {
		words = "on " + day(a.on)
	}
	if !a.known.IsZero() {
		words += ", as known on " + day(a.known)
	}
	return words
}

// newAsOf asks for the days and opens what is shown for them.
func newAsOf(k *kit, open func(asOf) Screen) Screen {
	today := k.desk.Today()
	past := func(s string) error {
		if d, err := calendar.ParseDate(s); err != nil || d.After(today) {
			return register.Errorf(register.Invalid, "", "that day has not come yet")
		}
		return nil
	}
	return newForm(k, formSpec{
		title: "As it stood",
		intro: "How it stood at the end of a day. What was typed in only later counts, unless you say as of when it was known.",
		load: asked(
			widget.Field{ID: "on", Label: "As it stood on", Kind: widget.Date, Required: true, Value: today.String(), Validate: past},
			widget.Field{
				ID: "known", Label: "As known on", Kind: widget.Date, Validate: past, Note: "Leave it empty for all that is known now.",
			},
		),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			var days asOf
			var err error
			if days.on, err = calendar.ParseDate(v["on"]); err != nil {
				return formDone{}, register.Errorf(register.Invalid, "on", "this is not a date")
			}
			if v["known"] != "" {
				if days.known, err = calendar.ParseDate(v["known"]); err != nil {
					return formDone{}, register.Errorf(register.Invalid, "known", "this is not a date")
				}
			}
			return formDone{next: open(days)}, nil
		},
	})
}
