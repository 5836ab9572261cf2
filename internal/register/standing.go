package register

import (
	"time"

	"custos/internal/calendar"
)

// ConsentKey names one question the office may ask a person.
type ConsentKey struct{ Purpose, Channel, Brand string }

// A no may be wider than one question: to every purpose that is marketing, by
// every channel. An empty brand takes in every brand of the purpose.
const (
	AnyMarketing = "any-marketing"
	AnyChannel   = "any"
)

// ConsentFact is what the rules need of an event of the ledger: everything but
// who recorded it, the evidence and the wording itself.
type ConsentFact struct {
	ID       ID
	Key      ConsentKey
	Act      ConsentAct
	At       time.Time // when it happened, UTC
	Recorded time.Time // when it was typed in, UTC
	Expires  calendar.Date
	// ByOther: somebody else answered on the person's behalf.
	ByOther       bool
	Method        string
	Notice        string
	NoticeVersion string
	Collected     string
	Corrects      ID
}

// Key returns the question the event answers.
func (e *ConsentEvent) Key() ConsentKey { return ConsentKey{e.Purpose, e.Channel, e.Brand} }

// Fact returns what the rules need of the event.
func (e *ConsentEvent) Fact() ConsentFact {
	return ConsentFact{
		ID: e.ID, Key: e.Key(), Act: e.Act, At: e.At, Recorded: e.Recorded, Expires: e.Expires, ByOther: e.GivenBy != "",
		Method: e.Method, Notice: e.Notice, NoticeVersion: e.NoticeVersion, Collected: e.Collected, Corrects: e.Corrects,
	}
}

// Facts returns what the rules need of events, in their order.
func Facts(events []ConsentEvent) []ConsentFact {
	facts := make([]ConsentFact, len(events))
	for i := range events {
		facts[i] = events[i].Fact()
	}
	return facts
}

// No reports whether the act says no.
func (a ConsentAct) No() bool { return a == RefusedIt || a == Withdrawn || a == Objected }

// Yes reports whether the act says yes.
func (a ConsentAct) Yes() bool { return a == Given || a == Renewed }

// Visible reduces a state to the four that lists count by: given, refused,
// withdrawn and never asked. Nobody who was asked and has not answered, or
// whose answer ran out, has an answer that counts.
func (a ConsentAct) Visible() ConsentAct {
	switch a {
	case Given, Renewed:
		return Given
	case RefusedIt:
		return RefusedIt
	case Withdrawn, Objected:
		return Withdrawn
	default:
		return NeverAsked
	}
}

// VisibleStates returns the four, in the order lists show them.
func VisibleStates() []ConsentAct { return []ConsentAct{Given, RefusedIt, Withdrawn, NeverAsked} }

// Moment is the day a state is asked for and what was known then: "the state
// on date D as known on date E".
type Moment struct {
	On calendar.Date
	// Known is the instant by which an event must have been recorded, UTC; zero:
	// whatever is known now.
	Known time.Time

	end time.Time // the first instant after On
}

// At returns the end of a day in London, as known now.
func At(on calendar.Date) Moment {
	return Moment{On: on, end: calendar.LondonStart(on.AddDays(1))}
}

// AsKnown returns the moment as it looked at the end of another day in London.
func (m Moment) AsKnown(on calendar.Date) Moment {
	m.Known = calendar.LondonStart(on.AddDays(1)).Add(-1)
	return m
}

// ready returns the moment with its end worked out, for one made without At.
func (m Moment) ready() Moment {
	if m.end.IsZero() {
		m.end = calendar.LondonStart(m.On.AddDays(1))
	}
	return m
}

// has reports whether the event had happened by the moment and was known.
func (m *Moment) has(f *ConsentFact) bool { return f.At.Before(m.end) && m.knows(f) }

func (m *Moment) knows(f *ConsentFact) bool { return m.Known.IsZero() || !f.Recorded.After(m.Known) }

// Standing is how one question stands for one person.
type Standing struct {
	State ConsentAct
	// Rests is the index of the event that decided it, -1 where there is none.
	Rests int
	// Asked is the index of the latest request still unanswered, -1 for none.
	Asked int
}

