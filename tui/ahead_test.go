package tui_test

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// ahead presses keys faster than anything they set off can happen; then it happens.
func (d *drive) ahead(names ...string) {
	d.t.Helper()
	var cmds []tea.Cmd
	press := func(k tea.KeyMsg) {
		next, cmd := d.m.Update(k)
		d.m = next.(*tui.Model)
		cmds = append(cmds, cmd)
	}
	for _, name := range names {
		if k, ok := special(name); ok {
			press(k)
			continue
		}
		for _, r := range name {
			press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
	for _, cmd := range cmds {
		d.run(cmd)
	}
}

func TestKeysTypedAheadOfARefusedFormReachTheFieldItGoesBackTo(t *testing.T) {
	d, _ := office(t, tui.Env{})
	d.keys("4", "o")
	d.ahead("ctrl+s", "down", "enter", "down", "enter", "tab", "tab", "down", "ctrl+s")
	d.shows("AR-2026-0001", "Ada Example")
}

func TestKeysTypedAheadOfTheDesksAnswerAreNotLost(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "e")
	d.ahead("ctrl+s", " II", "ctrl+s")
	d.shows("Changed D", "Ada Example II")
	d.keys("e")
	d.ahead("ctrl+s", "backspace", "esc", "esc", "1")
	d.shows("Custos > Home")
	d.keys("2", "e")
	d.shows("Ada Example I")
	d.hides("Ada Example II")
}

func TestKeysTypedAheadOfAQuestionAnswerIt(t *testing.T) {
	d, s := office(t, tui.Env{})
	ref := received(t, s, calendar.Erasure, 3, nil)
	d.keys("4", "enter", "d")
	d.ahead("down", "enter", "It is gone.", "ctrl+s", "right", "space")
	d.shows(ref, "Decided; nobody second-checked it")
	if all := kinds(t, s, ref); all[len(all)-1] != register.Approved {
		t.Errorf("the case went through %v", all)
	}
}

func TestAProblemIsSaidOnce(t *testing.T) {
	d, _ := roster(t)
	d.keys("2", "e", "ctrl+s")
	d.once("PROBLEM: ")
	d.keys("esc", "n", "enter", "ctrl+s")
	d.once("PROBLEM: ")
}
