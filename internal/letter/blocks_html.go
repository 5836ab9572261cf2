package letter

import (
	"fmt"
	"html/template"
	"io"
	"strings"
)

// HTML writes the letter as a page that needs nothing else: no script, no
// picture, no address outside itself. Errors as Blocks, and the writer's.
func (l Letter) HTML(w io.Writer) error {
	blocks, err := l.Blocks()
	if err != nil {
		return err
	}
	css, err := layout.ReadFile("page.css")
	if err != nil {
		return fmt.Errorf("reading the style of the letter: %w", err)
	}
	t, err := template.ParseFS(letterLayout, "letter.html")
	if err != nil {
		return fmt.Errorf("reading the layout of the letter: %w", err)
	}
	head, body := headAndBody(blocks)
	var page strings.Builder
	err = t.Execute(&page, map[string]any{
		"Lang": language(l.Language), "Title": l.Template.Kind.Title(), "Draft": l.Draft, "Audit": l.Audit.String(),
		"Head": grouped(head), "Body": grouped(body),
		"CSS": template.CSS(css), // a file of ours
	})
	if err != nil {
		return fmt.Errorf("filling in the letter: %w", err)
	}
	_, err = io.WriteString(w, page.String())
	return err
}

// headAndBody parts the blocks behind the title.
func headAndBody(blocks []Block) (head, body []Block) {
	for i := range blocks {
		if blocks[i].Kind == BlockTitle {
			return blocks[:i+1], blocks[i+1:]
		}
	}
	return nil, blocks
}

// group is blocks in one element of a page: the items of a list, the
// paragraphs of a quotation, or a block by itself.
type group struct {
	Element string
	Start   int // of a numbered list
	Blocks  []Block
}

func grouped(blocks []Block) []group {
	var groups []group
	for i, b := range blocks {
		joins := i > 0 && b.Kind == blocks[i-1].Kind && (isItem(b.Kind) && !b.First || b.Kind == BlockQuote)
		if joins {
			last := &groups[len(groups)-1]
			last.Blocks = append(last.Blocks, b)
			continue
		}
		groups = append(groups, group{elementOf(&b), b.Number, []Block{b}})
	}
	return groups
}

// elementOf returns the name of the element a block is in.
func elementOf(b *Block) string {
	switch b.Kind {
	case BlockLetterhead:
		return "letterhead"
	case BlockNotice:
		return "notice"
	case BlockTitle:
		return "h1"
	case BlockHeading:
		if b.Level == 1 {
			return "h2"
		}
		return "h3"
	case BlockBullet:
		return "ul"
	case BlockNumbered:
		return "ol"
	case BlockQuote:
		return "blockquote"
	case BlockRule:
		return "hr"
	case BlockFacts:
		return "table"
	case BlockParagraph:
	}
	return "p"
}

// Lines returns the text of a run, line by line.
func (r Run) Lines() []string { return strings.Split(r.Text, "\n") }
