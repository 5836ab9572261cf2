package store_test

import (
	"flag"
	"os"
	"testing"

	"custos/store"
)

// TestMain lets the test binary be its own children: the verifier, and one that works on a store until it is killed.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == store.VerifyArg {
		os.Exit(store.VerifyMain(os.Stdin, os.Stdout))
	}
	if len(os.Args) > 2 && os.Args[1] == loadArg {
		os.Exit(workMain(os.Args[2]))
	}
	if len(os.Args) > 3 && os.Args[1] == store.ExchangeArg {
		os.Exit(store.ExchangeUntilKilled(os.Args[2], os.Args[3]))
	}
	if len(os.Args) > 2 && children[os.Args[1]] != nil {
		os.Exit(children[os.Args[1]](os.Args[2:]))
	}
	_ = flag.Set("rapid.checks", "25") // a flag on the command line still counts: it is read later
	os.Exit(m.Run())
}
