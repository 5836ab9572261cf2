package register

import (
	"fmt"

	"custos/internal/calendar"
)

// scotlandAge is the age from which Scots law presumes a child able to use the
// rights over their data (DPA 2018 s.208).
const scotlandAge = 12

// Capacity says who decides in a case about somebody who is a child on the day
// the request came. The zero Capacity is of an adult, or of somebody whose date
// of birth nobody holds.
type Capacity struct {
	Child bool
	Own   bool // the child decides for themselves
	Words string
}

// CapacityIn works out who decides on a day in a case of a kind. The age is the
// office's, in Scotland at most twelve; elsewhere no age is fixed by law, so
// what the sentence says is where to begin, not the end of judging.
func (s *Settings) CapacityIn(right calendar.Right, born, on calendar.Date) Capacity {
	if born.IsZero() || !on.Before(born.AddMonths(12*AdultAge)) {
		return Capacity{}
	}
	age, law := s.CompetentFrom(), "competence is judged child by child, no age is fixed"
	if s.Nation == calendar.Scotland {
		age, law = min(age, scotlandAge), "presumed from 12 in Scotland, DPA 2018 s.208"
	}
	c := Capacity{Child: true, Own: !on.Before(born.AddMonths(12 * age))}
	switch {
	case right == calendar.EducationalRecord:
		c.Own = false
		c.Words = "A child. The right to the educational record is the parent's own (regulations on pupil information):" +
			" no authority of the child is needed."
	case c.Own:
		c.Words = fmt.Sprintf("A child of %d or more, who decides for themselves (%s). The right is the child's:"+
			" a parent who asks needs the child's authority.", age, law)
	default:
		c.Words = fmt.Sprintf("A child under %d: the right is the child's, and a parent may use it for them where the child"+
			" authorises it, does not understand it, or it is evidently in the child's best interests (%s).", age, law)
	}
	return c
}

// AuthorityWhy is why the child's authority is asked for where somebody else
// uses the right of a child who decides for themselves.
const AuthorityWhy = "The person is a child who decides for themselves: the child's own authority is needed."
