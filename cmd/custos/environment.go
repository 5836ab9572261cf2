package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"custos/internal/cli"
	"custos/internal/desk"
	"custos/store"
	"custos/tui"

	"github.com/adrg/xdg"
	"golang.org/x/term"
)

// environment is what the commands are handed.
func (m machine) environment() cli.Env {
	return cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Files: desk.ThisMachine(os.Stdin, os.Stdout),
		Terminal:       cli.Terminal{In: terminal(os.Stdin), Out: terminal(os.Stdout), Err: terminal(os.Stderr), Width: columns(os.Stdout)},
		Now:            m.options.Now,
		Getenv:         os.Getenv,
		Build:          cli.Build{Version: versionName(), Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH},
		DefaultStore:   filepath.Join(xdg.DataHome, "custos"),
		ConfigFile:     filepath.Join(xdg.ConfigHome, "custos", "config.toml"),
		Keys:           tui.BindingsText(),
		ReadPassphrase: readPassphrase,
		Open:           m.open,
		Create:         m.create,
		Format:         store.FormatOf,
		Restore:        m.restore,
		Repair:         m.repair,
		CheckBackup:    m.checkBackup,
		ListBackups:    store.ListBackups,
		Console:        m.console,
		Serve:          m.serve,
	}
}

func terminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// readPassphrase asks on the terminal without echo. Ctrl-C ends it, with the terminal as it was.
func readPassphrase(ctx context.Context, prompt string) ([]byte, error) {
	in := int(os.Stdin.Fd())
	before, err := term.GetState(in)
	if err != nil {
		return nil, err
	}
	fmt.Fprint(os.Stderr, prompt)
	defer fmt.Fprintln(os.Stderr)
	typed := make(chan answer, 1)
	go func() {
		passphrase, err := term.ReadPassword(in)
		typed <- answer{passphrase, err}
	}()
	select {
	case a := <-typed:
		return a.passphrase, a.err
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), term.Restore(in, before))
	}
}

// answer is what came of asking for a passphrase.
type answer struct {
	passphrase []byte
	err        error
}

// versionName is the release's name, or what the build knows of itself.
func versionName() string {
	if version != "" {
		return version
	}
	b, ok := debug.ReadBuildInfo()
	if !ok || b.Main.Version == "" || b.Main.Version == "(devel)" {
		return "development"
	}
	return b.Main.Version
}
