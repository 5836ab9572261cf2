package tui_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// updating reports whether the golden frames are to be written anew: -update is a flag of teatest.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }

// golden compares the screen at the five usual widths with testdata; styling is left out, so that a frame can be read.
func (d *drive) golden(name string) {
	d.t.Helper()
	const height = 24
	var b strings.Builder
	for _, width := range []int{60, 80, 100, 120, 160} {
		d.size(width, height)
		sound(d.t, d.m.View(), width, height)
		fmt.Fprintf(&b, "== %dx%d\n", width, height)
		for _, l := range strings.Split(d.text(), "\n") {
			b.WriteString(strings.TrimRight(l, " ") + "\n")
		}
	}
	path := filepath.Join("testdata", name+".golden")
	if updating() {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		d.t.Errorf("%s differs from its golden frame (-want +got):\n%s", name, diff)
	}
}

// sweep holds the screen to every size, as small and as large as terminals come.
func (d *drive) sweep() {
	d.t.Helper()
	for width := 20; width <= 200; width += 9 {
		for height := 5; height <= 60; height += 5 {
			d.size(width, height)
			sound(d.t, d.m.View(), width, height)
		}
	}
}
