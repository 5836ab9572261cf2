package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// HoldPrefix is the kind letter of a hold's id.
const HoldPrefix = 'H'

// HoldInput sets a hold on a person's data.
type HoldInput struct {
	Delegate ID
	Kind     string // one of HoldKinds
	Reason   string
	On       calendar.Date // zero: today
	Review   calendar.Date // when to look at it again; zero: not set
}

// Validate returns an Invalid error naming the first field that cannot stand. Today is the date in the office.
func (in *HoldInput) Validate(today calendar.Date) error {
	switch {
	case !slices.Contains(HoldKinds(), in.Kind):
		return Errorf(Invalid, "kind", "a hold is for one of %s", strings.Join(HoldKinds(), ", "))
	case strings.TrimSpace(in.Reason) == "":
		return Errorf(Invalid, "reason", "say why the data must be kept")
	case in.On.After(today):
		return Errorf(Invalid, "on", "%s has not come yet", in.On)
	case !in.Review.IsZero() && !in.Review.After(today):
		return Errorf(Invalid, "review", "the day to look at it again lies ahead, and %s does not", in.Review)
	}
	return nil
}
