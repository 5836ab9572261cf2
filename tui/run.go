package tui

import (
	"errors"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Terminal is what the console is shown on and typed at: this machine's own, or one at the far end of a line.
type Terminal struct {
	In            io.Reader // what is typed, as the terminal sends it; its end is the end of the line
	Out           io.Writer // written to by one goroutine, a frame at a time
	Width, Height int       // in columns and lines; 0: not known, and taken for 80 by 24
	Resized       <-chan Size
	Gone          <-chan struct{} // closed when the line is dropped or the program is to end; nil where neither happens
	Delay         time.Duration   // the measured round trip; 0: unknown
	// Raw hands over every key as it is typed, until restore is called. Nil where the other side sees to it.
	Raw func() (restore func() error, err error)
}

// Size is how large a terminal is, in columns and lines.
type Size struct{ Width, Height int }

// Place is where an operator was: names, numbers and keys, never what was shown. It is kept in memory alone.
type Place struct{ way *wayBack }

// Run shows the console on a terminal until the person leaves or the line is dropped, then closes the store. What was
// typed in forms is kept either way.
func Run(env Env, t Terminal) error {
	if env.Accessible {
		return speak(env, t)
	}
	m := New(env)
	_, err := tea.NewProgram(m, tea.WithInput(t.In), tea.WithOutput(t.Out), tea.WithAltScreen()).Run()
	return errors.Join(err, m.Close())
}
