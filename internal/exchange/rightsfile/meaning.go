package rightsfile

import (
	"strings"

	"custos/internal/calendar"
)

// meanings give the right under the law of the United Kingdom for each name in the protocols.
var meanings = []struct {
	name  string
	right calendar.Right
	note  string
}{
	{"access", calendar.Access, ""},
	{"access:categories", calendar.Access, "only the categories of data are asked for"},
	{"access:specific", calendar.Access, "specific pieces of data are asked for"},
	{"deletion", calendar.Erasure, ""},
	{"erasure", calendar.Erasure, ""},
	{"correction", calendar.Rectification, ""},
	{"rectification", calendar.Rectification, ""},
	{"restriction", calendar.Restriction, ""},
	{"portability", calendar.Portability, ""},
	{"objection", calendar.Objection, ""},
	{"sale:opt-out", calendar.Objection, noSale},
	{"opt-out", calendar.Objection, noSale},
	{"opt_out", calendar.Objection, noSale},
	{"sale:opt-in", calendar.Enquiry, "it takes back a no to the sale of data, which is no consent to anything here"},
}

const noSale = "it is a no to the sale or sharing of data, read as an objection (UK GDPR Art 21): " +
	"see whether it means direct marketing"

// meaning gives the right behind a name, and what to know of it.
func meaning(name string) (right calendar.Right, note string) {
	for _, m := range meanings {
		if strings.EqualFold(m.name, name) {
			return m.right, m.note
		}
	}
	return calendar.Enquiry, "what is asked for has no equal in the law of the United Kingdom: read it and answer it"
}
