package tui

import (
	"fmt"
	"runtime/debug"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// fault is a mistake in the program itself that would have ended it with the terminal left as it was. It is an error and
// a message.
type fault struct {
	what  any
	where string
}

// newFault takes what recover gave, on the stack it happened on.
func newFault(what any) *fault { return &fault{what, culprit(string(debug.Stack()))} }

func (f *fault) Error() string {
	return fmt.Sprintf("the console has failed at %s: %v. What was typed is kept", f.where, f.what)
}

// culprit is the first line of the program itself below the panic on a stack.
func culprit(stack string) string {
	_, below, _ := strings.Cut(stack, "\npanic(")
	for part := range strings.SplitSeq(below, "\n") {
		file, at, found := strings.Cut(strings.TrimSpace(part), ".go:")
		if i := strings.LastIndex(file, "/tui/"); found && i >= 0 {
			number, _, _ := strings.Cut(at, " ")
			return file[i+1:] + ".go:" + number
		}
	}
	return "a place unknown"
}

// guard keeps a command that fails from taking the program along: its fault comes back as a message.
func (s *stage) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = newFault(r)
			}
		}()
		msg = cmd()
		widget.Each(msg, s.guard)
		return msg
	}
}
