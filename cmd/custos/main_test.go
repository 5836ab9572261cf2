package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/vault"
	"custos/store"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program: scripts run it as a process of its own, at a fixed time.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"custos": func() { os.Exit(program()) }})
}

// program is main at the time CUSTOS_TEST_NOW names.
func program() int {
	now, err := time.Parse(time.RFC3339, os.Getenv("CUSTOS_TEST_NOW"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	m := machine{options: store.Options{
		Now: func() time.Time { return now }, Params: vault.Params{Time: 1, MemoryKiB: 64, Threads: 1}, CheapKDF: true,
		AllowNetwork: true,
	}}
	if os.Getenv("CUSTOS_TEST_CHILD") != "" { // a second process for every command: where a script asks for it
		m.options.Verifier = []string{"custos", store.VerifyArg}
	}
	return run(m, os.Args[1:])
}

// scripts are all of them, or with -short the one that goes the whole way and those of the server.
func scripts(t *testing.T) []string {
	t.Helper()
	names := []string{"*"}
	if testing.Short() {
		names = []string{"main_job", "serve", "stream"}
	}
	var all []string
	for _, name := range names {
		files, err := filepath.Glob(filepath.Join("testdata", "script", name+".txtar"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no script %s: %v", name, err)
		}
		all = append(all, files...)
	}
	return all
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Files:               scripts(t),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("CUSTOS_UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CUSTOS_TEST_NOW", "2026-03-02T10:00:00Z")
			env.Setenv("CUSTOS_STORE", env.WorkDir+"/office")
			env.Setenv("CUSTOS_OPERATOR", "alex")
			env.Setenv("CUSTOS_PASSPHRASE_FILE", env.WorkDir+"/pass")
			if err := os.WriteFile(env.WorkDir+"/pass", []byte("gravel teacup lantern otter\nnot this\n"), 0o600); err != nil {
				return err
			}
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/home/data")
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/home/config")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "keep": keep, "edit": edit, "spoil": spoil, "reach": reach},
	})
}

// edit replaces every occurrence of a text in a file.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	before := ts.ReadFile(args[0])
	after := strings.ReplaceAll(before, args[1], args[2])
	if after == before {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(after), 0o600))
}
