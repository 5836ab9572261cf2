package letter

import (
	"fmt"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// Asking is a request for consent on paper: the same words whether it is a
// sheet for a group or a form for each person. It names the office, the
// purposes, who else receives what, and how to take a yes back (UK GDPR Art
// 4(11), Art 7, Art 13).
type Asking struct {
	Settings register.Settings
	Title    string // the booking, course or organisation the people are asked in; may be empty
	Keys     []register.ConsentKey
	Code     register.ID // printed on every page, for the evidence of each answer
	At       time.Time   // of printing, UTC: the notices are those in force then
	Audit    register.AuditMark
}

// Person is somebody who is asked.
type Person struct {
	Delegate register.ID
	Name     string
	Asks     []bool // which questions are put to them, in order; nil: all
	Parent   bool   // a parent answers for them
}

// asks reports whether a question is put to the person.
func (x *Person) asks(i int) bool { return x.Asks == nil || i < len(x.Asks) && x.Asks[i] }

// foot stands at the foot of every page that has a code.
func foot(code string, audit register.AuditMark, office string) string {
	if mark := audit.Short(); mark != "" {
		code += ", audit " + mark
	}
	return code + ", " + office
}

// mostQuestions is how many questions a sheet has room for.
const mostQuestions = 60

// question is one purpose by one channel, under its letter.
type question struct {
	letter string
	short  string // how it is answered: by which channel, for which brand
}

// topic is a purpose with the questions asked about it.
type topic struct {
	register.Purpose
	notice    register.Notice
	questions []int
}

// request is an Asking with everything looked up.
type request struct {
	Asking
	on        calendar.Date
	questions []question
	topics    []topic
	notices   []register.Notice // each once
}

// prepare looks everything up. It returns an Invalid error for no question,
// too many, one the profile does not have, and a purpose without a notice in
// force: nobody can consent to words that are not there.
func (a Asking) prepare() (*request, error) {
	if len(a.Keys) == 0 || len(a.Keys) > mostQuestions {
		return nil, register.Errorf(register.Invalid, "questions", "a sheet asks 1 to %d questions, not %d", mostQuestions, len(a.Keys))
	}
	r := &request{Asking: a, on: calendar.LondonDate(a.At)}
	for _, key := range a.Keys {
		if err := r.add(key); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *request) add(key register.ConsentKey) error {
	p := &r.Settings.Profile
	if _, err := register.NewContact(&r.Settings, key, register.At(r.on)); err != nil {
		return err
	}
	x, _ := p.Purpose(key.Purpose)
	t := r.topic(key.Purpose)
	if t == nil {
		n, ok := p.Notice(x.Notice, r.on)
		if !ok {
			return register.Errorf(register.Invalid, "notice", "no notice for the purpose %s is in force on %s", x.ID, r.on)
		}
		r.topics = append(r.topics, topic{Purpose: x, notice: n})
		t = &r.topics[len(r.topics)-1]
		r.keep(n)
	}
	t.questions = append(t.questions, len(r.questions))
	r.questions = append(r.questions, question{letters(len(r.questions)), answerBy(p, key)})
	return nil
}

func (r *request) topic(purpose string) *topic {
	for i := range r.topics {
		if r.topics[i].ID == purpose {
			return &r.topics[i]
		}
	}
	return nil
}

func (r *request) keep(n register.Notice) {
	for _, have := range r.notices {
		if have.ID == n.ID {
			return
		}
	}
	r.notices = append(r.notices, n)
}

// letters names the questions A to Z, then AA, AB and on.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + letters(i%26)
}

func channelTitle(p *register.Profile, id string) string {
	for _, c := range p.Channels {
		if c.ID == id {
			return c.Title
		}
	}
	return id
}

func brandTitle(p *register.Profile, id string) string {
	for _, b := range p.Brands {
		if b.ID == id {
			return b.Title
		}
	}
	return id
}

func answerBy(p *register.Profile, key register.ConsentKey) string {
	by := channelTitle(p, key.Channel)
	if key.Brand != "" {
		by = brandTitle(p, key.Brand) + ", " + by
	}
	return by
}

// shownDigest shortens a digest to what people can compare: 16 of its 64
// characters, in fours.
func shownDigest(hex string) string {
	var groups []string
	for len(hex) >= 4 && len(groups) < 4 {
		groups, hex = append(groups, hex[:4]), hex[4:]
	}
	return strings.Join(groups, "-")
}

// proof says which words were shown.
func (t *topic) proof() string {
	return fmt.Sprintf("These words, with the notice “%s”, version %s of %s (%s): digest %s",
		t.notice.Title, t.notice.Version, t.notice.From.Long(), t.notice.ID, shownDigest(t.ShownDigest(&t.notice)))
}

// terms is what is said of a purpose beside its wording.
func (t *topic) terms() string {
	var said []string
	if t.Lasts != "" {
		said = append(said, "A yes counts for "+t.Lasts+"; then we ask again.")
	}
	if t.Article9 != "" {
		said = append(said, "UK GDPR "+strings.TrimPrefix(t.Article9, "UK GDPR ")+".")
	}
	return strings.Join(said, " ")
}
