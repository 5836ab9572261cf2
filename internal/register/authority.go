package register

import (
	"slices"
	"strings"
	"unicode"
)

// claim is what a text says about the right to answer for somebody else.
type claim int

const (
	claimNone     claim = iota
	claimParental       // a parent or guardian
	claimPersonal       // the person's own authority, or a court's
	claimBody           // an organisation, or an office held in one
)

// The words that decide. They are matched whole, never inside another word.
// A carer is taken for a parent unless an organisation is named beside: then
// they are paid to care, which gives no right to answer.
var (
	parentWords = []string{
		"parent", "parents", "mother", "mothers", "father", "fathers", "mum", "dad", "guardian", "guardians", "carer", "carers",
		"parental-responsibility",
	}
	personalWords = []string{
		"power-of-attorney", "attorney", "deputy", "court", "written-authority", "authorised", "authorized", "advocate",
	}
	bodyWords = []string{
		"academy", "association", "borough", "business", "charity", "cic", "club", "college", "company", "corporate",
		"council", "department", "employer", "federation", "firm", "governor", "governors", "headteacher", "headmaster",
		"headmistress", "inc", "limited", "line-manager", "llp", "ltd", "manager", "management", "nursery", "office",
		"organisation", "organization", "plc", "preschool", "principal", "provider", "school", "schools", "secretary",
		"setting", "supervisor", "teacher", "tutor", "trust", "trustee", "trustees", "university", "administrator",
	}
	// A head is a surname too: only with a word that makes it a post, or alone.
	postWords = []string{"head", "the", "deputy", "assistant", "executive", "acting"}
	// Words after which something else is spoken of.
	joinWords = []string{
		"of", "for", "at", "from", "on", "under", "with", "by", "in", "to", "who", "and", "or", "as", "is", "was", "via", "through",
	}
)

var phrases = strings.NewReplacer(
	"power of attorney", "power-of-attorney", "parental responsibility", "parental-responsibility",
	"written authority", "written-authority", "line manager", "line-manager",
)

// claimOf reads who answers, from a name or from the authority given. A text is
// read phrase by phrase, and in each the last word says what it is about, as it
// does in English: a "nursery school parent" is a parent, a "parent governor"
// and a "parent company" are not. The first phrase that says anything decides,
// so that "mother, manager of a shop" is a mother. What is no parent's claim
// falls with any organisation named: "authorised by her school" is the school.
func claimOf(text string) claim {
	clauses := clausesOf(text)
	body := false
	for _, c := range clauses {
		body = body || namesBody(c)
	}
	for _, c := range clauses {
		last := c[len(c)-1]
		switch {
		case slices.Contains(c, "corporate"), headOf(c), slices.Contains(bodyWords, last):
			return claimBody
		case slices.Contains(parentWords, last):
			if body && strings.HasPrefix(last, "carer") {
				return claimBody
			}
			return claimParental
		case slices.Contains(personalWords, last):
			if body {
				return claimBody
			}
			return claimPersonal
		}
	}
	if body {
		return claimBody
	}
	return claimNone
}

// clausesOf splits a text into phrases of lower-case words, none of them empty.
func clausesOf(text string) [][]string {
	var clauses [][]string
	var clause []string
	end := func() {
		if len(clause) > 0 {
			clauses = append(clauses, clause)
		}
		clause = nil
	}
	separate := func(r rune) bool { return strings.ContainsRune(",;:()/.&+", r) }
	for part := range strings.FieldsFuncSeq(phrases.Replace(strings.ToLower(text)), separate) {
		for word := range strings.FieldsSeq(part) {
			word = plainWord(word)
			switch {
			case slices.Contains(joinWords, word):
				end()
			case word != "":
				clause = append(clause, word)
			}
		}
		end()
	}
	return clauses
}

// plainWord drops quotes, a genitive and whatever is no letter at the ends.
func plainWord(w string) string {
	w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, genitive := range []string{"'s", "’s"} {
		w = strings.TrimSuffix(w, genitive)
	}
	return w
}

func namesBody(clause []string) bool {
	return headOf(clause) || slices.ContainsFunc(clause, func(w string) bool { return slices.Contains(bodyWords, w) })
}

// headOf reports whether a phrase is the post of a head and not a surname.
func headOf(clause []string) bool {
	return clause[len(clause)-1] == "head" && !slices.ContainsFunc(clause, func(w string) bool { return !slices.Contains(postWords, w) })
}
