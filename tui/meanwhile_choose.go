package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// choose asks for every clash whose answer stands; nothing is chosen beforehand, and leaving keeps what was typed.
func (f *formScreen) choose() {
	var fields []widget.Field
	for _, c := range f.unsettled() {
		fields = append(fields, c.questions()...)
	}
	f.form.Reopen("", "")
	f.since.chooser = widget.NewForm(f.kit.theme, choosingID, fields, nil)
}

// choices takes what belongs to the questions about clashes.
func (f *formScreen) choices(msg tea.Msg) (taken bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case widget.DraftMsg:
		return msg.FormID == choosingID, nil
	case widget.FormLeftMsg:
		f.since.chooser = nil
		return true, nil
	case widget.FormDoneMsg:
		return true, f.chosen(msg.Values)
	case tea.KeyMsg:
		return true, f.since.chooser.Update(msg)
	}
	return false, nil
}

// choosingID is the id of the form that asks for clashes.
const choosingID = "meanwhile"

// questions are those of a clash, one for each stretch of a long text.
func (c *clash) questions() []widget.Field {
	var fields []widget.Field
	for i := range c.pieces {
		p := &c.pieces[i]
		if !p.clash {
			continue
		}
		label := c.field.Label
		if c.open() > 1 {
			label = fmt.Sprintf("%s, place %d", label, len(fields)+1)
		}
		options := []widget.Option{
			{Value: chooseTheirs, Label: "Theirs"}, {Value: chooseMine, Label: "Mine"},
		}
		if c.field.Kind == widget.LongText {
			options = append(options, widget.Option{Value: chooseBoth, Label: "Both, one after the other, to be edited"})
		}
		fields = append(fields, widget.Field{
			ID: fmt.Sprintf("%s|%d", c.field.ID, len(fields)), Label: label, Kind: widget.Choice, Required: true, Options: options,
			Below: func(widget.Values) []string {
				return []string{"Was: " + c.words(p.was), "Theirs: " + c.words(p.theirs), "Mine: " + c.words(p.mine)}
			},
		})
	}
	return fields
}

// words are a version as the form shows it.
func (c *clash) words(version []string) string {
	text := strings.Join(version, "\n")
	for _, o := range c.field.Options {
		if o.Value == text {
			return o.Label
		}
	}
	if strings.TrimSpace(text) == "" {
		return "(nothing)"
	}
	return c.field.Shown(text)
}

// chosen puts what was chosen into the form, which is looked at once more before it is sent.
func (f *formScreen) chosen(choices widget.Values) tea.Cmd {
	answers := f.form.Values()
	for _, c := range f.unsettled() {
		var picks []string
		for n := range c.open() {
			picks = append(picks, choices[fmt.Sprintf("%s|%d", c.field.ID, n)])
		}
		answers[c.field.ID] = c.settled(picks)
	}
	f.since.chooser, f.since.clashes = nil, nil
	f.refill(answers)
	f.since.told = "As you chose." + f.ahead()
	return f.keep(f.form.Draft())
}
