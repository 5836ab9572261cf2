package register

import (
	"errors"

	"custos/internal/calendar"
)

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
			c.Extended = true
		case Noted, Decided, Approved, Packed, Replied, CaseClosed:
		}
	}
	return c
}

// Reckon works the deadline out anew from the events and keeps it with its
// steps. The error is Invalid where the case contradicts itself, Refused where
// a date lies beyond the bank holidays known.
func (r *Request) Reckon(h *calendar.Holidays) error {
	deadline, err := h.RightsDue(r.Case())
	if err != nil {
		return ClockError(err)
	}
	r.Deadline = deadline
	return nil
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
