package tui_test

import (
	"testing"

	"custos/internal/register"
)

func TestWhoElseIsHere(t *testing.T) {
	s := newShared(t, "teaching-school")
	id := addPerson(t, s.own, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	bo := s.hire("bo", register.Officer, register.DPO)
	one, two := s.at(t, s.own), s.at(t, bo)
	one.keys("2", "enter")
	one.shows("Ada Example")
	one.hides("is here too")
	two.keys("2", "enter")
	one.hears(register.PresenceMoved)
	two.hears(register.PresenceMoved)
	one.shows("bo is here too.")
	two.shows("tester is here too.")
	two.keys("e")
	one.hears(register.PresenceMoved)
	one.shows("bo is here too, changing it.")
	two.shows("tester is here too.") // over the form as well
	two.keys("esc", "1")
	one.hears(register.PresenceMoved)
	one.hides("is here too")

	two.keys("4")
	one.hears(register.PresenceMoved)
	one.keys("ctrl+p", "who is here", "enter")
	one.shows("Who is here", "At work now: 1 of 2", "bo", "Requests", "ssh", "tester", "person "+string(id))
	two.keys("2", "enter")
	one.hears(register.PresenceMoved)
	one.keys("down", "enter")
	one.shows("bo is here too")
	if err := two.m.Close(); err != nil {
		t.Fatal(err)
	}
	one.hears(register.PresenceMoved)
	one.hides("bo")
	if got := s.own.Present(); len(got) != 1 || got[0].Operator != "tester" {
		t.Errorf("%+v", got)
	}
}

// Whoever is removed is at work no longer; whoever has other roles is offered other keys.
func TestRolesFollowAtTheConsole(t *testing.T) {
	s := newShared(t, "teaching-school")
	addPerson(t, s.own, map[string]string{"name": "Ada Example"})
	two := s.at(t, s.hire("bo", register.Officer))
	two.keys("2")
	two.shows("n new")
	must[register.Operator](t)(s.own.ChangeOperator(t.Context(), "bo", []register.Role{register.Viewer}, ""))
	two.hears(register.OperatorChange)
	two.hides("n new")
	if err := s.own.RemoveOperator(t.Context(), "bo"); err != nil {
		t.Fatal(err)
	}
	two.hears(register.OperatorRemove)
	if !two.quit {
		t.Errorf("they are at work still:\n%s", two.text())
	}
}
