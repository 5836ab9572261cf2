package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// A passphrase typed by a machine arrives word by word; a word may be the name of a key.
func TestABurstOfLettersIsTextThoughItSpellsAKey(t *testing.T) {
	m := New(Env{Exists: true, Operator: "office"})
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for _, word := range []string{"made", "up", "end", "tab", "enter"} {
		m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(word)})
	}
	u, ok := m.top().screen.(*unlock)
	if !ok {
		t.Fatalf("the screen is %T", m.top().screen)
	}
	if got := u.form.Values()["passphrase"]; got != "madeupendtabenter" {
		t.Errorf("the passphrase is %q", got)
	}
}
