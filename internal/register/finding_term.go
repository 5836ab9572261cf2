package register

import (
	"slices"
	"strings"
)

// SearchTerm is a way in which somebody may be named in a text.
type SearchTerm struct {
	Text   string
	Number bool   // compared by its digits
	What   string // in words: full name, email address ...
}

// titles are put before a family name.
var titles = []string{"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"}

// SearchTerms returns the ways a person may be named in other people's records
// and in notes: the name both ways round, with initials, with a title, and the
// addresses and numbers they are reached at. A given or a family name alone is
// too many people's.
func (d *Delegate) SearchTerms() []SearchTerm {
	var all []SearchTerm
	add := func(what, text string, number bool) {
		text = strings.Join(strings.Fields(text), " ")
		known := slices.ContainsFunc(all, func(t SearchTerm) bool { return strings.EqualFold(t.Text, text) })
		if text != "" && !known {
			all = append(all, SearchTerm{text, number, what})
		}
	}
	add("full name", d.Name, false)
	given, family := d.nameParts()
	if given != "" && family != "" {
		add("full name", given+" "+family, false)
		if first, _, more := strings.Cut(given, " "); more {
			add("full name", first+" "+family, false)
		}
		add("name turned round", family+", "+given, false)
		add("name turned round", family+" "+given, false)
		for _, i := range initials(given) {
			add("initials and family name", i+" "+family, false)
			add("initials and family name", family+", "+i, false)
		}
		for _, t := range titles {
			add("title and family name", t+" "+family, false)
			add("title and family name", t+". "+family, false)
		}
	}
	add("email address", d.Email, false)
	add("phone number", d.Phone, true)
	for _, id := range sortedKeys(d.Fields) {
		d.termsOf(id, add)
	}
	return all
}

// termsOf adds a further field where it holds an address or a number.
func (d *Delegate) termsOf(field string, add func(what, text string, number bool)) {
	value := d.Fields[field]
	if strings.Contains(value, "@") {
		if _, err := NormalEmail(value); err == nil {
			add("email address", value, false)
		}
		return
	}
	if strings.Contains(field, "phone") || strings.Contains(field, "mobile") {
		if _, err := NormalPhone(value); err == nil {
			add("phone number", value, true)
		}
	}
}

// nameParts returns the given and the family name, taken from the name in full
// where they are not held apart.
func (d *Delegate) nameParts() (given, family string) {
	given, family = strings.TrimSpace(d.Given), strings.TrimSpace(d.Family)
	words := strings.Fields(d.Name)
	if family == "" && len(words) > 1 {
		family = words[len(words)-1]
	}
	if given == "" && len(words) > 1 {
		given = strings.Join(words[:len(words)-1], " ")
	}
	return given, family
}

// OwnNames are the forms of a person's name, none of which is taken out of
// their own reply.
func (d *Delegate) OwnNames() []string {
	given, family := d.nameParts()
	return []string{d.Name, given, family, given + " " + family}
}

// initials returns how the initials of given names are written.
func initials(given string) []string {
	var letters []string
	for _, word := range strings.FieldsFunc(given, func(r rune) bool { return r == ' ' || r == '-' }) {
		for _, r := range word {
			letters = append(letters, string(r))
			break
		}
	}
	if len(letters) == 0 {
		return nil
	}
	forms := []string{letters[0], letters[0] + "."}
	if len(letters) > 1 {
		forms = append(forms, strings.Join(letters, ""), strings.Join(letters, " "), strings.Join(letters, ".")+".",
			strings.Join(letters, ". ")+".")
	}
	return forms
}
