package widget

import "maps"

// The questions of a form, answered one at a time by whoever asks them in words.

// Answer is the answer to question i as it stands, whatever it was typed with.
func (f *Form) Answer(i int) string { return f.answers[i].value() }

// Set answers question i and tells of the change as typing it does. The answer is not checked: see Field.Check.
func (f *Form) Set(i int, answer string) (told DraftMsg, changed bool) {
	a := f.answers[i]
	switch {
	case a.kind == YesNo:
		a.yes = answer == Yes
	case answer == a.given:
		a.text = a.shown
	default:
		a.text = answer
	}
	f.problem = ""
	f.build(i)
	now := f.Values()
	if maps.Equal(now, f.last) {
		return DraftMsg{}, false
	}
	f.last = now
	return DraftMsg{f.ID, f.Draft()}, true
}

// Offered are the options of question i as they are chosen from: a value no longer offered among them.
func (f *Form) Offered(i int) []Option {
	field := &f.fields[i]
	if field.Kind == Several {
		return field.Options
	}
	return offer(field)[1:]
}

// Problem is what is wrong with the answer in focus, empty for nothing.
func (f *Form) Problem() string { return f.problem }
