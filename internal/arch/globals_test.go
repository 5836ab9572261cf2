package arch

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"testing"
)

// clockReads are the ways to read the wall clock without being handed one.
var clockReads = []string{"Now", "Since", "Until"}

// clockRule keeps the clock in cmd: everyone else is handed one.
func clockRule(t *tree) []string {
	var bad []string
	for _, s := range t.sources {
		if s.test() || matches("cmd/...", s.dir()) {
			continue
		}
		clock := s.imports()["time"]
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if name, ok := member(n, clock); ok && slices.Contains(clockReads, name) {
				line := t.fset.Position(n.Pos()).Line
				bad = append(bad, fmt.Sprintf("%s:%d reads time.%s: only cmd may", s.path, line, name))
			}
			return true
		})
	}
	return bad
}

// member gives the name behind the dot when a node is a selector on a package known by the name given.
func member(n ast.Node, pkg string) (string, bool) {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	id, ok := sel.X.(*ast.Ident)
	if !ok || pkg == "" || id.Name != pkg {
		return "", false
	}
	return sel.Sel.Name, true
}

// initRule allows init in the terminal guard alone.
func initRule(t *tree) []string {
	var bad []string
	for _, s := range t.sources {
		if s.dir() == guard {
			continue
		}
		for _, decl := range s.syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && fn.Recv == nil && fn.Name.Name == "init" {
				bad = append(bad, s.path+" has an init: only the terminal guard may")
			}
		}
	}
	return bad
}

// globalRule lets a package hold variables that its own code never writes (tables, sentinels, compiled patterns,
// embedded files, a cost that tests lower), and none that are made to be shared between goroutines.
func globalRule(t *tree) []string {
	byFolder := t.packages()
	var bad []string
	for _, folder := range folders(byFolder) {
		files := byFolder[folder]
		for _, s := range files {
			bad = append(bad, t.sharedGlobals(s)...)
		}
		bad = append(bad, t.writtenGlobals(folder, files)...)
	}
	return bad
}

// computedOnce are the parts of sync a global may use: what they hold never changes once asked for.
var computedOnce = []string{"OnceValue", "OnceValues"}

// sharedGlobals finds package variables built from sync or sync/atomic.
func (t *tree) sharedGlobals(s source) []string {
	names := s.imports()
	var bad []string
	for _, decl := range s.syntax.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		ast.Inspect(gen, func(n ast.Node) bool {
			for _, pkg := range []string{"sync", "sync/atomic"} {
				if name, ok := member(n, names[pkg]); ok && !slices.Contains(computedOnce, name) {
					line := t.fset.Position(n.Pos()).Line
					bad = append(bad, fmt.Sprintf("%s:%d holds a global %s.%s", s.path, line, names[pkg], name))
				}
			}
			_, inside := n.(*ast.FuncLit)
			return !inside
		})
	}
	return bad
}

// writtenGlobals finds the places where a package writes its own variables. The checker is given no imports: it
// cannot judge types, but it does tell a local name from a global one.
func (t *tree) writtenGlobals(folder string, files []source) []string {
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: noImports{}, Error: func(error) {}}
	syntax := make([]*ast.File, len(files))
	for i, s := range files {
		syntax[i] = s.syntax
	}
	// The error is the missing imports, always: what the checker could resolve is in info.
	pkg, _ := conf.Check(module+"/"+folder, t.fset, syntax, info)

	var bad []string
	for _, file := range syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, target := range written(n) {
				id := base(target)
				if v, ok := info.Uses[id].(*types.Var); ok && v.Parent() == pkg.Scope() {
					at := t.fset.Position(id.Pos())
					bad = append(bad, fmt.Sprintf("%s:%d writes the global %s", at.Filename, at.Line, id.Name))
				}
			}
			return true
		})
	}
	sort.Strings(bad)
	return bad
}

// noImports is an importer that knows no package.
type noImports struct{}

func (noImports) Import(string) (*types.Package, error) {
	return nil, errors.New("imports are not followed")
}

