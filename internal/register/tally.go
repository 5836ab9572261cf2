package register

import (
	"time"

	"custos/internal/calendar"
)

// QuestionTally counts how one question stands over any number of people.
type QuestionTally struct {
	contact *Contact
	months  [13]time.Time // the beginnings of twelve months, and the end of the last
	states  map[ConsentAct]int
	count   PurposeCount
}

// Tally begins to count. The months are the twelve that end with that of the
// day asked for.
func (c *Contact) Tally() *QuestionTally {
	t := &QuestionTally{contact: c, states: map[ConsentAct]int{}}
	t.count = PurposeCount{
		Purpose: c.Key.Purpose, Title: c.purpose.Title, Channel: c.Key.Channel, Brand: c.Key.Brand,
		Use: c.purpose.Use,
	}
	first := calendar.NewDate(c.Moment.On.Year(), c.Moment.On.Month(), 1)
	for i := range t.months {
		t.months[i] = calendar.LondonStart(first.AddMonths(i - 11))
	}
	return t
}

// Add counts a person, if they are active. It keeps nothing of p.
func (t *QuestionTally) Add(p *Contactee) {
	if p.Status != Active {
		return
	}
	v := t.contact.Judge(p)
	t.states[v.State]++
	if v.Allowed {
		t.count.May++
	}
	corrections := hasCorrections(p.Facts)
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.At.Before(t.months[0]) || !t.contact.Speaks(f) {
			continue
		}
		if corrections && corrected(p.Facts, f, &t.contact.Moment) {
			continue
		}
		t.month(f)
	}
}

func (t *QuestionTally) month(f *ConsentFact) {
	at := len(t.months) - 2
	for at > 0 && f.At.Before(t.months[at]) {
		at--
	}
	switch {
	case f.Act.Yes():
		t.count.Given[at]++
	case f.Act.No():
		t.count.No[at]++
	}
}

// Count returns what was counted so far.
func (t *QuestionTally) Count() PurposeCount {
	n := t.count
	n.States, n.Visible = map[ConsentAct]int{}, map[ConsentAct]int{}
	for _, state := range VisibleStates() {
		n.Visible[state] = 0
	}
	for state, people := range t.states {
		n.States[state] = people
		n.Visible[state.Visible()] += people
	}
	return n
}
