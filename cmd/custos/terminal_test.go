//go:build unix

package main

import (
	"errors"
	"io"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs the program on a terminal that answers nothing by itself. When the prompt appears, keys are typed.
func onTerminal(t *testing.T, prompt, keys string, args ...string) (string, error) {
	t.Helper()
	return onTerminalCalled(t, "xterm-256color", prompt, keys, args...)
}

// onTerminalCalled is onTerminal on one that calls itself something.
func onTerminalCalled(t *testing.T, name, prompt, keys string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command("custos", args...)
	cmd.Env = append(cmd.Environ(),
		"CUSTOS_TEST_NOW=2026-03-02T10:00:00Z", "TERM="+name, "XDG_CONFIG_HOME="+t.TempDir())
	screen, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = screen.Close() }()
	var shown strings.Builder
	for part := make([]byte, 1024); ; {
		n, err := screen.Read(part)
		shown.Write(part[:n])
		if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) { // how Linux says that the other side is gone
			return shown.String(), cmd.Wait()
		}
		if err != nil {
			t.Fatal(err)
		}
		if keys != "" && strings.Contains(shown.String(), prompt) {
			if _, err := io.WriteString(screen, keys); err != nil {
				t.Fatal(err)
			}
			keys = ""
		}
	}
}

func endedWith(err error) int {
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return failed.ExitCode()
	}
	return 0
}

func TestTrap1ASilentTerminalIsAskedNothing(t *testing.T) {
	shown, err := onTerminal(t, "", "", "version")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(shown, "custos development ") || strings.Contains(shown, "\x1b") {
		t.Errorf("the terminal got %q", shown)
	}
}

func TestAPassphraseIsAskedForOnTheTerminal(t *testing.T) {
	list := []string{"delegate", "list", "--operator", "alex", "--store", t.TempDir() + "/none"}
	shown, err := onTerminal(t, "Passphrase of alex: ", "gravel teacup\n", list...)
	if got := endedWith(err); got != 3 || !strings.Contains(shown, "there is no store in") {
		t.Errorf("ended with %d, the terminal got %q", got, shown)
	}
	shown, err = onTerminal(t, "Passphrase of alex: ", "\x03", list...)
	if got := endedWith(err); got != 130 || !strings.Contains(shown, "custos: interrupted") {
		t.Errorf("after Ctrl-C ended with %d, the terminal got %q", got, shown)
	}
	shown, err = onTerminal(t, "Operator: ", "\x03", "init", "--profile", "teaching-school", "--name", "Office")
	if got := endedWith(err); got != 130 {
		t.Errorf("after Ctrl-C ended with %d, the terminal got %q", got, shown)
	}
}

func TestTheConsoleGivesTheTerminalBack(t *testing.T) {
	for name, leave := range map[string]string{"xterm-256color": "\x1b[?1049l", "screen": "\x1b[?1049l", "linux": "\x1b[?25h"} {
		shown, err := onTerminalCalled(t, name, "Custos", "\x1a\x03", "--store", t.TempDir()+"/none")
		if err != nil || !strings.Contains(shown, "\x1b[?25l") || !strings.HasSuffix(strings.TrimSpace(shown), leave) {
			t.Errorf("on %s: %v, the terminal got %q", name, err, shown)
		}
	}
}

func TestATerminalThatCannotPlaceTextIsToldOfLines(t *testing.T) {
	shown, err := onTerminalCalled(t, "dumb", "", "", "--store", t.TempDir()+"/none")
	if got := endedWith(err); got != 2 || !strings.Contains(shown, "--accessible") || strings.Contains(shown, "\x1b") {
		t.Errorf("ended with %d, the terminal got %q", got, shown)
	}
	shown, err = onTerminalCalled(t, "dumb", "Custos", "\x04", "--accessible", "--store", t.TempDir()+"/none")
	if got := endedWith(err); got == 2 || strings.Contains(shown, "\x1b") {
		t.Errorf("in lines it ended with %d, the terminal got %q", got, shown)
	}
}
