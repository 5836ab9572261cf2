package tui

import (
	"custos/tui/widget"
)

// joined is a form after somebody else has changed what it was filled from.
type joined struct {
	values  widget.Values // as they come out; of a clash what mine says
	taken   []string      // labels of what the other changed and is kept
	clashes []clash       // what both changed, in the order of the questions
}

// clash is a question that both have answered anew.
type clash struct {
	field  widget.Field // as it is asked now; Value is what the other says
	was    string
	pieces []piece // stretches of a long text; one of any other
}

// newClash compares an answer with what the other says.
func newClash(f widget.Field, was, mine string) clash {
	theirs := initial(f)
	if f.Kind == widget.LongText {
		return clash{f, was, mergeTexts(was, theirs, mine)}
	}
	whole := piece{clash: true, was: []string{was}, theirs: []string{theirs}, mine: []string{mine}}
	return clash{f, was, []piece{whole}}
}

// mergeFields joins what is typed in a form with what is held now, by question: base is what the form was filled from.
func mergeFields(base, now []widget.Field, mine widget.Values) joined {
	j := joined{values: widget.Values{}}
	former := map[string]widget.Field{}
	for _, f := range base {
		former[f.ID] = f
	}
	for _, f := range now {
		was, asked := former[f.ID]
		typed, answered := mine[f.ID]
		if !asked || !answered {
			j.values[f.ID] = initial(f)
			continue
		}
		j.join(f, initial(was), typed)
	}
	return j
}

func (j *joined) join(f widget.Field, was, mine string) {
	theirs := initial(f)
	same := func(a, b string) bool { return f.Final(a) == f.Final(b) }
	switch {
	case same(theirs, was):
		j.values[f.ID] = mine
	case same(mine, was), same(mine, theirs):
		j.values[f.ID] = theirs
		j.taken = append(j.taken, f.Label)
	default:
		c := newClash(f, was, mine)
		if c.open() == 0 {
			j.values[f.ID] = c.settled(nil)
			j.taken = append(j.taken, f.Label)
			return
		}
		j.values[f.ID] = mine
		j.clashes = append(j.clashes, c)
	}
}

// initial is the answer a field has before anybody answers.
func initial(f widget.Field) string {
	if f.Kind == widget.YesNo && f.Value != widget.Yes {
		return widget.No
	}
	return f.Value
}

// open counts what is to be chosen.
func (c *clash) open() int {
	n := 0
	for i := range c.pieces {
		if c.pieces[i].clash {
			n++
		}
	}
	return n
}

// The ways to choose.
const (
	chooseTheirs = "theirs"
	chooseMine   = "mine"
	chooseBoth   = "both"
)

// settled is the answer with every choice made, in order.
func (c *clash) settled(choices []string) string {
	return settle(c.pieces, func(n int, p *piece) []string {
		switch choices[n] {
		case chooseTheirs:
			return p.theirs
		case chooseBoth:
			return append(append([]string{}, p.theirs...), p.mine...)
		default:
			return p.mine
		}
	})
}
