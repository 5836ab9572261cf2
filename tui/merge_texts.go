package tui

import (
	"slices"
	"strings"
)

// piece is a stretch of paragraphs that two people changed from the same text: as it comes out, or both versions where
// only a person can say.
type piece struct {
	text              []string
	clash             bool
	was, theirs, mine []string
}

// between is what parts two paragraphs.
const between = "\n\n"

// mergeTexts joins two changes of one text, paragraph by paragraph: what one side changed is taken, what both left
// stays, and what both changed differently is a clash.
func mergeTexts(was, theirs, mine string) []piece {
	w, t, m := strings.Split(was, between), strings.Split(theirs, between), strings.Split(mine, between)
	inT, inM := matches(w, t), matches(w, m)
	var pieces []piece
	i, j, k := 0, 0, 0
	for at := range w {
		if inT[at] < 0 || inM[at] < 0 {
			continue
		}
		pieces = append(pieces, chunk(w[i:at], t[j:inT[at]], m[k:inM[at]])...)
		pieces = append(pieces, piece{text: w[at : at+1]})
		i, j, k = at+1, inT[at]+1, inM[at]+1
	}
	return append(pieces, chunk(w[i:], t[j:], m[k:])...)
}

// chunk joins what lies between two paragraphs that all three have.
func chunk(was, theirs, mine []string) []piece {
	switch {
	case slices.Equal(theirs, was), slices.Equal(theirs, mine):
		return some(mine)
	case slices.Equal(mine, was):
		return some(theirs)
	}
	return []piece{{clash: true, was: was, theirs: theirs, mine: mine}}
}

func some(text []string) []piece {
	if len(text) == 0 {
		return nil
	}
	return []piece{{text: text}}
}

// matches gives for each paragraph of a its place in b along a longest run of paragraphs they share; -1: none.
func matches(a, b []string) []int {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	at := make([]int, len(a))
	for i, j := 0, 0; i < len(a); i++ {
		at[i] = -1
		for j < len(b) && a[i] != b[j] && longest[i][j] == longest[i][j+1] {
			j++
		}
		if j < len(b) && a[i] == b[j] {
			at[i], j = j, j+1
		}
	}
	return at
}

// settle makes one text of the pieces: of a clash it takes what choose says, which is given how many came before it.
func settle(pieces []piece, choose func(n int, p *piece) []string) string {
	var all []string
	n := 0
	for i := range pieces {
		if !pieces[i].clash {
			all = append(all, pieces[i].text...)
			continue
		}
		all = append(all, choose(n, &pieces[i])...)
		n++
	}
	return strings.Join(all, between)
}
