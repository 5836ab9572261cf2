package tui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// rightsDesk does to a person's data what their case is about.
type rightsDesk interface {
	Rectify(ctx context.Context, ref string, in register.RectifyInput) (register.RequestPage, error)
	Restrict(ctx context.Context, ref string, in register.RestrictInput) (register.RequestPage, error)
	LiftRestriction(ctx context.Context, ref string, on calendar.Date, why string) (register.RequestPage, error)
	Recipients(ref string) ([]register.RecipientRow, error)
	TellRecipient(ctx context.Context, ref string, in register.TellInput) (register.RequestPage, error)
	Balance(ctx context.Context, ref string, in register.BalanceInput) (register.RequestPage, error)
	StopMarketing(ctx context.Context, ref string) (register.RequestPage, error)
	WithdrawFor(ctx context.Context, ref string, only ...register.ConsentKey) (register.Withdrawal, error)
}

// rectifiable is a field that may be put right, with what is held in it.
type rectifiable struct {
	field register.Field
	held  string
}

// rectifying reads what is held, and has the field to put right chosen by what it says.
func (c *caseScreen) rectifying() tea.Cmd {
	desk, who, k := c.desk, c.page.Delegate, c.kit
	profile := k.desk.Settings().Profile
	return func() tea.Msg {
		page, err := desk.Person(who)
		if err != nil {
			return fail(err)()
		}
		form := personForm{kit: k, id: who, kind: page.Delegate.Kind}
		var fields []rectifiable
		for _, x := range form.asked(&profile) {
			fields = append(fields, rectifiable{x, page.Delegate.Value(x.ID)})
		}
		return c.pickField(fields)()
	}
}

// pickField offers the fields with what is held in each, and the statement last.
func (c *caseScreen) pickField(fields []rectifiable) tea.Cmd {
	var all []widget.Option
	for _, x := range fields {
		held := x.held
		if held == "" {
			held = "(nothing is held)"
		}
		all = append(all, widget.Option{Value: x.field.ID, Label: x.field.Title + ": " + held})
	}
	all = append(all, widget.Option{Value: register.FieldStatement, Label: "A statement of the person that completes the record"})
	p := widget.NewPicker(c.kit.theme, "What is put right? Nothing changes yet.", all, "")
	return choose(p, func(o widget.Option) tea.Cmd {
		if o.Value == register.FieldStatement {
			return push(c.stating())
		}
		i := slices.IndexFunc(fields, func(x rectifiable) bool { return x.field.ID == o.Value })
		return push(c.rectifyingField(fields[i]))
	})
}

// rectifyingField asks for the right value of one field, and shows both before it is written.
func (c *caseScreen) rectifyingField(x rectifiable) Screen {
	profile := c.kit.desk.Settings().Profile
	desk, ref := rightsDesk(c.kit.desk), c.ref
	before := func() string { return cmp.Or(x.held, "nothing") }
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":rectified:" + x.field.ID, subject: c.page.Delegate, title: "Put right",
		intro: "Both values are kept in the case.", of: []string{string(c.page.Delegate)},
		load: func() ([]widget.Field, error) {
			page, err := personDesk(c.kit.desk).Person(c.page.Delegate)
			if err != nil {
				return nil, err
			}
			x.held = page.Delegate.Value(x.field.ID)
			q, err := (&personForm{kit: c.kit}).question(x.field, &profile)
			q.ID, q.Label, q.Note, q.Mark = "value", x.field.Title+" as it should be", "Held now: "+before()+". Empty: nothing is held in it any more.", widget.NoMark
			return []widget.Field{q, c.rectifiedOn()}, err
		},
		confirm: func(v widget.Values) widget.Question {
			after := v["value"]
			if strings.TrimSpace(after) == "" {
				after = "nothing"
			}
			return widget.Question{
				Title: "Put " + ref + " right", Yes: "Write it into the record",
				Text: x.field.Title + "\n\nBefore: " + before() + "\nAfter:  " + after + "\n\nThose who had the old value are to be told.",
			}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			_, err = desk.Rectify(ctx, ref, register.RectifyInput{
				Field: x.field.ID, Value: strings.TrimSpace(v["value"]), Was: &x.held, On: on,
			})
			return formDone{said: x.field.Title + " is put right; before and after stand in the case."}, onField(err, x.field.ID)
		},
	})
}

// onField has an error about a field of the record go to the question that asks for it.
func onField(err error, field string) error {
	var e *register.Error
	if errors.As(err, &e) && e.Field == field {
		return register.Errorf(e.Kind, "value", "%s", e.Msg)
	}
	return err
}

// stating asks for a statement that completes the record.
func (c *caseScreen) stating() Screen {
	desk, ref := rightsDesk(c.kit.desk), c.ref
	return newForm(c.kit, formSpec{
		id: "case:" + ref + ":rectified:" + register.FieldStatement, subject: c.page.Delegate, title: "Statement",
		intro: "What the person states where the data is incomplete is added to the record, after what it states already.",
		load: asked(
			widget.Field{ID: "statement", Label: "What they state", Kind: widget.LongText, Required: true}, c.rectifiedOn(),
		),
		confirm: func(v widget.Values) widget.Question {
			return widget.Question{Title: "Add to the record", Yes: "Add the statement", Text: v["statement"]}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			on, err := onDay(v)
			if err != nil {
				return formDone{}, err
			}
			_, err = desk.Rectify(ctx, ref, register.RectifyInput{Statement: strings.TrimSpace(v["statement"]), On: on})
			return formDone{said: "The statement is part of the record."}, err
		},
	})
}

func (c *caseScreen) rectifiedOn() widget.Field {
	return widget.Field{ID: "on", Label: "Put right on", Kind: widget.Date, Required: true, Value: c.kit.desk.Today().String()}
}
