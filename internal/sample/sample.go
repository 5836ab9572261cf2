package sample

import (
	"context"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// Options say how large a sample is. What is zero takes its default.
type Options struct {
	Delegates     int           // 240
	Organisations int           // 40, and one for every 25 delegates where that is more
	Seed          uint64        // 1
	Today         calendar.Date // the desk's own day; never after it
}

// Summary counts what a sample put into the register.
type Summary struct {
	Seed          uint64                        `json:"seed"`
	Today         calendar.Date                 `json:"today"`
	Organisations int                           `json:"organisations"`
	Delegates     int                           `json:"delegates"`
	Kinds         map[string]int                `json:"kinds"` // delegates by kind
	Deactivated   int                           `json:"deactivated"`
	Courses       int                           `json:"courses"`
	Bookings      int                           `json:"bookings"`
	Consents      int                           `json:"consent_events"`
	Suppressions  int                           `json:"suppressions"`
	Requests      map[register.RequestState]int `json:"requests"` // by where they stand
}

// Told hears how far a step has come: done of total.
type Told func(step string, done, total int)

// Fill enters a sample year into a store, through the seat's operations: the
// audit trail names every one. People and organisations come in as two files
// do; the rest one by one, in numbers that stop growing at some hundreds.
// The same seed on the same day makes the same sample, ids included where the
// desk draws them from Reader. The operator must be able to enter and to decide.
//
// It returns an Invalid error for options that cannot be met, and otherwise
// whatever the desk refuses; what was entered until then stays.
func Fill(ctx context.Context, s *desk.Seat, o Options, told Told) (Summary, error) {
	if err := o.complete(s.Today()); err != nil {
		return Summary{}, err
	}
	if told == nil {
		told = func(string, int, int) {}
	}
	settings := s.Settings()
	f := &filler{seat: s, o: o, settings: &settings, profile: &settings.Profile, told: told}
	f.sum = Summary{
		Seed: o.Seed, Today: o.Today, Kinds: map[string]int{}, Requests: map[register.RequestState]int{},
	}
	steps := []func(context.Context) error{
		f.organisations, f.file, f.byHand, f.gather, f.training, f.ledger, f.requests, f.leavers,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return f.sum, err
		}
	}
	return f.sum, nil
}

func (o *Options) complete(today calendar.Date) error {
	if o.Delegates < 0 || o.Organisations < 0 {
		return register.Errorf(register.Invalid, "delegates", "a sample has some delegates and organisations, not fewer than none")
	}
	if o.Delegates == 0 {
		o.Delegates = 240
	}
	if o.Organisations == 0 {
		o.Organisations = max(40, o.Delegates/25)
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Today.IsZero() {
		o.Today = today
	}
	if o.Today.After(today) {
		return register.Errorf(register.Invalid, "today", "a sample ends today at the latest: %s has not come yet", o.Today)
	}
	return nil
}
