package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) replaceRecovery() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "recovery", Short: "Make another recovery key", Args: takes(cobra.NoArgs),
		Long: "Make another recovery key. The former one no longer opens the store, though still every\n" +
			"copy made before. The new one is shown this once, or written to --recovery-file.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			keep, err := a.recoveryFile(file)
			if err != nil {
				return err
			}
			key, err := s.NewRecovery(ctx)
			if err := keep(key, err); err != nil {
				return err
			}
			done := rekeyed{RecoveryKey: key, RecoveryFile: file}
			if file != "" {
				done.RecoveryKey = ""
			}
			return a.show(done, func(p *page) { p.recoveryKey(done) })
		}),
	}
	cmd.Flags().StringVar(&file, "recovery-file", "", "write the recovery key to a new file instead of showing it")
	return cmd
}

const rekeyHelp = `Give the store new keys throughout and seal every record anew: after a passphrase,
the recovery key or a copy of the store with either has come into wrong hands.
Copies made before still open as before; afterwards make a backup, and put copies
you do not need beyond use.

Your own passphrase stays; it is asked for once more. The recovery key is a new
one. Nobody can seal for a passphrase nobody knows, so every other operator gets
a passphrase for once, shown here, or the one in the file that --new-for names.`

// rekeyed is what a change of keys leaves to be handed over, in a result.
type rekeyed struct {
	RecoveryKey  string            `json:"recovery_key,omitempty"`
	RecoveryFile string            `json:"recovery_file,omitempty"`
	OneTime      map[string]string `json:"one_time,omitempty"` // passphrases by operator
}

func (a *app) rekey() *cobra.Command {
	var file string
	var others map[string]string
	cmd := &cobra.Command{
		Use: "rekey", Short: "Give the store new keys throughout", Long: rekeyHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			in := register.RekeyInput{Others: map[string][]byte{}}
			for name, file := range others {
				line, err := a.firstLine(file)
				if err != nil {
					return err
				}
				in.Others[name] = line
			}
			var err error
			if in.Passphrase, err = a.passphrase(ctx, "Once more, "+promptFor(s.Operator().Name)); err != nil {
				return err
			}
			return a.rekeyed(ctx, s, in, file)
		}),
	}
	cmd.Flags().StringVar(&file, "recovery-file", "", "write the new recovery key to a new file instead of showing it")
	cmd.Flags().StringToStringVar(&others, "new-for", nil, "NAME=FILE: the passphrase of another operator, in its first line")
	return cmd
}

func (a *app) rekeyed(ctx context.Context, s *desk.Seat, in register.RekeyInput, file string) error {
	keep, err := a.recoveryFile(file)
	if err != nil {
		return err
	}
	made, err := s.Rekey(ctx, in)
	if made.Recovery == "" || err == nil {
		if err := keep(made.Recovery, err); err != nil {
			return err
		}
	} else { // the new keys are in force all the same
		a.say("custos: %s", err)
		if err := keep(made.Recovery, nil); err != nil {
			return err
		}
	}
	done := rekeyed{RecoveryKey: made.Recovery, RecoveryFile: file, OneTime: made.OneTime}
	if file != "" {
		done.RecoveryKey = ""
	}
	return a.show(done, func(p *page) {
		p.line("The store has new keys. Copies made before open with the former ones: make a backup now.")
		p.recoveryKey(done)
		p.oneTime(made.OneTime)
	})
}

func (p *page) recoveryKey(done rekeyed) {
	if done.RecoveryFile != "" {
		p.line("The recovery key is in %s: print it, lock it away, and delete the file.", done.RecoveryFile)
		return
	}
	p.line("")
	p.line("  ---- RECOVERY KEY: shown this once. The former one opens the store no more. ----")
	p.line("")
	p.line("  %s", done.RecoveryKey)
	p.line("")
}

func (p *page) oneTime(made map[string]string) {
	if len(made) == 0 {
		return
	}
	p.line("Passphrases for once, shown only here; each is asked for another at the first sign-in:")
	for _, name := range slices.Sorted(maps.Keys(made)) {
		p.line("  %s  %s", name+strings.Repeat(" ", max(0, 16-len(name))), made[name])
	}
}
