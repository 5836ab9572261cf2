package widget

import (
	"reflect"
	"runtime"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// still leaves the timers of blinking cursors out of a command, since an idle screen draws nothing. huh keeps its input
// lines to itself, so that their cursors cannot be told not to blink; the timer is known by the function it is made in.
func still(cmd tea.Cmd) tea.Cmd {
	if cmd == nil || blinks(cmd) {
		return nil
	}
	return func() tea.Msg {
		msg := cmd()
		Each(msg, still)
		return msg
	}
}

// Each replaces every command of a message that stands for several, together or one after the other; bubbletea keeps
// the type of the latter to itself. It reports whether the message is one of those.
func Each(msg tea.Msg, change func(tea.Cmd) tea.Cmd) bool {
	all := reflect.ValueOf(msg)
	if msg == nil || all.Kind() != reflect.Slice || all.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return false
	}
	for i := range all.Len() {
		cmd, _ := all.Index(i).Interface().(tea.Cmd)
		all.Index(i).Set(reflect.ValueOf(change(cmd)))
	}
	return true
}

func blinks(cmd tea.Cmd) bool {
	made := runtime.FuncForPC(reflect.ValueOf(cmd).Pointer())
	return made != nil && (strings.Contains(made.Name(), "BlinkCmd") || strings.Contains(made.Name(), "bubbles/cursor."))
}
