package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/sample"

	"github.com/spf13/cobra"
)

// The one who works in a demonstration. Nothing in it is a secret.
const (
	demoOperator   = "demo"
	demoPassphrase = "made up people only"
	demoOffice     = "A made-up office"
)

// demoInput is the command line of "custos demo".
type demoInput struct {
	keep, profile string
	delegates     int
	seed          uint64
	look          look
}

// demoResult is what a demonstration without a console did.
type demoResult struct {
	Sample sample.Summary `json:"sample"`
	Steps  []string       `json:"steps"`
	Pack   string         `json:"pack"`
	Store  string         `json:"store"` // "" where it was thrown away
}

const demoHelp = `Show the program on a made-up office with a year of people, courses, consents and
cases. On a terminal the console opens on it. Elsewhere the office's main job is
done once, each step is said, and so is where the pack it wrote lies.

The store is thrown away at the end, unless --keep names a folder for it; its
operator is "` + demoOperator + `", with the passphrase "` + demoPassphrase + `".`

func (a *app) demoCommand() *cobra.Command {
	in := demoInput{profile: "teaching-school", seed: 1}
	cmd := &cobra.Command{
		Use: "demo", Short: "Try everything on a made-up office", Long: demoHelp, Args: takes(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), in) },
	}
	f := cmd.Flags()
	f.StringVar(&in.keep, "keep", "", "make the store in this folder and keep it")
	f.StringVar(&in.profile, "profile", in.profile, "the notice the office works under")
	f.IntVar(&in.delegates, "delegates", 0, "so many people; 0 for a small office")
	f.Uint64Var(&in.seed, "seed", in.seed, "another number makes another office")
	in.look.declare(cmd)
	return cmd
}

// demo makes the store, fills it, shows it, and clears up.
func (a *app) demo(ctx context.Context, in demoInput) (err error) {
	dir := in.keep
	if dir == "" {
		temp, failed := os.MkdirTemp("", "custos-demo-store-")
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
		dir = filepath.Join(temp, "store")
	}
	d, err := a.demoStore(ctx, dir, in)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	s, err := d.As(demoOperator, desk.CommandLine)
	if err != nil {
		return err
	}
	shown := a.progress()
	made, err := sample.Fill(ctx, s, sample.Options{Delegates: in.delegates, Seed: in.seed, Today: s.Today()}, shown.told)
	shown.end()
	if err != nil {
		return err
	}
	if in.keep != "" {
		a.say("The store is in %s: --operator %s, passphrase %q.", dir, demoOperator, demoPassphrase)
	}
	if a.interactive() {
		return a.env.Console(ctx, ConsoleStart{
			Dir: dir, Operator: demoOperator, Seat: s, Close: d.Close, Look: in.look.chosen(a), Sample: true,
			Hint: "The passphrase of this sample is: " + demoPassphrase,
		})
	}
	return a.mainJob(ctx, s, demoResult{Sample: made, Store: in.keep})
}

// demoStore makes a store for made-up people and opens it.
func (a *app) demoStore(ctx context.Context, dir string, in demoInput) (*desk.Desk, error) {
	n, err := Beginning{
		Profile: in.profile, Office: demoOffice, Nation: calendar.EnglandAndWales, Operator: demoOperator,
	}.Store(dir)
	if err != nil {
		return nil, err
	}
	n.Passphrase = []byte(demoPassphrase)
	if _, err := a.env.Create(ctx, n); err != nil {
		return nil, err
	}
	return a.env.Open(ctx, OpenStore{
		Dir: dir, Operator: demoOperator, Passphrase: n.Passphrase, Random: sample.Reader(in.seed),
	})
}

// mainJob does the office's main job and says each step as it is done.
func (a *app) mainJob(ctx context.Context, s *desk.Seat, r demoResult) error {
	dir, err := os.MkdirTemp("", "custos-demo-")
	if err != nil {
		return err
	}
	var lost error
	r.Pack, err = sample.MainJob(ctx, s, dir, func(line string) {
		if r.Steps = append(r.Steps, line); a.flags.json || lost != nil {
			return
		}
		var p page
		p.line("%s", line)
		_, lost = a.env.Stdout.Write(p.out.Bytes())
	})
	if err != nil || !a.flags.json {
		return errors.Join(err, lost)
	}
	return a.encode(r)
}
