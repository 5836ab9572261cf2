package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"custos/internal/register"
	"custos/tui"
)

func TestKeysAreSound(t *testing.T) {
	if err := tui.Keys().Validate(); err != nil {
		t.Error(err)
	}
	for _, text := range []string{tui.BindingsMarkdown(), tui.BindingsText()} {
		if !strings.Contains(text, "Record a consent") {
			t.Error("the documentation lacks a key")
		}
	}
}

func TestUnlocking(t *testing.T) {
	s := sit(t, "traded-services-portal")
	env := tui.Env{
		Exists: true, Store: "/srv/custos", Operator: "tester",
		Unlock: func(_ context.Context, operator string, pass []byte, tell tui.Tell) (tui.Session, error) {
			tell("checking", 1, 2)
			if operator != "tester" || string(pass) != "correct" {
				return nil, register.Errorf(register.Refused, "", "wrong operator or passphrase")
			}
			return s, nil
		},
	}
	d := start(t, env, 80, 24)
	d.shows("Custos > Unlock", "/srv/custos", "Passphrase")
	d.keys("wrong", "enter")
	d.shows("wrong operator or passphrase", "Passphrase")
	d.hides("wrong\n")
	d.keys("correct", "enter")
	d.shows("Custos > Home", "Test office", "No case is open.")
}

func TestFirstRunMakesAStoreAndShowsTheKeyOnce(t *testing.T) {
	s := sit(t, "traded-services-portal")
	var made tui.NewStore
	var saved string
	env := tui.Env{
		Store:    "/srv/custos",
		Profiles: []tui.ProfileChoice{{Name: "one", Title: "One", Summary: "first"}, {Name: "two", Title: "Two", Summary: "second"}},
		Strength: func(p []byte, _ ...string) (int, string) { return len(p) % 5, "fair" },
		Weak: func(p []byte, _ ...string) error {
			if string(p) == "weak" {
				return errors.New("easily guessed")
			}
			return nil
		},
		Create: func(_ context.Context, n tui.NewStore, _ tui.Tell) (tui.Session, string, error) {
			n.Passphrase = append([]byte(nil), n.Passphrase...)
			made = n
			return s, "AAAA-BBBB-CCCC", nil
		},
		SaveText: func(_, text string) error { saved = text; return nil },
	}
	d := start(t, env, 80, 30)
	d.keys("down", "down", "enter", "Office of tests", "enter", "enter", "tester", "enter")
	d.keys("weak", "enter")
	d.shows("easily guessed", "Strength of the passphrase: fair")
	d.keys(" but longer", "enter", "other", "enter")
	d.shows("not the same passphrase")
	d.keys("backspace", "backspace", "backspace", "backspace", "backspace", "weak but longer", "enter")
	d.shows("AAAA-BBBB-CCCC")
	want := tui.NewStore{
		Profile: "two", Office: "Office of tests", Nation: "england-and-wales", Operator: "tester",
		Passphrase: []byte("weak but longer"),
	}
	if fmt.Sprint(made) != fmt.Sprint(want) {
		t.Errorf("made %v, want %v", made, want)
	}
	d.keys("s", "key.txt", "enter")
	if !strings.Contains(saved, "AAAA-BBBB-CCCC") {
		t.Errorf("the saved file lacks the key: %q", saved)
	}
	d.keys("enter", "enter")
	d.shows("AAAA-BBBB-CCCC") // Enter took the default, No
	d.keys("enter", "right", "space")
	d.shows("Custos > Home")
	d.hides("AAAA-BBBB-CCCC")
}

func TestTrap10EveryFrameFitsEverySize(t *testing.T) {
	for name, d := range places(t) {
		t.Run(name, func(t *testing.T) {
			for w := 20; w <= 200; w += 12 {
				for h := 5; h <= 60; h += 5 {
					d.size(w, h)
					sound(t, d.m.View(), w, h)
				}
			}
		})
	}
}

// places are the screens in states worth looking at.
func places(t *testing.T) map[string]*drive {
	all := map[string]*drive{}
	go1 := func(name string, keys ...string) {
		d := start(t, tui.Env{Session: hostile(t), Theme: "mono"}, 80, 24)
		d.keys(keys...)
		all[name] = d
	}
	go1("home")
	go1("palette", ":")
	go1("help", "?")
	go1("undo", "u")
	return all
}

func hostile(t *testing.T) seat {
	s := sit(t, "traded-services-portal")
	addPerson(t, s, map[string]string{"name": "Ada \x1b]52;c;x\a \u202eExample", "email": "ada@example.org"})
	return s
}

func sound(t *testing.T, frame string, width, height int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		t.Errorf("%dx%d: %d lines:\n%s", width, height, len(lines), frame)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > width {
			t.Errorf("%dx%d: line %d has %d columns: %q", width, height, i+1, w, ansi.Strip(l))
		}
	}
}
