package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// aloud is the console in lines: it takes what is typed a line at a time, does it in the same model that is drawn
// elsewhere, and says what has changed. A line waits until everything the one before set off has come to its end.
type aloud struct {
	m     *Model
	says  sayer
	width int           // columns of a line
	send  func(tea.Msg) // delivers a message to the program; never from within Update

	lines  []string // typed and not taken yet
	ended  bool     // no more lines will come
	gone   bool     // the person did not leave: the input ended, or the line was dropped
	flying int      // commands under way
	slow   bool     // a timer is out that says that something takes long
	taught bool     // it was said how a form is answered
	told   bool     // it was said that something takes long: Enter stops it

	heard   heard
	spoke   bool     // something was said since then
	caused  bool     // a line was taken since something was last said
	rest    []string // of what is on the screen and was not said yet
	talk    *talk    // about the dialog over the screen; nil: there is none
	inquiry *inquiry // the form that is being answered; nil: none is
}

// sayer is where the words go.
type sayer interface {
	Say(lines []string)
	// Secret has what is typed from now on not be shown, until it is called again.
	Secret(on bool)
}

type (
	lineMsg    struct{ text string } // typed
	endMsg     struct{}              // nothing more will be typed
	droppedMsg struct{}              // the line is gone
	landedMsg  struct{}              // a command has ended, and what came of it has been delivered
	slowMsg    struct{}
)

// slowly is how long something may take before that is said, and how often it is said then.
const slowly = 3 * time.Second

func newAloud(m *Model, says sayer) *aloud {
	a := &aloud{m: m, says: says, width: spokenWidth, heard: heard{screens: map[int][]string{}}}
	m.aside = func(cmd tea.Cmd) {
		go func() {
			if msg := cmd(); msg != nil {
				a.send(msg)
			}
		}()
	}
	return a
}

// Init starts the first screen.
func (a *aloud) Init() tea.Cmd {
	begun := a.m.Init()
	return a.fly(func() tea.Msg { // also where nothing has to begin: the first screen is said once this is over
		if begun == nil {
			return nil
		}
		return begun()
	})
}

// View draws nothing.
func (a *aloud) View() string { return "" }

// Update takes a message, and says what there is to say once nothing is under way.
func (a *aloud) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := a.take(msg)
	for cmd == nil && a.flying == 0 {
		a.hear()
		if len(a.lines) == 0 {
			break
		}
		line := a.lines[0]
		a.lines = a.lines[1:]
		cmd = a.fly(a.line(line))
	}
	if a.flying == 0 && a.ended && len(a.lines) == 0 {
		a.gone = true
		return a, tea.Quit
	}
	return a, tea.Batch(cmd, a.watch())
}

func (a *aloud) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case landedMsg:
		if a.flying--; a.flying == 0 {
			a.told = false
		}
		return nil
	case lineMsg:
		if a.told && (msg.text == "" || msg.text == "stop") {
			return a.fly(a.interrupt())
		}
		a.lines = append(a.lines, msg.text)
		return nil
	case endMsg:
		a.ended = true
		return nil
	case droppedMsg:
		a.gone = true
		return tea.Quit
	case slowMsg:
		a.slow = false
		return a.fly(a.late())
	}
	_, cmd := a.m.Update(msg)
	return a.fly(cmd)
}

// fly runs a command as something that is waited for.
func (a *aloud) fly(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	a.flying++
	return func() tea.Msg {
		a.run(cmd)
		return landedMsg{}
	}
}

// run runs a command with all that it stands for, and delivers what comes of it. It returns once all is delivered.
func (a *aloud) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	var parts []tea.Cmd
	if !widget.Each(msg, func(c tea.Cmd) tea.Cmd { parts = append(parts, c); return c }) {
		a.send(msg)
		return
	}
	if _, together := msg.(tea.BatchMsg); !together {
		for _, c := range parts {
			a.run(c)
		}
		return
	}
	done := make(chan struct{}, len(parts))
	for _, c := range parts {
		go func() { a.run(c); done <- struct{}{} }()
	}
	for range parts {
		<-done
	}
}

// watch has it said when what is under way takes long.
func (a *aloud) watch() tea.Cmd {
	after := a.m.kit.env.After
	if a.flying == 0 || a.slow || after == nil {
		return nil
	}
	rung, closed := after(slowly), a.m.closed
	if rung == nil {
		return nil
	}
	a.slow = true
	go func() {
		select {
		case <-rung:
			a.send(slowMsg{})
		case <-closed:
		}
	}()
	return nil
}

// late says how far the work under way has come.
func (a *aloud) late() tea.Cmd {
	if a.flying == 0 {
		return nil
	}
	a.told = true
	for _, j := range a.m.kit.running.now() {
		if !j.started.IsZero() {
			p := j.progress()
			p.Kept = a.m.waits()
			a.sayLines(p.View(a.m.kit.theme, spokenWidth))
			return nil
		}
	}
	a.sayLines("Still at work.")
	return nil
}

// interrupt asks the work under way to stop, as Esc does.
func (a *aloud) interrupt() tea.Cmd {
	if a.m.waits() || len(a.m.kit.running.now()) == 0 {
		a.sayLines("This cannot be stopped; it ends by itself.")
		return nil
	}
	a.sayLines("Stopping.")
	return a.m.give(len(a.m.stack)-1, tea.KeyMsg{Type: tea.KeyEsc})
}
