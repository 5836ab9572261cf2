package cli

import (
	"context"
	"errors"

	"custos/internal/register"

	"github.com/spf13/cobra"
)

// Key is what opens a store or a backup: an operator's passphrase, or the printed recovery key.
type Key struct {
	Operator   string
	Passphrase []byte
	Recovery   string
}

// recoveryFlag offers the printed key in place of a passphrase.
func recoveryFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "recovery-file", "", "open with the recovery key in the first line of this file")
}

// withKey asks for what opens something that lies outside a desk, and works with it while progress is shown. Who works
// alone need not say who they are; where several do, they are asked.
func (a *app) withKey(ctx context.Context, recoveryFile string, work func(Key, Progress) error) error {
	operator, err := a.operatorName()
	if err != nil {
		return err
	}
	k := Key{Operator: operator}
	if recoveryFile != "" {
		if k.Recovery, err = a.recoveryKey(ctx, recoveryFile); err != nil {
			return err
		}
		return a.working(k, work)
	}
	if k.Passphrase, err = a.passphrase(ctx, promptFor(operator)); err != nil {
		return err
	}
	defer clear(k.Passphrase)
	err = a.working(k, work)
	var e *register.Error
	if operator != "" || !errors.As(err, &e) || e.Field != "operator" {
		return err
	}
	if k.Operator, err = a.whoever(ctx); err != nil {
		return err
	}
	return a.working(k, work)
}

func (a *app) working(k Key, work func(Key, Progress) error) error {
	shown := a.progress()
	defer shown.end()
	return work(k, shown.told)
}

func promptFor(operator string) string {
	if operator == "" {
		return "Passphrase: "
	}
	return "Passphrase of " + operator + ": "
}
