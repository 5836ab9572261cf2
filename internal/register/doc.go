// Package register holds the types and rules of the office's register: who is
// kept, on what ground, what was asked of the office and what left it.
//
// Everything here is pure: no clock, no file, no network, no formatting for a
// screen. Instants are UTC time.Time values handed in by the caller; statutory
// dates are calendar.Date in Europe/London.
package register
