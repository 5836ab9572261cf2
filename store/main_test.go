package store_test

import (
	"os"
	"testing"

	"custos/store"
)

// TestMain lets the test binary be its own verifying child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == store.VerifyArg {
		os.Exit(store.VerifyMain(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}
