// Package mapping says which column of a table is which field: it guesses from the column names, reads and writes the small
// files in which a person settles it, and recognises a layout it has seen. It knows names only: never a cell, and never
// what a field means.
package mapping

import (
	"cmp"
	"slices"
)

// Target is a field that a column may be mapped to. Field is its id; Label and Synonyms are names that people and other
// systems give it, the most usual first.
type Target struct {
	Field    string
	Label    string
	Synonyms []string
	Told     bool // only a person maps a column to it: it is never guessed
}

// Pair maps one column to one field. Confidence is 1 for what a person decided and for the field's own name, 0.95 for a
// synonym, and less for a name that contains one among other words.
type Pair struct {
	Column     string  `json:"column"`
	Field      string  `json:"field"`
	Confidence float64 `json:"confidence"`
}

// Mapping pairs columns with fields, each at most once. Unmapped lists the columns left over, in the order of the file.
type Mapping struct {
	Pairs    []Pair   `json:"pairs"`
	Unmapped []string `json:"unmapped"`
}

// Field gives the field of a column.
func (m Mapping) Field(column string) (string, bool) {
	i := slices.IndexFunc(m.Pairs, func(p Pair) bool { return p.Column == column })
	if i < 0 {
		return "", false
	}
	return m.Pairs[i].Field, true
}

// Column gives the column of a field.
func (m Mapping) Column(field string) (string, bool) {
	i := slices.IndexFunc(m.Pairs, func(p Pair) bool { return p.Field == field })
	if i < 0 {
		return "", false
	}
	return m.Pairs[i].Column, true
}

const (
	sure    = 1.0
	synonym = 0.95
	partly  = 0.6 // plus up to 0.3 for the share of the column's words that the synonym covers
)

// others are words that make a column be about somebody else or another time: "Parent 1 e-mail" is not the e-mail of the
// person in the row, nor "Previous surname" the surname.
var others = []string{"parent", "guardian", "carer", "mother", "father", "emergency", "kin", "previous", "former", "old",
	"maiden", "preferred", "known", "alternative", "manager", "head", "employer", "next", "second", "secondary", "not"}

// Guess pairs columns with targets by their names: case, spaces, underscores, punctuation, accents and a trailing "(name)"
// do not matter. The most confident pairs are made first; of equals, the earlier target, its earlier synonym and then the
// earlier column win, so that the same names always give the same mapping.
func Guess(columns []string, targets []Target) Mapping {
	type candidate struct {
		column, target int
		confidence     float64
		name           int
	}
	var found []candidate
	for c, column := range columns {
		for t, target := range targets {
			if confidence, name := match(column, target); confidence > 0 {
				found = append(found, candidate{c, t, confidence, name})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.confidence, a.confidence), cmp.Compare(a.target, b.target),
			cmp.Compare(a.name, b.name), cmp.Compare(a.column, b.column))
	})
	var chosen []candidate
	for _, f := range found {
		if !slices.ContainsFunc(chosen, func(c candidate) bool { return c.column == f.column || c.target == f.target }) {
			chosen = append(chosen, f)
		}
	}
	m := Mapping{}
	for c, column := range columns {
		i := slices.IndexFunc(chosen, func(f candidate) bool { return f.column == c })
		if i < 0 {
			m.Unmapped = append(m.Unmapped, column)
			continue
		}
		m.Pairs = append(m.Pairs, Pair{column, targets[chosen[i].target].Field, chosen[i].confidence})
	}
	return m
}

// match is how sure it is that a column is a target, and by which of the target's names.
func match(column string, t Target) (confidence float64, name int) {
	mine := key(column)
	if mine == "" || t.Told {
		return 0, 0
	}
	if mine == key(t.Field) || mine == key(t.Label) {
		return sure, 0
	}
	for i, s := range t.Synonyms {
		if mine == key(s) {
			return synonym, i + 1
		}
	}
	for i, s := range append([]string{t.Label}, t.Synonyms...) {
		if c := contains(words(column), words(s)); c > confidence {
			confidence, name = c, i
		}
	}
	return confidence, name
}

// contains is the confidence that a column means what a part of its words means: the words stand together, make up more
// than half of the column's, and none of the rest points to somebody else.
func contains(column, part []string) float64 {
	if len(part) == 0 || 2*len(part) <= len(column) {
		return 0
	}
	for i := 0; i+len(part) <= len(column); i++ {
		if !slices.Equal(column[i:i+len(part)], part) {
			continue
		}
		rest := slices.Concat(column[:i], column[i+len(part):])
		if slices.ContainsFunc(rest, func(w string) bool { return slices.Contains(others, w) }) {
			return 0
		}
		return partly + 0.3*float64(len(part))/float64(len(column))
	}
	return 0
}
