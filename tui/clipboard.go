package tui

import (
	"strings"

	osc52 "github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// copy puts what is selected on the clipboard and shows it too, since no terminal says whether it took it.
func (m *Model) copy() tea.Cmd {
	s, ok := m.top().screen.(selector)
	if !ok {
		return nil
	}
	word, text := s.Selection()
	if text == "" {
		return say(theme.Muted, "Nothing is selected.")
	}
	env := m.kit.env
	m.kit.copied = true
	return func() tea.Msg {
		if err := clip(env, text); err != nil {
			return sayMsg{theme.Bad, word + " " + text + " could not be copied"}
		}
		return sayMsg{theme.Good, "Copied: " + word + " " + text}
	}
}

func clip(env Env, text string) error {
	var err error
	if env.Copy != nil {
		err = env.Copy(text)
	}
	if env.Terminal == nil {
		return err
	}
	return env.Terminal(tunnelled(env, osc52.New(text)))
}

// unclip empties the clipboard.
func unclip(env Env) error {
	var err error
	if env.Copy != nil {
		err = env.Copy("")
	}
	if env.Terminal == nil {
		return err
	}
	return env.Terminal(tunnelled(env, osc52.Clear()))
}

// tunnelled is a sequence as it passes through what stands between here and the terminal. Variables that say what that
// is do not come over SSH: there the terminal's name has to do. A multiplexer that is not the one meant ignores what is
// wrapped for the other, and takes or ignores what is not wrapped.
func tunnelled(env Env, seq osc52.Sequence) string {
	if env.Getenv == nil {
		return seq.String()
	}
	name := env.Getenv("TERM")
	switch {
	case env.Getenv("TMUX") != "":
		return seq.Tmux().String()
	case env.Getenv("STY") != "":
		return seq.Screen().String()
	case strings.HasPrefix(name, "tmux"):
		return seq.String() + seq.Tmux().String()
	case strings.HasPrefix(name, "screen"):
		return seq.String() + seq.Screen().String()
	}
	return seq.String()
}
