package theme

import (
	"github.com/charmbracelet/huh"
	"github.com/charmbracelet/lipgloss"
)

// forms derives the look of huh's fields: the focused field has a bar at its left and a bold title, and the chosen
// button is reversed and has the cursor before it, so that neither needs colour.
func (t *Theme) forms() *huh.Theme {
	h := huh.ThemeBase()
	bar := lipgloss.Border{Left: t.Lines.Left}
	h.FieldSeparator = lipgloss.NewStyle().SetString("\n")

	f := &h.Focused
	f.Base = lipgloss.NewStyle().PaddingLeft(1).BorderStyle(bar).BorderLeft(true)
	f.Title, f.NoteTitle = t.Title, t.Title
	f.Description = t.Muted
	f.ErrorIndicator = t.Bad.SetString(" !")
	f.ErrorMessage = t.Bad
	f.SelectSelector = t.Plain.SetString(t.Glyphs.Cursor + " ")
	f.MultiSelectSelector = f.SelectSelector
	f.NextIndicator, f.PrevIndicator = t.Plain.SetString(" >"), t.Plain.SetString("< ")
	f.Option, f.UnselectedOption, f.SelectedOption = t.Plain, t.Plain, t.Selected
	f.SelectedPrefix = t.Plain.SetString(t.Glyphs.Marked + " ")
	f.UnselectedPrefix = t.Plain.SetString(t.Glyphs.Unmarked + " ")
	f.FocusedButton = t.Selected.SetString(t.Glyphs.Cursor).PaddingRight(2).MarginRight(1)
	f.BlurredButton = t.Plain.SetString(" ").PaddingRight(2).MarginRight(1)
	f.TextInput = huh.TextInputStyles{
		Cursor: t.Plain, CursorText: t.Plain, Placeholder: t.Muted, Prompt: t.Key, Text: t.Plain,
	}
	f.Card, f.Next = f.Base, f.FocusedButton

	h.Blurred = h.Focused
	h.Blurred.Base = f.Base.BorderStyle(lipgloss.Border{Left: " "})
	h.Blurred.Card = h.Blurred.Base
	h.Blurred.Title, h.Blurred.NoteTitle = t.Plain, t.Plain
	h.Blurred.SelectSelector = f.SelectSelector // what is chosen shows without colour, also when one has moved on
	h.Blurred.SelectedOption = t.Title
	h.Blurred.FocusedButton = t.Title.SetString(t.Glyphs.Cursor).PaddingRight(2).MarginRight(1)

	h.Group.Title, h.Group.Description = t.Title, t.Muted
	return h
}
