package letter

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"custos/internal/register"
)

// piece is fixed words or the name of a field, as they will look.
type piece struct {
	words        string
	field        string
	bold, italic bool
}

// sentence is pieces on one line.
type sentence []piece

// planned is a block before its fields are filled in. Lines are set apart by
// forced line breaks.
type planned struct {
	kind  BlockKind
	level int
	start int  // of a numbered list, at its first item
	first bool // item of a list
	lines []sentence
	rows  []plannedFact
}

type plannedFact struct{ name, value []sentence }

// reading turns a template's Markdown into planned blocks.
type reading struct {
	source   []byte
	blocks   []planned
	problems []register.Problem
	used     []used
}

// used is a field and the line it stands on.
type used struct {
	field string
	line  int
}

// read reads a template. It fails on nothing: what cannot be printed is among
// the problems.
func read(body string) *reading {
	r := &reading{source: []byte(body)}
	doc := templateParser().Parse(text.NewReader(r.source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
	return r
}

// templateParser reads headings, paragraphs, lists, quotes, rules, tables,
// emphasis and links; and, in order to refuse them, program text, HTML and
// pictures.
func templateParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(braces{}, 50),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// block plans a block that stands on its own.
func (r *reading) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		if n.Level > 3 {
			r.refuse(n, "a heading has at most three signs #")
		}
		r.add(planned{kind: BlockHeading, level: max(1, n.Level-1), lines: r.lines(n)})
	case *ast.Paragraph:
		r.add(planned{kind: BlockParagraph, lines: r.lines(n)})
	case *ast.List:
		r.list(n)
	case *ast.Blockquote:
		r.quote(n)
	case *ast.ThematicBreak:
		r.add(planned{kind: BlockRule})
	case *gfm.Table:
		r.table(n)
	case *ast.FencedCodeBlock:
		r.refuse(n, "a letter has no program text; take the lines of backquotes or tildes away")
	case *ast.CodeBlock:
		r.refuse(n, "four spaces before a line make it program text; take them away")
	case *ast.HTMLBlock:
		r.refuse(n, noHTML)
	default:
		r.refuse(n, "this cannot be printed; write it as a paragraph or a list")
	}
}

const noHTML = "HTML is not printed; take the angle brackets away or write Markdown, such as **bold**"

func (r *reading) add(b planned) { r.blocks = append(r.blocks, b) }

func (r *reading) list(n *ast.List) {
	first := true
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		words := item.FirstChild()
		if words == nil {
			r.refuse(item, "a point of a list is empty; write it or take it away")
			continue
		}
		wrong := words.NextSibling()
		if words.Kind() != ast.KindTextBlock && words.Kind() != ast.KindParagraph {
			wrong = words
		}
		if wrong != nil {
			r.refuse(wrong, "a point of a list is one paragraph; lists within lists are not printed")
			continue
		}
		b := planned{kind: BlockBullet, first: first, lines: r.lines(words)}
		if n.IsOrdered() {
			b.kind, b.start = BlockNumbered, n.Start
		}
		r.add(b)
		first = false
	}
}

func (r *reading) quote(n *ast.Blockquote) {
	for words := n.FirstChild(); words != nil; words = words.NextSibling() {
		if words.Kind() != ast.KindParagraph {
			r.refuse(words, "a quotation holds paragraphs and nothing else")
			continue
		}
		r.add(planned{kind: BlockQuote, lines: r.lines(words)})
	}
}

func (r *reading) table(n *gfm.Table) {
	b := planned{kind: BlockFacts}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if row.ChildCount() != 2 || row.Kind() == gfm.KindTableRow && r.cells(row) > 2 {
			r.refuse(row, "a table has two columns: what it is, and what it says")
			return
		}
		f := plannedFact{name: r.lines(row.FirstChild()), value: r.lines(row.LastChild())}
		if blank(f.name) && blank(f.value) {
			continue // the first row of a table that needs no headings
		}
		b.rows = append(b.rows, f)
	}
	r.add(b)
}

// cells counts the cells of a row as it is written: the tree drops those that
// are too many.
func (r *reading) cells(row ast.Node) int {
	line, _, _ := bytes.Cut(r.source[max(row.Pos(), 0):], []byte("\n"))
	line = bytes.TrimSpace(line)
	bars := bytes.Count(line, []byte("|")) - bytes.Count(line, []byte(`\|`))
	if bytes.HasPrefix(line, []byte("|")) {
		bars--
	}
	if len(line) > 1 && bytes.HasSuffix(line, []byte("|")) && !bytes.HasSuffix(line, []byte(`\|`)) {
		bars--
	}
	return bars + 1
}

func blank(lines []sentence) bool {
	return !slices.ContainsFunc(lines, func(s sentence) bool { return len(s) > 0 })
}

func (r *reading) refuse(n ast.Node, reason string) {
	r.problems = append(r.problems, register.Problem{Line: r.line(n), Reason: reason})
}

// line returns the line a node stands on, counted from one; where it does not
// say, that of the nearest thing that does.
func (r *reading) line(n ast.Node) int {
	for at := n; at != nil; at = at.Parent() {
		if pos := at.Pos(); pos >= 0 && at.Kind() != ast.KindDocument {
			return 1 + bytes.Count(r.source[:min(pos, len(r.source))], []byte("\n"))
		}
	}
	return 1
}
