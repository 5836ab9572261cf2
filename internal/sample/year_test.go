package sample

import (
	"slices"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/profile"
	"custos/internal/register"
)

// everyDay calls fn for each day of two years, a leap day and two Easters among
// them.
func everyDay(fn func(calendar.Date)) {
	for d := calendar.NewDate(2023, 10, 1); d.Before(calendar.NewDate(2025, 10, 1)); d = d.AddDays(1) {
		fn(d)
	}
}

// enact plays a script against the rules alone, in an office of one.
func enact(t *testing.T, s script, on calendar.Date) *register.Request {
	t.Helper()
	r := &register.Request{Ref: "AR-2026-0001", Right: s.right, Nation: calendar.Scotland, Delegate: "D0000000000000"}
	if s.name != "" {
		r.Delegate, r.Name = "", s.name
	}
	events := []register.RequestEvent{{Kind: register.Received, On: s.received}}
	if s.identity {
		events = append(events, register.RequestEvent{Kind: register.IdentityAsked, On: s.received})
	}
	if s.authority {
		events = append(events, register.RequestEvent{Kind: register.AuthorityAsked, On: s.received})
	}
	for _, x := range s.steps {
		events = append(events, register.RequestEvent{Kind: x.kind, On: x.on, Outcome: x.outcome, Text: x.text})
		if x.kind == register.Decided {
			events = append(events, register.RequestEvent{Kind: register.Approved, On: x.on})
		}
	}
	for i, e := range events {
		if e.On.After(on) || i > 0 && e.On.Before(events[i-1].On) {
			t.Fatalf("%s: %s case of %s: %s on %s is out of order", on, s.right, s.received, e.Kind, e.On)
		}
		if err := r.Add(e); err != nil {
			t.Fatalf("%s: %s case of %s: %s on %s: %v", on, s.right, s.received, e.Kind, e.On, err)
		}
		if err := r.Reckon(register.Clocks{Holidays: calendar.Builtin()}); err != nil {
			t.Fatalf("%s: %s case of %s: %v", on, s.right, s.received, err)
		}
	}
	return r
}

// Whatever day a sample is made on, each case stands where it is meant to.
func TestCasesStandWhereTheyShould(t *testing.T) {
	p := profiles(t)[0]
	everyDay(func(on calendar.Date) {
		states, pressures := map[register.RequestState]bool{}, map[register.Pressure]bool{}
		for _, s := range cases(roll(uint64(on.Day()), "requests"), 8, &p, on) {
			r := enact(t, s, on)
			pressure, left := r.Press(on)
			if r.State() != s.state || pressure != s.pressure {
				t.Fatalf("%s: %s case received %s is %s and %s (%d days left), not %s and %s",
					on, s.right, s.received, r.State(), pressure, left, s.state, s.pressure)
			}
			states[r.State()], pressures[pressure] = true, true
		}
		for _, state := range register.RequestStates() {
			// Only an office of two leaves a decision waiting.
			if state != register.AwaitsApproval && !states[state] {
				t.Fatalf("%s: no case is %s", on, state)
			}
		}
		if len(pressures) != 6 {
			t.Fatalf("%s: pressures are %v", on, pressures)
		}
	})
}

func TestCasesCoverTheRightsOfferedAndNoOther(t *testing.T) {
	for _, p := range profiles(t) {
		var had []calendar.Right
		for _, s := range cases(roll(1, "requests"), 8, &p, today) {
			had = append(had, s.right)
		}
		for _, o := range p.Rights {
			if !slices.Contains(had, o.Right) {
				t.Errorf("%s: nobody uses the right %s", p.Name, o.Right)
			}
		}
	}
	few := register.Profile{Rights: []register.RightOffer{{Right: calendar.Access}}}
	for _, s := range cases(roll(1, "requests"), 8, &few, today) {
		if s.right != calendar.Access && slices.Contains(calendar.Rights(), s.right) {
			t.Errorf("a case for %s, which is not offered", s.right)
		}
	}
}

func TestCoursesKeepToTheTerms(t *testing.T) {
	everyDay(func(on calendar.Date) {
		past, ahead := 0, 0
		all := courses(roll(uint64(on.Month()), "courses"), 16, on)
		for i, c := range all {
			if err := c.Validate(); err != nil {
				t.Fatalf("%s: %v", on, err)
			}
			weekend := c.Starts.Weekday() == time.Saturday || c.Starts.Weekday() == time.Sunday
			if c.Starts.Month() == time.August || weekend || i > 0 && c.Starts.Before(all[i-1].Starts) {
				t.Fatalf("%s: course %s starts on %s", on, c.Code, c.Starts)
			}
			if c.Starts.Before(on) {
				past++
			} else {
				ahead++
			}
		}
		if past < 8 || ahead < 1 {
			t.Fatalf("%s: %d courses are over and %d to come", on, past, ahead)
		}
	})
}

