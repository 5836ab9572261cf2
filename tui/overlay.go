package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// overlay is a dialog over the screen.
type overlay interface {
	Update(msg tea.KeyMsg) (done bool, cmd tea.Cmd)
	View(width, height int) string
	Foot() *widget.Keys // what its keys do, for the footer
}

type helpOver struct {
	help *widget.Help
	page tea.Cmd // opens the page of the guide
}

func (o *helpOver) Update(msg tea.KeyMsg) (bool, tea.Cmd) {
	switch o.help.Update(msg) {
	case widget.Answered:
		return true, o.page
	case widget.Dismissed:
		return true, nil
	case widget.Asking:
	}
	return false, nil
}

func (o *helpOver) Foot() *widget.Keys { return o.help.Foot() }

func (o *helpOver) View(width, height int) string {
	o.help.SetSize(width, height)
	return o.help.View()
}

type paletteOver struct{ palette *widget.Palette }

func (o *paletteOver) Update(msg tea.KeyMsg) (bool, tea.Cmd) {
	switch o.palette.Update(msg) {
	case widget.Answered:
		hit, _ := o.palette.Choice()
		if hit.Action == "" {
			return true, hit.Open
		}
		return true, send(chosenMsg{hit.Action})
	case widget.Dismissed:
		return true, nil
	case widget.Asking:
	}
	return false, nil
}

// finds reports whether there is anything to choose.
func (o *paletteOver) finds() bool {
	_, ok := o.palette.Choice()
	return ok
}

func (o *paletteOver) Foot() *widget.Keys { return o.palette.Foot() }

func (o *paletteOver) View(width, height int) string {
	o.palette.SetSize(width, height)
	return o.palette.View()
}

type confirmOver struct {
	dialog *widget.Confirm
	yes    tea.Cmd
}

func (o *confirmOver) Update(msg tea.KeyMsg) (bool, tea.Cmd) {
	switch o.dialog.Update(msg) {
	case widget.Answered:
		return true, o.yes
	case widget.Dismissed:
		return true, nil
	case widget.Asking:
	}
	return false, nil
}

func (o *confirmOver) Foot() *widget.Keys { return o.dialog.Foot() }

func (o *confirmOver) View(width, height int) string {
	o.dialog.SetSize(width, height)
	return o.dialog.View()
}

type pickOver struct {
	picker *widget.Picker
	chosen func(widget.Option) tea.Cmd
}

func (o *pickOver) Update(msg tea.KeyMsg) (bool, tea.Cmd) {
	switch o.picker.Update(msg) {
	case widget.Answered:
		option, _ := o.picker.Choice()
		return true, o.chosen(option)
	case widget.Dismissed:
		return true, nil
	case widget.Asking:
	}
	return false, nil
}

func (o *pickOver) Foot() *widget.Keys { return o.picker.Foot() }

func (o *pickOver) View(width, height int) string {
	o.picker.SetSize(width, height)
	return o.picker.View()
}
