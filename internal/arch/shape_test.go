package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

const (
	maxFile = 500 // lines of a file
	maxFunc = 80  // lines of a function, from "func" to its closing brace
)

// commentRule asks for one package comment per package. A comment of directives alone is none.
func commentRule(t *tree) []string {
	byFolder := t.packages()
	var bad []string
	for _, folder := range folders(byFolder) {
		var in []string
		for _, file := range byFolder[folder] {
			if strings.TrimSpace(file.syntax.Doc.Text()) != "" {
				in = append(in, file.name())
			}
		}
		switch {
		case len(in) == 0:
			bad = append(bad, folder+" has no package comment")
		case len(in) > 1:
			bad = append(bad, fmt.Sprintf("%s has %d package comments: %s", folder, len(in), strings.Join(in, ", ")))
		}
	}
	return bad
}

// lengthRule measures files and functions. Tests and tables are exempt.
func lengthRule(t *tree) []string {
	var bad []string
	for _, s := range t.sources {
		if s.test() || isTable(s) {
			continue
		}
		if s.lines > maxFile {
			bad = append(bad, fmt.Sprintf("%s has %d lines: at most %d", s.path, s.lines, maxFile))
		}
		for _, decl := range s.syntax.Decls {
			lines := t.fset.Position(decl.End()).Line - t.fset.Position(decl.Pos()).Line + 1
			if fn, ok := decl.(*ast.FuncDecl); ok && lines > maxFunc {
				bad = append(bad, fmt.Sprintf("%s: %s has %d lines: at most %d", s.path, fn.Name.Name, lines, maxFunc))
			}
		}
	}
	return bad
}

// isTable reports whether a file is a table by name and by nature: values only, no function under any form.
func isTable(s source) bool {
	if s.name() != "table.go" && !strings.HasSuffix(s.name(), "_table.go") {
		return false
	}
	values := true
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			values = false
		case *ast.GenDecl:
			values = values && n.Tok != token.TYPE
		}
		return values
	})
	return values
}

func TestCommentRule(t *testing.T) {
	runRule(t, commentRule, []ruleCase{
		{
			name: "one comment, tests not counted",
			files: map[string]string{
				"tui/doc.go":    "// Package tui shows.\npackage tui",
				"tui/a.go":      "package tui",
				"tui/a_test.go": "// Package tui is tested.\npackage tui",
			},
		},
		{
			name: "none, or a build line alone",
			files: map[string]string{
				"store/a.go": "package store",
				"tui/a.go":   "//go:build unix\npackage tui",
			},
			want: []string{"store has no package comment", "tui has no package comment"},
		},
		{
			name: "two",
			files: map[string]string{
				"tui/a.go": "// Package tui shows.\npackage tui",
				"tui/b.go": "// Package tui asks.\npackage tui",
			},
			want: []string{"tui has 2 package comments: a.go, b.go"},
		},
	})
}

func TestLengthRule(t *testing.T) {
	pad := func(lines int) string { return strings.Repeat("\n", lines) }
	long := "package tui\nfunc f() {" + pad(maxFunc) + "}\n"
	runRule(t, lengthRule, []ruleCase{
		{
			name: "at the limit",
			files: map[string]string{
				"tui/a.go": "package tui" + pad(maxFile),
				"tui/b.go": "package tui\nfunc f() {" + pad(maxFunc-1) + "}\n",
			},
		},
		{
			name:  "a file one line over",
			files: map[string]string{"tui/a.go": "package tui" + pad(maxFile+1)},
			want:  []string{"tui/a.go has 501 lines: at most 500"},
		},
		{
			name:  "a function one line over",
			files: map[string]string{"tui/a.go": long},
			want:  []string{"tui/a.go: f has 81 lines: at most 80"},
		},
		{
			name: "tests and tables go on",
			files: map[string]string{
				"tui/a_test.go":   long + pad(maxFile),
				"tui/table.go":    "package tui\nimport \"embed\"\nvar x embed.FS" + pad(maxFile),
				"tui/st_table.go": "package tui\nconst x = 1" + pad(maxFile),
			},
		},
		{
			name: "a table in name only",
			files: map[string]string{
				"tui/a_table.go": "package tui\nfunc f() {}" + pad(maxFile),
				"tui/b_table.go": "package tui\nvar f = func() {}" + pad(maxFile),
				"tui/c_table.go": "package tui\ntype t int" + pad(maxFile),
			},
			want: []string{
				"tui/a_table.go has 501 lines: at most 500",
				"tui/b_table.go has 501 lines: at most 500",
				"tui/c_table.go has 501 lines: at most 500",
			},
		},
	})
}