func TestBookingsEndAfterTheCourse(t *testing.T) {
	d := roll(4, "bookings")
	over := register.Course{Title: "x", Starts: today.AddDays(-40), Ends: today.AddDays(-39)}
	lastsOn := register.Course{Title: "x", Starts: today.AddDays(-1), Ends: today}
	ahead := register.Course{Title: "x", Starts: today.AddDays(30)}
	ended := map[register.BookingState]int{}
	for range 500 {
		s := d.seatOn(over, today)
		ended[s.state]++
		if s.state == register.Booked || s.booked.After(over.Starts) {
			t.Fatalf("a course that is over has the booking %+v", s)
		}
		if attended := s.state == register.Attended; s.certificate.IsZero() == attended || s.feedback != "" && !attended {
			t.Fatalf("certificate or feedback of somebody who was not there: %+v", s)
		}
		if s := d.seatOn(lastsOn, today); s.state == register.Attended || s.state == register.Absent {
			t.Fatalf("a course that ends today has the booking %+v", s)
		}
		s = d.seatOn(ahead, today)
		if s.booked.After(today) || s.state == register.Attended || s.state == register.Absent || !s.certificate.IsZero() {
			t.Fatalf("a course to come has the booking %+v", s)
		}
	}
	if len(ended) != 3 {
		t.Errorf("bookings ended as %v", ended)
	}
}

func TestConsentStoriesRunForward(t *testing.T) {
	p, err := profile.Load("community-learning")
	if err != nil {
		t.Fatal(err)
	}
	settings := register.Settings{Profile: p}
	i := interviewOf(roll(6, "consents"), &settings, today, &register.Delegate{ID: "D0000000000000"})
	line := register.ConsentLine{Purpose: "newsletters", Channel: "email", Brand: "whats-on", Basis: register.Consent}
	acts, methods := map[register.ConsentAct]bool{}, map[string]bool{}
	soon, over := 0, 0
	midnight := calendar.LondonStart(today)
	for range 1000 {
		told := i.tell(line)
		for n, in := range told {
			if !in.At.Before(midnight) || n > 0 && !told[n-1].At.Before(in.At) {
				t.Fatalf("acts out of order: %+v", told)
			}
			if in.Evidence == "" || in.GivenBy != "" && in.Authority == "" {
				t.Fatalf("a consent that cannot be shown: %+v", in)
			}
			acts[in.Act], methods[in.Method] = true, true
			switch {
			case in.Expires.IsZero():
			case in.Expires.Before(today):
				over++
			default:
				soon++
			}
		}
	}
	for _, want := range []register.ConsentAct{register.Given, register.RefusedIt, register.Withdrawn, register.Asked} {
		if !acts[want] {
			t.Errorf("nobody has %s", want)
		}
	}
	if len(methods) != 4 || soon == 0 || over == 0 {
		t.Errorf("consents come by %v, %d end soon and %d are over", methods, soon, over)
	}
}

// A child too young to answer is answered for by a parent, and what was said
// before the wording was written comes from a list.
func TestWhoAnswersAndFromWhere(t *testing.T) {
	p, err := profile.Load("work-experience")
	if err != nil {
		t.Fatal(err)
	}
	settings := register.Settings{Profile: p}
	d := register.Delegate{ID: "D0000000000000", Fields: map[string]string{register.FieldBorn: today.AddMonths(-12*13 - 1).String()}}
	i := interviewOf(roll(6, "consents"), &settings, today, &d)
	line := register.ConsentLine{Purpose: "images-display", Channel: "email", Basis: register.Consent}
	if in := i.says(line, register.Given, today.AddMonths(-2)); in.GivenBy == "" || in.Authority != "parent" {
		t.Errorf("a child of twelve answered: %+v", in)
	}
	if in := i.says(line, register.Given, today.AddDays(-1)); in.Authority == "parent" {
		t.Errorf("a parent answered for a child of thirteen: %+v", in)
	}
	if in := i.says(line, register.Given, calendar.NewDate(2024, 9, 1)); in.Method != "imported" {
		t.Errorf("said under a wording not yet written: %+v", in)
	}
	if in := i.says(line, register.Given, calendar.NewDate(2024, 9, 2)); in.Method == "imported" {
		t.Errorf("not said under the wording of its first day: %+v", in)
	}
}

func TestQuestionsRestOnConsent(t *testing.T) {
	p := register.Profile{Purposes: []register.Purpose{{ID: "news"}, {ID: "health", Article9: "Art 9(2)(a)"}, {ID: "course"}}}
	lines := []register.ConsentLine{
		{Purpose: "news", Channel: "email", Basis: register.Consent},
		{Purpose: "health", Channel: "email", Basis: register.Consent},
		{Purpose: "course", Channel: "email", Basis: register.PublicTask},
	}
	if open := questions(lines, &p); len(open) != 1 || open[0].Purpose != "news" {
		t.Errorf("asked for %v", open)
	}
}
