package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// FieldBorn is the date of birth, where a kind of person has the field.
const FieldBorn = "date_of_birth"

const (
	// DefaultCompetentAge is the age from which a child is taken to answer for
	// themselves where neither office nor profile sets one. Local practice in
	// England is 12 or 13; Scotland presumes 12 (DPA 2018 s.208).
	DefaultCompetentAge = 13
	// AdultAge ends parental responsibility.
	AdultAge = 18
)

// Born returns the date of birth, zero where none is held.
func (d *Delegate) Born() calendar.Date {
	born, err := calendar.ParseDate(d.Fields[FieldBorn])
	if err != nil {
		return calendar.Date{}
	}
	return born
}

// Competence says from when a person answers for themselves.
type Competence struct {
	Own   calendar.Date // the day from which the child's own answer counts
	Adult calendar.Date // the day parental responsibility ends
}

// CompetenceOf works it out from a date of birth; zero dates where none is
// held: somebody whose age nobody knows is taken for an adult.
func (s *Settings) CompetenceOf(born calendar.Date) Competence {
	if born.IsZero() {
		return Competence{}
	}
	return Competence{Own: born.AddMonths(12 * s.CompetentFrom()), Adult: born.AddMonths(12 * AdultAge)}
}

// CompetentFrom is the age in years the office goes by.
func (s *Settings) CompetentFrom() int {
	switch {
	case s.CompetentAge > 0:
		return s.CompetentAge
	case s.Profile.CompetentAge > 0:
		return s.Profile.CompetentAge
	}
	return DefaultCompetentAge
}

// authorities are the ways one person may answer for another. An employer is
// not among them: an organisation cannot consent for its delegate.
var authorities = []struct {
	word     string
	parental bool
}{
	{"parental responsibility", true},
	{"parent", true}, {"mother", true}, {"father", true}, {"guardian", true}, {"carer", true},
	{"power of attorney", false}, {"attorney", false}, {"deputy", false}, {"court", false},
	{"written authority", false}, {"authorised", false}, {"advocate", false},
}

// bodies are words by which an organisation would claim to answer.
var bodies = []string{
	"employer", "organisation", "organization", "school", "company", "manager", "headteacher", "head teacher", "council",
	"lead administrator", "trust", "college", "nursery",
}

// authorityOf reads on whose authority somebody answers for another. It
// returns an Invalid error for an organisation, and for what is none.
func authorityOf(text string) (parental bool, err error) {
	words := strings.ToLower(text)
	has := func(w string) bool { return strings.Contains(words, w) }
	if slices.ContainsFunc(bodies, has) {
		return false, Errorf(Invalid, "authority", "an organisation cannot answer for the people who belong to it; ask the person")
	}
	for _, a := range authorities {
		if has(a.word) {
			return a.parental, nil
		}
	}
	return false, Errorf(Invalid, "authority",
		"say on whose authority: parent, guardian, carer, power of attorney, deputy, or the person's written authority")
}

// CheckAuthority returns an Invalid error where somebody answers for a person
// without the authority to: a parent for an adult, or for a child who answers
// for themselves, an organisation for anybody, and a child too young to answer
// unless the event says who judged them able to. Anybody may pass on a no.
func (e *ConsentEvent) CheckAuthority(c Competence) error {
	if e.Act.No() || e.Act == Asked || e.Act == Expired {
		return nil
	}
	day := calendar.LondonDate(e.At)
	if e.GivenBy == "" {
		if day.Before(c.Own) && e.Authority == "" {
			return Errorf(Invalid, "given_by",
				"the person answers for themselves from %s: name the parent, or as authority who judged the child able to", c.Own)
		}
		return nil
	}
	parental, err := authorityOf(e.Authority)
	switch {
	case err != nil:
		return err
	case !parental:
		return nil
	case c.Own.IsZero():
		return Errorf(Invalid, "given_by", "no date of birth is held, so a parent cannot answer: the person counts as an adult")
	case !day.Before(c.Adult):
		return Errorf(Invalid, "given_by", "the person was an adult from %s: a parent cannot answer for them", c.Adult)
	case !day.Before(c.Own):
		return Errorf(Invalid, "given_by", "the person answers for themselves from %s: ask them", c.Own)
	}
	return nil
}
