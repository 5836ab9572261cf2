package register

import "custos/internal/calendar"

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

// NeedsBorn reports whether the date of birth of a kind of person has to be held
// before anybody can say yes, since most of them are children.
func (p *Profile) NeedsBorn(kind string) bool {
	k, _ := p.Kind(kind)
	return k.Minors
}

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

// CheckAuthority returns an Invalid error where somebody answers for a person
// without the authority to: an organisation for anybody, a parent for an adult
// or for a child who answers for themselves, and a child too young to answer
// unless the event says who judged them able to. Anybody may pass on a no.
func (e *ConsentEvent) CheckAuthority(c Competence) error {
	if e.Act.No() || e.Act == Asked || e.Act == Expired {
		return nil
	}
	day := calendar.LondonDate(e.At)
	switch {
	case claimOf(e.GivenBy) == claimBody:
		return Errorf(Invalid, "given_by", "an organisation cannot answer for the people who belong to it; ask the person")
	case e.GivenBy != "":
		return e.checkGiver(c, day)
	case day.Before(c.Own):
		if e.Authority == "" {
			return Errorf(Invalid, "given_by",
				"the person answers for themselves from %s: name the parent, or as authority who judged the child able to", c.Own)
		}
	case claimOf(e.Authority) == claimBody:
		return Errorf(Invalid, "authority", "an organisation cannot answer for the people who belong to it; ask the person")
	}
	return nil
}

// checkGiver checks the authority of somebody who answers for another.
func (e *ConsentEvent) checkGiver(c Competence, day calendar.Date) error {
	switch claimOf(e.Authority) {
	case claimBody:
		return Errorf(Invalid, "authority", "an organisation cannot answer for the people who belong to it; ask the person")
	case claimNone:
		return Errorf(Invalid, "authority",
			"say on whose authority: parent, guardian, carer, power of attorney, deputy, or the person's written authority")
	case claimPersonal:
		return nil
	case claimParental:
	}
	switch {
	case c.Own.IsZero():
		return Errorf(Invalid, "given_by", "no date of birth is held, so a parent cannot answer: the person counts as an adult")
	case !day.Before(c.Adult):
		return Errorf(Invalid, "given_by", "the person was an adult from %s: a parent cannot answer for them", c.Adult)
	case !day.Before(c.Own):
		return Errorf(Invalid, "given_by", "the person answers for themselves from %s: ask them", c.Own)
	}
	return nil
}
