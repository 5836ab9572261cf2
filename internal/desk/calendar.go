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
