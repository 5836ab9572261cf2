package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// themeOffers are the colours with a word for whom they are.
func themeOffers() []widget.Option {
	words := map[string]string{
		theme.Auto: "as the terminal suggests", theme.Light: "for dark letters on a pale ground",
		theme.Dark: "for pale letters on a dark ground", theme.Mono: "no colours; bold and reversed only",
		theme.HighContrast: "the brightest colours, for eyes that need them",
	}
	var all []widget.Option
	for _, name := range theme.Names() {
		all = append(all, widget.Option{Value: name, Label: name + ": " + words[name]})
	}
	return all
}

func (s *settings) chooseTheme() tea.Cmd {
	return choose(widget.NewPicker(s.kit.theme, "Colours, for you, here and the next time", themeOffers(), s.kit.theme.Name),
		func(o widget.Option) tea.Cmd {
			kept := send(prefsChangeMsg{func(p *register.Preferences) { p.Theme = o.Value }})
			return tea.Sequence(kept, send(themeMsg{o.Value}))
		})
}
