package intake

import (
	"strings"
	"time"

	"custos/internal/exchange/contacts"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// consentPrefix begins the field of an answer: consent:PURPOSE:CHANNEL, with
// :BRAND where the purpose has brands.
const consentPrefix = "consent:"

// ConsentAt is the field of the day on which the answers of a row were given.
const ConsentAt = "consent_at"

// consentTargets returns a field for every question the profile asks. They are
// never guessed: a consent changes only where a person says which column is
// the answer.
func consentTargets(p *register.Profile) []mapping.Target {
	targets := []mapping.Target{{Field: ConsentAt, Label: "Answered on", Told: true}}
	for _, x := range p.Purposes {
		brands := x.Brands
		if len(brands) == 0 {
			brands = []string{""}
		}
		for _, channel := range x.Channels {
			for _, brand := range brands {
				field := consentPrefix + x.ID + ":" + channel
				if brand != "" {
					field += ":" + brand
				}
				targets = append(targets, mapping.Target{Field: field, Label: x.Title + ", " + channel, Told: true})
			}
		}
	}
	return targets
}

// question returns the question a field is the answer to.
func question(field string) (register.ConsentKey, bool) {
	name, ok := strings.CutPrefix(field, consentPrefix)
	parts := strings.Split(name, ":")
	if !ok || len(parts) < 2 || len(parts) > 3 {
		return register.ConsentKey{}, false
	}
	return register.ConsentKey{Purpose: parts[0], Channel: parts[1], Brand: strings.Join(parts[2:], "")}, true
}

// answerReader reads the answers of a row.
type answerReader struct {
	keys  []register.ConsentKey
	at    []int
	day   int // the column of ConsentAt, -1 for none
	words contacts.Words
	names []string
}

// newAnswerReader takes the answers out of the mapped fields, which are not
// fields of a person.
func newAnswerReader(t *table.Table, at map[string]int) *answerReader {
	r := &answerReader{day: -1, words: contacts.Usual(), names: t.ColumnNames()}
	for _, field := range organisationFields(at) { // sorted, so that the first problem is always the same
		key, ok := question(field)
		switch {
		case ok:
			r.keys, r.at = append(r.keys, key), append(r.at, at[field])
		case field == ConsentAt:
			r.day = at[field]
		default:
			continue
		}
		delete(at, field)
	}
	return r
}

func (r *answerReader) read(row table.Row) ([]register.FileAnswer, *register.Problem) {
	var all []register.FileAnswer
	day, problem := r.answered(row)
	for i, key := range r.keys {
		act, ok := r.words.Read(row.Text(r.at[i]))
		switch {
		case !ok:
			return nil, &register.Problem{Field: r.names[r.at[i]], Reason: "this is neither a yes nor a no"}
		case act == "":
			continue
		case problem != nil:
			return nil, problem
		}
		all = append(all, register.FileAnswer{Key: key, Act: act, At: day})
	}
	return all, nil
}

func (r *answerReader) answered(row table.Row) (time.Time, *register.Problem) {
	if r.day < 0 || row.Text(r.day) == "" {
		return time.Time{}, nil
	}
	at, err := contacts.ParseInstant(row.Text(r.day))
	if err != nil {
		return at, &register.Problem{Field: r.names[r.day], Reason: err.Error()}
	}
	return at, nil
}
