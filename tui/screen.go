package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// Screen is one place in the console. Messages from commands a screen returned come back to that screen, wherever it
// then is in the stack; a key press goes to the screen on top.
type Screen interface {
	// Init starts what the screen needs before it can show everything.
	Init() tea.Cmd
	// Update takes an actMsg for a key of the table, a tea.KeyMsg while text is typed, or the outcome of a command.
	Update(msg tea.Msg) (Screen, tea.Cmd)
	// View is exactly height lines of at most width columns.
	View(width, height int) string
	// Title is the screen's part of the title line.
	Title() string
	// At says which keys work now.
	At() widget.Where
}

// refresher is a Screen that shows what a commit may have changed.
type refresher interface {
	Refresh(note register.Note) tea.Cmd
}

// keeper is a refresher that holds what somebody typed: it is told of every commit, seen or not, since it has to say whose
// it was and to forget what was typed about somebody erased.
type keeper interface {
	refresher
	holdsTyped()
}

// waiter is a Screen that cannot take keys until an outcome is back: they are kept for it, or for what comes after it.
type waiter interface {
	waits() bool
}

// numbered is a Screen on which digits are a number, not a way to another area: the keys that mean nothing else come
// to it as they are.
type numbered interface{ digit(int) }

// selector is a Screen on which something is selected: what "y" copies, with a word for it.
type selector interface {
	Selection() (word, text string)
}

// actMsg is a key press or a choice of the palette as the action it stands for.
type actMsg struct {
	action widget.Action
	key    string // as bubbletea names it; empty from the palette
}

// kit is what every screen is made with.
type kit struct {
	env    Env
	theme  *theme.Theme
	keys   *widget.Keys
	desk   Session // nil until a store is open
	drafts *drafts
	habits *habits
	prefs  register.Preferences // how the operator has the console; changed by setPrefs alone

	stead   *stead              // where the operator is, as the desk is told; nil until a store is open
	present []register.Presence // who is at work, as the desk last said

	running *running
	copied  bool // something was put on the clipboard
	looking bool // the store is open for reading only
}

func newKit(env Env) *kit {
	if env.Getenv == nil {
		env.Getenv = func(string) string { return "" }
	}
	if env.Now == nil {
		env.Now = func() time.Time { return time.Time{} }
	}
	return &kit{env: env, theme: look(env, env.Theme), keys: bindings(), running: &running{}}
}

// sit opens the desk to every screen.
func (k *kit) sit(s Session) {
	k.desk, k.stead = s, &stead{desk: s}
	k.look()
	k.drafts, k.habits = &drafts{desk: s}, &habits{desk: s}
	if l, ok := s.(looker); ok {
		k.looking = l.ReadOnly()
	}
}

func (k *kit) may(v register.Verb) bool {
	return k.desk != nil && k.desk.May(v) && (!k.looking || reads(v))
}

// action finds what a key means on a screen that takes keys itself.
func (k *kit) action(msg tea.KeyMsg, at widget.Where) widget.Action {
	a, _ := k.keys.Match(msg, at)
	return a
}
