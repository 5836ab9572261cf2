package sample

import (
	"fmt"
	"slices"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// courses makes up n courses spread over the terms from a year ago to ten
// weeks ahead, in the order they start.
func courses(d dice, n int, today calendar.Date) []register.Course {
	const back, ahead = 360, 70
	days := make([]calendar.Date, n)
	for i := range days {
		days[i] = inTerm(today.AddDays(-back + (back+ahead)*i/max(1, n-1)))
	}
	slices.SortFunc(days, calendar.Date.Compare)
	all := make([]register.Course, n)
	number := map[string]int{}
	for i, on := range days {
		subject := subjects[(i+d.IntN(2)*5)%len(subjects)]
		term := term(on)
		number[term]++
		all[i] = register.Course{
			Code: fmt.Sprintf("%s-%02d", term, number[term]), Title: subject.title, Venue: oneOf(d, venues), Starts: on,
		}
		if subject.days > 1 {
			all[i].Ends = workday(on.AddDays(subject.days - 1))
		}
	}
	return all
}

// inTerm moves a day out of the summer and Christmas holidays and the weekend.
func inTerm(d calendar.Date) calendar.Date {
	switch m, day := d.Month(), d.Day(); {
	case m == time.August, m == time.July && day > 20:
		d = calendar.NewDate(d.Year(), time.September, 5+day%20)
	case m == time.December && day > 18:
		d = calendar.NewDate(d.Year()+1, time.January, 6+day%15)
	}
	return workday(d)
}

// workday moves a Saturday or Sunday to the Monday.
func workday(d calendar.Date) calendar.Date {
	switch d.Weekday() {
	case time.Saturday:
		return d.AddDays(2)
	case time.Sunday:
		return d.AddDays(1)
	default:
		return d
	}
}

// term names the term a day lies in, such as AUT26.
func term(d calendar.Date) string {
	name := "SUM"
	switch {
	case d.Month() >= time.September:
		name = "AUT"
	case d.Month() <= time.March:
		name = "SPR"
	}
	return fmt.Sprintf("%s%02d", name, d.Year()%100)
}

// lastDay is the day a course is over.
func lastDay(c register.Course) calendar.Date {
	if c.Ends.IsZero() {
		return c.Starts
	}
	return c.Ends
}

// seatOn is how a booking came about and, where the course is over, how it
// ended. A booking still open has the state Booked.
type seatOn struct {
	booked, certificate calendar.Date
	state               register.BookingState
	feedback, need      string
}

func (d dice) seatOn(c register.Course, today calendar.Date) seatOn {
	s := seatOn{state: register.Booked, booked: earlier(workday(c.Starts.AddDays(-d.between(15, 70))), today)}
	if d.chance(9) {
		s.need = oneOf(d, needs)
	}
	over := lastDay(c).Before(today)
	switch n := d.IntN(100); {
	case n < 8:
		s.state = register.Cancelled
	case !over:
	case n < 16:
		s.state = register.Absent
	default:
		s.state = register.Attended
		if issued := workday(lastDay(c).AddDays(7)); !issued.After(today) {
			s.certificate = issued
		}
		if d.chance(40) {
			s.feedback = oneOf(d, feedbacks)
		}
	}
	return s
}

func earlier(a, b calendar.Date) calendar.Date {
	if b.Before(a) {
		return b
	}
	return a
}
