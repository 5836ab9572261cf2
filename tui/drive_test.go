package tui_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
	"custos/tui"
)

// drive works a console by keys. Commands run at once, one after the other, so that nothing depends on timing.
type drive struct {
	t    *testing.T
	m    *tui.Model
	quit bool
}

func start(t *testing.T, env tui.Env, width, height int) *drive {
	t.Helper()
	if env.Now == nil {
		env.Now = func() time.Time { return morning }
	}
	if env.Getenv == nil {
		env.Getenv = func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8"}[name] }
	}
	d := &drive{t: t, m: tui.New(env)}
	d.run(d.m.Init())
	d.size(width, height)
	return d
}

func (d *drive) size(width, height int) { d.send(tea.WindowSizeMsg{Width: width, Height: height}) }

func (d *drive) send(msg tea.Msg) {
	next, cmd := d.m.Update(msg)
	d.m = next.(*tui.Model)
	d.run(cmd)
}

func (d *drive) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	switch msg.(type) {
	case nil:
		return
	case tea.QuitMsg:
		d.quit = true
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice {
		for i := range v.Len() {
			if c, ok := v.Index(i).Interface().(tea.Cmd); ok {
				d.run(c)
			}
		}
		return
	}
	d.send(msg)
}

// keys presses keys by the names bubbletea gives them; anything else is typed letter by letter.
func (d *drive) keys(names ...string) {
	d.t.Helper()
	for _, name := range names {
		if k, ok := special(name); ok {
			d.send(k)
			continue
		}
		for _, r := range name {
			d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
}

func special(name string) (tea.KeyMsg, bool) {
	types := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "up": tea.KeyUp,
		"down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "space": tea.KeySpace, "ctrl+s": tea.KeyCtrlS, "ctrl+p": tea.KeyCtrlP,
		"ctrl+r": tea.KeyCtrlR, "ctrl+c": tea.KeyCtrlC, "ctrl+l": tea.KeyCtrlL, "ctrl+n": tea.KeyCtrlN, "ctrl+e": tea.KeyCtrlE,
		"ctrl+k": tea.KeyCtrlK, "f1": tea.KeyF1, "shift+down": tea.KeyShiftDown, "backspace": tea.KeyBackspace,
		"delete": tea.KeyDelete,
	}
	k, ok := types[name]
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, true
	}
	return tea.KeyMsg{Type: k}, ok
}

func (d *drive) text() string { return ansi.Strip(d.m.View()) }

func (d *drive) shows(wants ...string) {
	d.t.Helper()
	text := d.text()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			d.t.Errorf("the screen does not show %q:\n%s", want, text)
		}
	}
}

func (d *drive) once(want string) {
	d.t.Helper()
	if n := strings.Count(d.text(), want); n != 1 {
		d.t.Errorf("the screen shows %q %d times:\n%s", want, n, d.text())
	}
}

func (d *drive) hides(unwanted ...string) {
	d.t.Helper()
	text := d.text()
	for _, not := range unwanted {
		if strings.Contains(text, not) {
			d.t.Errorf("the screen shows %q:\n%s", not, text)
		}
	}
}

// morning is when every test happens: Monday 2 March 2026.
var morning = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// seat is an operator at a real desk without notes, so that nothing waits for a commit.
type seat struct {
	*desk.Seat
	db *store.DB
}

func (s seat) Notes() (<-chan register.Note, func()) { return nil, func() {} }
func (s seat) Close() error                          { return s.db.Close() }

// sit opens an office by a built-in profile and seats its only operator.
func sit(t testing.TB, name string) seat {
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
	s, err := desk.Open(db, o.Now, desk.WithRandom(&counting{})).As(storetest.Operator, desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	return seat{s, db}
}

// counting gives bytes that never repeat an id, the same in every run.
type counting struct{ n uint64 }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*6364136223846793005 + 1442695040888963407
		p[i] = byte(c.n >> 33)
	}
	return len(p), nil
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func addPerson(t *testing.T, s seat, values map[string]string) register.ID {
	t.Helper()
	return must[register.ID](t)(s.AddDelegate(context.Background(), register.DelegateInput{Values: values}))
}
