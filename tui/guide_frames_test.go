package tui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The pictures of the guide are the screens of the table at 80 by 24, in the sample year.
func TestTheGuideShowsTheProgramAsItIs(t *testing.T) {
	dir, shown := filepath.Join("..", "internal", "guide"), regexp.MustCompile(`(?m)^\s*\{\{frame ([^}]+)\}\}`)
	var names []string
	for _, path := range must[[]string](t)(filepath.Glob(filepath.Join(dir, "*.md"))) {
		for _, m := range shown.FindAllStringSubmatch(string(must[[]byte](t)(os.ReadFile(path))), -1) {
			names = append(names, m[1])
		}
	}
	if slices.Sort(names); len(names) < 5 {
		t.Fatalf("only %q were found", names)
	}
	g := tidy(t)
	for _, name := range slices.Compact(names) {
		i := slices.IndexFunc(screens(), func(s screenCase) bool { return s.name == name })
		if i < 0 {
			t.Errorf("the guide shows %s, and the table leads to no such screen", name)
			continue
		}
		lines := strings.Split(screens()[i].at(t, g, "mono").text(), "\n")
		for j := range lines {
			lines[j] = strings.TrimRight(lines[j], " ")
		}
		path := filepath.Join(dir, "frames", name+".txt")
		if updating() {
			if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept := strings.ReplaceAll(string(must[[]byte](t)(os.ReadFile(path))), "\r\n", "\n")
		if diff := cmp.Diff(lines, strings.Split(strings.TrimSuffix(kept, "\n"), "\n")); diff != "" {
			t.Errorf("the guide shows another %s (-program +guide); go test ./tui -run Guide -update puts that right:\n%s", name, diff)
		}
	}
}
