package letter

import "strings"

// BlockKind is what a block of a letter is.
type BlockKind int

// The kinds.
const (
	BlockParagraph  BlockKind = iota
	BlockLetterhead           // the office, the code and day, whom it goes to
	BlockNotice               // the office's own remark: a draft, not second-checked
	BlockTitle                // what the letter is about; there is one
	BlockHeading
	BlockBullet
	BlockNumbered
	BlockQuote
	BlockRule // a line across the page, without words
	BlockFacts
)

// Block is a piece of a letter that stands on its own. Every output is made
// from the same blocks, so all of them say the same.
type Block struct {
	Kind   BlockKind
	Level  int    // of a heading: 1 or 2, the title being above both
	Number int    // of a numbered item
	First  bool   // the item begins a list
	Runs   []Run  // of all but a rule and facts
	Facts  []Fact // of facts alone
}

// Run is text that looks the same. A line feed in it begins a new line within
// the block.
type Run struct {
	Text         string
	Bold, Italic bool
	Value        bool // from the case, not from the template
}

// Fact is a row of a table of two columns: what it is, and what it says.
type Fact struct{ Name, Value []Run }

// Text returns the words of a block, without what marks its kind; a fact is
// its name, a tab and its value on a line.
func (b *Block) Text() string {
	if b.Kind != BlockFacts {
		return plain(b.Runs)
	}
	var rows []string
	for _, f := range b.Facts {
		rows = append(rows, plain(f.Name)+"\t"+plain(f.Value))
	}
	return strings.Join(rows, "\n")
}

func plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