// written lists the expressions a node changes.
func written(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Lhs
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.RangeStmt:
		return []ast.Expr{n.Key, n.Value}
	case *ast.CallExpr:
		fn, ok := n.Fun.(*ast.Ident)
		if ok && len(n.Args) > 0 && slices.Contains([]string{"delete", "clear", "copy"}, fn.Name) {
			return n.Args[:1]
		}
	}
	return nil
}

// base gives the name an expression starts from: x for x.f[i], *x and (x).
func base(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

func TestClockRule(t *testing.T) {
	runRule(t, clockRule, []ruleCase{
		{
			name: "cmd, tests, and a clock handed down",
			files: map[string]string{
				"cmd/custos/main.go":      `package main; import "time"; var now = time.Now`,
				"internal/desk/a_test.go": `package desk; import "time"; var now = time.Now()`,
				"internal/desk/a.go": `package desk; import "time"
					type clock interface{ Now() time.Time }
					func f(c clock) time.Time { return c.Now() }`,
			},
		},
		{
			name: "called, renamed, passed on, and implied",
			files: map[string]string{
				"internal/desk/a.go": "package desk; import \"time\"\nvar a = time.Now()\nvar b = time.Now\nvar c = time.Since(a)",
				"store/a.go":         "package store; import clock \"time\"\nvar a = clock.Now()",
			},
			want: []string{
				"internal/desk/a.go:2 reads time.Now: only cmd may",
				"internal/desk/a.go:3 reads time.Now: only cmd may",
				"internal/desk/a.go:4 reads time.Since: only cmd may",
				"store/a.go:2 reads time.Now: only cmd may",
			},
		},
	})
}

func TestInitRule(t *testing.T) {
	runRule(t, initRule, []ruleCase{
		{
			name: "the guard, and a method of that name",
			files: map[string]string{
				"internal/backdrop/a.go": `package backdrop; func init() {}`,
				"tui/a.go":               `package tui; type m struct{}; func (m) init() {}`,
			},
		},
		{
			name:  "anywhere else",
			files: map[string]string{"tui/a.go": `package tui; func init() {}`},
			want:  []string{"tui/a.go has an init: only the terminal guard may"},
		},
	})
}

func TestGlobalRule(t *testing.T) {
	runRule(t, globalRule, []ruleCase{
		{
			name: "read-only, shadowed, or written by tests alone",
			files: map[string]string{
				"tui/a.go": `package tui
					import ("errors"; "regexp"; "sync")
					var ErrGone = errors.New("gone")
					var word = regexp.MustCompile("a+")
					var cost = 3
					var zone = sync.OnceValue(func() int { return 1 })
					type m struct { mu sync.Mutex; cost int }
					func (m *m) f() int { cost := cost; cost++; m.cost = 2; return cost }`,
				"tui/a_test.go": "package tui\nfunc cheap() { cost = 1 }",
			},
		},
		{
			name: "shared by construction",
			files: map[string]string{
				"tui/a.go": "package tui; import (\"sync\"; \"sync/atomic\")\nvar mu sync.Mutex\nvar n = &atomic.Int64{}",
			},
			want: []string{"tui/a.go:2 holds a global sync.Mutex", "tui/a.go:3 holds a global atomic.Int64"},
		},
		{
			name: "written, also from another file of the package",
			files: map[string]string{
				"tui/a.go": "package tui\nvar a, b, c, d = 1, map[int]int{}, []int{}, struct{ x int }{}",
				"tui/b.go": "package tui\nfunc f() {\na = 2\na++\nb[1] = 1\n" +
					"delete(b, 1)\n(c)[0], d.x = 1, 1\nfor a = range c {\n}\n}",
			},
			want: []string{
				"tui/b.go:3 writes the global a",
				"tui/b.go:4 writes the global a",
				"tui/b.go:5 writes the global b",
				"tui/b.go:6 writes the global b",
				"tui/b.go:7 writes the global c",
				"tui/b.go:7 writes the global d",
				"tui/b.go:8 writes the global a",
			},
		},
	})
}
