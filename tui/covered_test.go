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

// A form below another screen still hears who changed what it is filled from.
func TestAFormBelowTheGuideHearsWhatOthersChange(t *testing.T) {
	s := newShared(t, "teaching-school")
	id := addPerson(t, s.own, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	other := s.hire("kim", register.Officer)
	d := s.at(t, s.own)
	d.keys("2", "e")
	d.send(f2)
	d.shows("> Guide")
	change := register.DelegateInput{Values: map[string]string{"phone": "01234 567890"}}
	if err := other.ChangeDelegate(t.Context(), id, change); err != nil {
		t.Fatal(err)
	}
	d.hears(register.DelegateChange)
	for range 5 {
		if d.m.Scope() == "Forms" {
			break
		}
		d.keys("esc")
	}
	d.shows("kim changed Phone number meanwhile", "01234 567890")
}
