package desk

import (
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// withOverride reads the office's own bank holidays over the built-in table.
func withOverride(override string) (*calendar.Holidays, error) {
	h := calendar.Builtin()
	if override == "" {
		return h, nil
	}
	h, err := h.WithOverride(strings.NewReader(override), "the office's bank holidays")
	if err != nil {
		return nil, register.ClockError(err)
	}
	return h, nil
}

// clocks returns what deadlines are counted with: the bank holidays, and the
// office's terms where it has given any.
func (d *Desk) clocks() (register.Clocks, error) {
	h, err := d.calendar()
	if err != nil {
		return register.Clocks{}, err
	}
	clocks := register.Clocks{Holidays: h}
	if text := d.db.Settings().Terms; text != "" {
		clocks.Terms, err = calendar.ReadTerms(strings.NewReader(text), "terms")
	}
	return clocks, err
}
