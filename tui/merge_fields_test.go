package tui

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"custos/tui/widget"
)

// answersOf draws what a form of four questions holds.
func answersOf(t *rapid.T, label string) []widget.Field {
	fields := []widget.Field{{ID: "a"}, {ID: "b"}, {ID: "c", Kind: widget.YesNo}, {ID: "d", Kind: widget.LongText}}
	for i := range fields {
		fields[i].Label = fields[i].ID
		words := []string{"", "x", "y", "z"}
		switch fields[i].Kind {
		case widget.YesNo:
			words = []string{widget.Yes, widget.No}
		case widget.LongText:
			words = []string{"", "p", "q", "p\n\nq", "p\n\nr\n\nq", "p\n\nq\n\ns", "n\n\np\n\nq", "p\n\nt"}
		}
		fields[i].Value = rapid.SampledFrom(words).Draw(t, label+" "+fields[i].ID)
	}
	return fields
}

func answered(fields []widget.Field) widget.Values {
	v := widget.Values{}
	for _, f := range fields {
		v[f.ID] = initial(f)
	}
	return v
}

// No change of either side is lost, and nothing is invented.
func TestMergingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, theirs, mine := answersOf(t, "was"), answersOf(t, "theirs"), answered(answersOf(t, "mine"))
		base, other := answered(was), answered(theirs)
		j := mergeFields(was, theirs, mine)
		clashing := map[string]clash{}
		for _, c := range j.clashes {
			clashing[c.field.ID] = c
		}
		for id := range base {
			c, clashes := clashing[id]
			switch {
			case clashes:
				keepsBoth(t, &c, other[id], mine[id])
			case base[id] == other[id] && j.values[id] != mine[id]:
				t.Fatalf("%s: mine is lost: %q", id, j.values[id])
			case base[id] == mine[id] && j.values[id] != other[id]:
				t.Fatalf("%s: theirs is lost: %q", id, j.values[id])
			}
		}
	})
}

// keepsBoth checks that each side can be chosen whole, and that both together hold the paragraphs of either.
func keepsBoth(t *rapid.T, c *clash, theirs, mine string) {
	all := func(choice string) string { return c.settled(slices.Repeat([]string{choice}, c.open())) }
	if base, other := c.was, theirs; base == other || base == mine {
		t.Fatalf("no clash at all: %q %q %q", base, other, mine)
	}
	both := strings.Split(all(chooseBoth), between)
	for _, side := range []string{all(chooseTheirs), all(chooseMine)} {
		for _, p := range strings.Split(side, between) {
			if !slices.Contains(both, p) {
				t.Fatalf("%q is in neither: %q", p, both)
			}
		}
	}
	for _, p := range strings.Split(mine, between) {
		if !slices.Contains(strings.Split(c.was, between), p) && !slices.Contains(strings.Split(all(chooseMine), between), p) {
			t.Fatalf("what was typed is lost: %q", p)
		}
	}
}

// Whoever comes first, the same comes out where nothing has to be chosen; merging again changes nothing.
func TestMergingIsTheSameEitherWayAndOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, theirs, mine := answersOf(t, "was"), answersOf(t, "theirs"), answersOf(t, "mine")
		one, two := mergeFields(was, theirs, answered(mine)), mergeFields(was, mine, answered(theirs))
		if len(one.clashes) != len(two.clashes) {
			t.Fatalf("%d and %d clashes", len(one.clashes), len(two.clashes))
		}
		if len(one.clashes) == 0 && !maps.Equal(one.values, two.values) {
			t.Fatalf("%v and %v", one.values, two.values)
		}
		if again := mergeFields(theirs, theirs, one.values); !maps.Equal(again.values, one.values) || len(again.clashes) > 0 {
			t.Fatalf("%v, then %v", one.values, again.values)
		}
		if same := mergeFields(was, theirs, answered(theirs)); len(same.clashes) > 0 || !maps.Equal(same.values, answered(theirs)) {
			t.Fatalf("two who change the same clash: %v", same.values)
		}
	})
}

func TestMergingTexts(t *testing.T) {
	got := mergeTexts("one\n\ntwo\n\nthree", "one\n\nTWO\n\nthree", "one\n\ntwo\n\nthree\n\nfour")
	if text := settle(got, nil); text != "one\n\nTWO\n\nthree\n\nfour" {
		t.Errorf("%q", text)
	}
	got = mergeTexts("one\n\ntwo", "one\n\nTWO", "one\n\n2")
	both := func(_ int, p *piece) []string { return append(slices.Clone(p.theirs), p.mine...) }
	if text := settle(got, both); text != "one\n\nTWO\n\n2" {
		t.Errorf("%q", text)
	}
}

func TestADayThatIsChosenIsShownAsItIsTyped(t *testing.T) {
	c := newClash(widget.Field{ID: "on", Label: "On", Kind: widget.Date, Value: "2026-11-24"}, "2026-11-23", "25/11/2026")
	want := []string{"Was: 23/11/2026", "Theirs: 24/11/2026", "Mine: 25/11/2026"}
	if got := c.questions()[0].Below(nil); !slices.Equal(got, want) {
		t.Errorf("shown as %q", got)
	}
}
