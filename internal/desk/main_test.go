package desk_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain keeps properties that need a whole store quick.
func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "25") // a flag on the command line still counts: it is read later
	os.Exit(m.Run())
}
