//go:build unix

package main

import (
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkVersionOnASilentTerminal starts the program on a terminal that
// answers no question, against one that answers each at once. Goal: at most 3.
func BenchmarkVersionOnASilentTerminal(b *testing.B) {
	program := b.TempDir() + "/custos"
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var silent, answering time.Duration
	for b.Loop() {
		silent += versionOn(b, program, "")
		answering += versionOn(b, program, "\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[1;1R")
	}
	b.ReportMetric(silent.Seconds()/answering.Seconds(), "of-answering(goal<=3)")
	b.ReportMetric(silent.Seconds()/float64(b.N), "s/version")
}

// versionOn runs the program on a terminal that gives an answer to whatever it
// is asked, and returns how long it took.
func versionOn(b *testing.B, program, answer string) time.Duration {
	b.Helper()
	cmd := exec.Command(program, "version")
	cmd.Env = append(cmd.Environ(), "TERM=xterm-256color")
	began := time.Now()
	screen, err := pty.Start(cmd)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = screen.Close() }()
	for part := make([]byte, 1024); ; {
		n, err := screen.Read(part)
		if err != nil {
			break
		}
		if answer != "" && strings.Contains(string(part[:n]), "\x1b") {
			if _, err := io.WriteString(screen, answer); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}
