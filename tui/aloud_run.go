package tui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "github.com/charmbracelet/bubbletea"
)

// narrowest is the width from which a terminal is taken at its word.
const narrowest = 20

// speak runs the console in lines until the person leaves, the input ends or the line is dropped. Either of the latter
// is an interruption: what was typed in forms is kept.
func speak(env Env, t Terminal) error {
	env.Terminal = nil // no control sequence goes among the words
	m, v := New(env), newVoice(t)
	a := newAloud(m, v)
	if t.Width >= narrowest {
		a.width = min(a.width, t.Width)
	}
	p := tea.NewProgram(a, tea.WithoutRenderer(), tea.WithInput(nil), tea.WithOutput(io.Discard),
		tea.WithoutSignalHandler())
	a.send = p.Send
	go v.listen(t.In, p.Send)
	if t.Gone != nil {
		go func() {
			select {
			case <-t.Gone:
				p.Send(droppedMsg{})
			case <-m.closed:
			}
		}()
	}
	_, err := p.Run()
	if a.gone && err == nil {
		err = fmt.Errorf("the input ended before the console was left: %w", context.Canceled)
	}
	m.depart(a.gone)
	return errors.Join(err, m.Close(), v.close(t.Gone))
}
