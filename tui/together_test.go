package tui_test

import (
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
	"custos/tui"
)

// shared is an office in which several work at one store, each at a seat of their own.
type shared struct {
	t    testing.TB
	desk *desk.Desk
	db   *store.DB
	own  seat // of whoever set the office up
}

func newShared(t testing.TB, name string) *shared {
	t.Helper()
	p, err := profile.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	setup := storetest.Setup()
	setup.Settings.Profile, setup.Settings.Nation = p, calendar.EnglandAndWales
	o := storetest.Options()
	o.Now, o.Rand = func() time.Time { return morning }, &counting{}
	db, _, err := store.Create(t.TempDir()+"/store", setup, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.Close(t, db) })
	s := &shared{t: t, desk: desk.Open(db, o.Now, desk.WithRandom(&counting{})), db: db}
	s.own = s.seat(storetest.Operator, desk.Console)
	return s
}

func (s *shared) seat(name, door string) seat {
	s.t.Helper()
	at, err := s.desk.As(name, door)
	if err != nil {
		s.t.Fatal(err)
	}
	return seat{Seat: at, db: s.db}
}

// hire takes somebody on who has chosen a passphrase of their own.
func (s *shared) hire(name string, roles ...register.Role) seat {
	s.t.Helper()
	op := register.Operator{Name: name, Roles: roles}
	if err := s.own.AddOperator(s.t.Context(), op, []byte("violet harbour anvil "+name)); err != nil {
		s.t.Fatal(err)
	}
	at := s.seat(name, desk.SSH)
	err := at.ChangePassphrase(s.t.Context(), []byte("marble trumpet saddle "+name), []byte("violet harbour anvil "+name))
	if err != nil {
		s.t.Fatal(err)
	}
	return at
}

// listening is a console that hears of what the others do when the test says so.
type listening struct {
	*drive
	notes <-chan register.Note
}

// at puts somebody at a console of 100 by 30.
func (s *shared) at(t *testing.T, who seat) *listening {
	t.Helper()
	notes, cancel := who.Seat.Notes()
	t.Cleanup(cancel)
	return &listening{start(t, tui.Env{Session: who, Theme: "mono"}, 100, 30), notes}
}

// hears takes every note up to one of an operation.
func (l *listening) hears(verb register.Verb) {
	l.t.Helper()
	for note := range l.notes {
		l.send(tui.Note(note))
		if note.Verb == verb {
			return
		}
	}
	l.t.Fatalf("nothing was heard of %s", verb)
}

// takeOn adds an operator who has chosen the passphrase themselves, and seats them at a desk of their own.
func takeOn(t testing.TB, s seat, name, passphrase string, roles ...register.Role) seat {
	t.Helper()
	op := register.Operator{Name: name, Roles: roles}
	if err := s.AddOperator(t.Context(), op, []byte("violet harbour anvil "+name)); err != nil {
		t.Fatal(err)
	}
	d := desk.Open(s.db, func() time.Time { return morning }, desk.WithRandom(&counting{n: 77}))
	at, err := d.As(name, desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	if err := at.ChangePassphrase(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	return seat{at, s.db}
}

func TestWhoCameInByAKeyIsAskedForTheOldPassphrase(t *testing.T) {
	s := newShared(t, "teaching-school")
	op := register.Operator{Name: "kim", Roles: []register.Role{register.Officer}}
	if err := s.own.AddOperator(t.Context(), op, []byte("violet harbour anvil")); err != nil {
		t.Fatal(err)
	}
	kim := s.seat("kim", desk.SSH)
	d := start(t, tui.Env{Session: kim, Folder: "your drop folder"}, 80, 24)
	d.shows("seen by somebody else", "│ The passphrase you have now (required)")
	d.keys("something else", "enter", "marble trumpet saddle", "enter", "marble trumpet saddle", "ctrl+s")
	d.shows("PROBLEM: The passphrase you have now: this is not your passphrase as it is now", "│ The passphrase you have now")
	if !kim.MustChange() {
		t.Fatal("it was changed all the same")
	}
	for range "something else" {
		d.keys("backspace")
	}
	d.keys("violet harbour anvil", "ctrl+s")
	d.shows("Your new passphrase opens the store from now on.")
	if kim.MustChange() {
		t.Error("it was not changed")
	}
}
