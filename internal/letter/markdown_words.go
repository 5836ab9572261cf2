package letter

import (
	"bufio"
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	markup "github.com/yuin/goldmark/renderer/html"
)

// lines plans what stands in a block.
func (r *reading) lines(n ast.Node) []sentence {
	l := liner{reading: r, lines: make([]sentence, 1)}
	l.all(n, piece{})
	return l.lines
}

// liner gathers the pieces of one block.
type liner struct {
	*reading
	lines []sentence
}

// all adds the children of a node; they look as told.
func (l *liner) all(n ast.Node, look piece) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		l.inline(c, look)
	}
}

func (l *liner) inline(n ast.Node, look piece) {
	switch n := n.(type) {
	case *ast.Text:
		l.words(decoded(n.Value(l.source)), look)
		if n.HardLineBreak() {
			l.lines = append(l.lines, nil)
		} else if n.SoftLineBreak() {
			l.words(" ", look)
		}
	case *ast.Emphasis:
		look.bold = look.bold || n.Level == 2
		look.italic = look.italic || n.Level == 1
		l.all(n, look)
	case *mark:
		l.mark(n, look)
	case *ast.Link:
		l.link(n, look)
	case *ast.AutoLink:
		l.words(string(n.Label(l.source)), look)
	case *ast.Image:
		l.refuse(n, "a letter has no pictures; take the picture away")
	case *ast.CodeSpan:
		l.refuse(n, "a letter has no program text; take the backquotes away")
	case *ast.RawHTML:
		l.refuse(n, noHTML)
	default:
		l.refuse(n, "this cannot be printed; write it in plain words")
	}
}

func (l *liner) words(s string, look piece) {
	if s == "" {
		return
	}
	look.words = s
	last := &l.lines[len(l.lines)-1]
	*last = append(*last, look)
}

func (l *liner) mark(m *mark, look piece) {
	switch {
	case m.fault != "":
		l.refuse(m, m.fault)
	case m.literal != "":
		l.words(m.literal, look)
	default:
		l.used = append(l.used, used{m.field, l.line(m)})
		look.field = m.field
		last := &l.lines[len(l.lines)-1]
		*last = append(*last, look)
	}
}

// link prints the words of a link and, after them, where it leads.
func (l *liner) link(n *ast.Link, look piece) {
	to := decoded(n.Destination)
	scheme, rest, _ := strings.Cut(to, ":")
	switch scheme = strings.ToLower(scheme); {
	case strings.ContainsAny(to, "{}"):
		l.refuse(n, "a field cannot be the address of a link; write it among the words")
		return
	case scheme == "mailto" || scheme == "tel":
		to = rest
	case scheme != "https" && scheme != "http":
		l.refuse(n, "a link leads to https:, http:, mailto: or tel:, which can be read on paper; write any other in words")
		return
	}
	before := len(l.lines[len(l.lines)-1])
	l.all(n, look)
	last := l.lines[len(l.lines)-1]
	if said := last[min(before, len(last)):]; len(said) == 1 && said[0].words == to {
		return
	}
	l.words(" ("+to+")", look)
}

// decoded returns the words of a piece of Markdown: what a backslash or an
// entity stands for.
func decoded(raw []byte) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	markup.DefaultWriter.Write(w, raw)
	_ = w.Flush() // to memory
	return html.UnescapeString(b.String())
}
