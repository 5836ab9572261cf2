package desk

import (
	"context"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// Courses lists courses, the latest first.
func (s *Seat) Courses() ([]register.Course, error) {
	all := []register.Course{}
	err := s.read(register.CourseRead, func(tx *store.Tx) error {
		for c, err := range tx.Courses().All() {
			if err != nil {
				return err
			}
			all = append(all, c)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b register.Course) int { return b.Starts.Compare(a.Starts) })
	return all, err
}

// AddCourse keeps a new course.
func (s *Seat) AddCourse(ctx context.Context, c register.Course) (register.ID, error) {
	id, err := s.desk.ids.Next(register.CoursePrefix)
	if err != nil {
		return "", err
	}
	c.ID = id
	if err := c.Validate(); err != nil {
		return "", err
	}
	_, err = s.change(ctx, act{verb: register.CourseAdd, subjects: []register.ID{id}, undoable: true}, func(tx *store.Tx) error {
		return tx.Courses().Put(c)
	})
	return id, err
}

// ChangeCourse puts other details in place of those of a course. Before is the
// course as it was when the details were typed: one that somebody changed
// since is a Conflict. Errors: NotFound, Invalid naming the field.
func (s *Seat) ChangeCourse(ctx context.Context, before, after register.Course) error {
	after.ID = before.ID
	if err := after.Validate(); err != nil {
		return err
	}
	a := act{verb: register.CourseChange, subjects: []register.ID{after.ID}, undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		held, err := tx.Courses().Get(after.ID)
		switch {
		case err != nil:
			return err
		case held != before:
			return register.Errorf(register.Conflict, "", "%s was changed while you were typing; look again", after.ID)
		case held == after:
			return register.Errorf(register.Conflict, "", "nothing in %s would change", after.ID)
		}
		return tx.Courses().Put(after)
	})
	return err
}

// Book puts a person on a course. A second live booking of the same course is
// a Conflict.
func (s *Seat) Book(ctx context.Context, in register.BookingInput) (register.ID, error) {
	id, err := s.desk.ids.Next(register.BookingPrefix)
	if err != nil {
		return "", err
	}
	a := act{verb: register.BookingAdd, subjects: []register.ID{in.Delegate, in.Course}, undoable: true}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		if err := s.mayBook(tx, in); err != nil {
			return err
		}
		b := register.Booking{
			ID: id, Delegate: in.Delegate, Course: in.Course, Organisation: in.Organisation,
			BookedOn: in.BookedOn, State: register.Booked, Requirements: in.Requirements,
		}
		if b.BookedOn.IsZero() {
			b.BookedOn = s.Today()
		}
		return tx.Bookings().Put(b)
	})
	return id, err
}

func (s *Seat) mayBook(tx *store.Tx, in register.BookingInput) error {
	d, err := s.live(tx, in.Delegate)
	if err != nil {
		return err
	}
	if d.Status == register.Deactivated {
		return register.Errorf(register.Refused, "delegate", "%s is deactivated; reactivate the record first", d.ID)
	}
	if _, err := tx.Courses().Get(in.Course); err != nil {
		return err
	}
	for b, err := range tx.Bookings().Of(in.Delegate) {
		if err != nil {
			return err
		}
		if b.Course == in.Course && b.State != register.Cancelled {
			return register.Errorf(register.Conflict, "course", "%s is already booked on %s", in.Delegate, in.Course)
		}
	}
	return nil
}

// Mark records how a booking ended: attended, absent or cancelled. A zero day
// of certificate and an empty feedback leave what is held.
// Was, where given, is the booking that was read before: another by now is a
// Conflict.
func (s *Seat) Mark(ctx context.Context, b register.Booking, was ...register.Booking) error {
	a := act{verb: register.BookingChange, subjects: []register.ID{b.Delegate}, note: string(b.State), undoable: true}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		if _, err := s.live(tx, b.Delegate); err != nil {
			return err
		}
		held, err := tx.Bookings().Get(b.Delegate, b.ID)
		if err != nil {
			return err
		}
		if err := asRead(string(b.ID), held, was); err != nil {
			return err
		}
		held.State = b.State
		if !b.Certificate.IsZero() {
			held.Certificate = b.Certificate
		}
		if b.Feedback != "" {
			held.Feedback = b.Feedback
		}
		if err := held.Validate(); err != nil {
			return err
		}
		return tx.Bookings().Put(held)
	})
	return err
}
