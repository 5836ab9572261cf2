package guide

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// least is the narrowest column text is wrapped to.
const least = 16

// Lines lays a page out in lines of at most width columns, at least 16. Commands to be typed and pictures stay as they
// are, however wide.
func Lines(text string, width int) []Line { return layout(parse(text), width) }

// Text lays a page out for a terminal that shows no styles: keys and commands stand between quotation marks, and a link
// says what to type to read it.
func Text(text string, width int) string {
	blocks := parse(text)
	for i := range blocks {
		for j := range blocks[i].spans {
			spell(&blocks[i].spans[j])
		}
	}
	var b strings.Builder
	for _, l := range layout(blocks, width) {
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func spell(s *Span) {
	switch s.Style {
	case Code:
		s.Text = "'" + s.Text + "'"
	case Link:
		s.Text += " (custos help " + s.To + ")"
	case Plain, Strong:
	}
}

// Links are the pages a page leads to, in the order they are named, each once.
func Links(text string) []string {
	var names []string
	seen := map[string]bool{}
	for _, b := range parse(text) {
		for _, s := range b.spans {
			if s.Style == Link && !seen[s.To] {
				seen[s.To] = true
				names = append(names, s.To)
			}
		}
	}
	return names
}

func layout(blocks []block, width int) []Line {
	var lines []Line
	for _, b := range blocks {
		switch {
		case len(b.spans) == 0:
			lines = append(lines, Line{})
		case b.kind == Command || b.kind == Picture:
			lines = append(lines, Line{b.kind, b.spans})
		default:
			lines = append(lines, wrap(b, max(width, least))...)
		}
	}
	return lines
}

// wrap breaks a block between words. What goes on in a list stands under its first word.
func wrap(b block, width int) []Line {
	room := width - len(b.lead)
	var (
		rows [][]Span
		row  []Span
		used int
	)
	for _, w := range words(b.spans) {
		for _, part := range broken(w, room) {
			wide := breadth(part)
			switch {
			case used == 0:
			case used+1+wide > room:
				rows, row, used = append(rows, row), nil, 0
			default:
				row, used = join(row, gap(row, part)), used+1
			}
			for _, s := range part {
				row = join(row, s)
			}
			used += wide
		}
	}
	if used > 0 {
		rows = append(rows, row)
	}
	return led(b, rows)
}

// led puts the mark of a list before the first line and as much room before the others.
func led(b block, rows [][]Span) []Line {
	lines := make([]Line, len(rows))
	for i, row := range rows {
		if lead := b.lead; lead != "" {
			if i > 0 {
				lead = strings.Repeat(" ", len(lead))
			}
			row = append([]Span{{Text: lead}}, row...)
		}
		lines[i] = Line{b.kind, row}
	}
	return lines
}

// join adds a part to a row, to the span before it where both are alike.
func join(row []Span, s Span) []Span {
	if n := len(row); n > 0 && row[n-1].Style == s.Style && row[n-1].To == s.To {
		row[n-1].Text += s.Text
		return row
	}
	return append(row, s)
}

// gap is the room between a row and the word after it: of their style where both are of one.
func gap(row, word []Span) Span {
	last, next := row[len(row)-1], word[0]
	if last.Style == next.Style && last.To == next.To {
		return Span{" ", last.Style, last.To}
	}
	return Span{Text: " "}
}

// words are what stands between the blanks, whatever styles it is of.
func words(spans []Span) [][]Span {
	var (
		out  [][]Span
		word []Span
	)
	for _, s := range spans {
		for i, text := range strings.Split(s.Text, " ") {
			if i > 0 && len(word) > 0 {
				out, word = append(out, word), nil
			}
			if text != "" {
				word = append(word, Span{text, s.Style, s.To})
			}
		}
	}
	if len(word) > 0 {
		out = append(out, word)
	}
	return out
}

func breadth(word []Span) int {
	wide := 0
	for _, s := range word {
		wide += ansi.StringWidth(s.Text)
	}
	return wide
}

// broken is a word in parts that each fit in the room: nearly always the word itself.
func broken(word []Span, room int) [][]Span {
	if breadth(word) <= room {
		return [][]Span{word}
	}
	var parts [][]Span
	for _, s := range word {
		for rest := s.Text; rest != ""; {
			head := ansi.Truncate(rest, room, "")
			if head == "" || !strings.HasPrefix(rest, head) {
				head = rest
			}
			parts = append(parts, []Span{{head, s.Style, s.To}})
			rest = rest[len(head):]
		}
	}
	return parts
}
