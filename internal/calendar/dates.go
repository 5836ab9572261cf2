package calendar

// RightsDates counts as RightsDue does and gives the dates alone, without the
// steps that explain them: for many cases at once.
func (h *Holidays) RightsDates(c RightsCase) (Deadline, error) {
	if err := c.check(); err != nil {
		return Deadline{}, err
	}
	k := count{Holidays: h, c: c, who: c.Nation.set()}
	k.silent = true
	k.out.RuleVersion = h.RuleVersion()
	if err := k.run(); err != nil {
		return Deadline{}, err
	}
	return k.out, nil
}
