package sample

import (
	"context"
	"fmt"

	"custos/internal/calendar"
	"custos/internal/register"
)

// ledger enters what people were asked and what they said, a page of the paper
// grid at a time.
func (f *filler) ledger(ctx context.Context) error {
	const page = 25
	d := roll(f.o.Seed, "consents")
	asked := min(len(f.cast), 200)
	var told []register.ConsentInput
	for i, who := range f.cast[:asked] {
		some, err := f.interview(d, who)
		if err != nil {
			return err
		}
		told = append(told, some...)
		f.told("consents", i+1, asked)
		if (i+1)%page > 0 && i+1 < asked {
			continue
		}
		if err := f.record(ctx, told...); err != nil {
			return err
		}
		told = told[:0]
	}
	return f.suppress(ctx)
}

// interview makes up what one person said. The first two people held by nothing
// but consent say yes, and every twentieth person objects to all marketing.
func (f *filler) interview(d dice, who register.DelegateRow) ([]register.ConsentInput, error) {
	page, err := f.seat.Person(who.ID)
	if err != nil {
		return nil, fmt.Errorf("reading a delegate: %w", err)
	}
	i := interviewOf(d, f.settings, f.o.Today, &page.Delegate)
	var told []register.ConsentInput
	lines := d.asked(page.Consents, f.profile)
	if len(lines) > 0 && f.byConsent < 2 && heldByConsent(f.profile, who.Kind) {
		f.byConsent++
		told, lines = append(told, i.says(lines[0], register.Given, f.o.Today.AddDays(-i.between(5, 20)))), nil
	}
	for _, l := range lines {
		told = append(told, i.tell(l)...)
	}
	told = append(told, i.unasked(page.Consents)...)
	if f.interviewed++; f.interviewed%20 == 7 && markets(f.profile) {
		told = append(told, i.objection())
	}
	return told, nil
}

// heldByConsent reports whether nothing but consent allows to hold a kind of
// person.
func heldByConsent(p *register.Profile, kind string) bool {
	for _, x := range p.Purposes {
		if b, ok := x.BasisFor(kind, ""); ok && b.Basis != register.Consent {
			return false
		}
	}
	return true
}

func markets(p *register.Profile) bool {
	for _, x := range p.Purposes {
		if x.Marketing {
			return true
		}
	}
	return false
}

// record enters answers as the desk takes them from paper: all of them stand,
// or the sample is wrong.
func (f *filler) record(ctx context.Context, told ...register.ConsentInput) error {
	if len(told) == 0 {
		return nil
	}
	events, problems, err := f.seat.RecordConsents(ctx, told)
	if err == nil && len(problems) > 0 {
		p := problems[0]
		err = register.Errorf(register.Invalid, p.Field, "%s of %s: %s", told[p.Line-1].Act, told[p.Line-1].Purpose, p.Reason)
	}
	if err != nil {
		return fmt.Errorf("recording consents: %w", err)
	}
	f.sum.Consents += len(events)
	return nil
}

// suppress enters the addresses the office was told to leave alone.
func (f *filler) suppress(ctx context.Context) error {
	email := ""
	for _, row := range f.cast {
		if email == "" && row.Status == register.Active {
			email = row.Email
		}
	}
	for _, in := range suppressions(email) {
		_, err := f.seat.Suppress(ctx, in)
		if register.KindOf(err) == register.Conflict {
			continue // somebody at that address objected already
		}
		if err != nil {
			return fmt.Errorf("suppressing an address: %w", err)
		}
	}
	all, err := f.seat.Suppressions()
	f.sum.Suppressions = len(all)
	return err
}

// withdraw gives a request to withdraw a consent something to be about: one
// given a hundred days earlier, taken back on every channel the day it came.
func (f *filler) withdraw(ctx context.Context, who register.ID, on calendar.Date) error {
	d := roll(f.o.Seed, "withdrawal "+on.String())
	page, err := f.seat.Person(who)
	if err != nil {
		return err
	}
	i := interviewOf(d, f.settings, f.o.Today, &page.Delegate)
	var told []register.ConsentInput
	for _, line := range d.asked(page.Consents, f.profile) {
		told = append(told, i.says(line, register.Given, on.AddDays(-100)), i.says(line, register.Withdrawn, on))
	}
	return f.record(ctx, told...)
}
