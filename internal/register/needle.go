package register

import (
	"slices"
	"strings"
	"unicode"
)

// NeedleClass is the sort of value a needle is: who shares a value of a class with somebody shares the class.
type NeedleClass string

// The classes.
const (
	NeedleName    NeedleClass = "name"
	NeedleEmail   NeedleClass = "email"
	NeedlePhone   NeedleClass = "phone"
	NeedleLogin   NeedleClass = "login"
	NeedleAddress NeedleClass = "address"
	NeedleNumber  NeedleClass = "number" // of the person, such as a reference
	NeedleBirth   NeedleClass = "date of birth"
)

// Needle is a value of a person, or a variant of one, to be looked for in everything held.
type Needle struct {
	Text   string
	Digits bool // compared by its digits alone
	Class  NeedleClass
	What   string // in words, such as "surname first"
	// Cased needles count only where each word begins with a capital: "A. Young" is somebody, "a young person" is not.
	Cased bool
	// Beside needles identify nobody alone, such as a postcode: they count only in a text that holds another.
	Beside bool
}

// shortest is how many letters a single word needs to be looked for alone: shorter ones stand in every text.
const shortest = 5

// NeedlesOf returns what a person's record would be found by in other records: the name in both orders and with
// initials, the email address, numbers by their digits, the login, the lines of an address. A single word of fewer than
// five letters is left out, and a date of birth or a postcode counts only beside another value. Variants in accents,
// apostrophes, hyphens and case are the search's own.
func NeedlesOf(d *Delegate) []Needle {
	n := needles{}
	n.names(d)
	n.add(NeedleEmail, "email", d.Email)
	n.phone("phone", d.Phone)
	for _, id := range sortedKeys(d.Fields) {
		n.field(id, d.Fields[id])
	}
	return n.all
}

// MentionNeedles returns those of NeedlesOf that a person is called or reached by. Somebody judges every text they are in,
// so they count in small letters too, where an erasure that masks by itself asks for capitals, and what a household or
// an office shares is not among them: it would have a housemate's whole record judged.
func MentionNeedles(d *Delegate) []Needle {
	return slices.DeleteFunc(NeedlesOf(d), func(n Needle) bool {
		return n.Beside || n.Class == NeedleAddress || n.Class == NeedleNumber
	})
}

// NeedlesOfValues returns what values typed by hand would be found by: names, addresses, numbers.
func NeedlesOfValues(values []string) []Needle {
	n := needles{}
	for _, v := range values {
		v = strings.TrimSpace(v)
		switch {
		case v == "":
		case strings.Contains(v, "@"):
			n.add(NeedleEmail, "email", v)
		case mostlyDigits(v):
			n.phone("number", v)
		case strings.ContainsFunc(v, unicode.IsDigit):
			n.lines("address", v)
		default:
			n.names(&Delegate{Name: v})
		}
	}
	return n.all
}

type needles struct{ all []Needle }

// add adds a needle of words, unless it is one short word or stands in the list.
func (n *needles) add(class NeedleClass, what, text string) {
	n.put(Needle{Text: text, Class: class, What: what})
}

func (n *needles) put(x Needle) {
	x.Text = strings.Join(strings.Fields(x.Text), " ")
	known := slices.ContainsFunc(n.all, func(y Needle) bool { return strings.EqualFold(x.Text, y.Text) })
	if known || characters(x.Text) < 2 || !strings.Contains(x.Text, " ") && characters(x.Text) < shortest {
		return
	}
	n.all = append(n.all, x)
}

// characters counts letters and digits.
func characters(s string) int {
	count := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			count++
		}
	}
	return count
}

// leastDigits is from how many digits on a number identifies anybody.
const leastDigits = 7

func (n *needles) phone(what, number string) {
	if digits(number) >= leastDigits {
		n.put(Needle{Text: number, Digits: true, Class: NeedlePhone, What: what})
	}
}

func digits(s string) int {
	count := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			count++
		}
	}
	return count
}

func mostlyDigits(s string) bool { return digits(s) >= leastDigits && 2*digits(s) > characters(s) }

// field adds what a field of the profile holds, where its id says that it identifies somebody.
func (n *needles) field(id, value string) {
	class, beside := FieldClass(id)
	switch {
	case value == "":
	case class == NeedlePhone:
		n.phone(plainLabel(id), value)
	case class == NeedleBirth:
		n.birth(value)
	case class == NeedleAddress && !beside:
		n.lines(plainLabel(id), value)
	case class != "":
		n.put(Needle{Text: value, Class: class, What: plainLabel(id), Beside: beside})
	}
}

// FieldClass says which class of value a field holds by its id, "" for one that identifies nobody, and whether the value
// counts only beside another.
func FieldClass(id string) (class NeedleClass, beside bool) {
	is := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(id, p) })
	}
	switch {
	case id == FieldName || id == FieldGiven || id == FieldFamily || is("former_name", "maiden", "preferred_name", "known_as"):
		return NeedleName, false
	case is("emergency", "parent", "guardian", "next_of_kin", "company", "address_is"):
		return "", false // somebody else's, or no address
	case is("email"):
		return NeedleEmail, false
	case is("phone", "mobile"):
		return NeedlePhone, false
	case is("login_name", "username", "account_name"):
		return NeedleLogin, false
	case is("postcode"):
		return NeedleAddress, true
	case is("address", "street"):
		return NeedleAddress, false
	case is("birth"):
		return NeedleBirth, true
	case is("_number", "reference", "passport", "last_login_ip", "bank"):
		return NeedleNumber, false
	}
	return "", false
}

// lines adds those lines of an address that hold a house number: a town alone is everybody's.
func (n *needles) lines(what, value string) {
	for _, line := range strings.FieldsFunc(value, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		line = strings.TrimSpace(line)
		house := strings.ContainsFunc(line, unicode.IsDigit) && strings.Contains(line, " ") && characters(line) >= shortest
		if house {
			n.put(Needle{Text: line, Class: NeedleAddress, What: what, Beside: isPostcode(line)})
		}
	}
}

// isPostcode reports whether a line ends as a British postcode does and holds no more.
func isPostcode(line string) bool {
	outward, inward, _ := strings.Cut(line, " ")
	return len(outward) <= 4 && len(inward) == 3 && inward[0] >= '0' && inward[0] <= '9'
}

// birth adds a date of birth as it is written in notes.
func (n *needles) birth(value string) {
	if len(value) != len("2006-01-02") {
		return
	}
	y, m, d := value[:4], value[5:7], value[8:]
	for _, text := range []string{value, d + "/" + m + "/" + y, d + "." + m + "." + y, d + "-" + m + "-" + y} {
		n.put(Needle{Text: text, Class: NeedleBirth, What: "date of birth", Beside: true})
	}
}
