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
)

// version is set when a release is built.
var version = ""

func main() { os.Exit(run(machine{now: time.Now}, os.Args[1:])) }

// machine is what differs between the program and its tests.
type machine struct{ now func() time.Time }

// run carries out a command line and returns the exit code.
func run(m machine, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Run(ctx, m.environment(), args)
}
