package cli

import "github.com/spf13/cobra"

// look is how the console is to appear, as flags.
type look struct {
	theme      string
	accessible bool
}

func (l *look) declare(cmd *cobra.Command) {
	choice(cmd, &l.theme, "theme", "colours of the console (CUSTOS_THEME)",
		"auto", "light", "dark", "mono", "high-contrast")
	cmd.Flags().BoolVar(&l.accessible, "accessible", false,
		"the console in lines, for screen readers and scripts (CUSTOS_ACCESSIBLE=1)")
}

// chosen is the look by flags, then by the environment.
func (l *look) chosen(a *app) Look {
	return Look{
		Theme:      first(l.theme, a.env.Getenv("CUSTOS_THEME")),
		Accessible: l.accessible || a.env.Getenv("CUSTOS_ACCESSIBLE") == "1",
	}
}

// console is the program without a command. Nothing is drawn on a terminal that is none; line by line it is worked from
// anywhere.
func (a *app) console(cmd *cobra.Command, l *look) error {
	if a.flags.json || a.flags.noInput {
		return usagef("the console takes neither --json nor --no-input")
	}
	how := l.chosen(a)
	if !a.interactive() && !(how.Accessible && a.env.Console != nil) {
		cmd.SetOut(a.env.Stderr)
		if err := cmd.Help(); err != nil {
			return err
		}
		return usagef("the console needs a terminal; give a command instead")
	}
	if a.env.Seat != nil {
		return a.env.Console(cmd.Context(), ConsoleStart{Seat: a.env.Seat, Look: l.chosen(a)})
	}
	dir, err := a.storeDir()
	if err != nil {
		return err
	}
	operator, err := a.operatorName()
	if err != nil {
		return err
	}
	return a.env.Console(cmd.Context(), ConsoleStart{
		Dir: dir, Operator: operator, AcceptOlder: a.flags.acceptOlder, ReadOnly: a.flags.readOnly,
		Salvage: a.flags.salvage, Look: how,
	})
}

// interactive reports whether there is a terminal for the console, on both sides.
func (a *app) interactive() bool {
	return a.env.Console != nil && a.env.Terminal.Out && a.mayAsk()
}
