package register

import (
	"errors"
	"slices"

	"custos/internal/calendar"
)

// Clocks are what a deadline is counted with: bank holidays, and the terms of
// the office's school for the one clock that needs them.
type Clocks struct {
	Holidays *calendar.Holidays
	Terms    calendar.Terms
}

// Case returns what the clock needs to know of the request.
func (r *Request) Case() calendar.RightsCase {
	c := calendar.RightsCase{Right: r.Right, Nation: r.Nation}
	for _, e := range r.live() {
		switch e.Kind {
		case Received:
			c.Received = e.On
		case IdentityAsked:
			c.Identity.Asked = e.On
		case IdentitySeen:
			c.Identity.Received = e.On
		case AuthorityAsked:
			c.Authority.Asked = e.On
		case AuthoritySeen:
			c.Authority.Received = e.On
		case FeeAsked:
			c.Fee.Asked = e.On
		case FeePaid:
			c.Fee.Received = e.On
		case ClarifyAsked:
			c.Pauses = append(c.Pauses, calendar.Pause{Asked: e.On})
		case Clarified:
			if n := len(c.Pauses); n > 0 {
				c.Pauses[n-1].Answered = e.On
			}
		case Extended:
			c.Extended = c.Extended || r.stands(&e)
		default:
		}
	}
	return c
}

// Reckon works the deadline out from the events and keeps it with its steps,
// its inputs and the version of the rule. Where the inputs are as they were the
// deadline stays as it was, whatever the rules have become since. The error is
// Invalid where the case contradicts itself, Refused where a date lies beyond
// the bank holidays or the terms known.
func (r *Request) Reckon(clocks Clocks) error {
	now := r.Case()
	counted := r.Deadline.RuleVersion != ""
	if counted && sameInputs(now, r.Inputs) && !r.acknowledging() {
		return nil
	}
	deadline, err := r.Count(clocks)
	if err != nil {
		return err
	}
	if counted && deadline.Due != r.Deadline.Due {
		r.Former = append(slices.Clone(r.Former), FormerDeadline{len(r.Events), r.Deadline, r.Inputs})
	}
	r.Deadline, r.Inputs = deadline, now
	return nil
}

// Moved reports whether a deadline counted anew has other dates than the one the
// case keeps.
func (r *Request) Moved(now calendar.Deadline) bool {
	kept := &r.Deadline
	return kept.RuleVersion != "" && (now.Due != kept.Due || now.LastLawful != kept.LastLawful || now.Start != kept.Start ||
		now.ExtensionNoticeBy != kept.ExtensionNoticeBy)
}

// acknowledging reports whether the case is a complaint whose one date has been
// kept since it was last counted.
func (r *Request) acknowledging() bool {
	return r.Right == calendar.Complaint && r.acknowledged() && !r.Deadline.Due.IsZero()
}

func (r *Request) acknowledged() bool { return r.has(Acknowledged) || r.has(Replied) }

// Count works the deadline out from the events by the rules of today, and keeps
// nothing.
func (r *Request) Count(clocks Clocks) (calendar.Deadline, error) {
	switch r.Right {
	case calendar.Complaint:
		return r.countComplaint(clocks)
	case calendar.EducationalRecord:
		found, err := clocks.Holidays.EducationalRecord(r.Received(), r.Nation, clocks.Terms)
		return whole(r.Received(), found), ClockError(err)
	case calendar.Enquiry:
		return calendar.Deadline{
			Start: r.Received(), RuleVersion: clocks.Holidays.RuleVersion(),
			Steps: []calendar.Step{{
				Date:   r.Received(),
				Rule:   "The question came. No law sets a date to answer it by, as long as no right is used.",
				Source: "good practice",
			}},
		}, nil
	default:
		deadline, err := clocks.Holidays.RightsDue(r.Case())
		return deadline, ClockError(err)
	}
}

// Dates works the dates out from the events by the rules of today, without the
// steps that explain them, where the clock can.
func (r *Request) Dates(clocks Clocks) (calendar.Deadline, error) {
	switch r.Right {
	case calendar.Complaint, calendar.EducationalRecord, calendar.Enquiry:
		return r.Count(clocks)
	default:
		deadline, err := clocks.Holidays.RightsDates(r.Case())
		return deadline, ClockError(err)
	}
}

// countComplaint counts the time for the acknowledgement (DPA 2018 s.164A); once
// it is sent no day is set.
func (r *Request) countComplaint(clocks Clocks) (calendar.Deadline, error) {
	found, err := clocks.Holidays.ComplaintDue(r.Received(), r.Nation)
	if err != nil {
		return calendar.Deadline{}, ClockError(err)
	}
	d := whole(r.Received(), found)
	if !r.acknowledged() {
		return d, nil
	}
	e, ok := r.Last(Acknowledged)
	if !ok {
		e, _ = r.Last(Replied)
	}
	d.Due, d.LastLawful = calendar.Date{}, calendar.Date{}
	d.Steps = append(d.Steps, calendar.Step{
		Date:   e.On,
		Rule:   "It was acknowledged. Enquire, report progress and tell the outcome without undue delay; no day is set.",
		Source: "DPA 2018 s.164A",
	})
	return d, nil
}

// whole is a clock that only knows its end as a deadline.
func whole(start calendar.Date, found calendar.Reckoning) calendar.Deadline {
	return calendar.Deadline{
		Start: start, Base: found.Due, Due: found.Due, LastLawful: found.Due, Steps: found.Steps, RuleVersion: found.RuleVersion,
	}
}

func sameInputs(a, b calendar.RightsCase) bool {
	return a.Right == b.Right && a.Nation == b.Nation && a.Received == b.Received && a.Identity == b.Identity &&
		a.Authority == b.Authority && a.Fee == b.Fee && a.Extended == b.Extended && slices.Equal(a.Pauses, b.Pauses)
}

// ClockError turns an error of the calendar into one of the register's kinds.
func ClockError(err error) error {
	var field *calendar.FieldError
	var table *calendar.OutsideTableError
	var terms *calendar.OutsideTermsError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &field):
		return &Error{Kind: Invalid, Field: field.Field, Msg: field.Reason, Err: err}
	case errors.As(err, &table), errors.As(err, &terms):
		return &Error{Kind: Refused, Msg: err.Error(), Err: err}
	}
	return &Error{Kind: Invalid, Msg: err.Error(), Err: err}
}
