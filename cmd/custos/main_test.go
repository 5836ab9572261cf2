package main

import (
	"fmt"
	"os"
	"testing"
	"time"

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
	return run(machine{now: func() time.Time { return now }}, os.Args[1:])
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("CUSTOS_UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CUSTOS_TEST_NOW", "2026-03-02T10:00:00Z")
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/home/data")
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/home/config")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}
