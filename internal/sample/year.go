package sample

import (
	"context"
	"fmt"

	"custos/internal/calendar"
	"custos/internal/register"
)

// training enters the courses and who was booked on them.
func (f *filler) training(ctx context.Context) error {
	d := roll(f.o.Seed, "courses")
	all := courses(d, min(12+f.o.Delegates/60, 30), f.o.Today)
	pupils := f.pupils()
	for i, c := range all {
		var err error
		if c.ID, err = f.seat.AddCourse(ctx, c); err != nil {
			return fmt.Errorf("entering a course: %w", err)
		}
		f.sum.Courses++
		for _, at := range d.Perm(len(pupils))[:min(d.between(3, 6), len(pupils))] {
			if err := f.book(ctx, d, pupils[at], c); err != nil {
				return fmt.Errorf("booking: %w", err)
			}
		}
		f.told("courses", i+1, len(all))
	}
	return nil
}

// pupils are the people of the kinds that go on courses: those asked what they
// need there. Where the profile asks nobody, all do.
func (f *filler) pupils() []register.DelegateRow {
	asked := map[string]bool{}
	for _, k := range f.profile.Kinds {
		for _, field := range k.Fields {
			asked[k.ID] = asked[k.ID] || field.Special
		}
	}
	var pupils []register.DelegateRow
	for _, row := range f.cast {
		if asked[row.Kind] {
			pupils = append(pupils, row)
		}
	}
	if len(pupils) == 0 {
		return f.cast
	}
	return pupils
}

// book enters a booking and how it ended. What somebody needs on the course is
// kept only after they agreed to that (UK GDPR Art 9(2)(a)).
func (f *filler) book(ctx context.Context, d dice, who register.DelegateRow, c register.Course) error {
	page, err := f.seat.Person(who.ID)
	if err != nil {
		return err
	}
	s := d.seatOn(c, f.o.Today)
	if s.need != "" {
		if s.need, err = f.agree(ctx, d, &page, s); err != nil {
			return err
		}
	}
	in := register.BookingInput{Delegate: who.ID, Course: c.ID, BookedOn: s.booked, Requirements: s.need}
	if len(page.Memberships) > 0 {
		in.Organisation = page.Memberships[0].Organisation
	}
	id, err := f.seat.Book(ctx, in)
	if err != nil {
		return err
	}
	f.sum.Bookings++
	if s.state == register.Booked {
		return nil
	}
	return f.seat.Mark(ctx, register.Booking{
		ID: id, Delegate: who.ID, Course: c.ID, State: s.state, Certificate: s.certificate, Feedback: s.feedback,
	})
}

// agree records the explicit consent to keep a need, and returns the need, or
// nothing where the profile has no such consent.
func (f *filler) agree(ctx context.Context, d dice, page *register.PersonPage, s seatOn) (string, error) {
	for _, line := range page.Consents {
		x, _ := f.profile.Purpose(line.Purpose)
		if x.Article9 == "" || line.Basis != register.Consent {
			continue
		}
		on := earlier(s.booked, f.o.Today.AddDays(-1))
		i := interviewOf(d, f.settings, f.o.Today, &page.Delegate)
		return s.need, f.record(ctx, i.says(line, register.Given, on))
	}
	return "", nil
}

// requests enters the cases, oldest first, each about somebody else.
func (f *filler) requests(ctx context.Context) error {
	d := roll(f.o.Seed, "requests")
	all := cases(d, min(4+f.o.Delegates/60, 16), f.profile, f.o.Today)
	for i, c := range all {
		page, err := f.play(ctx, c, f.cast[i%len(f.cast)].ID)
		if err != nil {
			return fmt.Errorf("entering a request: %w", err)
		}
		f.sum.Requests[page.State]++
		f.told("requests", i+1, len(all))
	}
	return nil
}

// play opens a case and lets happen what happened. Where a second person has
// to approve the decision, the case waits for them.
func (f *filler) play(ctx context.Context, c script, who register.ID) (register.RequestPage, error) {
	in := register.RequestInput{
		Right: c.right, Delegate: who, Received: c.received, How: c.how, Requester: c.requester,
		IdentityNeeded: c.identity, AuthorityNeeded: c.authority, Note: c.note,
	}
	if c.name != "" {
		in.Delegate, in.Name = "", c.name
	}
	if c.right == calendar.Withdrawal {
		if err := f.withdraw(ctx, who, c.received); err != nil {
			return register.RequestPage{}, err
		}
	}
	page, err := f.seat.OpenRequest(ctx, in)
	for _, s := range c.steps {
		if err != nil || page.State == register.AwaitsApproval {
			break
		}
		if s.kind == register.Decided {
			page, err = f.seat.Decide(ctx, page.Ref, register.DecisionInput{On: s.on, Outcome: s.outcome, Reason: s.text})
			continue
		}
		page, err = f.seat.Progress(ctx, page.Ref, register.RequestEvent{Kind: s.kind, On: s.on, Text: s.text})
	}
	return page, err
}

// leavers deactivates a few people, taken from the end of the cast, away from
// those with an open case.
func (f *filler) leavers(ctx context.Context) error {
	d := roll(f.o.Seed, "leavers")
	few := min(len(f.cast)/20, 12)
	for i := range few {
		who := f.cast[len(f.cast)-1-i]
		if err := f.seat.Deactivate(ctx, who.ID, oneOf(d, reasons)); err != nil {
			return fmt.Errorf("deactivating a delegate: %w", err)
		}
		f.sum.Deactivated++
		f.told("leavers", i+1, few)
	}
	return nil
}
