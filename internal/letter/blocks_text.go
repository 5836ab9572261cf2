package letter

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textWidth is how many columns a letter in plain text has.
const textWidth = 76

// Text returns the letter as plain text of 76 columns, for a console or an
// email. Errors as Blocks.
func (l Letter) Text() (string, error) {
	blocks, err := l.Blocks()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i := range blocks {
		if i > 0 && apart(&blocks[i-1], &blocks[i]) {
			b.WriteByte('\n')
		}
		blocks[i].write(&b)
	}
	return b.String(), nil
}

// apart reports whether a line is left empty between two blocks.
func apart(before, b *Block) bool {
	switch {
	case b.Kind == BlockLetterhead && before.Kind == BlockLetterhead:
		return false
	case isItem(b.Kind):
		return b.First
	}
	return true
}

func (b *Block) write(to *strings.Builder) {
	text := plain(b.Runs)
	switch b.Kind {
	case BlockTitle:
		lines := wrapped(text, textWidth)
		put(to, lines, "", "")
		put(to, []string{strings.Repeat("=", widest(lines))}, "", "")
	case BlockHeading:
		lines := wrapped(text, textWidth)
		put(to, lines, "", "")
		if b.Level == 1 {
			put(to, []string{strings.Repeat("-", widest(lines))}, "", "")
		}
	case BlockBullet:
		put(to, wrapped(text, textWidth-4), "  - ", "    ")
	case BlockNumbered:
		number := fmt.Sprintf("%3d. ", b.Number)
		put(to, wrapped(text, textWidth-len(number)), number, strings.Repeat(" ", len(number)))
	case BlockQuote:
		put(to, wrapped(text, textWidth-4), "    ", "    ")
	case BlockRule:
		put(to, []string{strings.Repeat("-", textWidth)}, "", "")
	case BlockFacts:
		b.writeFacts(to)
	case BlockParagraph, BlockLetterhead, BlockNotice:
		put(to, wrapped(text, textWidth), "", "")
	}
}

// nameWidth is how wide the column of names may be.
const nameWidth = 28

// writeFacts sets the names in a column and the values beside them; the value
// of a longer name stands below it, so that neither is read through the other.
func (b *Block) writeFacts(to *strings.Builder) {
	column := 0
	for _, f := range b.Facts {
		if n := widest(wrapped(plain(f.Name), textWidth)); n <= nameWidth {
			column = max(column, n)
		}
	}
	indent := strings.Repeat(" ", column+2)
	for _, f := range b.Facts {
		names, values := wrapped(plain(f.Name), textWidth), wrapped(plain(f.Value), textWidth-len(indent))
		if len(names) > 1 || columns(names[0]) > column {
			put(to, names, "", "")
			put(to, values, indent, indent)
			continue
		}
		put(to, values, names[0]+indent[columns(names[0]):], indent)
	}
}

// put writes lines, the first led by one text and the others by another.
func put(to *strings.Builder, lines []string, first, rest string) {
	for i, l := range lines {
		lead := rest
		if i == 0 {
			lead = first
		}
		to.WriteString(strings.TrimRight(lead+l, " ") + "\n")
	}
}

// wrapped breaks a text at its line feeds and, at spaces where it can, into
// lines of at most so many columns; there is always one.
func wrapped(s string, limit int) []string {
	limit = max(limit, 8)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && columns(line)+1+columns(word) <= limit {
				line += " " + word
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for columns(word) > limit {
				var head string
				head, word = cut(word, limit)
				lines = append(lines, head)
			}
			line = word
		}
		lines = append(lines, line)
	}
	return lines
}

// cut takes from a word what fits into a line.
func cut(word string, limit int) (head, rest string) {
	used := 0
	for i, r := range word {
		used += runeColumns(r)
		if i > 0 && used > limit {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

func widest(lines []string) int {
	most := 0
	for _, l := range lines {
		most = max(most, columns(l))
	}
	return most
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

// runeColumns is how many columns a sign takes up in a terminal.
func runeColumns(r rune) int {
	if unicode.In(r, unicode.M, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}
