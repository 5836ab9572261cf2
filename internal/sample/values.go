package sample

import (
	"fmt"
	"strings"

	"custos/internal/register"
)

// value makes up a field the way its type and the words in its id suggest. The
// fields that make up who a person is, and special category data, which waits
// for a consent, are not filled in here.
func (g *people) value(kind *register.PersonKind, f *register.Field) (value string, ours bool) {
	switch f.ID {
	case register.FieldName, register.FieldGiven, register.FieldFamily, register.FieldEmail,
		register.FieldOrganisation, register.FieldAccess:
		return "", false
	case register.FieldPhone:
		return g.phone(), true
	case register.FieldJobTitle:
		return g.jobTitle(kind.ID), true
	}
	if f.Special {
		return "", false
	}
	switch f.Type {
	case "date":
		return g.date(kind.ID, f.ID), true
	case "choice":
		return oneOf(g.dice, f.Options), len(f.Options) > 0
	}
	return g.text(f.ID), true
}

// date is a birthday at an age that fits the kind, the end of something that
// runs, or a day of the last five years.
func (g *people) date(kind, id string) string {
	switch {
	case strings.Contains(id, "birth"):
		for _, a := range ages {
			if strings.Contains(kind, a.word) {
				return g.today.AddMonths(-12 * a.from).AddDays(-g.between(1, 365*(a.to-a.from))).String()
			}
		}
	case strings.Contains(id, "until"), strings.Contains(id, "starts"):
		return g.today.AddDays(g.between(-40, 700)).String()
	case strings.Contains(id, "last"):
		return g.today.AddDays(-g.between(1, 400)).String()
	}
	return g.today.AddDays(-g.between(1, 5*365)).String()
}

func (g *people) text(id string) string {
	switch {
	case strings.Contains(id, "_ip"):
		return fmt.Sprintf("192.0.2.%d", g.between(1, 254)) // RFC 5737: for examples
	case strings.Contains(id, "login"):
		return fmt.Sprintf("user%05d", g.IntN(100000))
	case strings.Contains(id, "postcode"):
		return g.place().postcode
	case strings.Contains(id, "company"):
		return fmt.Sprintf("ZZ%06d", g.IntN(1000000)) // no register of companies uses the prefix
	case strings.Contains(id, "address"):
		return g.place().String()
	case strings.Contains(id, "mobile"), strings.Contains(id, "personal"):
		return g.mobile()
	case strings.Contains(id, "phone"), strings.Contains(id, "contact"):
		return g.phone()
	}
	for _, w := range words {
		if strings.Contains(id, w.word) {
			return oneOf(g.dice, w.texts)
		}
	}
	return ""
}

func (g *people) jobTitle(kind string) string {
	for _, t := range titles {
		if strings.Contains(kind, t.word) {
			return oneOf(g.dice, t.titles)
		}
	}
	return ""
}
