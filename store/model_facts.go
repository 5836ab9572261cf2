package store

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"time"

	"custos/internal/register"
)

// forms numbers the few combinations that facts of the ledger come in: everything but when, and which event it is. A
// fact is packed as the number of its form, its ids and its instants, some 36 bytes. Safe for concurrent use.
type forms struct {
	mu      sync.Mutex
	numbers map[register.ConsentFact]uint32
	all     []register.ConsentFact
}

func newForms() *forms { return &forms{numbers: map[register.ConsentFact]uint32{}} }

// formOf is what a fact has in common with many others.
func formOf(f *register.ConsentFact) register.ConsentFact {
	return register.ConsentFact{Key: f.Key, Act: f.Act, ByOther: f.ByOther, Method: f.Method, Notice: f.Notice,
		NoticeVersion: f.NoticeVersion, Collected: f.Collected}
}

func (s *forms) of(form register.ConsentFact) uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.numbers[form]
	if !ok {
		n = uint32(len(s.all))
		s.all = append(s.all, form)
		s.numbers[form] = n
	}
	return n
}

// known returns the forms met so far, by number. They never change.
func (s *forms) known() []register.ConsentFact {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all
}

// compareFacts orders facts as they happened.
func compareFacts(a, b register.ConsentFact) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	if c := a.Recorded.Compare(b.Recorded); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID), string(b.ID))
}

// Marks of a packed fact, below the number of its form.
const (
	factExpires = 1 << iota
	factCorrects
	factMarks = 2 // so many

	factSize = 2 + register.IDLen + 2*instantSize // of most facts
)

// packFact appends a fact.
func packFact(b []byte, f *register.ConsentFact, form uint32) []byte {
	mark := uint64(form) << factMarks
	if !f.Expires.IsZero() {
		mark |= factExpires
	}
	if f.Corrects != "" {
		mark |= factCorrects
	}
	b = packText(binary.AppendUvarint(b, mark), string(f.ID))
	b = packInstant(packInstant(b, f.At), f.Recorded)
	if mark&factExpires != 0 {
		b = binary.AppendUvarint(b, uint64(register.PackDate(f.Expires)))
	}
	if mark&factCorrects != 0 {
		b = packText(b, string(f.Corrects))
	}
	return b
}

// facts appends what packFact wrote, up to the end.
func (u *unpacker) facts(to []register.ConsentFact, forms []register.ConsentFact) []register.ConsentFact {
	for u.rest != "" {
		mark := u.number()
		to = append(to, forms[mark>>factMarks])
		f := &to[len(to)-1]
		f.ID = register.ID(u.text())
		f.At, f.Recorded = u.instant(), u.instant()
		if mark&factExpires != 0 {
			f.Expires = register.UnpackDate(uint32(u.number()))
		}
		if mark&factCorrects != 0 {
			f.Corrects = register.ID(u.text())
		}
	}
	return to
}

// An instant is packed as the seconds since the year 1, five bytes, and nanoseconds, four.
const (
	instantSize = 9
	yearOne     = -62135596800 // in seconds since 1970
)

func packInstant(b []byte, t time.Time) []byte {
	n := uint64(t.Unix() - yearOne)
	b = append(b, byte(n>>32))
	b = binary.BigEndian.AppendUint32(b, uint32(n))
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

func (u *unpacker) instant() time.Time {
	s := u.rest[:instantSize]
	u.rest = u.rest[instantSize:]
	high := int64(int8(s[0])) // a year before the first is below zero
	second := high<<32 | int64(s[1])<<24 | int64(s[2])<<16 | int64(s[3])<<8 | int64(s[4])
	nano := int64(s[5])<<24 | int64(s[6])<<16 | int64(s[7])<<8 | int64(s[8])
	return time.Unix(second+yearOne, nano).UTC()
}

// factEdit is what a change does to the facts on one person.
type factEdit struct {
	added  []register.ConsentFact
	gone   map[register.ID]bool
	packed []byte // after it
}

// readFact takes in an event of the ledger, or its end. Under mu: a person not met yet gets their row.
func (c *remodel) readFact(r *record) {
	delegate, id, _ := strings.Cut(r.key, keySep)
	row := c.m.rowOf(register.ID(delegate))
	e := c.events[row]
	if e == nil {
		e = &factEdit{gone: map[register.ID]bool{}}
		c.events[row] = e
	}
	e.gone[register.ID(id)] = true // as it was, where a text of it was masked
	if fact, ok := r.value.(register.ConsentFact); ok {
		e.added = append(e.added, fact)
	}
}

// packFacts works out what is kept of the ledger after the change.
func (c *remodel) packFacts() {
	for row, e := range c.events {
		u := unpacker{string(c.m.people.facts.get(row))}
		facts := u.facts(nil, c.m.forms.known())
		facts = slices.DeleteFunc(facts, func(f register.ConsentFact) bool { return e.gone[f.ID] })
		facts = append(facts, e.added...)
		slices.SortFunc(facts, compareFacts)
		for i := range facts {
			e.packed = packFact(e.packed, &facts[i], c.m.forms.of(formOf(&facts[i])))
		}
	}
}

// levels numbers the access levels memberships give; 0 is none.
type levels struct {
	numbers map[string]uint32
	names   []string
}

func newLevels() levels { return levels{numbers: map[string]uint32{"": 0}, names: []string{""}} }

// of returns the number of a level. Under mu, and by one goroutine.
func (l *levels) of(access string) uint32 {
	n, ok := l.numbers[access]
	if !ok {
		n = uint32(len(l.names))
		l.names = append(l.names, strings.Clone(access))
		l.numbers[l.names[n]] = n
	}
	return n
}
