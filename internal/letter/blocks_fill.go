package letter

import (
	"strings"

	"custos/internal/register"
)

// filling puts values into planned blocks. Values are text: they are put in
// when everything about the form of the letter is settled.
type filling struct {
	fields map[string]register.LetterField
	values map[string][]string
	shown  map[string]bool // fields that a printed block says
}

// filled is what a planned block came to; none: it is left out.
type filled struct {
	plan   *planned
	blocks []Block
}

// blocks fills in a plan. Left out are: a block all of whose fields are empty,
// a paragraph ending in a colon when what it announces is left out, and a
// heading when all below it is.
func (f *filling) blocks(plan []planned) []Block {
	all := make([]filled, len(plan))
	for i := range plan {
		all[i] = filled{&plan[i], f.block(&plan[i])}
	}
	for i := range all {
		if all[i].announces() && i+1 < len(all) && leftOut(all[i+1:listEnd(all, i+1)]) {
			all[i].blocks = nil
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].plan.kind != BlockHeading {
			continue
		}
		end := i + 1
		for end < len(all) && (all[end].plan.kind != BlockHeading || all[end].plan.level > all[i].plan.level) {
			end++
		}
		if end > i+1 && leftOut(all[i+1:end]) {
			all[i].blocks = nil
		}
	}
	var blocks []Block
	for _, x := range all {
		if len(x.blocks) > 0 {
			f.note(x.plan)
		}
		blocks = append(blocks, x.blocks...)
	}
	return numbered(blocks)
}

// announces reports whether a block is fixed words that end in a colon.
func (x *filled) announces() bool {
	if x.plan.kind != BlockParagraph || len(x.blocks) != 1 || len(x.plan.lines) == 0 {
		return false
	}
	last := x.plan.lines[len(x.plan.lines)-1]
	return len(last) > 0 && strings.HasSuffix(last[len(last)-1].words, ":")
}

// listEnd returns where the list that begins at i ends; anything else is one block.
func listEnd(all []filled, i int) int {
	end := i + 1
	for end < len(all) && all[end].plan.kind == all[i].plan.kind && isItem(all[i].plan.kind) && !all[end].plan.first {
		end++
	}
	return end
}

func isItem(k BlockKind) bool { return k == BlockBullet || k == BlockNumbered }

func leftOut(all []filled) bool {
	for _, x := range all {
		if len(x.blocks) > 0 {
			return false
		}
	}
	return true
}

// note remembers which fields a block says.
func (f *filling) note(p *planned) {
	for _, s := range p.sentences() {
		for _, x := range s {
			f.shown[x.field] = f.shown[x.field] || len(f.values[x.field]) > 0
		}
	}
}

// sentences returns everything a planned block may say.
func (p *planned) sentences() []sentence {
	all := p.lines
	for _, row := range p.rows {
		all = append(append(all[:len(all):len(all)], row.name...), row.value...)
	}
	return all
}

// numbered counts the items of the lists that are left, each from the number
// its template begins with, and marks where a list begins.
func numbered(blocks []Block) []Block {
	for i := range blocks {
		b := &blocks[i]
		if !isItem(b.Kind) {
			continue
		}
		b.First = b.First || i == 0 || blocks[i-1].Kind != b.Kind
		if b.Kind == BlockNumbered && !b.First {
			b.Number = blocks[i-1].Number + 1
		}
	}
	return blocks
}

// block fills in one block.
func (f *filling) block(p *planned) []Block {
	switch {
	case p.kind == BlockRule:
		return []Block{{Kind: BlockRule}}
	case p.kind == BlockFacts:
		return f.facts(p)
	}
	if x, ok := alone(p.lines); ok && p.kind != BlockHeading {
		return f.alone(p, x)
	}
	runs, ok := f.runs(p.lines)
	if !ok {
		return nil
	}
	return []Block{{Kind: p.kind, Level: p.level, Number: p.start, First: p.first, Runs: runs}}
}

// alone returns the field that is all a block says.
func alone(lines []sentence) (piece, bool) {
	if len(lines) != 1 || len(lines[0]) != 1 || lines[0][0].field == "" {
		return piece{}, false
	}
	return lines[0][0], true
}

// alone fills in a block that is one field: several values become as many
// points or quotations, and one keeps its line feeds.
func (f *filling) alone(p *planned, x piece) []Block {
	values := f.values[x.field]
	if !f.fields[x.field].List {
		if len(values) == 0 {
			return nil
		}
		value := x.run(paragraphs(strings.Join(values, "\n")))
		return []Block{{Kind: p.kind, Number: p.start, First: p.first, Runs: []Run{value}}}
	}
	var blocks []Block
	for i, v := range values {
		b := Block{Kind: p.kind, Number: p.start, First: p.first && i == 0, Runs: []Run{x.run(oneLine(v))}}
		if b.Kind == BlockParagraph {
			b.Kind, b.First = BlockBullet, i == 0
		}
		blocks = append(blocks, b)
	}
	return blocks
}

func (f *filling) facts(p *planned) []Block {
	b := Block{Kind: BlockFacts}
	for _, row := range p.rows {
		value, ok := f.runs(row.value)
		name, named := f.runs(row.name)
		if !ok || !named {
			continue
		}
		b.Facts = append(b.Facts, Fact{Name: name, Value: value})
	}
	if len(b.Facts) == 0 {
		return nil
	}
	return []Block{b}
}
