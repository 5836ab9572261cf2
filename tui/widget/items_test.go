package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"custos/tui/theme"
	"custos/tui/widget"
)

func mono() *theme.Theme {
	return theme.Choose(theme.Mono, func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8"}[name] })
}

// things are n items, each one line longer than the one before, up to four.
func things(n int) []widget.Item {
	items := make([]widget.Item, n)
	for i := range items {
		for line := range i%4 + 1 {
			items[i].Lines = append(items[i].Lines, fmt.Sprintf("thing %d line %d", i, line))
		}
	}
	return items
}

func TestTheSelectedItemIsInSightAsAWhole(t *testing.T) {
	l := widget.NewItems(mono())
	l.SetItems(things(30))
	l.SetSize(30, 7)
	for _, a := range []widget.Action{widget.Down, widget.Up} {
		for range 30 {
			text := ansi.Strip(l.View())
			if got := strings.Count(text, "\n") + 1; got != 7 {
				t.Fatalf("%d lines, want 7", got)
			}
			for line := range l.Cursor()%4 + 1 {
				if want := fmt.Sprintf("thing %d line %d", l.Cursor(), line); !strings.Contains(text, want) {
					t.Fatalf("%q is out of sight:\n%s", want, text)
				}
			}
			if want := fmt.Sprintf("> thing %d line 0", l.Cursor()); !strings.Contains(text, want) {
				t.Fatalf("the cursor is not on %d:\n%s", l.Cursor(), text)
			}
			l.Act(a)
		}
	}
	l.Act(widget.Last)
	if l.Position() != "30 of 30" {
		t.Errorf("the last is %s", l.Position())
	}
	l.SetItems(things(3))
	if l.Position() != "3 of 3" {
		t.Errorf("of fewer, the last is %s", l.Position())
	}
}

func TestAnItemTallerThanTheListShowsItsFirstLines(t *testing.T) {
	l := widget.NewItems(mono())
	l.SetItems(things(4))
	l.SetSize(30, 2)
	l.Act(widget.Last)
	if text := ansi.Strip(l.View()); !strings.HasPrefix(text, "> thing 3 line 0") {
		t.Errorf("the list shows %q", text)
	}
}

func TestAnEmptyListSaysSo(t *testing.T) {
	l := widget.NewItems(mono())
	l.Empty = "No task."
	l.SetSize(30, 3)
	if l.Act(widget.Down); !strings.Contains(ansi.Strip(l.View()), "No task.") || l.Position() != "0 of 0" {
		t.Errorf("the list shows %q at %s", l.View(), l.Position())
	}
}
