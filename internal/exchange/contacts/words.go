package contacts

import (
	"slices"
	"strings"

	"custos/internal/register"
)

// Words says which values of a column mean which answer, in lower case.
type Words map[string]register.ConsentAct

// wordsOf takes a person's own lists, or the usual words where both are empty.
// A value in neither list is not understood. It returns an Invalid error for a
// word on both.
func wordsOf(yes, no []string) (Words, error) {
	w := Words{}
	if len(yes)+len(no) == 0 {
		yes = []string{"yes", "y", "true", "1", "given", "opted in", "opt-in", "opted-in", "consented", "subscribed"}
		no = []string{"no", "n", "false", "0", "refused", "declined"}
		for _, v := range []string{"unsubscribed", "opted out", "opt-out", "opted-out", "withdrawn"} {
			w[v] = register.Withdrawn
		}
		w["objected"] = register.Objected
	}
	yes, no = folded(yes), folded(no)
	for _, v := range yes {
		if slices.Contains(no, v) {
			return nil, register.Errorf(register.Invalid, fieldConsent, "%q cannot mean both yes and no", v)
		}
		w[v] = register.Given
	}
	for _, v := range no {
		w[v] = register.RefusedIt
	}
	return w, nil
}

func folded(list []string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = strings.ToLower(strings.TrimSpace(v))
	}
	return out
}

// Usual returns the words of English for yes and no.
func Usual() Words {
	w, err := wordsOf(nil, nil)
	if err != nil {
		return Words{} // which understands nothing
	}
	return w
}

// Read gives the answer in a cell: "" for an empty one, false for one that is
// not understood.
func (w Words) Read(cell string) (register.ConsentAct, bool) {
	v := strings.ToLower(strings.TrimSpace(cell))
	act, ok := w[v]
	return act, ok || v == ""
}
