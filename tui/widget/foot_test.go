package widget

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"custos/tui/theme"
)

// Whatever the footer of a dialog names does what it says.
func TestTheFooterOfADialogSaysWhatItsKeysDo(t *testing.T) {
	th := named(theme.Dark)
	foot := func(k *Keys) string { return strings.TrimSpace(ansi.Strip(k.Footer(th, Where{}, 80))) }
	for _, tt := range []struct {
		ask  Question
		keys []string
		want string
	}{
		{Question{Yes: "Send"}, nil, "Enter take No  Tab choose Yes  Esc leave"},
		{Question{Yes: "Send"}, []string{"tab"}, "Enter agree  Tab choose No  Esc leave"},
		{Question{Yes: "Send", AskedBy: "enter"}, []string{"tab"}, "Space agree  Tab choose No  Esc leave"},
		{erase(), nil, "Enter answer  Esc leave"},
	} {
		c := NewConfirm(th, tt.ask, newClock().now)
		answer(c, tt.keys...)
		if got := foot(c.Foot()); got != tt.want {
			t.Errorf("%+v after %v: %q, want %q", tt.ask, tt.keys, got, tt.want)
		}
	}
	picker, palette := NewPicker(th, "School", options(3), ""), NewPalette(th, sampleKeys().All())
	help := NewHelp(th, nil)
	help.Tell("It lists cases.", "Answer a request")
	for got, want := range map[string]string{
		foot(picker.Foot()): "Enter choose  Esc back", foot(palette.Foot()): "Enter choose  Esc back",
		foot(help.Foot()): "Enter read on  Esc back", foot(NewHelp(th, nil).Foot()): "Esc back",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	picker.Update(press("zzzz"))
	palette.Update(press("zzzz"))
	for _, k := range []*Keys{picker.Foot(), palette.Foot()} {
		if got := foot(k); got != "Esc back" {
			t.Errorf("with nothing to choose: %q", got)
		}
	}
}

func TestTheHelpIsReadWholeHoweverNarrow(t *testing.T) {
	help := NewHelp(named(theme.Dark), []Section{{Title: "Here", Entries: []Entry{
		{Keys: "*", Help: "Pin the record, so that home and the palette show it first; or unpin it."},
	}}})
	help.SetSize(60, 20)
	view := ansi.Strip(help.View())
	for _, want := range []string{"  *                Pin the record, so that home", "                   palette show it first; or unpin it."} {
		if !strings.Contains(view, want) {
			t.Errorf("there is no %q:\n%s", want, view)
		}
	}
}

func TestNamesInThePaletteHaveTheRoomThatIsLeft(t *testing.T) {
	long := "Elm Grove Church of England Primary School and Nursery"
	p := NewPalette(named(theme.Dark), sampleKeys().All())
	p.Beside(func(string) []Hit {
		return []Hit{{Kind: "organisation", Label: long, Help: "CLOSED"}, {Kind: "organisation", Label: long + " again"}}
	})
	view := func(width int) string {
		p.SetSize(width, 40)
		return ansi.Strip(p.View())
	}
	for _, want := range []string{long + " CLOSED", long + " again", " Shift+Up   Extend", " PgUp       Move", " ?, F1      Show"} {
		if !strings.Contains(view(100), want) {
			t.Errorf("at 100 columns %q is cut:\n%s", want, view(100))
		}
	}
	for _, want := range []string{"Elm Grove Church of England Primary… CLOSED", "Elm Grove Church of England Primary School and Nursery again"} {
		if !strings.Contains(view(80), want) {
			t.Errorf("at 80 columns there is no %q:\n%s", want, view(80))
		}
	}
}
