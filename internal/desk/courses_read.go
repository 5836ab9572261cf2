package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// CourseRows lists courses, the latest first, with how many are booked on each
// and were there. Of a lead only their own people count.
func (s *Seat) CourseRows(ctx context.Context) ([]register.CourseRow, error) {
	courses, err := s.Courses()
	if err != nil {
		return nil, err
	}
	rows, at := make([]register.CourseRow, len(courses)), map[register.ID]int{}
	for i, c := range courses {
		rows[i].Course, at[c.ID] = c, i
	}
	err = s.eachBooking(ctx, func(b *register.Booking) {
		i, known := at[b.Course]
		if !known || b.State == register.Cancelled {
			return
		}
		rows[i].Booked++
		if b.State == register.Attended {
			rows[i].Attended++
		}
	})
	return rows, err
}

// CoursePage returns a course with everybody booked on it, by name. Special
// requirements are left out for an operator who may not read them. Errors:
// NotFound, Denied.
func (s *Seat) CoursePage(ctx context.Context, id register.ID) (register.CoursePage, error) {
	page := register.CoursePage{Bookings: []register.BookingLine{}}
	err := s.read(register.CourseRead, func(tx *store.Tx) (err error) {
		page.Course, err = tx.Courses().Get(id)
		return err
	})
	if err != nil {
		return page, err
	}
	special := s.May(register.SpecialRead)
	err = s.eachBooking(ctx, func(b *register.Booking) {
		if b.Course != id {
			return
		}
		line := register.BookingLine{Booking: *b}
		if row, ok := s.desk.db.Person(b.Delegate); ok {
			line.Name, line.Status = row.Name, row.Status
		}
		if !special {
			line.Requirements = ""
		}
		page.Bookings = append(page.Bookings, line)
	})
	slices.SortFunc(page.Bookings, func(a, b register.BookingLine) int {
		return strings.Compare(strings.ToLower(a.Name)+string(a.ID), strings.ToLower(b.Name)+string(b.ID))
	})
	return page, err
}

// eachBooking walks the bookings of everybody the operator may know of.
func (s *Seat) eachBooking(ctx context.Context, visit func(*register.Booking)) error {
	known, err := s.acquainted()
	if err != nil {
		return err
	}
	return s.read(register.CourseRead, func(tx *store.Tx) error {
		for b, err := range tx.Bookings().All() {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			if known(b.Delegate) {
				visit(&b)
			}
		}
		return nil
	})
}

// acquainted tells of a person whether the operator may know of them: a lead knows
// their organisation's people only.
func (s *Seat) acquainted() (func(register.ID) bool, error) {
	if err := s.allow(register.DelegateRead); err != nil {
		return nil, err
	}
	if !s.leadOnly() {
		return func(register.ID) bool { return true }, nil
	}
	theirs := map[register.ID]bool{}
	rows := s.desk.db.People(s.scoped(register.Query{}))
	for i := range rows.Len() {
		theirs[rows.Row(i).ID] = true
	}
	return func(id register.ID) bool { return theirs[id] }, nil
}
