package desk

import (
	"cmp"
	"slices"
	"sync"

	"custos/internal/register"
)

// Bounds of what is known of who is here.
const (
	mostPresent  = 500 // seats; whoever comes after these is not shown
	longestDoing = 40  // runes
)

// presence is who is at work and where. It is in memory alone, one place for each seat.
type presence struct {
	mu    sync.Mutex
	seats map[*Seat]register.Presence
	told  map[chan struct{}]*Seat // of each reader of notes, whose it is
}

// Here says where the operator is in the console: the record that is open, the zero Pin for none, and what they do
// there, in words of the program and never of a data subject. The others' screens are told. A seat that never says so
// is not here.
func (s *Seat) Here(at register.Pin, doing string) {
	p := &s.desk.presence
	now := register.Presence{
		Operator: s.operator.Name, Door: s.door, Since: s.desk.now(), At: at, Doing: cut(doing, longestDoing),
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	was, here := p.seats[s]
	switch {
	case here && was.At == at && was.Doing == now.Doing, !here && len(p.seats) >= mostPresent:
		return
	case here && was.At == at:
		now.Since = was.Since
	}
	if p.seats == nil {
		p.seats = map[*Seat]register.Presence{}
	}
	p.seats[s] = now
	p.tell(s)
}

// Depart says that the operator has left this seat. They may come back to it.
func (s *Seat) Depart() {
	p := &s.desk.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, here := p.seats[s]; here {
		delete(p.seats, s)
		p.tell(s)
	}
}

// tell has everybody else look again; who has not looked yet since the last time is told once.
func (p *presence) tell(mover *Seat) {
	for moved, whose := range p.told {
		if whose == mover {
			continue
		}
		select {
		case moved <- struct{}{}:
		default:
		}
	}
}

// Present lists who is at work, the operator too, by name. Somebody who has one record open in two places is listed
// once. A place the operator may not know of is left out of the line; for a lead the line is left out too, unless it is
// their own. It reads no disk.
func (s *Seat) Present() []register.Presence {
	p := &s.desk.presence
	p.mu.Lock()
	all := make([]register.Presence, 0, len(p.seats))
	for _, x := range p.seats {
		all = append(all, x)
	}
	p.mu.Unlock()
	lead, none := s.isLead(), register.Pin{}
	shown := all[:0]
	for _, x := range all {
		if x.At != none && !s.knows(x.At) {
			x.At, x.Doing = none, ""
		}
		if !lead || x.At != none || x.Operator == s.operator.Name {
			shown = append(shown, x)
		}
	}
	slices.SortFunc(shown, func(a, b register.Presence) int {
		return cmp.Or(cmp.Compare(a.Operator, b.Operator), cmp.Compare(a.At.Kind, b.At.Kind), cmp.Compare(a.At.ID, b.At.ID),
			cmp.Compare(b.Doing, a.Doing), a.Since.Compare(b.Since), cmp.Compare(a.Door, b.Door)) // who changes comes first
	})
	return slices.CompactFunc(shown, func(a, b register.Presence) bool {
		return a.Operator == b.Operator && a.At == b.At && a.At != none
	})
}

// isLead reports that the operator is no member of the office's staff but a lead of one organisation.
func (s *Seat) isLead() bool {
	op := s.Operator()
	return op.Is(register.Lead) && !op.May(register.OperatorRead)
}

// knows reports whether the operator may know that a record is there.
func (s *Seat) knows(at register.Pin) bool {
	switch {
	case !s.known(at):
		return false
	case at.Kind != register.PinPerson || !s.leadOnly():
		return true
	}
	mine := s.desk.db.People(s.scoped(register.Query{}))
	for i := range mine.Len() {
		if mine.Row(i).ID == register.ID(at.ID) {
			return true
		}
	}
	return false
}

// Notes delivers a note after every commit, and one when somebody else came, went or moved, until cancel is called.
// Moves that nobody has looked at yet are one note.
func (s *Seat) Notes() (notes <-chan register.Note, cancel func()) {
	commits, end := s.desk.db.Subscribe()
	out, moved, left := make(chan register.Note), make(chan struct{}, 1), make(chan struct{})
	p := &s.desk.presence
	p.mu.Lock()
	if p.told == nil {
		p.told = map[chan struct{}]*Seat{}
	}
	p.told[moved] = s
	p.mu.Unlock()
	go func() {
		defer close(out)
		s.pass(commits, moved, out, left)
	}()
	return out, sync.OnceFunc(func() {
		p.mu.Lock()
		delete(p.told, moved)
		p.mu.Unlock()
		close(left)
		end()
	})
}

// pass hands notes on until the store closes or the reader has left.
func (s *Seat) pass(commits <-chan register.Note, moved <-chan struct{}, out chan<- register.Note, left <-chan struct{}) {
	for {
		note := register.Note{Verb: register.PresenceMoved, Collections: []string{register.PresenceNotes}}
		select {
		case <-left:
			return
		case <-moved:
		case n, open := <-commits:
			if !open {
				return
			}
			note = s.noted(n)
		}
		select {
		case out <- note:
		case <-left:
			return
		}
	}
}

func cut(text string, most int) string {
	r := []rune(text)
	return string(r[:min(len(r), most)])
}
