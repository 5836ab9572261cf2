//go:build !windows

package theme

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/creack/pty"
)

// A child of this test binary starts on a terminal that never answers. The package under test links bubbletea through
// huh, so without the guard the child would ask for the background before its first line of output.
func TestTrap1NothingIsAskedOfASilentTerminal(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), "TERM=xterm-256color")
	terminal, err := pty.Start(child)
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	defer terminal.Close() //nolint:errcheck // nothing is written to it
	var seen bytes.Buffer
	// Reading ends with an error once the child has gone.
	_, _ = io.Copy(&seen, terminal)
	if err := child.Wait(); err != nil {
		t.Fatalf("child: %v, output %q", err, seen.String())
	}
	for _, question := range []string{"]11;", "]10;", "[6n"} {
		if bytes.Contains(seen.Bytes(), []byte(question)) {
			t.Errorf("the terminal was asked %q: %q", question, seen.String())
		}
	}
}
