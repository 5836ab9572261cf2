package main

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
	"custos/tui"
)

// session is an operator at work whose store closes with it. Where the console names a type of its own for what the
// desk takes, it is turned here.
type session struct {
	*desk.Seat
	db    *store.DB
	close func() error
}

// Close leaves the seat, then the store.
func (s session) Close() error {
	s.Depart()
	return s.close()
}

// ReadOnly reports whether the store is only looked at.
func (s session) ReadOnly() bool { return s.db != nil && s.db.ReadOnly() }

// Missing is what is lost or in doubt in what is looked at.
func (s session) Missing() []register.StoreProblem {
	if s.db == nil {
		return nil
	}
	return problems(s.db.Damage())
}

func (s session) Apply(ctx context.Context, plan *register.Plan, told func(done, total int)) (register.Batch, error) {
	return s.Seat.Apply(ctx, plan, told)
}

func (s session) ApplyContacts(
	ctx context.Context, plan *register.ContactPlan, told func(done, total int),
) (register.Batch, error) {
	return s.Seat.ApplyContacts(ctx, plan, told)
}

func (s session) Export(ctx context.Context, in tui.ExportInput) (register.Disclosure, error) {
	return s.Seat.Export(ctx, desk.ExportInput(in))
}

func (s session) Plan(ctx context.Context, in tui.Incoming) (*register.Plan, error) {
	return s.Seat.Plan(ctx, desk.Incoming(in))
}
