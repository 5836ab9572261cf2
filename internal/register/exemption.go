package register

import (
	"slices"
	"strings"
)

// Exemption is a reason for taking something out of an access reply, by a code
// of the office's list.
type Exemption struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Source string `json:"source"`
	Note   string `json:"note,omitempty"` // advice to whoever redacts; never printed
}

// usualExemptions are those schools meet (DPA 2018 Schs 2 to 4).
var usualExemptions = []Exemption{
	{"third-party", "information about somebody else", "DPA 2018 Sch 2 para 16",
		"Staff of a school named in the course of their work are presumed reasonable to name (para 17)."},
	{"privilege", "legal professional privilege", "DPA 2018 Sch 2 para 19", ""},
	{"forecast", "management forecasts and planning", "DPA 2018 Sch 2 para 22", ""},
	{"negotiation", "negotiations with the person", "DPA 2018 Sch 2 para 23", ""},
	{"reference", "a confidential reference, given or received", "DPA 2018 Sch 2 para 24", ""},
	{"exam-script", "what was written in an examination", "DPA 2018 Sch 2 para 25", "Marks may wait; they are not exempt."},
	{"harm", "education data likely to cause serious harm", "DPA 2018 Sch 3 Part 4", ""},
	{"child-abuse", "child abuse data not in the child's interests to disclose", "DPA 2018 Sch 3 para 21",
		"Only where a parent asks."},
	{"adoption", "adoption records", "DPA 2018 Sch 4", ""},
	{"sen", "special educational needs and EHC documents", "DPA 2018 Sch 4", ""},
	{"crime", "it would prejudice the prevention or detection of crime", "DPA 2018 Sch 2 para 2", ""},
}

// ExemptionList returns the codes redactions may be made under: the office's
// own list where it has one.
func (s *Settings) ExemptionList() []Exemption {
	if len(s.Exemptions) > 0 {
		return slices.Clone(s.Exemptions)
	}
	return slices.Clone(usualExemptions)
}

// Exemption returns one of the list by its code.
func (s *Settings) Exemption(code string) (Exemption, bool) {
	for _, x := range s.ExemptionList() {
		if x.Code == code {
			return x, true
		}
	}
	return Exemption{}, false
}

// Validate returns an Invalid error naming the field that cannot stand.
func (x *Exemption) Validate() error {
	switch {
	case !validLogin(x.Code):
		return Errorf(Invalid, "code", "a code is 1 to 32 of a to z, 0 to 9, - and .")
	case strings.TrimSpace(x.Title) == "":
		return Errorf(Invalid, "title", "say what the exemption covers, as the reply will print it")
	case strings.TrimSpace(x.Source) == "":
		return Errorf(Invalid, "source", "name the law it stands in")
	}
	return nil
}

// PutExemption puts one on the list, in place of the one with its code.
func (s *Settings) PutExemption(x Exemption) {
	list := s.ExemptionList()
	i := slices.IndexFunc(list, func(old Exemption) bool { return old.Code == x.Code })
	if i < 0 {
		list = append(list, x)
	} else {
		list[i] = x
	}
	s.Exemptions = list
}

// DropExemption takes one off the list. Errors: NotFound, Refused for the last.
func (s *Settings) DropExemption(code string) error {
	list := s.ExemptionList()
	i := slices.IndexFunc(list, func(x Exemption) bool { return x.Code == code })
	switch {
	case i < 0:
		return Errorf(NotFound, "code", "the list has no exemption %q", code)
	case len(list) == 1:
		return Errorf(Refused, "code", "the list needs one exemption: change this one instead")
	}
	s.Exemptions = slices.Delete(list, i, i+1)
	return nil
}

// Uses reports whether a case takes something out under an exemption.
func (r *Request) Uses(code string) bool {
	return slices.ContainsFunc(r.Redactions, func(m Redaction) bool { return m.Code == code }) ||
		slices.ContainsFunc(r.Choices, func(c FindingChoice) bool { return c.Code == code })
}
