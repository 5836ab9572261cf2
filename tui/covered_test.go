package tui_test

import (
	"context"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

// recounted counts how often everybody is gone through for home.
type recounted struct {
	seat
	times int
}

func (r *recounted) Recount(ctx context.Context) (bool, error) {
	r.times++
	return r.seat.Recount(ctx)
}

// What nobody sees is not read anew at every commit, and is when it comes back.
func TestAScreenBelowAnotherLooksAgainWhenItComesBack(t *testing.T) {
	s := &recounted{seat: sit(t, "teaching-school")}
	addPerson(t, s.seat, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 100, 24)
	d.keys("2", "enter")
	d.shows("Delegates > Ada Example")
	before := s.times
	for _, name := range []string{"Bo Sample", "Cy Sample"} {
		addPerson(t, s.seat, map[string]string{"name": name, "email": "new@example.org"})
		d.send(tui.Note(register.Note{Verb: register.DelegateAdd, Collections: []string{"delegates"}}))
	}
	if s.times != before {
		t.Errorf("everybody was gone through %d times for a home that nobody saw", s.times-before)
	}
	d.keys("esc")
	d.shows("1 of 3", "Cy Sample")
	d.keys("1")
	d.shows("> Home")
	if s.times == before {
		t.Error("home came back as it was before")
	}
}
