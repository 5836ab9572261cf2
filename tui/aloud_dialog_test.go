package tui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

func TestUnlockingAndLockingByLines(t *testing.T) {
	s := sit(t, "teaching-school")
	env := tui.Env{
		Exists: true, Store: "/srv/custos", Operator: "tester",
		Unlock: func(_ context.Context, operator string, pass []byte, _ tui.Tell) (tui.Session, error) {
			if operator != "tester" || string(pass) != "correct" {
				return nil, register.Errorf(register.Refused, "", "wrong operator or passphrase")
			}
			return open{s}, nil
		},
	}
	k := talks(t, env)
	if !k.Hidden {
		t.Error("the passphrase is shown while it is typed")
	}
	k.types(one("wrong"), "PROBLEM: wrong operator or passphrase", "2 of 2. Passphrase")
	k.types(one("correct"), "Home, Custos.", "No case is open.")
	if k.Hidden {
		t.Error("what is typed is still hidden")
	}
	k.types([]string{"go del", "new", "1", "Ada Ex"}, "2 of 13.")
	k.types([]string{"leave", "lock now"}, "What you typed is kept", "Locked, Custos.", "tester goes on where they were", "2 of 2. Passphrase")
	k.types(one("correct"), "Delegates, Custos.")
	k.types([]string{"new", "1"}, "Taken up where it was left", "Now: Ada Ex")
}

func TestAStoreIsMadeByLines(t *testing.T) {
	s := sit(t, "traded-services-portal")
	var made tui.NewStore
	k := talks(t, tui.Env{
		Store:    "/srv/custos",
		Profiles: []tui.ProfileChoice{{Name: "one", Title: "One", Summary: "first"}, {Name: "two", Title: "Two", Summary: "second"}},
		Strength: func(p []byte, _ ...string) (int, string) { return len(p) % 5, "fair" },
		Create: func(_ context.Context, n tui.NewStore, _ tui.Tell) (tui.Session, string, error) {
			n.Passphrase = append([]byte(nil), n.Passphrase...)
			made = n
			return s, "AAAA-BBBB-CCCC", nil
		},
	})
	k.types(one("again"), "1 of 6. What the office does (required).", "2. Two: second")
	k.types([]string{"two", "Office of tests", "", "tester"}, "Passphrase (required).", "What you type is not shown.")
	k.types(one("long enough"), "Strength of the passphrase: fair", "6 of 6. Passphrase again")
	k.types(one("other"), "PROBLEM", "this is not the same passphrase")
	k.types(one("long enough"), "Your answers:", "2. Name of the office: Office of tests", "5. Passphrase: given")
	k.types(one("yes"), "Recovery key, Custos.", "It is shown now and never again", "AAAA-BBBB-CCCC")
	k.types([]string{"open", ""}, "Have you written it down", "No. Nothing has been done.")
	k.types([]string{"open", "yes"}, "Home, Custos.")
	if made.Profile != "two" || made.Nation != calendar.EnglandAndWales || string(made.Passphrase) != "long enough" {
		t.Errorf("made %+v", made)
	}
	for _, l := range k.Said() {
		if strings.Contains(l, "long enough") {
			t.Errorf("a passphrase was said: %q", l)
		}
	}
}

func TestAWordMustBeTypedBeforeAnErasureByLines(t *testing.T) {
	d, s, ref, _ := toErase(t)
	_ = d
	k := talks(t, tui.Env{Session: s, Now: ticking()})
	k.types([]string{"go requests", "/ " + ref, "1"}, "1 row", ref+", Requests, Custos.")
	decideErasure(t, s, ref, register.Fulfil, "not-needed")
	k.Commit(tui.Note(register.Note{}))
	k.types(one("erasure plan"), "Erasure plan")
	k.types(one("er"), "Nothing here is called that.") // a beginning is not enough
	k.types([]string{"erase", "-", "yes", "yes"}, "type "+ref, "No. Nothing has been done.")
	if page := must[register.RequestPage](t)(s.Request(ref)); page.State == register.ClosedCase {
		t.Error("erased without the number of the case")
	}
}

func TestWhatOthersChangeIsSaidInOneLine(t *testing.T) {
	s := sit(t, "teaching-school")
	k := talks(t, tui.Env{Session: s})
	k.Type("go del")
	addPerson(t, s, map[string]string{"name": "Ada Example"})
	said := k.Commit(tui.Note(register.Note{}))
	if len(said) != 1 || !strings.Contains(said[0], "Changed meanwhile: ") {
		t.Errorf("said %q", said)
	}
	if said := k.Commit(tui.Note(register.Note{})); len(said) > 0 {
		t.Errorf("nothing changed, and said was %q", said)
	}
	k.types(one("again"), "1. Name: Ada Example")
}

