package calendar

const (
	foiCouncilDays = 20
	foiLaw         = "FOIA 2000 s.10"
)

// FOICouncil returns the last day for a council to answer a freedom of information
// request under FOIA 2000: the twentieth working day after receipt, where a bank holiday
// anywhere in the United Kingdom is no working day (s.10(6)). Scotland's own Act is not
// counted here. Errors: *FieldError, *OutsideTableError.
func (h *Holidays) FOICouncil(received Date) (Reckoning, error) {
	if err := h.checkReceived(received); err != nil {
		return Reckoning{}, err
	}
	t := &trail{law: law{roll: "FOIA 2000 s.10(6)"}}
	t.add(received, foiLaw, "The request was received on %s. The next day is the first that can count.", received.spoken())
	due, skipped, err := h.workingDay(received, foiCouncilDays, uk)
	if err != nil {
		return Reckoning{}, err
	}
	t.addHolidays(skipped)
	t.add(due, foiLaw, "The twentieth working day, bank holidays anywhere in the United Kingdom left out, is %s:"+
		" answer by the end of it.", due.spoken())
	return Reckoning{Due: due, Steps: t.steps, RuleVersion: h.RuleVersion()}, nil
}
