package cli

import (
	"context"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// initInput is the command line of "custos init".
type initInput struct {
	profile, office, nation, recoveryFile string
}

// setUp is what "custos init" did.
type setUp struct {
	Store        string `json:"store"`
	Office       string `json:"office"`
	Profile      string `json:"profile"`
	Operator     string `json:"operator"`
	RecoveryKey  string `json:"recovery_key,omitempty"`
	RecoveryFile string `json:"recovery_file,omitempty"`
}

const initHelp = `Make a store for an office, with its first operator.

The recovery key opens the store when every passphrase is lost. It is shown
this once, or written to --recovery-file: print it and lock it away.

The first operator works, decides and administers. While nobody else may
approve, decisions stand at once and the record says each time that nobody
second-checked them; from the second operator with the role dpo on, another
has to approve.`

func (a *app) initCommand() *cobra.Command {
	in := initInput{nation: string(calendar.EnglandAndWales)}
	cmd := &cobra.Command{
		Use: "init", Short: "Make a store for an office", Long: initHelp, Args: takes(cobra.NoArgs),
		Example: `  custos init --profile teaching-school --name "Hill Road Teaching School" --operator alex`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needs(cmd, "profile", "name"); err != nil {
				return err
			}
			return a.init(cmd.Context(), in)
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.profile, "profile", "", "the notice the office works under: see 'custos profile list', or FILE.toml")
	f.StringVar(&in.office, "name", "", "the office's name, as letters carry it")
	f.StringVar(&in.recoveryFile, "recovery-file", "", "write the recovery key to a new file instead of showing it")
	choice(cmd, &in.nation, "nation", "whose bank holidays count", texts(calendar.Nations())...)
	return cmd
}

func (a *app) init(ctx context.Context, in initInput) (err error) {
	n, err := a.newStore(ctx, in)
	if err != nil {
		return err
	}
	n.Passphrase, err = a.newPassphrase(ctx, a.passphraseFile(), n.Operator.Name, in.office, n.Operator.Name)
	if err != nil {
		return err
	}
	keep, err := a.recoveryFile(in.recoveryFile)
	if err != nil {
		return err
	}
	shown := a.progress()
	n.Progress = shown.told
	key, err := a.env.Create(ctx, n)
	shown.end()
	if err := keep(key, err); err != nil {
		return err
	}
	done := setUp{Store: n.Dir, Office: in.office, Profile: n.Settings.Profile.Name, Operator: n.Operator.Name,
		RecoveryKey: key, RecoveryFile: in.recoveryFile}
	if in.recoveryFile != "" {
		done.RecoveryKey = ""
	}
	a.say("You are the only one here who may approve: until there is another, the record says so each time.")
	return a.show(done, func(p *page) { p.setUp(done) })
}

// Beginning is what an office says of itself when its store is made.
type Beginning struct {
	Profile  string // a built-in one, or a file named .toml
	Office   string
	Nation   calendar.Nation
	Operator string // login name of the first operator, who works, decides and administers
}

// Store is the store an office begins with, its passphrase apart. It returns an Invalid or NotFound error for what
// cannot stand.
func (b Beginning) Store(dir string) (n NewStore, err error) {
	n.Dir = dir
	n.Settings.Office, n.Settings.Nation = b.Office, b.Nation
	if n.Settings.Profile, err = loadProfile(desk.Files{}, b.Profile); err != nil {
		return n, err
	}
	n.Operator.Name = b.Operator
	n.Operator.Roles = []register.Role{register.Officer, register.DPO, register.Admin}
	return n, n.Operator.Validate()
}

// newStore puts together what a store begins with.
func (a *app) newStore(ctx context.Context, in initInput) (NewStore, error) {
	nation, err := calendar.ParseNation(in.nation)
	if err != nil {
		return NewStore{}, &usageError{err}
	}
	dir, err := a.storeDir()
	if err != nil {
		return NewStore{}, err
	}
	operator, err := a.whoever(ctx)
	if err != nil {
		return NewStore{}, err
	}
	return Beginning{Profile: in.profile, Office: in.office, Nation: nation, Operator: operator}.Store(dir)
}

// recoveryFile reserves the file the recovery key goes to, before there is a key to lose. The function it returns keeps
// the key, or takes the file away again where the store could not be made.
func (a *app) recoveryFile(name string) (keep func(key string, made error) error, err error) {
	if name == "" {
		return func(_ string, made error) error { return made }, nil
	}
	out, err := a.files().Reserve(name)
	if err != nil {
		return nil, err
	}
	return func(key string, made error) error {
		if made != nil {
			out.Drop()
			return made
		}
		err := out.Keep([]byte(key + "\n"))
		if err != nil {
			a.say("The recovery key could not be kept in %s. Write it down now:\n%s", name, key)
		}
		return err
	}, nil
}

func (p *page) setUp(done setUp) {
	p.line("%s is set up in %s for %s.", done.Office, done.Store, done.Operator)
	if done.RecoveryFile != "" {
		p.line("The recovery key is in %s: print it, lock it away, and delete the file.", done.RecoveryFile)
		return
	}
	p.line("")
	p.line("  ---- RECOVERY KEY: shown this once. Print it or write it down, and lock it away. ----")
	p.line("")
	p.line("  %s", done.RecoveryKey)
	p.line("")
	p.line("  ---- It opens the store without a passphrase. Nobody can make it again. ----")
}
