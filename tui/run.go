package tui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/line"
)

// Terminal is what the console is shown on and typed at: this machine's own, or one at the far end of a line.
type Terminal struct {
	In            io.Reader // what is typed, as the terminal sends it; its end is the end of the line
	Out           io.Writer // written to by one goroutine, a frame at a time
	Width, Height int       // in columns and lines; 0: not known, and taken for 80 by 24
	// Resized tells of a new size, or the old one where something else has written over the screen: all of it is painted
	// again. Nil: the size stays.
	Resized <-chan Size
	Gone    <-chan struct{} // closed when the line is dropped or the program is to end; nil where neither happens
	Delay   time.Duration   // the measured round trip; 0: unknown
	// Raw hands over every key as it is typed, until restore is called. Nil where the other side sees to it.
	Raw func() (restore func() error, err error)
}

// Size is how large a terminal is, in columns and lines.
type Size struct{ Width, Height int }

func (s Size) msg() tea.WindowSizeMsg {
	if s.Width <= 0 || s.Height <= 0 {
		return tea.WindowSizeMsg{Width: 80, Height: 24}
	}
	return tea.WindowSizeMsg(s)
}

// Run shows the console on a terminal until the person leaves or the line is dropped, then closes the store. What was
// typed in forms is kept either way. A dropped line is a context.Canceled; a terminal that cannot place text on its
// screen is a register.Invalid, before anything is shown.
func Run(env Env, t Terminal) (err error) {
	if env.Accessible {
		return speak(env, t)
	}
	name := terminalName(env)
	able := line.Knows(name)
	if !able.Place {
		return &register.Error{Kind: register.Invalid, Msg: fmt.Sprintf(
			"this terminal (TERM is %q) cannot show the console: start it with --accessible to work in lines", name)}
	}
	if t.Raw != nil {
		restore, err := t.Raw()
		if err != nil {
			return fmt.Errorf("the terminal does not hand over single keys: %w", err)
		}
		defer func() { err = errors.Join(err, restore()) }()
	}
	return newStage(env, t, able).run(t)
}

// terminalName is TERM; the terminals of Windows have no name and can do all there is.
func terminalName(env Env) string {
	if env.Getenv == nil {
		return "xterm"
	}
	name := env.Getenv("TERM")
	if runtime.GOOS == "windows" {
		name = cmp.Or(name, "xterm")
	}
	return name
}

// stage stands between the console and its terminal: it has the painter show what the console draws, and hands on what
// is typed.
type stage struct {
	m       *Model
	painter *line.Painter
	keys    *line.Keys
	size    tea.WindowSizeMsg
	gone    bool  // the line was dropped
	fault   error // the console itself has failed
}

func newStage(env Env, t Terminal, able line.Abilities) *stage {
	s := &stage{painter: line.NewPainter(t.Out, able), keys: line.NewKeys(t.In, t.Delay)}
	env.Terminal = nil
	if able.Clipboard {
		env.Terminal = s.painter.Tell
	}
	s.m = New(env)
	s.size = Size{t.Width, t.Height}.msg()
	s.m.width, s.m.height = s.size.Width, s.size.Height
	return s
}

func (s *stage) run(t Terminal) error {
	p := tea.NewProgram(s, tea.WithInput(s.keys), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithoutSignalHandler())
	over := make(chan struct{})
	go s.attend(p, t, over)
	_, err := p.Run()
	close(over)
	if s.gone {
		err = errors.Join(err, fmt.Errorf("the line was dropped: %w", context.Canceled))
	}
	s.m.depart(s.gone)
	err = errors.Join(err, s.fault, s.m.Close())
	s.keys.Close()
	s.painter.Close(t.Gone)
	return err
}

type goneMsg struct{}

// attend tells the console what happens to its terminal.
func (s *stage) attend(p *tea.Program, t Terminal, over <-chan struct{}) {
	for {
		select {
		case size, ok := <-t.Resized:
			if !ok {
				t.Resized = nil
				continue
			}
			p.Send(size.msg())
			continue
		case <-t.Gone:
		case <-s.keys.Ended():
		case <-s.painter.Lost():
		case <-over:
			return
		}
		p.Send(goneMsg{})
		return
	}
}

// Init starts the console.
func (s *stage) Init() tea.Cmd { return s.guard(s.m.Init()) }

// Update hands a message on.
func (s *stage) Update(msg tea.Msg) (self tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			self, cmd = s, s.failed(newFault(r))
		}
	}()
	switch msg := msg.(type) {
	case goneMsg:
		s.gone = true
		return s, tea.Quit
	case *fault:
		return s, s.failed(msg)
	case tea.WindowSizeMsg:
		s.size = msg
		s.painter.Repaint()
	}
	if msg == tea.ClearScreen() {
		s.painter.Repaint()
	}
	_, cmd = s.m.Update(msg)
	return s, s.guard(cmd)
}

// View has the painter show what the console draws now.
func (s *stage) View() string {
	defer func() {
		if r := recover(); r != nil {
			s.fault = newFault(r) // the next message ends it
		}
	}()
	if s.fault == nil {
		s.painter.Show(s.m.View(), s.size.Width, s.size.Height)
	}
	return ""
}

func (s *stage) failed(f *fault) tea.Cmd {
	s.fault = f
	return tea.Quit
}
