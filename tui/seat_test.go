package tui_test

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/tui"
)

// What the program joins: the console's words for a file and an export are the desk's.

func (s seat) Plan(ctx context.Context, in tui.Incoming) (*register.Plan, error) {
	return s.Seat.Plan(ctx, desk.Incoming(in))
}

func (s seat) Apply(ctx context.Context, p *register.Plan, told func(done, total int)) (register.Batch, error) {
	return s.Seat.Apply(ctx, p, told)
}

func (s seat) Export(ctx context.Context, in tui.ExportInput) (register.Disclosure, error) {
	return s.Seat.Export(ctx, desk.ExportInput(in))
}
