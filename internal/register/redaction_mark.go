package register

import (
	"strings"
	"unicode"
)

// minDigits is how many digits words need that have no letter: fewer stand in
// dates and case numbers everywhere.
const minDigits = 5

// CheckRedaction refuses words that cannot be taken out of a pack: too short to
// mean anybody, the name of the person it is for, or words the reply itself is
// written with. Own are the person's names, fixed the texts of the reply. The
// error is Invalid or Refused and says what to do instead; it repeats no words.
func CheckRedaction(in *RedactionInput, own, fixed []string) error {
	letters, digits := 0, 0
	for _, r := range in.Words {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	switch {
	case strings.ContainsAny(in.Words, "[]"):
		return Errorf(Invalid, "words", "mark the words without square brackets: gaps are written in them")
	case letters == 0 && digits > 0 && digits < minDigits:
		return Errorf(Invalid, "words", "a number of fewer than %d digits stands in dates and case numbers too;"+
			" mark it with the words around it", minDigits)
	case letters < 2 && digits < minDigits:
		return Errorf(Invalid, "words", "mark at least two letters")
	case strings.TrimSpace(in.Reason) == "":
		return Errorf(Invalid, "reason", "say why this is taken out: the reply tells the person")
	}
	mark := NewRedactor([]Redaction{{Words: in.Words}}, nil)
	for _, name := range own {
		if len(mark.Finds(name)) > 0 {
			return Errorf(Refused, "words", "this is a name of the person the reply is for, which stays in it")
		}
	}
	for _, text := range fixed {
		if len(mark.Finds(text)) > 0 {
			return Errorf(Refused, "words", "the reply itself is written with these words; mark more of what stands around them")
		}
	}
	return nil
}

// Mark adds words to take out. It returns a Conflict error where they are
// marked already.
func (r *Request) Mark(m Redaction) error {
	marked := NewRedactor(r.Redactions, nil)
	folds := trimSpaces(foldText(m.Words).runes)
	for _, words := range marked.words {
		if string(words) == string(folds) {
			return Errorf(Conflict, "words", "these words are marked already")
		}
	}
	r.Redactions = append(append([]Redaction(nil), r.Redactions...), m)
	return nil
}

// Unmark takes a mark off. The error is NotFound where there is none of that id.
func (r *Request) Unmark(id ID) error {
	var kept []Redaction
	for _, m := range r.Redactions {
		if m.ID != id {
			kept = append(kept, m)
		}
	}
	if len(kept) == len(r.Redactions) {
		return Errorf(NotFound, "redaction", "there is no redaction %s here", id)
	}
	r.Redactions = kept
	return nil
}

// Gap is what stands in place of words that were taken out under the
// exemption.
func (x *Exemption) Gap() string { return "[removed: " + x.Title + ", " + x.Source + "]" }

// Passage is one text of a pack as it will stand.
type Passage struct {
	Chapter string `json:"chapter"` // such as What we hold on you
	Where   string `json:"where"`   // the collection, or the part of the chapter
	Record  string `json:"record,omitempty"`
	Label   string `json:"label"`
	Text    string `json:"text"`
}

// RedactionHint is a name of somebody else that stands in a pack.
type RedactionHint struct {
	Words string `json:"words"`
	Who   ID     `json:"who,omitempty"` // on record; empty: an operator
	Count int    `json:"count"`         // passages it stands in
	// Staff are presumed reasonable to name (DPA 2018 Sch 2 para 17): taking one
	// out needs a reason of its own.
	Staff bool   `json:"staff"`
	Code  string `json:"code,omitempty"` // the exemption that suggests itself; "" for staff
	Why   string `json:"why"`
}

// RedactionHintFor says what the law presumes of a name.
func RedactionHintFor(words string, who ID, staff bool, count int) RedactionHint {
	if staff {
		return RedactionHint{words, who, count, true, "",
			"Staff named in the course of their work are presumed reasonable to name (DPA 2018 Sch 2 para 17)."}
	}
	return RedactionHint{words, who, count, false, "third-party",
		"Somebody else, who has not agreed to be named (DPA 2018 Sch 2 para 16)."}
}
