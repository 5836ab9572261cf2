package cli

import (
	"context"
	"strconv"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) importCommand() *cobra.Command {
	return a.noun("import", "What was imported, and taking it back", a.listImports(), a.undoImport())
}

func (a *app) listImports() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List imports, the latest first", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
			list, err := s.Batches()
			if err != nil {
				return err
			}
			return a.show(list, func(p *page) { p.batches(list) })
		}),
	}
}

func (p *page) batches(list []register.Batch) {
	var rows [][]string
	for _, b := range list {
		rows = append(rows, []string{string(b.ID), onTheClock(b.At), b.By, b.Noun, b.File, string(b.State),
			strconv.Itoa(b.Counts.Rows), strconv.Itoa(b.Counts.New), strconv.Itoa(b.Counts.Changed)})
	}
	p.table("no imports", []string{"BATCH", "AT", "BY", "WHAT", "FILE", "STATE", "ROWS", "NEW", "CHANGED"}, rows)
}

func (a *app) undoImport() *cobra.Command {
	return &cobra.Command{
		Use: "undo BATCH", Short: "Take a whole import back", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			id, err := register.ParseID(register.BatchPrefix, args[0])
			if err != nil {
				return err
			}
			u, err := s.UndoImport(ctx, id)
			if err != nil {
				return err
			}
			return a.show(u, func(p *page) { p.undone(u) })
		}),
	}
}

func (a *app) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo", Short: "Take back your last change, as a change of its own", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			u, err := s.UndoLast(ctx)
			if err != nil {
				return err
			}
			return a.show(u, func(p *page) { p.undone(u) })
		}),
	}
}

func (p *page) undone(u register.Undone) {
	p.line("%s undone: %d put back, %d removed", u.Verb, u.Restored, u.Removed)
	if u.Kept > 0 {
		p.line("%d kept: a no stays, and so does what somebody worked with since", u.Kept)
	}
}
