package sample

import (
	"context"
	"fmt"

	"custos/internal/desk"
	"custos/internal/register"
)

// filler is a sample on its way into a store.
type filler struct {
	seat     *desk.Seat
	o        Options
	settings *register.Settings
	profile  *register.Profile // of the settings
	told     Told
	sum      Summary

	orgs   []register.Organisation
	people *people
	cast   []register.DelegateRow // some of the people, in random order

	interviewed int // people asked so far
	byConsent   int // of them, those held by consent alone who agreed
}

// organisations enters the schools as one file.
func (f *filler) organisations(ctx context.Context) error {
	f.orgs = organisations(roll(f.o.Seed, "organisations"), f.o.Organisations, f.o.Today)
	b, err := f.enter(ctx, desk.Incoming{
		Noun: "organisations", File: "sample-organisations.csv", Rows: organisationRows(f.orgs),
	})
	f.sum.Organisations = b.Counts.New
	return err
}

// file enters everybody as one file, but for the few who are entered by hand.
func (f *filler) file(ctx context.Context) error {
	f.people = newPeople(f.o.Seed, f.profile, f.o.Today, f.orgs)
	b, err := f.enter(ctx, desk.Incoming{
		Noun: "delegates", File: "sample-delegates.csv", Rows: f.people.rows(f.o.Delegates - f.handful()),
	})
	f.sum.Delegates = b.Counts.New
	return err
}

// handful is how many people are entered one by one.
func (f *filler) handful() int { return min(8, f.o.Delegates/10) }

// byHand enters people as an officer at the keyboard does, with where each
// record came from.
func (f *filler) byHand(ctx context.Context) error {
	d := roll(f.o.Seed, "by hand")
	ids, err := f.employers()
	if err != nil {
		return err
	}
	for i := range f.handful() {
		row := f.people.row(f.o.Delegates + i)
		from := oneOf(d, origins)
		in := register.DelegateInput{Kind: row.Delegate.Kind, Values: map[string]string{}}
		if in.Organisation = ids[row.EmployerURN]; in.Organisation != "" {
			in.Access = row.Access
		}
		in.Source = register.Provenance{How: from.how, Detail: from.detail, On: f.o.Today.AddDays(-d.between(0, 300))}
		for _, id := range append(row.Given, register.FieldName) {
			in.Values[id] = row.Delegate.Value(id)
		}
		if _, err := f.seat.AddDelegate(ctx, in); err != nil {
			return fmt.Errorf("entering a delegate: %w", err)
		}
		f.sum.Delegates++
		f.told("by hand", i+1, f.handful())
	}
	return nil
}

// employers finds the organisations held by their number.
func (f *filler) employers() (map[string]register.ID, error) {
	rows, err := f.seat.Organisations(register.Query{})
	if err != nil {
		return nil, fmt.Errorf("listing organisations: %w", err)
	}
	ids := map[string]register.ID{}
	for i := range rows.Len() {
		if row := rows.Row(i); row.URN != "" {
			ids[row.URN] = row.ID
		}
	}
	return ids, nil
}

// gather counts the people by kind and chooses, in random order, those the
// rest of the year is about.
func (f *filler) gather(context.Context) error {
	const most = 1000
	rows, err := f.seat.Delegates(register.Query{})
	if err != nil {
		return fmt.Errorf("listing delegates: %w", err)
	}
	for i := range rows.Len() {
		f.sum.Kinds[rows.Row(i).Kind]++
	}
	for _, i := range roll(f.o.Seed, "cast").Perm(rows.Len())[:min(most, rows.Len())] {
		f.cast = append(f.cast, rows.Row(i))
	}
	return nil
}

// enter plans a file and carries the plan out. Every row is new: anything else
// means that the store was not.
func (f *filler) enter(ctx context.Context, in desk.Incoming) (register.Batch, error) {
	plan, err := f.seat.Plan(ctx, in)
	if err != nil {
		return register.Batch{}, err
	}
	if plan.Counts.New != plan.Counts.Rows {
		return register.Batch{}, register.Errorf(register.Conflict, "",
			"a sample goes into a store of its own: %d of its %d %s are not new here",
			plan.Counts.Rows-plan.Counts.New, plan.Counts.Rows, in.Noun)
	}
	b, err := f.seat.Apply(ctx, plan, func(done, total int) { f.told(in.Noun, done, total) })
	if err != nil {
		return b, fmt.Errorf("entering %s: %w", in.Noun, err)
	}
	return b, nil
}
