package tui

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// clockForm is how a time is typed: the clock in London.
const clockForm = "2006-01-02T15:04"

// inBreaches is what a form about a breach on record is filled from.
var inBreaches = []string{"breaches"}

// newBreachForm asks for the facts of a new breach, or of one on record.
func newBreachForm(k *kit, id register.ID) Screen {
	desk := breachDesk(k.desk)
	var held register.BreachRow
	spec := formSpec{
		id: "breach:" + cmp.Or(string(id), "new"), title: "New breach",
		intro: "From the moment the office became aware of it 72 hours count, weekends too. Name no person here.",
		load: func() (_ []widget.Field, err error) {
			if id != "" {
				if held, err = desk.Breach(id); err != nil {
					return nil, err
				}
			} else {
				held.Aware = k.env.Now()
			}
			return breachFields(&held), nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in, err := breachFacts(v)
			if err != nil {
				return formDone{}, err
			}
			var row register.BreachRow
			if id == "" {
				row, err = desk.AddBreach(ctx, in)
			} else {
				in.Revision = held.Revision
				row, err = desk.ChangeBreach(ctx, id, in)
			}
			return formDone{said: "The breach " + string(row.ID) + ": " + row.Words + "."}, err
		},
	}
	if id != "" {
		spec.title, spec.of = "Facts", inBreaches
	}
	return newForm(k, spec)
}

func breachFields(b *register.BreachRow) []widget.Field {
	people := ""
	if b.People > 0 {
		people = strconv.Itoa(b.People)
	}
	return []widget.Field{
		{
			ID: "aware", Label: "Aware of it since", Required: true, Value: typed(b.Aware), Validate: isTime,
			Note: "The day and the time on the clock, such as 2026-03-27T16:00.",
		},
		{ID: "what", Label: "What happened", Kind: widget.LongText, Required: true, Value: b.What},
		{ID: "data", Label: "Kinds of data", Value: b.Data, Note: "Such as names, addresses, dates of birth."},
		{ID: "people", Label: "How many people, about", Value: people, Validate: isCount},
		{ID: "effects", Label: "What may come of it for them", Kind: widget.LongText, Value: b.Effects},
		{ID: "measures", Label: "What was done about it, or will be", Kind: widget.LongText, Value: b.Measures},
	}
}

func breachFacts(v widget.Values) (register.BreachInput, error) {
	in := register.BreachInput{What: v["what"], Data: v["data"], Effects: v["effects"], Measures: v["measures"]}
	var err error
	if in.Aware, err = timeOf(v, "aware"); err != nil {
		return in, err
	}
	if n := strings.TrimSpace(v["people"]); n != "" {
		if in.People, err = strconv.Atoi(n); err != nil {
			return in, register.Errorf(register.Invalid, "people", "a number of people")
		}
	}
	return in, nil
}

// newBreachDecision asks how great the risk is and who was told.
func newBreachDecision(k *kit, id register.ID) Screen {
	desk := breachDesk(k.desk)
	var held register.BreachRow
	return newForm(k, formSpec{
		id: "breach:decide:" + string(id), title: "Decide", of: inBreaches,
		intro: "Where a risk to people is not unlikely, the regulator hears of it within 72 hours; where it is high, so do they.",
		load: func() (_ []widget.Field, err error) {
			held, err = desk.Breach(id)
			return decisionOnBreach(&held), err
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in := register.BreachDecision{
				Risk: register.BreachRisk(v["risk"]), Reference: v["reference"], LateBecause: v["late_because"],
				NotReported: v["not_reported"], NotTold: v["not_told"], Revision: held.Revision,
			}
			var err error
			if in.Reported, err = timeOf(v, "reported"); err != nil {
				return formDone{}, err
			}
			if in.Told, err = timeOf(v, "told"); err != nil {
				return formDone{}, err
			}
			row, err := desk.DecideBreach(ctx, id, in)
			return formDone{said: "The breach " + string(row.ID) + ": " + row.Words + "."}, err
		},
	})
}

func decisionOnBreach(b *register.BreachRow) []widget.Field {
	risks := []widget.Option{
		{Value: string(register.NoRisk), Label: "a risk to people is unlikely"},
		{Value: string(register.SomeRisk), Label: "a risk: the regulator is told"},
		{Value: string(register.HighRisk), Label: "a high risk: the people are told too"},
	}
	const clock = "The day and the time, such as 2026-03-27T16:00; empty: not yet."
	return []widget.Field{
		{ID: "risk", Label: "The risk to people", Kind: widget.Choice, Required: true, Options: risks, Value: string(b.Risk)},
		{ID: "reported", Label: "Reported to the regulator", Value: typed(b.Reported), Validate: isTime, Note: clock},
		{ID: "reference", Label: "The regulator's reference", Value: b.Reference},
		{
			ID: "late_because", Label: "Why so late", Kind: widget.LongText, Value: b.LateBecause,
			Note: "Needed where it was reported after " + when(b.Due) + ".",
		},
		{
			ID: "not_reported", Label: "Why it is not reported", Kind: widget.LongText, Value: b.NotReported,
			Note: "Needed where a risk is unlikely and nothing is reported.",
		},
		{ID: "told", Label: "The people were told", Value: typed(b.Told), Validate: isTime, Note: clock},
		{
			ID: "not_told", Label: "Why they are not told", Kind: widget.LongText, Value: b.NotTold,
			Note: "Needed where the risk is high and they are not.",
		},
	}
}

// typed is a time as it is typed.
func typed(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(calendar.London()).Format(clockForm)
}

func isTime(s string) error {
	_, err := calendar.ParseInstant(strings.TrimSpace(s))
	return err
}

func isCount(s string) error {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err != nil || n < 0 {
		return register.Errorf(register.Invalid, "", "a number, 0 or more")
	}
	return nil
}

// timeOf reads the time in a field, which may be empty.
func timeOf(v widget.Values, field string) (time.Time, error) {
	text := strings.TrimSpace(v[field])
	if text == "" {
		return time.Time{}, nil
	}
	at, err := calendar.ParseInstant(text)
	if err != nil {
		return at, register.Errorf(register.Invalid, field, "%w", err)
	}
	return at, nil
}
