package register

import (
	"slices"

	"custos/internal/calendar"
)

// RestrictionGroundsFor returns the grounds on which a kind of case may restrict
// a record, none for a kind that restricts nothing.
func RestrictionGroundsFor(right calendar.Right) []LegalGround {
	open := restrictsFor(right)
	return slices.DeleteFunc(RestrictionGrounds(), func(g LegalGround) bool { return !slices.Contains(open, g.Code) })
}
