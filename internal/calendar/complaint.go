package calendar

import "time"

// complaintDays is the time for acknowledging a complaint (DPA 2018 s.164A).
const complaintDays = 30

const complaintLaw = "DPA 2018 s.164A"

// complaintsBegin is the day s.164A came into force.
var complaintsBegin = NewDate(2026, time.June, 19)

// ComplaintDue returns the last day to acknowledge a complaint about the use of the
// complainant's own data: thirty days of which the day after receipt is the first, moved
// to a working day of n (DPA 2018 s.164A and the regulator's guidance). For a complaint
// from before 19 June 2026, when the duty began, a step says so.
// Errors: *FieldError, *OutsideTableError.
func (h *Holidays) ComplaintDue(received Date, n Nation) (Reckoning, error) {
	if err := checkNation(n); err != nil {
		return Reckoning{}, err
	}
	if err := h.checkReceived(received); err != nil {
		return Reckoning{}, err
	}
	t := &trail{law: law{roll: "regulator's guidance on complaints"}}
	t.add(received, complaintLaw, "The complaint was received on %s. The next day is the first that counts.",
		received.spoken())
	if received.Before(complaintsBegin) {
		t.add(complaintsBegin, complaintLaw, "The duty to acknowledge began on %s, after this complaint came:"+
			" treat the date as good practice.", complaintsBegin.spoken())
	}
	end := received.AddDays(complaintDays)
	t.add(end, complaintLaw, "The thirtieth day is %s.", end.spoken())
	due, err := h.roll(end, n.set(), t)
	if err != nil {
		return Reckoning{}, err
	}
	t.add(due, complaintLaw, "Acknowledge the complaint by the end of %s. A full answer by then needs no separate"+
		" acknowledgement.", due.spoken())
	return Reckoning{Due: due, Steps: t.steps, RuleVersion: h.RuleVersion()}, nil
}

// checkReceived refuses a day of receipt that is missing or outside the table.
func (h *Holidays) checkReceived(d Date) error {
	if d.IsZero() {
		return refuse("received", "the day of receipt is missing")
	}
	_, _, err := h.on(d, uk)
	return err
}
