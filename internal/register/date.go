package register

import (
	"time"

	"custos/internal/calendar"
)

// Date is a day, for rooms that keep days and reckon with none.
type Date = calendar.Date

// PackDate turns a day into a number that compares as days do; 0 for none.
func PackDate(d Date) uint32 {
	return uint32(d.Year())<<9 | uint32(d.Month())<<5 | uint32(d.Day())
}

// UnpackDate returns the day PackDate made a number of; none for a number it never makes.
func UnpackDate(n uint32) Date {
	return calendar.NewDate(int(n>>9), time.Month(n>>5&15), int(n&31))
}
