package tui_test

import (
	"reflect"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui"
)

// behind is work that goes on behind the screen while keys are pressed.
type behind struct {
	d    *drive
	out  chan tea.Msg
	open int
}

// behind presses a key and leaves what it starts to go on by itself.
func (d *drive) behind(name string) *behind {
	b := &behind{d: d, out: make(chan tea.Msg)}
	k, _ := special(name)
	b.take(k)
	return b
}

func (b *behind) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	b.open++
	go func() { b.out <- cmd() }()
}

func (b *behind) take(msg tea.Msg) {
	if msg == nil {
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice {
		for i := range v.Len() {
			if c, ok := v.Index(i).Interface().(tea.Cmd); ok {
				b.run(c)
			}
		}
		return
	}
	next, cmd := b.d.m.Update(msg)
	b.d.m = next.(*tui.Model)
	b.run(cmd)
}

// until waits for the work to bring a text onto the screen.
func (b *behind) until(want string) {
	b.d.t.Helper()
	for !strings.Contains(b.d.text(), want) {
		if b.open == 0 {
			b.d.t.Fatalf("the work ended without %q:\n%s", want, b.d.text())
		}
		msg := <-b.out
		b.open--
		b.take(msg)
	}
}
