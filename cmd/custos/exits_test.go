package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// exits runs the program and asks for an exit code: exits 3 delegate show D000.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("custos", args[1:]...)
	got := 0
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		got = failed.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// keep puts a value of the JSON on standard output into the environment: keep ID 0.id.
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep NAME PATH")
	}
	var value any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &value))
	for _, step := range strings.Split(args[1], ".") {
		switch at := value.(type) {
		case map[string]any:
			value = at[step]
		case []any:
			i, err := strconv.Atoi(step)
			ts.Check(err)
			if i >= len(at) {
				ts.Fatalf("%s: there are only %d", args[1], len(at))
			}
			value = at[i]
		}
	}
	if value == nil {
		ts.Fatalf("there is no %s", args[1])
	}
	ts.Setenv(args[0], fmt.Sprint(value))
}

// spoil overwrites a page of records in a store's file with noise, as a failing disk might: spoil FILE.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: spoil FILE")
	}
	name := ts.MkAbs(args[0])
	file, err := os.ReadFile(name)
	ts.Check(err)
	const leaf, several = 2, 5
	size := os.Getpagesize()
	for at := 2 * size; at+size <= len(file); at += size {
		page := file[at : at+size]
		flags, count := binary.NativeEndian.Uint16(page[8:]), binary.NativeEndian.Uint16(page[10:])
		if first := binary.NativeEndian.Uint32(page[16:]); flags == leaf && count >= several && first == 0 {
			copy(page, bytes.Repeat([]byte{0xA5, 0x5A, 0x17}, size/3))
			ts.Check(os.WriteFile(name, file, 0o600))
			return
		}
	}
	ts.Fatalf("%s has no page with several records", args[0])
}
