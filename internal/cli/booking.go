package cli

import (
	"context"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) bookingCommand() *cobra.Command {
	return a.noun("booking", "Who is booked on which course", a.addBooking(), a.markBooking())
}

func (a *app) addBooking() *cobra.Command {
	var delegate, course, organisation string
	var in register.BookingInput
	cmd := &cobra.Command{
		Use: "add", Short: "Book a person on a course", Args: takes(cobra.NoArgs),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) (err error) {
			if in.Delegate, err = register.ParseID(register.DelegatePrefix, delegate); err != nil {
				return err
			}
			if in.Course, err = register.ParseID(register.CoursePrefix, course); err != nil {
				return err
			}
			if organisation != "" {
				if in.Organisation, err = register.ParseID(register.OrganisationPrefix, organisation); err != nil {
					return err
				}
			}
			id, err := s.Book(ctx, in)
			if err != nil {
				return err
			}
			return a.done(id, "booked")
		}, "delegate", "course"),
	}
	cmd.Flags().StringVar(&delegate, "delegate", "", "id of the person")
	cmd.Flags().StringVar(&course, "course", "", "id of the course")
	cmd.Flags().StringVar(&organisation, "organisation", "", "id of the organisation that books")
	cmd.Flags().StringVar(&in.Requirements, "requirements", "", "special requirements, with explicit consent only")
	date(cmd, &in.BookedOn, "on", "day of booking; today unless given")
	return cmd
}

func (a *app) markBooking() *cobra.Command {
	var delegate, state string
	var b register.Booking
	cmd := &cobra.Command{
		Use: "mark ID", Short: "Record how a booking ended", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) (err error) {
			if b.ID, err = register.ParseID(register.BookingPrefix, args[0]); err != nil {
				return err
			}
			if b.Delegate, err = register.ParseID(register.DelegatePrefix, delegate); err != nil {
				return err
			}
			if b.State, err = ending(state); err != nil {
				return err
			}
			if err := s.Mark(ctx, b); err != nil {
				return err
			}
			return a.done(b.ID, state)
		}, "delegate", "state"),
	}
	cmd.Flags().StringVar(&delegate, "delegate", "", "id of the person")
	choice(cmd, &state, "state", "how it ended", texts(endings())...)
	date(cmd, &b.Certificate, "certificate", "day the certificate was issued")
	cmd.Flags().StringVar(&b.Feedback, "feedback", "", "what they said of it")
	return cmd
}

func endings() []register.BookingState {
	return []register.BookingState{register.Attended, register.Absent, register.Cancelled, register.Booked}
}

func ending(state string) (register.BookingState, error) {
	for _, known := range endings() {
		if state == string(known) {
			return known, nil
		}
	}
	return "", usagef("--state is one of %v", endings())
}
