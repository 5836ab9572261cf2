package widget_test

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"custos/tui/widget"
)

func grounds() widget.Field {
	return widget.Field{
		ID: "ground", Label: "Grounds", Kind: widget.Several, Required: true, Options: []widget.Option{
			{Value: "a", Label: "the first"}, {Value: "b", Label: "the second \x1b[31m"},
			{Value: "c", Label: "the third, which is so long that no line of a form of sixty columns can hold it at all"},
		},
	}
}

func press(f *widget.Form, keys ...tea.KeyType) tea.Msg {
	var msg tea.Msg
	for _, k := range keys {
		key := tea.KeyMsg{Type: k}
		if k == tea.KeySpace {
			key.Runes = []rune{' '}
		}
		if cmd := f.Update(key); cmd != nil {
			msg = cmd()
		}
	}
	return msg
}

func TestSeveralOptionsAreTicked(t *testing.T) {
	f := widget.NewForm(mono(), "decide", []widget.Field{grounds()}, nil)
	f.SetSize(60, 20)
	press(f, tea.KeyCtrlS)
	if text := ansi.Strip(f.View()); !strings.Contains(text, "Grounds: an answer is needed") {
		t.Fatalf("none is enough:\n%s", text)
	}
	press(f, tea.KeyDown, tea.KeyDown, tea.KeySpace, tea.KeyUp, tea.KeyUp, tea.KeySpace)
	text := ansi.Strip(f.View())
	for _, want := range []string{"> [x] the first", "[ ] the second", "[x] the third"} {
		if !strings.Contains(text, want) {
			t.Errorf("the field does not show %q:\n%s", want, text)
		}
	}
	if got := f.Values()["ground"]; got != "a,c" {
		t.Errorf("the answer is %q, want them in the order of the options", got)
	}
	press(f, tea.KeyDown, tea.KeyDown)
	if text := ansi.Strip(f.View()); !strings.Contains(text, "can hold it at all") {
		t.Errorf("the whole of a cut option is not to be read:\n%s", text)
	}
	press(f, tea.KeySpace)
	done, ok := press(f, tea.KeyCtrlS).(widget.FormDoneMsg)
	if !ok || !slices.Equal(widget.Chosen(done.Values["ground"]), []string{"a"}) {
		t.Errorf("the form ended with %+v", done)
	}
}

func TestTickedOptionsAreTakenUpAgain(t *testing.T) {
	f := widget.NewForm(mono(), "decide", []widget.Field{{ID: "x", Label: "Before"}, grounds()}, widget.Values{"ground": "b"})
	f.SetSize(60, 20)
	if text := ansi.Strip(f.View()); !strings.Contains(text, ": b") {
		t.Errorf("what was ticked does not show:\n%s", text)
	}
	if got := widget.Chosen(""); len(got) != 0 {
		t.Errorf("nothing is %v", got)
	}
}
