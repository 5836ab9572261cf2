// Command custos keeps the register of an office that holds other people's data. This package wires: streams, signals,
// the clock, the store and the terminal. It decides nothing.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "custos/internal/backdrop" // settles the terminal before anything can ask it

	"custos/internal/cli"
	"custos/store"
)

// version is set when a release is built.
var version = ""

func main() {
	m := machine{options: store.Options{Now: time.Now}}
	if self, err := os.Executable(); err == nil {
		m.options.Verifier = []string{self, store.VerifyArg}
	}
	os.Exit(run(m, os.Args[1:]))
}

// machine is what differs between the program and its tests.
type machine struct{ options store.Options }

// run carries out a command line and returns the exit code. The child that verifies a store comes in here too.
func run(m machine, args []string) int {
	if len(args) == 1 && args[0] == store.VerifyArg {
		return store.VerifyMain(os.Stdin, os.Stdout)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	return cli.Run(ctx, m.environment(), args)
}
