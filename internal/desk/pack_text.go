package desk

import (
	"slices"
	"strings"
	"unicode"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// PackText returns every text of a case's pack as it will stand, gaps included,
// for words in it to be marked. Mentions are those that were taken in.
func (s *Seat) PackText(ref string) ([]register.Passage, error) {
	reply, err := s.drafted(ref)
	if err != nil {
		return nil, err
	}
	return letter.Passages(reply), nil
}

// drafted is the reply of a case as far as it is known without a search.
func (s *Seat) drafted(ref string) (letter.Reply, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return letter.Reply{}, err
	}
	r, err := s.gathering(ref)
	if err != nil {
		return letter.Reply{}, err
	}
	var held []register.Holding
	err = s.desk.db.View(func(tx *store.Tx) error {
		held, err = s.held(tx, r.Delegate)
		return err
	})
	if err != nil {
		return letter.Reply{}, err
	}
	found := r.Found(held, nil)
	for _, c := range r.Choices {
		if c.Field != "" {
			found.Mentions = append(found.Mentions, register.Mention{
				Collection: c.Collection, Title: mentionTitles[c.Collection], Record: c.Record, Field: c.Field,
				Label: register.FieldLabel(c.Field), Passage: c.Passage, Choice: &c,
			})
		}
	}
	return s.reply(&r, &found)
}

// RedactionHints returns the names of other people on record, and of the staff
// of the office, that stand in the pack of a case, with what the law presumes
// of each.
func (s *Seat) RedactionHints(ref string) ([]register.RedactionHint, error) {
	reply, err := s.drafted(ref)
	if err != nil {
		return nil, err
	}
	own, err := s.ownNames(reply.Request.Delegate)
	if err != nil {
		return nil, err
	}
	names, err := s.namesIn(letter.Passages(reply), reply.Request.Delegate)
	if err != nil {
		return nil, err
	}
	var hints []register.RedactionHint
	for _, n := range names {
		known := slices.ContainsFunc(hints, func(h register.RedactionHint) bool { return strings.EqualFold(h.Words, n.words) })
		if !known && !slices.Contains(own, n.words) && n.count > 0 {
			hints = append(hints, register.RedactionHintFor(n.words, n.who, n.staff, n.count))
		}
	}
	return hints, nil
}

// named is a name that may stand in a pack.
type named struct {
	words string
	who   register.ID
	staff bool
	count int
}

// namesIn counts in how many passages other people are named in full. Of the
// many people on record only those are looked for whose last name stands there.
func (s *Seat) namesIn(texts []register.Passage, person register.ID) ([]named, error) {
	words := map[string]bool{}
	for _, p := range texts {
		for _, w := range wordsOf(p.Text) {
			words[w] = true
		}
	}
	names, err := s.othersNamed(words, person)
	if err != nil {
		return nil, err
	}
	operators, err := s.operatorNames(words)
	if err != nil {
		return nil, err
	}
	names = append(names, operators...)
	marks := make([]register.Redaction, len(names))
	for i, n := range names {
		marks[i].Words = n.words
	}
	finder := register.NewRedactor(marks, nil)
	for _, p := range texts {
		for _, i := range finder.Finds(p.Text) {
			names[i].count++
		}
	}
	return names, nil
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// othersNamed are the people on record whose name is made of words that stand
// in the pack, staff or not by their kind.
func (s *Seat) othersNamed(words map[string]bool, person register.ID) ([]named, error) {
	settings := s.Settings()
	var names []named
	people := s.desk.db.People(register.Query{})
	for i := range people.Len() {
		row := people.Row(i)
		parts := wordsOf(row.Name)
		missing := slices.ContainsFunc(parts, func(w string) bool { return !words[w] })
		if row.ID == person || len(parts) < 2 || missing {
			continue
		}
		kind, _ := settings.Profile.Kind(row.Kind)
		names = append(names, named{words: row.Name, who: row.ID, staff: kind.Working()})
	}
	return names, nil
}

// operatorNames are the logins of the office's staff that stand in the pack.
func (s *Seat) operatorNames(words map[string]bool) ([]named, error) {
	var names []named
	err := s.desk.db.View(func(tx *store.Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			parts := wordsOf(op.Name)
			if !slices.ContainsFunc(parts, func(w string) bool { return !words[w] }) {
				names = append(names, named{words: op.Name, staff: true})
			}
		}
		return nil
	})
	return names, err
}
