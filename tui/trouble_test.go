package tui_test

import (
	"context"
	"fmt"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

// troubled is a console in front of a store in trouble.
func troubled(t *testing.T, kind tui.TroubleKind, rescue tui.Rescue) *drive {
	t.Helper()
	what := &tui.Trouble{Kind: kind, Err: register.Errorf(register.Internal, "store", "the store does not verify")}
	if kind == tui.TroubleDamaged {
		for i := range 30 {
			what.Problems = append(what.Problems, register.StoreProblem{
				Where: "delegates", ID: fmt.Sprintf("D%04d", i), What: "the record does not open", Oddity: i%3 == 0,
			})
		}
	}
	d := start(t, tui.Env{
		Exists: true, Store: "/srv/custos", Operator: "tester", Theme: "mono", Rescue: rescue,
		Unlock: func(context.Context, string, []byte, tui.Tell) (tui.Session, error) { return nil, what },
	}, 80, 24)
	d.keys("words", "enter")
	d.shows("Custos > Trouble")
	return d
}

func TestADamagedStoreSaysWhatIsWrongAndWhatCanBeDone(t *testing.T) {
	var asked []tui.RescueInput
	var pass [][]byte
	note := func(line string) func(context.Context, tui.RescueInput, tui.Tell) ([]string, error) {
		return func(_ context.Context, in tui.RescueInput, tell tui.Tell) ([]string, error) {
			tell("reading", 1, 2)
			pass = append(pass, in.Passphrase)
			in.Passphrase = append([]byte(nil), in.Passphrase...)
			asked = append(asked, in)
			return []string{line}, nil
		}
	}
	s := sit(t, "teaching-school")
	d := troubled(t, tui.TroubleDamaged, tui.Rescue{
		Look: func(context.Context, string, []byte, tui.Tell) (tui.Session, error) {
			return looked{s}, nil
		},
		AcceptOlder: func(context.Context, string, []byte, tui.Tell) (tui.Session, error) { return s, nil },
		Restore:     note("Restored: 7 records."), Repair: note("LOST  delegates D0001: gone"),
	})
	d.shows("The store is DAMAGED", "30 findings", "DAMAGED  delegates D0001", "Look at it", "Restore a backup", "Repair")
	d.hides("Accept the older state")
	d.golden("trouble-damaged")
	d.sweep()
	d.size(80, 24)
	d.shows("lines 1 to 14 of 35")
	d.keys("end")
	d.shows("odd  delegates D0027")
	d.keys("down", "down", "enter", "/mnt/stick", "enter")
	d.golden("trouble-restore")
	d.size(80, 24)
	d.keys("enter", "enter", "enter", "secret words", "ctrl+s")
	d.shows("Restored: 7 records.", "custos --store /srv/custos-restored")
	d.keys("esc", "down", "enter", "enter", "enter", "enter", "secret words", "ctrl+s")
	d.shows("LOST  delegates D0001: gone", "custos --store /srv/custos-repaired")
	want := []tui.RescueInput{
		{Backup: "/mnt/stick", To: "/srv/custos-restored", Operator: "tester", Passphrase: []byte("secret words")},
		{To: "/srv/custos-repaired", Operator: "tester", Passphrase: []byte("secret words")},
	}
	if fmt.Sprint(asked) != fmt.Sprint(want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
	for _, p := range pass {
		for _, b := range p {
			if b != 0 {
				t.Fatal("a passphrase was not cleared")
			}
		}
	}
	d.keys("esc", "up", "up", "enter", "words", "enter")
	d.shows("Custos > Home", "READ ONLY")
}

// looked is a session of a store that is only looked at.
type looked struct{ seat }

func (looked) ReadOnly() bool { return true }
func (looked) Missing() []register.StoreProblem {
	return []register.StoreProblem{{Where: "delegates", ID: "D0001", What: "the record does not open"}}
}

func TestAStoreThatIsLookedAtOffersNothingThatWrites(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	d := start(t, tui.Env{Session: looked{s}, Theme: "mono"}, 80, 24)
	d.shows("READ ONLY  tester")
	d.keys("2", "n")
	d.shows("Custos > Delegates", "Ada Example")
	d.keys("enter", "e")
	d.hides("Custos > Delegates > Ada Example > Change")
	d.keys("8")
	d.hides("Back up now", "New keys")
	d.keys("end", "home", "c")
	d.shows("Everything is as it was written.")
	d.keys("esc")
	for range 60 {
		d.keys("down")
	}
	d.shows("MISSING")
}

func TestAnOlderStoreIsAcceptedByAWordOnly(t *testing.T) {
	s := sit(t, "teaching-school")
	opened := 0
	d := troubled(t, tui.TroubleOlder, tui.Rescue{
		AcceptOlder: func(context.Context, string, []byte, tui.Tell) (tui.Session, error) { opened++; return s, nil },
	})
	d.shows("OLDER than it should be")
	d.keys("down", "enter")
	d.shows("Accept the older state")
	d.keys("OLDER", "enter")
	d.shows("Custos > Trouble > Accept the older state", "Passphrase")
	if opened != 0 {
		t.Fatal("the store was opened before anybody signed in")
	}
	d.keys("words", "enter")
	d.shows("Custos > Home")
}

func TestAStoreInUseOrOfANewerProgramOffersNothingButAnotherTry(t *testing.T) {
	all := tui.Rescue{
		Look:    func(context.Context, string, []byte, tui.Tell) (tui.Session, error) { return nil, nil },
		Restore: func(context.Context, tui.RescueInput, tui.Tell) ([]string, error) { return nil, nil },
	}
	for kind, words := range map[tui.TroubleKind]string{
		tui.TroubleHeld: "The store is in use.", tui.TroubleNewer: "A newer version of this program",
	} {
		d := troubled(t, kind, all)
		d.shows(words, "Try again")
		d.hides("Restore a backup", "Look at it")
		d.keys("enter")
		d.shows("Custos > Unlock")
	}
}
