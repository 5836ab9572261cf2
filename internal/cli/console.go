package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// ConsoleStart is what the console begins with.
type ConsoleStart struct {
	Dir      string // the store; there may be none yet
	Operator string // "" where nobody was named
}

// bare is the program without a command: the console. Nothing is written to a terminal that is none.
func (a *app) bare(cmd *cobra.Command, _ []string) error {
	if a.flags.json || a.flags.noInput {
		return usagef("the console takes neither --json nor --no-input")
	}
	if !a.env.Terminal.In || !a.env.Terminal.Out || a.env.Console == nil {
		cmd.SetOut(a.env.Stderr)
		if err := cmd.Help(); err != nil {
			return err
		}
		return usagef("the console needs a terminal; give a command instead")
	}
	dir, err := a.storeDir()
	if err != nil {
		return err
	}
	operator, err := a.operatorName()
	if err != nil {
		return err
	}
	return a.env.Console(cmd.Context(), ConsoleStart{Dir: dir, Operator: operator})
}

// Console starts the console and returns when it is left.
type Console func(ctx context.Context, start ConsoleStart) error
