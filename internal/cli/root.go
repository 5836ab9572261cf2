package cli

import (
	"context"
	"errors"

	"custos/internal/calendar"
	"custos/internal/desk"

	"github.com/spf13/cobra"
)

// app is one run of the program.
type app struct {
	env   Env
	flags globals
}

// globals are the flags every command has.
type globals struct {
	store, operator, passphraseFile string
	json, noInput, acceptOlder      bool
	readOnly, salvage               bool
	asOf                            calendar.Date
}

// Run carries out a command line, without the program's name, and returns the exit code.
func Run(ctx context.Context, env Env, args []string) int {
	a := &app{env: env}
	root := a.root()
	root.SetArgs(args)
	ran, err := root.ExecuteContextC(ctx)
	if err != nil {
		a.explain(ran, err)
	}
	return exitCode(err)
}

// New returns the tree of commands, which what is said elsewhere of commands is held to.
func New(env Env) *cobra.Command {
	a := &app{env: env}
	return a.root()
}

func (a *app) explain(ran *cobra.Command, err error) {
	if errors.Is(err, context.Canceled) {
		a.say("custos: interrupted")
		return
	}
	a.say("custos: %s", err)
	a.explainDamage(err)
	var usage *usageError
	if errors.As(err, &usage) {
		a.say("Run '%s --help' for how to use it.", ran.CommandPath())
	}
}

// listedDamage is how much of what is damaged an error lists; 'custos check --json' lists all.
const listedDamage = 20

// explainDamage lists what is damaged, where there is more than the sentence named.
func (a *app) explainDamage(err error) {
	var d *desk.Damage
	if !errors.As(err, &d) || len(d.Findings) == 0 {
		return
	}
	for i, f := range d.Findings {
		if i == listedDamage {
			a.say("  and %d more", len(d.Findings)-i)
			break
		}
		a.say("  %s", f)
	}
	a.say("'custos restore' takes the newest backup, 'custos repair --to DIR' saves what is intact, and --salvage looks at it.")
}

const rootHelp = `Custos keeps the rolls of an office that holds other people's data: who is
kept and on what ground, what they were asked, which requests came in, when
each falls due, and what left the office.

Without a command it opens the console on the store.`

func (a *app) root() *cobra.Command {
	var l look
	root := &cobra.Command{
		Use: "custos", Short: "The keeper of an office's data protection register", Long: rootHelp,
		SilenceErrors: true, SilenceUsage: true, DisableAutoGenTag: true, SuggestionsMinimumDistance: 2,
		Args:              takes(a.noSuchCommand),
		PersistentPreRunE: a.mayBeUsed,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.console(cmd, &l) },
	}
	l.declare(root)
	root.SetIn(a.env.Stdin)
	root.SetOut(a.env.Stdout)
	root.SetErr(a.env.Stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.SetHelpCommand(a.helpCommand())
	a.globalFlags(root)
	root.AddCommand(
		a.initCommand(), a.demoCommand(), a.dueCommand(), a.profileCommand(),
		a.organisationCommand(), a.delegateCommand(), a.membershipCommand(), a.importCommand(),
		a.courseCommand(), a.bookingCommand(), a.consentCommand(), a.suppressionCommand(), a.contactCommand(), a.noticeCommand(), a.purposeCommand(),
		a.todayCommand(), a.requestCommand(), a.breachCommand(), a.holdCommand(), a.templateCommand(), a.exemptionCommand(),
		a.exportCommand(), a.disclosureCommand(), a.auditCommand(), a.operatorCommand(), a.passphraseCommand(), a.officeCommand(),
		a.undoCommand(),
		a.backupCommand(), a.restoreCommand(), a.checkCommand(), a.repairCommand(), a.compactCommand(), a.serveCommand(),
		a.infoCommand(), a.versionCommand(), a.manCommand(),
		&cobra.Command{Use: "exit-codes", Short: "What the program ends with", Long: exitHelp},
	)
	a.hideMachine(root)
	return root
}

func (a *app) globalFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&a.flags.store, "store", "", "folder of the store (CUSTOS_STORE)")
	f.StringVar(&a.flags.operator, "operator", "", "login name (CUSTOS_OPERATOR)")
	f.StringVar(&a.flags.passphraseFile, "passphrase-file", "",
		"file whose first line is the passphrase (CUSTOS_PASSPHRASE_FILE)")
	f.BoolVar(&a.flags.json, "json", false, "write the result as JSON")
	f.BoolVar(&a.flags.noInput, "no-input", false, "never ask; fail instead")
	f.BoolVar(&a.flags.acceptOlder, "accept-older", false,
		"open a store that is older than its head file says, such as a copy put back")
	f.BoolVar(&a.flags.readOnly, "read-only", false, "look at the store and write nothing, not even who has it open")
	f.BoolVar(&a.flags.salvage, "salvage", false, "look at what is intact of a damaged store, and write nothing")
	f.Var(dateFlag{&a.flags.asOf}, "as-of", "take this day for today (commands that only read)")
}

// noSuchCommand refuses a word that is no command, with the commands it may have been meant for.
func (a *app) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("%s has no command %q; did you mean %q?", cmd.CommandPath(), args[0], near[0])
	}
	return usagef("%s has no command %q", cmd.CommandPath(), args[0])
}

// noun is a command that only groups others.
func (a *app) noun(use, short string, verbs ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Args: takes(a.noSuchCommand), SuggestionsMinimumDistance: 2,
		RunE: func(cmd *cobra.Command, _ []string) error { return usagef("%s needs a command", cmd.CommandPath()) },
	}
	cmd.AddCommand(verbs...)
	return cmd
}
