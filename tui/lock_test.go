package tui_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
	"custos/tui"
)

// door is a store that is closed and opened again, as behind a lock, with the clock on the wall.
type door struct {
	t      *testing.T
	path   string
	now    time.Time
	asked  []time.Duration // what timers were sent out for
	copied []string
	opened int
	typed  []byte // the passphrase as it is after the store was opened
}

// office puts a console in front of an office that can be locked.
func lockable(t *testing.T, width, height int) (*drive, seat, *door) {
	t.Helper()
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": planted, "email": "ada@example.org", "job_title": "Bursar"})
	at := &door{t: t, path: s.db.Path(), now: morning}
	env := at.env()
	env.Session = s
	return start(t, env, width, height), s, at
}

const planted = "Plantagenet Example"

func (o *door) env() tui.Env {
	return tui.Env{
		Theme: "mono", Exports: o.t.TempDir(), Store: "/srv/custos", Unlock: o.unlock,
		Now:   func() time.Time { return o.now },
		After: func(d time.Duration) <-chan time.Time { o.asked = append(o.asked, d); return nil },
		Copy:  func(text string) error { o.copied = append(o.copied, text); return nil },
	}
}

func (o *door) unlock(ctx context.Context, operator string, pass []byte, _ tui.Tell) (tui.Session, error) {
	defer func() { o.typed = pass }()
	options := storetest.Options()
	options.Now, options.Rand = func() time.Time { return morning }, &counting{n: 7}
	db, err := store.Open(ctx, o.path, store.Credential{Operator: operator, Passphrase: pass}, options)
	if err != nil {
		return nil, err
	}
	o.t.Cleanup(func() { storetest.Close(o.t, db) })
	s, err := desk.Open(db, options.Now, desk.WithRandom(&counting{n: 7})).As(operator, desk.Console)
	if err != nil {
		return nil, err
	}
	o.opened++
	return seat{s, db}, nil
}

// reaches reports whether a text can be reached from a value, over every field, and over what slices hold beyond their
// length. An open store has everything: it is not looked into, and reaching one is reaching the text.
func reaches(v any, text string) bool {
	w := walk{text: text, seen: map[[2]any]bool{}}
	return w.at(reflect.ValueOf(v))
}

type walk struct {
	text string
	seen map[[2]any]bool
}

