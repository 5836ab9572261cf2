package letter

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// brace is what a text begins with at a brace: a field, a brace that is
// written, or a mistake.
type brace struct {
	field   string
	literal string // "{" or "}"
	fault   string
	size    int // bytes
}

// readBrace reads what stands at the beginning of s, which is a brace.
func readBrace(s []byte) brace {
	if len(s) > 1 && s[1] == s[0] {
		return brace{literal: string(s[:1]), size: 2}
	}
	if s[0] == '}' {
		return brace{fault: "a brace is closed that was never opened; a field is written {person}, a brace }}", size: 1}
	}
	end := bytes.IndexAny(s[1:], "{}\n")
	if end < 0 || s[1+end] != '}' {
		return brace{fault: "a brace is opened and not closed; a field is written {person}, a brace {{", size: 1}
	}
	name := strings.TrimSpace(string(s[1 : 1+end]))
	if name == "" {
		return brace{fault: "there is no field between the braces; a field is written {person}", size: end + 2}
	}
	return brace{field: name, size: end + 2}
}

// mark is a brace in the tree of a template. Fields are told from words while
// the template is read, so nothing that fills them is ever read as Markdown.
type mark struct {
	ast.BaseInline
	brace
}

var kindMark = ast.NewNodeKind("Mark")

// Kind tells the tree what the node is.
func (*mark) Kind() ast.NodeKind { return kindMark }

// Dump prints the node for who looks into the tree.
func (m *mark) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"Mark": fmt.Sprintf("%+v", m.brace)}, nil)
}

// braces finds the marks.
type braces struct{}

var _ parser.InlineParser = braces{}

// Trigger says where a mark may begin.
func (braces) Trigger() []byte { return []byte{'{', '}'} }

// Parse reads a mark.
func (braces) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	rest, at := block.PeekLine()
	if len(rest) == 0 || rest[0] != '{' && rest[0] != '}' {
		return nil
	}
	m := &mark{brace: readBrace(rest)}
	m.SetPos(at.Start)
	block.Advance(m.size)
	return m
}
