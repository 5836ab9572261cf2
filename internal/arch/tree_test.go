package arch

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
)

// source is one Go file: its path from the root with forward slashes, its syntax and its length in lines.
type source struct {
	path   string
	lines  int
	syntax *ast.File
}

func (s source) dir() string  { return path.Dir(s.path) }
func (s source) test() bool   { return strings.HasSuffix(s.path, "_test.go") }
func (s source) name() string { return path.Base(s.path) }

// imports gives each import path with the name the file knows it by; "_" and "." are given as they stand.
func (s source) imports() map[string]string {
	names := make(map[string]string)
	for _, spec := range s.syntax.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		names[target] = path.Base(target)
		if spec.Name != nil {
			names[target] = spec.Name.Name
		}
	}
	return names
}

// tree is what the rules look at: every Go file outside dot folders and testdata, and the names at the top level.
type tree struct {
	fset    *token.FileSet
	sources []source
	broken  []string // files that do not parse, with the parser's reason
	top     []string
}

// load reads a tree. A file that does not parse is noted rather than fatal, so that the other rules still speak.
func load(fsys fs.FS) (*tree, error) {
	t := &tree{fset: token.NewFileSet()}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		t.top = append(t.top, entry.Name())
	}
	err = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		return t.read(fsys, name)
	})
	return t, err
}

// skipped names the folders the go command passes over as well.
func skipped(folder string) bool {
	hidden := folder != "." && (strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_"))
	return hidden || folder == "testdata"
}

func (t *tree) read(fsys fs.FS, name string) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	syntax, err := parser.ParseFile(t.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.broken = append(t.broken, fmt.Sprintf("%s does not parse: %v", name, err))
		return nil
	}
	lines := bytes.Count(text, []byte("\n"))
	t.sources = append(t.sources, source{path: name, lines: lines, syntax: syntax})
	return nil
}

// packages groups the files that are not tests by folder.
func (t *tree) packages() map[string][]source {
	byFolder := make(map[string][]source)
	for _, s := range t.sources {
		if !s.test() {
			byFolder[s.dir()] = append(byFolder[s.dir()], s)
		}
	}
	return byFolder
}

// folders lists the keys of packages in order, so that violations come out in the same order every time.
func folders(byFolder map[string][]source) []string {
	names := make([]string, 0, len(byFolder))
	for name := range byFolder {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
