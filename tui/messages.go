package tui

import (
	"errors"
	"reflect"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// Messages to the model from any screen.
type (
	pushMsg struct{ screen Screen }
	swapMsg struct{ screen Screen } // in place of the screen that sends it
	popMsg  struct{}
	jumpMsg struct{ area widget.Action }
	openMsg struct { // the store is open
		session Session
		back    *wayBack // where its operator was when the console locked; nil: nowhere
	}
	sayMsg struct {
		tone theme.Tone
		text string
	}
	askMsg struct {
		question widget.Question
		yes      tea.Cmd
	}
	pickMsg struct {
		picker *widget.Picker
		chosen func(widget.Option) tea.Cmd
	}
	noteMsg   struct{ note register.Note }
	chosenMsg struct{ action widget.Action } // of the palette
	resumeMsg struct{}                       // more keys were typed ahead
)

// toModel marks the messages that the model takes itself.
type toModel interface{ toModel() }

func (pushMsg) toModel()   {}
func (swapMsg) toModel()   {}
func (popMsg) toModel()    {}
func (jumpMsg) toModel()   {}
func (openMsg) toModel()   {}
func (sayMsg) toModel()    {}
func (askMsg) toModel()    {}
func (pickMsg) toModel()   {}
func (noteMsg) toModel()   {}
func (chosenMsg) toModel() {}
func (resumeMsg) toModel() {}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// push opens a screen over the one that asks.
func push(s Screen) tea.Cmd { return send(pushMsg{s}) }

// swap puts a screen in the place of the one that asks.
func swap(s Screen) tea.Cmd { return send(swapMsg{s}) }

// pop goes back one level.
func pop() tea.Cmd { return send(popMsg{}) }

// say shows a message until the next key press.
func say(tone theme.Tone, text string) tea.Cmd { return send(sayMsg{tone, text}) }

// fail shows what went wrong, in the words of the desk.
func fail(err error) tea.Cmd { return say(theme.Bad, problem(err)) }

// ask opens a confirmation; yes runs, for the screen that asks, once it is agreed to.
func ask(q widget.Question, yes tea.Cmd) tea.Cmd { return send(askMsg{q, yes}) }

// choose opens a picker; chosen gives what then runs for the screen that asks.
func choose(p *widget.Picker, chosen func(widget.Option) tea.Cmd) tea.Cmd {
	return send(pickMsg{p, chosen})
}

// problem is an error as a sentence. The desk's own say nothing about a person.
func problem(err error) string {
	var e *register.Error
	if errors.As(err, &e) {
		return e.Error()
	}
	return err.Error()
}

// addressed is a message on its way back to the screen whose command made it.
type addressed struct {
	to  int
	msg tea.Msg
}

// address has the outcome of a command come back to a screen.
func address(to int, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case nil:
			return nil
		case addressed:
			return msg
		default:
			widget.Each(msg, func(c tea.Cmd) tea.Cmd { return address(to, c) })
			if ofBubbletea(msg) {
				return msg
			}
			return addressed{to, msg}
		}
	}
}

// ofBubbletea tells the messages that the program loop takes before any model sees them.
func ofBubbletea(msg tea.Msg) bool {
	return reflect.TypeOf(msg).PkgPath() == reflect.TypeFor[tea.QuitMsg]().PkgPath()
}
