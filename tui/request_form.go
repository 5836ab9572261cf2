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
	requestDesk
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
			alike, err := alikeTo(desk, in)
			if err != nil {
				return formDone{}, err
			}
			if len(alike) > 0 {
				first := newAlike(k, in, alike)
				first.form, first.again = form, func() Screen { return newIntakeFor(k, id, right) }
				return formDone{next: first, keep: true}, nil
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
	return append([]widget.Field{
		{
			ID: "right", Label: "What is asked for", Kind: widget.Choice, Required: true, Value: string(right),
			Options: kindOptions(),
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
	}, whoAsks()...), nil
}

// whoAsks are the questions about who asks and how that is proved.
func whoAsks() []widget.Field {
	return []widget.Field{
		{ID: "requester", Label: "Somebody else asks for them", Note: "Leave it empty where the person asks."},
		{
			ID: "relation", Label: "What they are to the person",
			Note: "Such as parent, solicitor, employer; only for somebody else.",
		},
		{
			ID: "authority", Label: "Ask that somebody for proof of authority", Kind: widget.YesNo,
			Note: "The clock waits until it has come. A competent child's own authority is always asked for.",
		},
		{
			ID: "identity", Label: "Ask for proof of identity", Kind: widget.YesNo,
			Note: "Only where there is real doubt; the clock waits until it has come.",
		},
		{ID: "why", Label: "Why identity is asked for, or need not be"},
		{
			ID: "note", Label: "Note", Kind: widget.LongText,
			Note: "Where no authority is asked for, say why none is needed.",
		},
	}
}

func intakeInput(v widget.Values) (register.RequestInput, error) {
	received, err := calendar.ParseDate(v["received"])
	if err != nil {
		return register.RequestInput{}, register.Errorf(register.Invalid, "received", "%w", err)
	}
	return register.RequestInput{
		Right: calendar.Right(v["right"]), Delegate: register.ID(v["delegate"]), Name: strings.TrimSpace(v["name"]),
		Received: received, How: v["how"], Requester: strings.TrimSpace(v["requester"]),
		Relation: strings.TrimSpace(v["relation"]), Identity: strings.TrimSpace(v["why"]),
		AuthorityNeeded: v["authority"] == widget.Yes, IdentityNeeded: v["identity"] == widget.Yes,
		Note: strings.TrimSpace(v["note"]),
	}, nil
}

// kindGroups are the kinds of case by what they are about.
func kindGroups() []struct {
	title string
	kinds []calendar.Right
} {
	return []struct {
		title string
		kinds []calendar.Right
	}{
		{"See the data", []calendar.Right{calendar.Access, calendar.Portability, calendar.EducationalRecord}},
		{"Change the data", []calendar.Right{calendar.Rectification, calendar.Erasure, calendar.Restriction}},
		{"Stop a use", []calendar.Right{calendar.Objection, calendar.Marketing, calendar.Withdrawal, calendar.Automated}},
		{"Ask or complain", []calendar.Right{calendar.Complaint, calendar.Enquiry}},
	}
}

// kindOptions are all kinds of case in their groups.
func kindOptions() []widget.Option {
	var all []widget.Option
	for _, g := range kindGroups() {
		for _, r := range g.kinds {
			kind, _ := register.KindOfCase(r)
			label := g.title + ": " + kind.Title
			if kind.Article != "" {
				label += " (" + kind.Article + ")"
			}
			all = append(all, widget.Option{Value: string(r), Label: label})
		}
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
