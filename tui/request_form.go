package tui

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// intakeDesk opens cases and lists the people they may be about, from memory.
type intakeDesk interface {
	Delegates(q register.Query) (register.Rows[register.DelegateRow], error)
	OpenRequest(ctx context.Context, in register.RequestInput) (register.RequestPage, error)
}

// newIntake is the form that opens a case; id is the person it is about, where that is known already.
func newIntake(k *kit, id string) Screen { return newIntakeFor(k, id, "") }

// newErasure is the same form for a person whose data is to be erased.
func newErasure(k *kit, id string) Screen { return newIntakeFor(k, id, calendar.Erasure) }

// newIntakeFor is the form with the right that is asked for filled in; empty for none.
func newIntakeFor(k *kit, id string, right calendar.Right) Screen {
	form, desk := "request:new", intakeDesk(k.desk)
	for _, more := range []string{id, string(right)} {
		if more != "" {
			form += ":" + more
		}
	}
	return newForm(k, formSpec{
		id: form, title: "New case", subject: register.ID(id),
		intro: "Any request counts, however it came and whoever took it: the clock runs from the day it reached the office.",
		load:  func() ([]widget.Field, error) { return intakeFields(k, id, right) },
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in, err := intakeInput(v)
			if err != nil {
				return formDone{}, err
			}
			page, err := desk.OpenRequest(ctx, in)
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: opened(page), next: newCase(k, page.Ref)}, nil
		},
	})
}

func opened(p register.RequestPage) string {
	if p.Due.IsZero() {
		return p.Ref + " is open; its clock waits for what was asked for."
	}
	return p.Ref + " is open; the reply is due by " + day(p.Due) + "."
}

func intakeFields(k *kit, id string, right calendar.Right) ([]widget.Field, error) {
	people, err := personOptions(k.desk)
	if err != nil {
		return nil, err
	}
	settings := k.desk.Settings()
	return []widget.Field{
		{
			ID: "right", Label: "What is asked for", Kind: widget.Choice, Required: true, Value: string(right),
			Options: rightOptions(&settings.Profile),
		},
		{
			ID: "delegate", Label: "Whose data", Kind: widget.Choice, Options: people, Value: id,
			Note: "Type part of the name. Leave it out where nobody of that name is held.",
		},
		{ID: "name", Label: "Their name, where nobody is chosen above"},
		{
			ID: "received", Label: "Reached the office on", Kind: widget.Date, Required: true, Value: k.desk.Today().String(),
			Note: "The day anyone here had it, also on a weekend.",
		},
		{ID: "how", Label: "How it came", Kind: widget.Choice, Options: options(register.Intakes()), Required: true},
		{ID: "requester", Label: "Somebody else asks for them", Note: "Leave it empty where the person asks."},
		{
			ID: "authority", Label: "Ask that somebody for proof of authority", Kind: widget.YesNo,
			Note: "The clock waits until it has come.",
		},
		{
			ID: "identity", Label: "Ask for proof of identity", Kind: widget.YesNo,
			Note: "Only where there is real doubt; the clock waits until it has come.",
		},
		{
			ID: "note", Label: "Note", Kind: widget.LongText,
			Note: "Where no authority is asked for, say why none is needed.",
		},
	}, nil
}

func intakeInput(v widget.Values) (register.RequestInput, error) {
	received, err := calendar.ParseDate(v["received"])
	if err != nil {
		return register.RequestInput{}, register.Errorf(register.Invalid, "received", "%w", err)
	}
	return register.RequestInput{
		Right: calendar.Right(v["right"]), Delegate: register.ID(v["delegate"]), Name: strings.TrimSpace(v["name"]),
		Received: received, How: v["how"], Requester: strings.TrimSpace(v["requester"]),
		AuthorityNeeded: v["authority"] == widget.Yes, IdentityNeeded: v["identity"] == widget.Yes,
		Note: strings.TrimSpace(v["note"]),
	}, nil
}

// rightOptions are the rights in the words of the profile.
func rightOptions(p *register.Profile) []widget.Option {
	titles := map[calendar.Right]string{}
	for _, offer := range p.Rights {
		titles[offer.Right] = offer.Title
	}
	var all []widget.Option
	for _, r := range calendar.Rights() {
		label := string(r)
		if titles[r] != "" {
			label += ": " + titles[r]
		}
		all = append(all, widget.Option{Value: string(r), Label: label})
	}
	return all
}

// personOptions are the people held, told apart by what differs between two of one name.
func personOptions(desk intakeDesk) ([]widget.Option, error) {
	rows, err := desk.Delegates(register.Query{})
	if err != nil {
		return nil, err
	}
	all := make([]widget.Option, 0, rows.Len())
	for i := range rows.Len() {
		row := rows.Row(i)
		if row.Status == register.Erased {
			continue
		}
		label := row.Name
		for _, more := range []string{row.Email, row.Organisation} {
			if more != "" {
				label += ", " + more
			}
		}
		all = append(all, widget.Option{Value: string(row.ID), Label: label + " (" + string(row.ID) + ")"})
	}
	return all, nil
}

// options are values that stand for themselves.
func options[T ~string](values []T) []widget.Option {
	all := make([]widget.Option, len(values))
	for i, v := range values {
		all[i] = widget.Option{Value: string(v), Label: string(v)}
	}
	return all
}
