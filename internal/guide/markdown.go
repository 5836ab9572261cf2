package guide

import (
	"regexp"
	"strings"
)

// Kind is what a line of a page is.
type Kind int

// The kinds of line.
const (
	Body    Kind = iota
	Heading      // "# " and "## "
	Listed       // an entry of a list, "- " or "1. ", and what goes on under it
	Command      // four spaces before it: to be typed as it stands
	Picture      // between two fences: a screen, never wrapped
)

// Style is how a part of a line is meant.
type Style int

// The styles.
const (
	Plain  Style = iota
	Code         // `between back quotes`: a key or a command
	Strong       // **between two stars**
	Link         // [words](page): another page of the guide
)

// Span is a part of a line.
type Span struct {
	Text  string
	Style Style
	To    string // the page a Link leads to
}

// Line is one line of a page as it is shown.
type Line struct {
	Kind  Kind
	Spans []Span
}

// String is the line without its styles.
func (l Line) String() string {
	var b strings.Builder
	for _, s := range l.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

const fence = "```"

// block is a paragraph, a heading, an entry of a list, or one line that stays as it is.
type block struct {
	kind  Kind
	lead  string // "- " or "1. " of an entry
	spans []Span
}

// numbered begins an entry of a list that is counted.
var numbered = regexp.MustCompile(`^[0-9]{1,2}\. `)

// parse reads a page. Everything is a page: what is no mark is text. Blocks of no spans are empty lines.
func parse(text string) []block {
	var (
		blocks  []block
		picture bool
	)
	for line := range strings.SplitSeq(text, "\n") {
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(line, fence):
			picture = !picture
		case picture:
			blocks = append(blocks, asIs(Picture, line))
		case trimmed == "":
			blocks = append(blocks, block{})
		case strings.HasPrefix(line, "    ") && !goesOn(blocks, Listed):
			blocks = append(blocks, asIs(Command, line))
		case strings.HasPrefix(line, "# "), strings.HasPrefix(line, "## "):
			blocks = append(blocks, block{kind: Heading, spans: spans(strings.TrimLeft(line, "# "))})
		case strings.HasPrefix(line, "- "):
			blocks = append(blocks, block{kind: Listed, lead: "- ", spans: spans(line[2:])})
		case numbered.MatchString(line):
			lead := numbered.FindString(line)
			blocks = append(blocks, block{kind: Listed, lead: lead, spans: spans(line[len(lead):])})
		case goesOn(blocks, Body) || goesOn(blocks, Listed):
			last := &blocks[len(blocks)-1]
			last.spans = append(append(last.spans, Span{Text: " "}), spans(trimmed)...)
		default:
			blocks = append(blocks, block{kind: Body, spans: spans(trimmed)})
		}
	}
	return blocks
}

// asIs is a line that is never wrapped.
func asIs(kind Kind, line string) block {
	return block{kind: kind, spans: []Span{{Text: strings.TrimRight(line, " ")}}}
}

// goesOn reports whether the last block is of a kind that the next line can belong to.
func goesOn(blocks []block, kind Kind) bool {
	if len(blocks) == 0 {
		return false
	}
	last := blocks[len(blocks)-1]
	return last.kind == kind && len(last.spans) > 0
}

// marks are those inside a line: a key or command, strong words, a link.
var marks = regexp.MustCompile("`([^`]+)`" + `|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([a-z]+)\)`)

// spans reads the marks inside a line.
func spans(line string) []Span {
	var out []Span
	at := 0
	for _, m := range marks.FindAllStringSubmatchIndex(line, -1) {
		if m[0] > at {
			out = append(out, Span{Text: line[at:m[0]]})
		}
		switch {
		case m[2] >= 0:
			out = append(out, Span{Text: line[m[2]:m[3]], Style: Code})
		case m[4] >= 0:
			out = append(out, Span{Text: line[m[4]:m[5]], Style: Strong})
		default:
			out = append(out, Span{Text: line[m[6]:m[7]], Style: Link, To: line[m[8]:m[9]]})
		}
		at = m[1]
	}
	if at < len(line) {
		out = append(out, Span{Text: line[at:]})
	}
	return out
}
