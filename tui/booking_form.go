package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// newBooking asks how people are booked on a course. Special requirements are asked of one person at a time.
func newBooking(k *kit, who []register.ID, on *register.Course) Screen {
	desk, at := courseDesk(k.desk), *on
	fields := []widget.Field{{ID: "on", Label: "Booked on", Kind: widget.Date, Required: true, Value: k.desk.Today().String()}}
	spec := formSpec{title: "Book", intro: fmt.Sprintf("%s on %s, %s", howMany(len(who)), at.Title, courseWords(&at))}
	if len(who) == 1 {
		spec.id, spec.subject = "booking:"+string(who[0])+":"+string(at.ID), who[0]
		if k.may(register.SpecialRead) {
			fields = append(fields, widget.Field{
				ID: "requirements", Label: "Special requirements", Kind: widget.LongText, Mark: widget.SpecialCategory,
				Note: "Only what they told us themselves, for this course.",
			})
		}
	}
	spec.load = asked(fields...)
	spec.submit = func(ctx context.Context, v widget.Values) (formDone, error) {
		day, err := dayOf(v, "on")
		if err != nil {
			return formDone{}, err
		}
		for i, id := range who {
			_, err := desk.Book(ctx, register.BookingInput{
				Delegate: id, Course: at.ID, BookedOn: day, Requirements: strings.TrimSpace(v["requirements"]),
			})
			if err != nil {
				return formDone{}, partly(i, len(who), err)
			}
		}
		return formDone{said: fmt.Sprintf("Booked %s on %s.", howMany(len(who)), at.Title)}, nil
	}
	return newForm(k, spec)
}

// newEnding asks how a course ended for people.
func newEnding(k *kit, title string, lines []register.BookingLine) Screen {
	desk := courseDesk(k.desk)
	fields := []widget.Field{
		{
			ID: "state", Label: "How it ended", Kind: widget.Choice, Required: true,
			Options: options([]register.BookingState{register.Attended, register.Absent, register.Cancelled, register.Booked}),
		},
		{ID: "certificate", Label: "Certificate issued on", Kind: widget.Date, Note: "Of those who attended; none: as it is held."},
	}
	spec := formSpec{title: "How it ended", intro: fmt.Sprintf("%s: %s", title, howMany(len(lines)))}
	if len(lines) == 1 {
		b := lines[0]
		spec.id, spec.subject, spec.of = "booking:"+string(b.ID), b.Delegate, []string{string(b.Delegate)}
		spec.intro = title + ": " + b.Name
		fields = append(fields, widget.Field{ID: "feedback", Label: "What they said of it", Kind: widget.LongText})
	}
	spec.load = func() ([]widget.Field, error) { return endingFields(desk, fields, lines) }
	spec.submit = func(ctx context.Context, v widget.Values) (formDone, error) {
		issued, err := dayOf(v, "certificate")
		if err != nil {
			return formDone{}, err
		}
		for i, b := range lines {
			was := b.Booking
			b.State, b.Certificate, b.Feedback = register.BookingState(v["state"]), issued, strings.TrimSpace(v["feedback"])
			if err := desk.Mark(ctx, b.Booking, was); err != nil {
				return formDone{}, partly(i, len(lines), err)
			}
		}
		return formDone{said: fmt.Sprintf("Recorded for %s: %s.", howMany(len(lines)), v["state"])}, nil
	}
	return newForm(k, spec)
}

// endingFields are the questions with what is held now, where one booking is asked about; its line follows.
func endingFields(desk courseDesk, fields []widget.Field, lines []register.BookingLine) ([]widget.Field, error) {
	if len(lines) != 1 {
		return fields, nil
	}
	page, err := desk.CoursePage(context.Background(), lines[0].Course)
	if err != nil {
		return nil, err
	}
	for _, b := range page.Bookings {
		if b.ID == lines[0].ID {
			lines[0] = b
		}
	}
	now := slices.Clone(fields)
	now[0].Value, now[1].Value, now[2].Value = string(lines[0].State), dayText(lines[0].Certificate), lines[0].Feedback
	return now, nil
}
