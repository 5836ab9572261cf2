package sample

import (
	"context"
	"fmt"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// Options say how large a sample is. What is zero takes its default.
type Options struct {
	Delegates     int           // 240
	Organisations int           // 40, and one for every 25 delegates where that is more
	Seed          uint64        // 1
	Today         calendar.Date // the desk's own day; never after it
}

// Summary counts what a sample put into the register.
type Summary struct {
	Seed          uint64                        `json:"seed"`
	Today         calendar.Date                 `json:"today"`
	Organisations int                           `json:"organisations"`
	Delegates     int                           `json:"delegates"`
	Kinds         map[string]int                `json:"kinds"` // delegates by kind
	Deactivated   int                           `json:"deactivated"`
	Courses       int                           `json:"courses"`
	Bookings      int                           `json:"bookings"`
	Consents      int                           `json:"consent_events"`
	Requests      map[register.RequestState]int `json:"requests"` // by where they stand
}

// Told hears how far a step has come: done of total.
type Told func(step string, done, total int)

// Fill enters a sample year into a store, through the seat's operations: the
// audit trail names every one. People and organisations come in as two files
// do; the rest one by one, in numbers that stop growing at some hundreds.
// The same seed on the same day makes the same sample, ids included where the
// desk draws them from Reader. The operator must be able to enter and to decide.
//
// It returns an Invalid error for options that cannot be met, and otherwise
// whatever the desk refuses; what was entered until then stays.
func Fill(ctx context.Context, s *desk.Seat, o Options, told Told) (Summary, error) {
	if err := o.complete(s.Today()); err != nil {
		return Summary{}, err
	}
	if told == nil {
		told = func(string, int, int) {}
	}
	settings := s.Settings()
	f := &filler{seat: s, o: o, profile: &settings.Profile, told: told}
	f.sum = Summary{
		Seed: o.Seed, Today: o.Today, Kinds: map[string]int{}, Requests: map[register.RequestState]int{},
	}
	steps := []func(context.Context) error{
		f.organisations, f.file, f.byHand, f.gather, f.training, f.ledger, f.requests, f.leavers,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return f.sum, err
		}
	}
	return f.sum, nil
}

func (o *Options) complete(today calendar.Date) error {
	if o.Delegates < 0 || o.Organisations < 0 {
		return register.Errorf(register.Invalid, "delegates", "a sample has some delegates and organisations, not fewer than none")
	}
	if o.Delegates == 0 {
		o.Delegates = 240
	}
	if o.Organisations == 0 {
		o.Organisations = max(40, o.Delegates/25)
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Today.IsZero() {
		o.Today = today
	}
	if o.Today.After(today) {
		return register.Errorf(register.Invalid, "today", "a sample ends today at the latest: %s has not come yet", o.Today)
	}
	return nil
}

// filler is a sample on its way into a store.
type filler struct {
	seat    *desk.Seat
	o       Options
	profile *register.Profile
	told    Told
	sum     Summary

	orgs   []register.Organisation
	people *people
	cast   []register.DelegateRow // some of the people, in random order
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
	for i := range f.handful() {
		row := f.people.row(f.o.Delegates + i)
		from := oneOf(d, origins)
		in := register.DelegateInput{Kind: row.Delegate.Kind, Values: map[string]string{}, Access: row.Access}
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
