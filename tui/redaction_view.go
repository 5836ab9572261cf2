package tui

import (
	"fmt"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

func (r *redaction) View(width, height int) string {
	th := r.kit.theme
	switch {
	case r.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(r.err), width))}, width, height)
	case !r.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	}
	head := fmt.Sprintf("%s, %s.  Tab shows names of other people, and the marks.", count(len(r.text.passages), "text"),
		count(len(r.marks), "mark"))
	out := []string{th.Title.Render(th.Cut(head, width)), r.doing(width)}
	foot := r.place(width)
	r.height = max(1, height-len(out)-1)
	r.text.layout(th, width)
	if len(r.text.words) == 0 {
		return fit(th, append(out, th.Muted.Render(th.Cut("Nothing of this case can be taken out.", width))), width, height)
	}
	r.follow()
	for i := r.first; i < r.first+r.height; i++ {
		line := ""
		if i < len(r.text.lines) {
			line = r.line(i)
		}
		out = append(out, line)
	}
	return fit(th, append(out, foot), width, height)
}

// follow shows the line of the cursor with what stands around it, where there is room.
func (r *redaction) follow() {
	at, around := r.text.on[r.at], min(2, (r.height-1)/2)
	r.first = max(min(r.first, at-around), at+around+1-r.height)
	r.first = max(0, min(r.first, max(0, len(r.text.lines)-r.height)))
}

// doing says what a key does next.
func (r *redaction) doing(width int) string {
	th := r.kit.theme
	switch {
	case r.anchor >= 0:
		words := th.Clean(r.text.between(r.anchor, r.at))
		return th.Soon.Render(th.Cut("MARKING: "+words+"  (Enter goes on, Esc drops the mark)", width))
	case len(r.text.words) > 0 && r.text.words[r.at].gap:
		return th.Soon.Render(th.Cut("TAKEN OUT here. Enter takes the mark off again.", width))
	}
	return th.Muted.Render(th.Cut("Space begins a mark, the arrows draw it, Enter takes it out everywhere.", width))
}

// place says where the cursor is, or asks what is sought.
func (r *redaction) place(width int) string {
	th := r.kit.theme
	if r.prompt != nil {
		return r.prompt.View(width)
	}
	if len(r.text.words) == 0 {
		return ""
	}
	n := r.text.words[r.at].passage
	p := &r.text.passages[n]
	return th.Muted.Render(th.Cell(fmt.Sprintf("Text %d of %d: %s", n+1, len(r.text.passages), whereWords(p)), width))
}

func whereWords(p *register.Passage) string {
	parts := []string{p.Chapter}
	if p.Where != "" {
		parts = append(parts, p.Where)
	}
	return strings.Join(append(parts, p.Label), ", ")
}

// line draws a line of the text; the word under the cursor and those of the mark are reversed.
func (r *redaction) line(i int) string {
	th, l := r.kit.theme, &r.text.lines[i]
	switch {
	case l.major:
		return th.Title.Render(th.Cut(strings.ToUpper(l.head), r.text.width))
	case len(l.cells) == 0:
		return th.Muted.Render(th.Cut(l.head, r.text.width))
	}
	low, high := r.at, r.at
	if r.anchor >= 0 {
		low, high = min(r.anchor, r.at), max(r.anchor, r.at)
	}
	var b strings.Builder
	lead, column := "  ", packIndent
	for _, c := range l.cells {
		if c.word == r.at {
			lead = th.Glyphs.Cursor + " "
		}
	}
	b.WriteString(lead)
	for n, c := range l.cells {
		space := strings.Repeat(" ", max(0, c.at-column))
		within := c.word >= low && c.word <= high
		if n > 0 && within && (c.word > low || l.cells[n-1].word == c.word) {
			space = th.Selected.Render(space)
		}
		b.WriteString(space + r.cell(c, within))
		column = c.at + theme.Width(c.text)
	}
	return b.String()
}

func (r *redaction) cell(c packCell, selected bool) string {
	th := r.kit.theme
	switch {
	case selected:
		return th.Selected.Render(c.text)
	case r.text.words[c.word].gap:
		return th.Key.Render(c.text)
	case r.found(c.word):
		return th.Match.Render(c.text)
	}
	return c.text
}

// found reports whether the words sought begin at a word.
func (r *redaction) found(word int) bool {
	want := strings.Fields(strings.ToLower(r.sought))
	return len(want) > 0 && r.text.stands(word, want)
}
