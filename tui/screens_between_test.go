package tui_test

import (
	"testing"

	"custos/internal/register"
	"custos/tui"
)

// betweenScreens are what comes over or beside a screen: the tour, and what others did to what is being typed over.
func betweenScreens() []screenCase {
	return []screenCase{
		{name: "tour-offer", scope: "Home", open: touringTo(0)},
		{name: "tour", scope: "Home", open: touringTo(1), drawn: true},
		{name: "tour-case", scope: "Case", open: touringTo(3), drawn: true},
		{name: "picker", scope: "Person", keys: ofPerson("J")},
		{name: "form-joined", scope: "Forms", open: overtaken(false)},
		{name: "form-choice", scope: "Forms", open: overtaken(true)},
		{name: "template-joined", scope: "Letter template", open: rewordedScreen},
	}
}

// touringTo is the tour after some of its steps; 0: as it is offered.
func touringTo(steps int) func(*testing.T, *ground, string) *drive {
	return func(t *testing.T, g *ground, colours string) *drive {
		env := g.env
		env.Theme, env.Sample = colours, true
		d := start(t, env, 80, 24)
		for range min(steps, 1) {
			d.keys("enter")
		}
		for range max(0, steps-1) {
			d.obey(d.told())
		}
		return d
	}
}

// overtaken is a form on a breach of which somebody else changed some answers that are typed over and some that are not:
// as it tells of that, or as it asks which are to stand.
func overtaken(chooses bool) func(*testing.T, *ground, string) *drive {
	return func(t *testing.T, g *ground, colours string) *drive {
		s := newShared(t, "teaching-school")
		in := register.BreachInput{Aware: morning, What: "A list was lost. " + g.words + "\n\nNobody rang.", People: 12}
		held := must[register.BreachRow](t)(s.own.AddBreach(t.Context(), in))
		d := start(t, tui.Env{Session: s.own, Theme: colours}, 80, 24)
		d.keys("B", "enter", "e", "tab", " We rang them.", "tab", "tab", "3")
		in.What, in.People, in.Measures = "A list of names was lost. "+g.words+"\n\nNobody wrote.", 20, "It was locked. "+g.words
		bo := s.hire("bo", register.Officer)
		must[register.BreachRow](t)(bo.ChangeBreach(t.Context(), held.ID, in))
		d.send(tui.Note(register.Note{Verb: register.BreachChange, Operator: "bo", Collections: []string{"breaches"}}))
		d.keys("shift+tab", "shift+tab", "shift+tab")
		if chooses {
			d.keys("ctrl+s")
		}
		return d
	}
}

// rewordedScreen is a letter of which somebody else worded anew what is being worded.
func rewordedScreen(t *testing.T, _ *ground, colours string) *drive {
	s := newShared(t, "teaching-school")
	template := must[[]register.LetterTemplate](t)(s.own.Templates())[0]
	d := start(t, tui.Env{Session: s.own, Theme: colours}, 80, 24)
	d.keys("8")
	d.toRow("Letter templates")
	d.keys("enter", "enter", "Mine. ")
	theirs := template
	theirs.Body = "Theirs. " + theirs.Body
	if err := s.hire("bo", register.DPO).SaveTemplate(t.Context(), theirs, template); err != nil {
		t.Fatal(err)
	}
	d.keys("ctrl+s")
	return d
}
