package widget

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/theme"
)

// Editor is a text of many lines with their numbers, to be written in. Like every line of text here its cursor does
// not blink, and it never reads a clipboard.
type Editor struct {
	theme  *theme.Theme
	area   textarea.Model
	width  int
	height int
	paged  int // lines a page moves
}

// mostLines are as many as three digits number.
const mostLines = 999

// NewEditor opens an editor at the first line of a text.
func NewEditor(th *theme.Theme, text string) *Editor {
	area := textarea.New()
	area.Prompt, area.CharLimit, area.MaxHeight, area.MaxWidth = "", 0, mostLines, 0
	area.KeyMap.Paste.SetEnabled(false)
	area.Cursor.SetMode(cursor.CursorStatic)
	style := textarea.Style{
		Base: th.Plain, CursorLine: th.Plain, CursorLineNumber: th.Key, EndOfBuffer: th.Plain, LineNumber: th.Muted,
		Placeholder: th.Muted, Prompt: th.Plain, Text: th.Plain,
	}
	area.FocusedStyle, area.BlurredStyle = style, style
	e := &Editor{theme: th, area: area}
	e.Set(text)
	e.Focus(true)
	return e
}

// Set replaces the text; the cursor goes to its beginning.
func (e *Editor) Set(text string) {
	e.area.SetValue(text)
	for range e.area.LineCount() + 1 {
		e.area.CursorUp()
	}
	for e.area.Line() > 0 {
		e.area.CursorUp()
	}
	e.area.CursorStart()
}

// Focus gives the editor the keyboard, or takes it away.
func (e *Editor) Focus(on bool) {
	if on {
		e.area.Focus()
		return
	}
	e.area.Blur()
}

// Value is the text as it stands.
func (e *Editor) Value() string { return e.area.Value() }

// Line is the line of the cursor, from 1.
func (e *Editor) Line() int { return e.area.Line() + 1 }

// Insert puts words in at the cursor.
func (e *Editor) Insert(words string) {
	e.area.InsertString(words)
	e.area, _ = e.area.Update(nil)
}

// SetSize sets the columns and lines the editor fills.
func (e *Editor) SetSize(width, height int) {
	if e.width == width && e.height == height {
		return
	}
	e.width, e.height, e.paged = width, height, max(1, height-1)
	e.area.SetWidth(max(6, width))
	e.area.SetHeight(max(1, height))
	e.area, _ = e.area.Update(nil)
}

// Update takes a key press and reports whether the text changed.
func (e *Editor) Update(msg tea.KeyMsg) (changed bool) {
	before := e.area.Value()
	switch msg.Type {
	case tea.KeyPgUp, tea.KeyPgDown:
		step := tea.KeyMsg{Type: tea.KeyUp}
		if msg.Type == tea.KeyPgDown {
			step.Type = tea.KeyDown
		}
		for range e.paged {
			e.area, _ = e.area.Update(step)
		}
	default:
		e.area, _ = e.area.Update(msg)
	}
	return e.area.Value() != before
}

// View is exactly the size set.
func (e *Editor) View() string {
	if e.theme.Spoken {
		return e.spoken()
	}
	lines := splitLines(e.area.View())
	for i := range lines {
		lines[i] = e.theme.CleanStyled(lines[i])
	}
	return block(e.theme, lines, e.width, e.height)
}
