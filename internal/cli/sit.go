package cli

import (
	"context"
	"errors"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

// work is what a command does once its operator sits at the desk.
type work func(ctx context.Context, s *desk.Seat, args []string) error

// reads runs work that changes nothing, after the flags it needs were given. --as-of moves its today.
func (a *app) reads(do work, needed ...string) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, needed...); err != nil {
			return err
		}
		return a.atDesk(cmd.Context(), func(s *desk.Seat) error { return do(cmd.Context(), s, args) })
	}
}

// changes runs work that changes the register, after the flags it needs were given.
func (a *app) changes(do work, needed ...string) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if !a.flags.asOf.IsZero() {
			return usagef("--as-of is for commands that only read: what is recorded happens today")
		}
		return a.reads(func(ctx context.Context, s *desk.Seat, args []string) error {
			if a.env.Seat == nil { // else whoever keeps the store open sees to it
				if err := s.Tidy(ctx); err != nil {
					return err
				}
			}
			return do(ctx, s, args)
		}, needed...)(cmd, args)
	}
}

// atDesk opens the store, sits the operator down, works, and closes the store again; or works where somebody sits.
func (a *app) atDesk(ctx context.Context, do func(*desk.Seat) error) (err error) {
	if s := a.env.Seat; s != nil {
		if !a.flags.asOf.IsZero() {
			s = s.AsOf(a.flags.asOf)
		}
		return do(s)
	}
	o := OpenStore{AcceptOlder: a.flags.acceptOlder, ReadOnly: a.flags.readOnly, Salvage: a.flags.salvage, AsOf: a.flags.asOf}
	if o.Dir, err = a.storeDir(); err != nil {
		return err
	}
	if o.Operator, err = a.operatorName(); err != nil {
		return err
	}
	d, err := a.opened(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	s, err := d.As(d.Unlocked(), desk.CommandLine, desk.In(a.env.Files))
	if err != nil {
		return err
	}
	if s.MustChange() {
		a.say("Your passphrase was made for you, to be used once: change it with 'custos passphrase change'.")
	}
	return do(s)
}

// opened asks for what it takes to open a store. Who works alone need not say
// who they are; where several do, they are asked.
func (a *app) opened(ctx context.Context, o OpenStore) (*desk.Desk, error) {
	var err error
	if o.Passphrase, err = a.passphrase(ctx, promptFor(o.Operator)); err != nil {
		return nil, err
	}
	shown := a.progress()
	o.Progress = shown.told
	d, err := a.env.Open(ctx, o)
	shown.end()
	var e *register.Error
	if o.Operator != "" || !errors.As(err, &e) || e.Field != "operator" {
		return d, err
	}
	if o.Operator, err = a.whoever(ctx); err != nil {
		return nil, err
	}
	return a.opened(ctx, o)
}

// whoever is the operator named, or asked for where somebody can answer.
func (a *app) whoever(ctx context.Context) (string, error) {
	name, err := a.operatorName()
	if err != nil || name != "" {
		return name, err
	}
	if !a.mayAsk() {
		return "", usagef("say who you are: --operator NAME, or CUSTOS_OPERATOR")
	}
	if name, err = a.ask(ctx, "Operator: "); err == nil && name == "" {
		err = usagef("nobody was named")
	}
	return name, err
}

// mayAsk reports whether somebody is there to answer.
func (a *app) mayAsk() bool { return a.env.Terminal.In && !a.flags.noInput }