func TestAListIsSaidInPartsAndFilteredByLines(t *testing.T) {
	s := sit(t, "teaching-school")
	for i := range 25 {
		addPerson(t, s, map[string]string{"name": "Person " + string(rune('A'+i))})
	}
	k := talks(t, tui.Env{Session: s})
	k.types(one("go delegates"), "25 rows, row 1 is selected", "20. Name: Person T", "rows 1 to 20 of 25; more goes on")
	k.types(one("more"), "21. Name: Person U", "25. Name: Person Y")
	k.types(one("more"), "There is no more.")
	k.types(one("/ person b"), "Only what contains: person b", "1. Name: Person B")
	k.types(one("/"), "25 rows")
	k.types(one("s 26"), "Give a number from 1 to 25.")
	k.types(one("s 3"), "Row 3 of 25. Name: Person C")
	k.types(one(""), "Row 3 of 25.")
	k.types(one("e"), "Change", "1 of") // the key does it too
	k.types(one("leave"), "Row 3 of 25.")
	k.types(one("o"), "New case")
	k.types(one("leave"), "Row 3 of 25.")
	k.types(one("ma"), "Which one: mark, mark up, mark down, mark all?")
	k.types(one("?"), "What can be done here:", "/ and a word", "edit: Change what is held on this person.")
	k.types(one("nonsense"), "Nothing here is called that.")
	k.types(one("go zzz"), "The areas are home, delegates")
	k.types(one(": month"), "Find anything:", "by month", "A number chooses")
	k.types(one("back"), "Left. Delegates, Custos.")
	k.types([]string{"go home", "by month"}, "Due by month", "Monday, 2 March 2026")
	k.types(one("17"), "Tuesday, 17 March 2026: nothing is due")
	k.types(one("page down"), "April 2026")
}

func TestTheEndOfTheInputKeepsWhatIsTypedAndIsNoLeaving(t *testing.T) {
	s := sit(t, "teaching-school")
	k := talks(t, tui.Env{Session: s})
	k.Type("go del", "new", "1", "Ada Ex")
	k.End()
	if !k.Left || !k.Gone {
		t.Errorf("left %v, gone %v", k.Left, k.Gone)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	again := talks(t, tui.Env{Session: s})
	again.types([]string{"go del", "new", "1"}, "Taken up where it was left", "Now: Ada Ex")
}

func TestALetterTemplateIsChangedByLines(t *testing.T) {
	s := sit(t, "teaching-school")
	k := talks(t, tui.Env{Session: s})
	k.types([]string{"go settings", "14"}, "Letter templates", "1. ")
	k.types(one("1"), "Heading: ", "1. ")
	k.types(one("heading: A heading of ours"), "Heading: A heading of ours")
	k.types(one("add 0: A line on top."), "1. A line on top.")
	k.types(one("1: Another line."), "1. Another line.")
	k.types(one("drop 1"))
	k.types(one("drop 999"), "There is no such line.")
	k.types(one("preview"), "Sample", "A heading of ours")
	k.types([]string{"back", "save"}, "Letters of this kind have these words from now on.")
}

func TestLongWorkIsSaidNowAndThenAndStopsOnEnter(t *testing.T) {
	s := sit(t, "teaching-school")
	now := morning
	k := talks(t, tui.Env{
		Exists: true, Store: "/srv/custos", Operator: "tester", Now: func() time.Time { return now },
		Unlock: func(context.Context, string, []byte, tui.Tell) (tui.Session, error) { return s, nil },
	})
	k.Type("correct")
	said := k.During("Counting", 1200, 5000)
	if len(said) == 0 || !strings.Contains(said[0], "Counting: 1,200 of 5,000") || !strings.Contains(said[0], "Enter stops it") {
		t.Errorf("said %q", said)
	}
}

func TestAFilteredListIsSaidWhole(t *testing.T) {
	s := sit(t, "teaching-school")
	for _, name := range []string{"Ada Ample", "Bo Ample", "Cy Other", "Di Ample"} {
		addPerson(t, s, map[string]string{"name": name})
	}
	k := talks(t, tui.Env{Session: s})
	k.Type("go del")
	k.types(one("/ ample"), "3 rows", "1. Name: Ada Ample", "2. Name: Bo Ample", "3. Name: Di Ample")
}
