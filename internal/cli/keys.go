package cli

import (
	"context"
	"errors"

	"custos/internal/desk"

	"github.com/spf13/cobra"
)

func (a *app) passphraseCommand() *cobra.Command {
	return a.noun("passphrase", "What opens the store", a.changePassphrase(), a.resetPassphrase(),
		a.replaceRecovery(), a.rekey())
}

const changeHelp = `Change your own passphrase. Over SSH a key let you in, so the passphrase you have is
asked for too: a file, or standard input, holds it on its first line then, and the
new one on its second.`

func (a *app) changePassphrase() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "change", Short: "Change your own passphrase", Long: changeHelp, Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			name := s.Operator().Name
			known := []string{s.Settings().Office, name}
			var was [][]byte
			var p []byte
			var err error
			if s.ByKey() {
				was, p, err = a.bothPassphrases(ctx, file, name, known...)
			} else {
				p, err = a.newPassphrase(ctx, file, name, known...)
			}
			if err != nil {
				return err
			}
			if err := s.ChangePassphrase(ctx, p, was...); err != nil {
				return err
			}
			return a.show(operatorRow{Name: name, Roles: s.Operator().Roles},
				func(p *page) { p.line("The passphrase of %s is changed.", name) })
		}),
	}
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", "file whose first line is the new passphrase")
	return cmd
}

const resetHelp = `Give an operator another passphrase with the recovery key that was printed when the
store was made. The key is read from the first line of --recovery-file, or asked
for without echo; small letters, spaces and missing dashes do not matter.`

func (a *app) resetPassphrase() *cobra.Command {
	var recoveryFile, file string
	cmd := &cobra.Command{
		Use: "reset", Short: "Set a lost passphrase anew with the recovery key", Long: resetHelp, Args: takes(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.reset(cmd.Context(), recoveryFile, file)
		},
	}
	cmd.Flags().StringVar(&recoveryFile, "recovery-file", "", "file whose first line is the recovery key")
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", "file whose first line is the new passphrase")
	return cmd
}

func (a *app) reset(ctx context.Context, recoveryFile, file string) (err error) {
	name, err := a.whoever(ctx)
	if err != nil {
		return err
	}
	o := OpenStore{AcceptOlder: a.flags.acceptOlder}
	if o.Dir, err = a.storeDir(); err != nil {
		return err
	}
	if o.Recovery, err = a.recoveryKey(ctx, recoveryFile); err != nil {
		return err
	}
	d, err := a.env.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	p, err := a.newPassphrase(ctx, file, name, name)
	if err != nil {
		return err
	}
	if err := d.ResetPassphrase(ctx, name, desk.CommandLine, p); err != nil {
		return err
	}
	return a.show(operatorRow{Name: name}, func(p *page) { p.line("The passphrase of %s is set anew.", name) })
}

// recoveryKey is the printed key: from the file named, or typed without echo.
func (a *app) recoveryKey(ctx context.Context, file string) (string, error) {
	if file != "" {
		line, err := a.firstLine(file)
		return string(line), err
	}
	if !a.mayAsk() {
		return "", usagef("no recovery key: give --recovery-file FILE")
	}
	typed, err := a.env.ReadPassphrase(ctx, "Recovery key: ")
	return string(typed), err
}
