package cli

import "github.com/spf13/cobra"

// bare is the program without a command: the console. Nothing is drawn on a terminal that is none.
func (a *app) bare(cmd *cobra.Command, _ []string) error {
	if a.flags.json || a.flags.noInput {
		return usagef("the console takes neither --json nor --no-input")
	}
	if !a.interactive() {
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
	return a.env.Console(cmd.Context(), ConsoleStart{Dir: dir, Operator: operator, AcceptOlder: a.flags.acceptOlder})
}

// interactive reports whether there is a terminal for the console, on both sides.
func (a *app) interactive() bool { return a.env.Terminal.In && a.env.Terminal.Out && a.mayAsk() }