func (w *walk) at(v reflect.Value) bool {
	if v.IsValid() && strings.HasPrefix(v.Type().PkgPath(), "custos/internal/desk") {
		return true
	}
	switch v.Kind() {
	case reflect.String:
		return strings.Contains(v.String(), w.text)
	case reflect.Pointer:
		if v.IsNil() || w.passed(v) {
			return false
		}
		return w.at(v.Elem())
	case reflect.Interface:
		return !v.IsNil() && w.at(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if w.at(v.Field(i)) {
				return true
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return strings.Contains(string(v.Bytes()), w.text)
		}
		v = v.Slice(0, v.Cap())
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			if w.at(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		return !w.passed(v) && w.within(v)
	default:
	}
	return false
}

func (w *walk) passed(v reflect.Value) bool {
	key := [2]any{v.Pointer(), v.Type()}
	was := w.seen[key]
	w.seen[key] = true
	return was
}

func (w *walk) within(m reflect.Value) bool {
	for it := m.MapRange(); it.Next(); {
		if w.at(it.Key()) || w.at(it.Value()) {
			return true
		}
	}
	return false
}

func TestALockLeavesNothingBehind(t *testing.T) {
	for name, keys := range map[string][]string{
		"a list":         {"2"},
		"a filter":       {"2", "/", "Plantagenet"},
		"a person":       {"2", "enter"},
		"a form":         {"2", "enter", "e"},
		"a dialog":       {"2", "enter", "d", "No longer here", "ctrl+s"},
		"a question":     {"2", "enter", "u"},
		"the palette":    {"2", "enter", ":"},
		"a copied name":  {"2", "enter", "y"},
		"the trail":      {"2", "enter", "7"},
		"a consent form": {"2", "c"},
	} {
		t.Run(name, func(t *testing.T) {
			d, s, _ := lockable(t, 80, 24)
			d.keys("2", "enter", "esc", "1")
			d.keys(keys...)
			if !reaches(d.m, planted) {
				t.Fatal("the walk does not find what is shown")
			}
			d.keys("ctrl+l")
			d.shows("Custos > Locked", "Passphrase", "tester goes on where they were")
			if reaches(d.m, "Plantagenet") || reaches(d.m, "ada@example.org") {
				t.Error("something of the former screens is still held")
			}
			for w := 60; w <= 160; w += 20 {
				d.size(w, 40)
				d.hides("Plantagenet", "ada@")
			}
			if _, err := s.db.Check(t.Context()); register.KindOf(err) != register.Refused {
				t.Errorf("the session is still open: %v", err)
			}
		})
	}
}

func TestAnOperatorComesBackToWhereTheyWere(t *testing.T) {
	d, s, at := lockable(t, 80, 24)
	ref := received(t, s, calendar.Access, 3, nil)
	d.committed()
	d.keys("4", "enter", "tab", "tab", "tab")
	d.shows(ref, "received")
	tab := d.text()
	d.keys("ctrl+l", "not the one", "enter")
	d.shows("Custos > Locked", "Passphrase", "wrong passphrase")
	d.hides("not the one", ref)
	if reaches(d.m, "not the one") {
		t.Error("a passphrase that was typed is still held")
	}
	d.keys(storetest.Passphrase, "enter")
	if at.opened != 1 {
		t.Fatalf("the store was opened %d times:\n%s", at.opened, d.text())
	}
	if got := d.text(); got != tab {
		t.Errorf("after unlocking the screen is\n%s\nwant\n%s", got, tab)
	}
	if strings.Trim(string(at.typed), "\x00") != "" {
		t.Error("the passphrase was not cleared")
	}
	d.keys("esc")
	d.shows("Custos > Requests", ref)
}

func TestAListComesBackAsItStood(t *testing.T) {
	d, s, _ := lockable(t, 80, 24)
	addPerson(t, s, map[string]string{"name": "Zo Sample", "email": "zo@example.org"})
	addPerson(t, s, map[string]string{"name": "Yi Sample", "email": "yi@example.org"})
	d.committed()
	d.keys("2", "v", "S", "down")
	before := d.text()
	d.keys("ctrl+l", storetest.Passphrase, "enter")
	if got := d.text(); got != before {
		t.Errorf("after unlocking the screen is\n%s\nwant\n%s", got, before)
	}
}

func TestAFormIsTakenUpAfterALock(t *testing.T) {
	for name, keys := range map[string][]string{
		"by its key":       {"4", "enter", "n", "tab"},
		"from the palette": {"4", "enter", ":", "note", "enter", "tab"},
	} {
		t.Run(name, func(t *testing.T) {
			d, s, _ := lockable(t, 80, 24)
			ref := received(t, s, calendar.Access, 3, nil)
			d.committed()
			d.keys(keys...)
			d.keys("Rang them at noon")
			d.shows(ref+" > Note", "Rang them at noon")
			d.keys("ctrl+l")
			d.hides("Rang", ref)
			d.keys(storetest.Passphrase, "enter")
			d.shows("Custos > Requests > "+ref+" > Note", "Rang them at noon", "Taken up where it was left")
			d.keys("esc", "esc")
			d.shows("Custos > Requests")
		})
	}
}

// A letter typed in the moment of the lock is kept: the form is asked, not the message that is on its way.
func TestTheLastLetterTypedBeforeALockIsKept(t *testing.T) {
	d, _, _ := lockable(t, 80, 24)
	d.keys("2", "enter", "e")
	next, late := d.m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Q")})
	d.m = next.(*tui.Model)
	d.keys("ctrl+l")
	d.run(late)
	d.shows("Custos > Locked")
	d.keys(storetest.Passphrase, "enter")
	d.shows(planted+"Q", "Taken up where it was left")
}

func TestSomebodyElseBeginsAtHome(t *testing.T) {
	d, s, _ := lockable(t, 80, 24)
	takeOn(t, s, "alex", "another long passphrase of words", register.DPO)
	d.keys("2", "enter", "ctrl+l", "shift+tab")
	for range len("tester") {
		d.keys("backspace")
	}
	d.keys("alex", "enter", "another long passphrase of words", "enter")
	d.shows("Custos > Home", "alex")
	d.hides("Plantagenet")
}

// Over a line the passphrase of whose key it is counts, and no other.
func TestALockedLineSaysWhoseItIs(t *testing.T) {
	s := sit(t, "teaching-school")
	at := &door{t: t, path: s.db.Path(), now: morning}
	env := at.env()
	env.Session, env.Folder = s, "your drop folder"
	d := start(t, env, 80, 24)
	d.keys("ctrl+l")
	d.shows("tester goes on where they were", "only their own passphrase opens it")
	d.hides("anybody else")
}

func TestWhileLockedOnlyUnlockingAndLeavingWork(t *testing.T) {
	d, _, _ := lockable(t, 80, 24)
	d.keys("2", "enter", "e", "ctrl+l")
	for _, key := range []string{"esc", "ctrl+s", "ctrl+r", "tab", "down", "pgdown", "ctrl+l"} {
		d.keys(key)
		d.shows("Custos > Locked")
	}
	d.keys("ctrl+p", "Go to the people", "enter")
	d.shows("Custos > Locked")
	d.keys("esc")
	d.shows("Custos > Locked")
	d.hides("Plantagenet")
	d.send(tui.Note(register.Note{}))
	d.shows("Custos > Locked")
	if d.quit {
		t.Fatal("a key has left the program")
	}
	d.keys("ctrl+c")
	if !d.quit {
		t.Error("Ctrl+C does not leave")
	}
	if err := d.m.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheConsoleLocksByItselfOnce(t *testing.T) {
	d, _, at := lockable(t, 80, 24)
	const after = register.DefaultLockMinutes * time.Minute
	if len(at.asked) != 1 || at.asked[0] != after {
		t.Fatalf("timers for %v, want one for %v", at.asked, after)
	}
	at.now = at.now.Add(10 * time.Minute)
	d.keys("2") // a key sends no timer out
	at.now = at.now.Add(5 * time.Minute)
	d.send(tui.Idle(d.m))
	if len(at.asked) != 2 || at.asked[1] != 10*time.Minute {
		t.Fatalf("timers for %v: the second has to be for what is left", at.asked)
	}
	d.shows("Custos > Delegates")
	at.now = at.now.Add(10 * time.Minute)
	d.send(tui.Idle(d.m))
	d.shows("Custos > Locked")
	if n := len(at.asked); n != 2 {
		t.Errorf("%d timers are out while it is locked", n-2)
	}
	d.send(tui.Idle(d.m))
	d.keys(storetest.Passphrase, "enter")
	d.shows("Custos > Delegates")
	if n := len(at.asked); n != 3 || at.asked[2] != after {
		t.Errorf("timers for %v: unlocking has to begin anew", at.asked)
	}
}

// A timer stands still in a machine that sleeps: the first key after it must not be taken for the person.
func TestAKeyAfterTheTimeIsOverLocks(t *testing.T) {
	d, _, at := lockable(t, 80, 24)
	d.keys("2")
	at.now = at.now.Add(time.Hour)
	d.keys("enter")
	d.shows("Custos > Locked")
}

func TestWhatWasCopiedIsTakenOffTheClipboard(t *testing.T) {
	d, _, at := lockable(t, 80, 24)
	d.keys("2", "ctrl+l", storetest.Passphrase, "enter")
	if len(at.copied) != 0 {
		t.Fatalf("a clipboard the console never filled was cleared: %q", at.copied)
	}
	d.keys("y", "ctrl+l")
	if len(at.copied) != 2 || at.copied[0] == "" || at.copied[1] != "" {
		t.Errorf("the clipboard took %q, want an id and then nothing", at.copied)
	}
}

func TestAConsoleNobodyCanUnlockEndsInstead(t *testing.T) {
	s := sit(t, "teaching-school")
	d := start(t, tui.Env{Session: s, Theme: "mono"}, 80, 24)
	d.keys("ctrl+l")
	d.shows("Custos > Home")
	if d.quit {
		t.Error("a key that is off has left the program")
	}
}
