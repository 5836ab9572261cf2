package register

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// honorifics stand before a family name, and are no part of a name.
var honorifics = []string{"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "revd"}

// called are the honorifics a family name is looked for with.
var called = []string{"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof"}

// names adds the ways a name is written: in full, in both orders, without the names in the middle, with initials, with a
// title. Where the record does not say which part is the family name, every way to part it is looked for.
func (n *needles) names(d *Delegate) {
	whole := untitled(strings.Fields(d.Name))
	n.name("full name", strings.Join(whole, " "))
	n.name("full name", strings.Join(strings.Fields(d.Given+" "+d.Family), " "))
	for _, p := range parted(d, whole) {
		n.orders(p)
	}
	for _, id := range sortedKeys(d.Fields) {
		if class, _ := FieldClass(id); class == NeedleName {
			n.name(plainLabel(id), d.Fields[id])
		}
	}
}

// name adds a name, and with a comma in it also as it is written without apostrophes and hyphens: the search sees to
// that by itself only in words that may be a name.
func (n *needles) name(what, text string) {
	n.put(Needle{Text: text, Class: NeedleName, What: what})
	if !strings.Contains(text, ",") {
		return
	}
	for _, in := range []string{"", " "} {
		n.put(Needle{Text: strings.NewReplacer("'", "", "’", "", "-", in).Replace(text), Class: NeedleName, What: what})
	}
}

// partedName is a name in two.
type partedName struct{ given, family []string }

func parted(d *Delegate, whole []string) []partedName {
	given, family := untitled(strings.Fields(d.Given)), strings.Fields(d.Family)
	if len(given) > 0 && len(family) > 0 {
		return []partedName{{given, family}}
	}
	if len(family) > 0 && len(whole) > len(family) {
		return []partedName{{whole[:len(whole)-len(family)], family}}
	}
	var all []partedName
	for i := 1; i < len(whole); i++ {
		all = append(all, partedName{whole[:i], whole[i:]})
	}
	return all
}

func untitled(words []string) []string {
	for len(words) > 1 && slices.Contains(honorifics, strings.ToLower(strings.TrimSuffix(words[0], "."))) {
		words = words[1:]
	}
	return words
}

func (n *needles) orders(p partedName) {
	given, family := strings.Join(p.given, " "), strings.Join(p.family, " ")
	n.name("surname first", family+", "+given)
	n.name("surname first", family+" "+given)
	if len(p.given) > 1 {
		n.name("without middle names", p.given[0]+" "+family)
		n.name("surname first", family+" "+p.given[0])
		n.name("surname first", family+", "+p.given[0])
	}
	if characters(family) < 3 {
		return // an initial and two letters are no name
	}
	for _, initials := range initialsOf(p.given) {
		for _, text := range []string{initials + " " + family, family + " " + initials, family + ", " + initials} {
			n.put(Needle{Text: text, Class: NeedleName, What: "initials and surname", Cased: true})
		}
	}
	for _, title := range called {
		n.put(Needle{Text: title + " " + family, Class: NeedleName, What: "title and surname", Cased: true})
		n.put(Needle{Text: title + ". " + family, Class: NeedleName, What: "title and surname", Cased: true})
	}
}

// initialsOf returns the ways given names are shortened: A, A., A.B., A. B., AB.
func initialsOf(given []string) []string {
	var all []string
	for _, name := range given {
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' }) {
			if r, _ := utf8.DecodeRuneInString(part); unicode.IsLetter(r) {
				all = append(all, string(unicode.ToUpper(r)))
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	ways := []string{all[0], all[0] + "."}
	if len(all) > 1 {
		ways = append(ways, strings.Join(all, ""), strings.Join(all, " "), strings.Join(all, ".")+".", strings.Join(all, ". ")+".")
	}
	return ways
}

// capitals reports whether each word of a find begins with a capital, as names do.
func capitals(found string) bool {
	for _, word := range strings.FieldsFunc(found, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLower(r) && !slices.Contains(particles, strings.ToLower(word)) {
			return false
		}
	}
	return true
}

// particles begin a family name in small letters.
var particles = []string{"de", "del", "della", "der", "den", "di", "du", "la", "le", "van", "von", "ter", "ten", "bin", "al", "el", "y"}

// nameParts returns the given and the family name, taken from the name in full where they are not held apart.
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

// OwnNames are the forms of a person's name, none of which is taken out of their own reply.
func (d *Delegate) OwnNames() []string {
	given, family := d.nameParts()
	return []string{d.Name, given, family, given + " " + family}
}
