package arch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// rule looks at a tree and gives one sentence for each place that breaks it.
type rule func(*tree) []string

// TestHouse holds the repository itself to every rule.
func TestHouse(t *testing.T) {
	house, err := load(os.DirFS(root(t)))
	if err != nil {
		t.Fatal(err)
	}
	rules := []struct {
		name  string
		check rule
	}{
		{"every file parses", func(t *tree) []string { return t.broken }},
		{"top level", topRule},
		{"imports", importRules},
		{"clock", clockRule},
		{"package comments", commentRule},
		{"lengths", lengthRule},
		{"init", initRule},
		{"globals", globalRule},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, violation := range r.check(house) {
				t.Error(violation)
			}
		})
	}
}

// root walks up from the test's folder to the one that holds go.mod.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		_, err := os.Stat(filepath.Join(folder, "go.mod"))
		if err == nil {
			return folder
		}
		up := filepath.Dir(folder)
		if !errors.Is(err, fs.ErrNotExist) || up == folder {
			t.Fatalf("no go.mod above the test: %v", err)
		}
		folder = up
	}
}

// atTop is all that may lie at the top level, dotfiles apart.
var atTop = []string{"cmd", "internal", "tui", "store", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md"}

// built is what a build leaves there and .gitignore names.
var built = []string{"custos", "custos.exe", "dist"}

func topRule(t *tree) []string {
	var bad []string
	for _, name := range t.top {
		ext := filepath.Ext(name)
		output := slices.Contains(built, name) || ext == ".test" || ext == ".out"
		if !output && !strings.HasPrefix(name, ".") && !slices.Contains(atTop, name) {
			bad = append(bad, name+" does not belong at the top level")
		}
	}
	return bad
}

func TestTopRule(t *testing.T) {
	runRule(t, topRule, []ruleCase{
		{
			name: "what belongs there",
			files: map[string]string{
				"go.mod": "", "README.md": "", ".goreleaser.yaml": "", "dist/x": "", "cpu.out": "", "tui/a.go": "package tui",
			},
		},
		{
			name:  "what does not",
			files: map[string]string{"docs/a.md": "", "pkg/a.go": "package pkg", "Makefile": ""},
			want: []string{
				"Makefile does not belong at the top level",
				"docs does not belong at the top level",
				"pkg does not belong at the top level",
			},
		},
	})
}

func TestLoadNotesBrokenFiles(t *testing.T) {
	house, err := load(fstest.MapFS{
		"tui/a.go":                {Data: []byte("package tui; func {")},
		"tui/b.go":                {Data: []byte("package tui")},
		"tui/testdata/c.go":       {Data: []byte("not Go at all")},
		".ci/tools/also/tools.go": {Data: []byte("not Go at all")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(house.broken) != 1 || !strings.HasPrefix(house.broken[0], "tui/a.go does not parse") {
		t.Errorf("broken = %q, want tui/a.go alone", house.broken)
	}
	if len(house.sources) != 1 {
		t.Errorf("read %d good files, want 1", len(house.sources))
	}
}

// ruleCase is a small repository and the sentences a rule should say about it.
type ruleCase struct {
	name  string
	files map[string]string
	want  []string
}

func runRule(t *testing.T, check rule, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range c.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			house, err := load(fsys)
			if err != nil {
				t.Fatal(err)
			}
			if len(house.broken) > 0 {
				t.Fatalf("the case itself is broken: %q", house.broken)
			}
			if got := check(house); !slices.Equal(got, c.want) {
				t.Errorf("violations:\n got %q\nwant %q", got, c.want)
			}
		})
	}
}