// StandingOf derives how a question stands from a person's events, in any
// order: the latest answer by when it happened, then by when it was recorded.
//
//   - An event that another one corrects does not count, from the recording of
//     the correction on. Correcting a correction replaces it too; it does not
//     bring back what the first one replaced.
//   - A bare request never replaces an answer.
//   - Of answers at the same instant a no counts, an objection first.
//   - A consent past its last day has expired, and so has one that an expired
//     event followed. Nothing expires but a consent: a no stands.
//
// A no to all marketing counts here for every purpose. Profile.Standing and
// Contact.Standing know better: they leave it out for a purpose that is not
// marketing. It allocates nothing.
func StandingOf(facts []ConsentFact, key ConsentKey, m Moment) Standing {
	return standingOf(facts, key, m.ready(), true)
}

// Standing is StandingOf with what the profile says of the purpose: an objection
// to marketing leaves a consent to anything else as it was.
func (p *Profile) Standing(facts []ConsentFact, key ConsentKey, m Moment) Standing {
	x, known := p.Purpose(key.Purpose)
	return standingOf(facts, key, m.ready(), !known || x.Marketing)
}

func standingOf(facts []ConsentFact, key ConsentKey, m Moment, marketing bool) Standing {
	s := Standing{State: NeverAsked, Rests: -1, Asked: -1}
	ended := -1
	corrections := hasCorrections(facts)
	for i := range facts {
		f := &facts[i]
		if !f.Covers(key) || !marketing && f.Key.Purpose == AnyMarketing || !m.has(f) ||
			corrections && corrected(facts, f, &m) {
			continue
		}
		switch f.Act {
		case Asked:
			s.Asked = latest(facts, s.Asked, i)
		case Expired:
			ended = latest(facts, ended, i)
		default:
			s.Rests = latest(facts, s.Rests, i)
		}
	}
	if ended >= 0 && (s.Rests < 0 || facts[s.Rests].Act.Yes() && facts[s.Rests].before(&facts[ended])) {
		s.Rests = ended
	}
	switch {
	case s.Rests >= 0:
		s.State = facts[s.Rests].stateOn(m.On)
		if s.Asked >= 0 && !facts[s.Rests].before(&facts[s.Asked]) {
			s.Asked = -1 // answered
		}
	case s.Asked >= 0:
		s.State = Asked
	}
	return s
}

// latest returns the later of two events, i where there is no other.
func latest(facts []ConsentFact, other, i int) int {
	if other < 0 || facts[other].before(&facts[i]) {
		return i
	}
	return other
}

// Covers reports whether the event speaks to a question. Only a no is ever
// wider than the question it was asked of.
func (f *ConsentFact) Covers(key ConsentKey) bool {
	if f.Key == key {
		return true
	}
	return f.Act.No() && (f.Key.Purpose == key.Purpose || f.Key.Purpose == AnyMarketing) &&
		(f.Key.Channel == key.Channel || f.Key.Channel == AnyChannel) &&
		(f.Key.Brand == key.Brand || f.Key.Brand == "")
}

// before orders events. It is a total order over different ids, so that the
// order in which events are held never matters.
func (f *ConsentFact) before(g *ConsentFact) bool {
	if c := f.At.Compare(g.At); c != 0 {
		return c < 0
	}
	if a, b := f.Act.weight(), g.Act.weight(); a != b {
		return a < b
	}
	if c := f.Recorded.Compare(g.Recorded); c != 0 {
		return c < 0
	}
	return f.ID < g.ID
}

// weight decides between acts at the same instant: the one that allows less.
func (a ConsentAct) weight() int {
	switch a {
	case Given, Renewed:
		return 1
	case Expired:
		return 2
	case RefusedIt:
		return 3
	case Withdrawn:
		return 4
	case Objected:
		return 5
	default: // a request comes before the answer to it
		return 0
	}
}

func (f *ConsentFact) stateOn(day calendar.Date) ConsentAct {
	if f.Act.Yes() && !f.Expires.IsZero() && f.Expires.Before(day) {
		return Expired
	}
	return f.Act
}

func hasCorrections(facts []ConsentFact) bool {
	for i := range facts {
		if facts[i].Corrects != "" {
			return true
		}
	}
	return false
}

// corrected reports whether a correction known at the moment names the event.
// What happened when is put right by it, so only its recording matters.
func corrected(facts []ConsentFact, f *ConsentFact, m *Moment) bool {
	if f.ID == "" {
		return false
	}
	for i := range facts {
		if g := &facts[i]; g.Corrects == f.ID && g != f && m.knows(g) {
			return true
		}
	}
	return false
}
