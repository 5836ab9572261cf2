package register

import "custos/internal/calendar"

// CoursePage is a course with everybody booked on it.
type CoursePage struct {
	Course   Course        `json:"course"`
	Bookings []BookingLine `json:"bookings"`
}

// BookingLine is a booking with the person's name.
type BookingLine struct {
	Booking
	Name   string `json:"name"`
	Status Status `json:"status"` // of the person's record
}

// CourseRow is a course in a list, with how many are booked on it and were there.
type CourseRow struct {
	Course
	Booked   int `json:"booked"` // those who cancelled apart
	Attended int `json:"attended"`
}

// Last is the day a course ends: the day it starts where none is given.
func (c *Course) Last() calendar.Date {
	if c.Ends.IsZero() {
		return c.Starts
	}
	return c.Ends
}

// DisclosurePage is a file that left the office, with the people in it that the operator may know of.
type DisclosurePage struct {
	Disclosure Disclosure `json:"disclosure"`
	People     []PersonIn `json:"people"`
	Gone       int        `json:"gone"` // people erased since: nothing names them
}

// PersonIn is somebody who was in a file.
type PersonIn struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
}
