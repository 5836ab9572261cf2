package register

import (
	"slices"

	"custos/internal/calendar"
)

// Course is a training event people are booked on.
type Course struct {
	ID     ID            `json:"id"`
	Code   string        `json:"code,omitempty"`
	Title  string        `json:"title"`
	Venue  string        `json:"venue,omitempty"`
	Starts calendar.Date `json:"starts"`
	Ends   calendar.Date `json:"ends,omitzero"`
}

// BookingState is how a booking ended.
type BookingState string

// The states of a booking.
const (
	Booked    BookingState = "booked"
	Attended  BookingState = "attended"
	Absent    BookingState = "absent"
	Cancelled BookingState = "cancelled"
)

// Booking is one person's place on a course.
type Booking struct {
	ID           ID            `json:"id"`
	Delegate     ID            `json:"delegate"`
	Course       ID            `json:"course"`
	Organisation ID            `json:"organisation,omitempty"` // who booked for them
	BookedOn     calendar.Date `json:"booked_on"`
	State        BookingState  `json:"state"`
	Requirements string        `json:"special_requirements,omitempty"` // special category, Art 9
	Certificate  calendar.Date `json:"certificate,omitzero"`           // day of issue
	Feedback     string        `json:"feedback,omitempty"`
}

// Validate returns an Invalid error naming the first field that cannot stand.
func (c *Course) Validate() error {
	switch {
	case c.Title == "":
		return Errorf(Invalid, "title", "a course needs a title")
	case c.Starts.IsZero():
		return Errorf(Invalid, "starts", "a course needs the day it starts")
	case !c.Ends.IsZero() && c.Ends.Before(c.Starts):
		return Errorf(Invalid, "ends", "ends on %s, before it starts on %s", c.Ends, c.Starts)
	}
	return nil
}

// BookingStates returns every way a booking may stand.
func BookingStates() []BookingState { return []BookingState{Booked, Attended, Absent, Cancelled} }

// Validate returns an Invalid error naming the first field that cannot stand.
func (b *Booking) Validate() error {
	switch {
	case !slices.Contains(BookingStates(), b.State):
		return Errorf(Invalid, "state", "a booking is one of %v", BookingStates())
	case !b.Certificate.IsZero() && b.State != Attended:
		return Errorf(Invalid, "certificate", "a certificate is for those who attended")
	}
	return nil
}
