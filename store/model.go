package store

import (
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"custos/internal/register"
	"custos/store/trigram"
)

// model is the read model: what lists, search and the start page need of every record, in memory and current. It never
// touches the disk, and it is never asked for what a record holds beyond a list.
//
// Whoever changes it holds write; only they may read without mu. They hold mu for the moments in which rows, lists and
// settings are replaced, and work out what to replace them with before, so that readers, who hold mu for reading, wait for
// microseconds. Lists never change, so what a reader took stays as it was.
type model struct {
	now    func() time.Time
	london *time.Location
	seed   maphash.Seed
	keys   *keyring // hashes addresses

	write sync.Mutex

	mu       sync.RWMutex
	day      int    // the day memberships are judged by
	changes  uint64 // grows with every change of rows or lists
	shapes   *shapes
	forms    *forms
	levels   levels
	barred   barred
	people   people
	bodies   bodies
	lacking  int // active people whose record is incomplete
	cases    *caseBook
	settings register.Settings

	persons       roster
	organisations roster
	tidy          tidier
}

// newModel returns an empty model. Memberships are current by the day it is in London on the clock.
func newModel(now func() time.Time, k *keyring) *model {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		zone = time.UTC // an hour off in summer, on a system without zones
	}
	m := &model{now: now, london: zone, seed: maphash.MakeSeed(), keys: k, shapes: newShapes(), forms: newForms(),
		levels: newLevels(), barred: newBarred(), bodies: newBodies(), cases: newCaseBook(nil)}
	m.day = m.today()
	m.people.ids, m.people.mails = newHashed(0), newHashed(0)
	m.persons = roster{m: m, orders: m.personKeys(), index: &trigram.Index{}, narrow: m.narrowPeople, living: m.livingPeople}
	m.organisations = roster{m: m, orders: m.bodyKeys(), index: &trigram.Index{}, narrow: m.narrowBodies,
		living: m.livingBodies}
	m.tidy.start()
	return m
}

func (m *model) wants(collection string) bool {
	switch collection {
	case delegates.name, organisations.name, memberships.name, requests.name, settings.name, consents.name,
		suppressions.name:
		return true
	}
	return false
}

func (m *model) hash(text string) uint32 { return uint32(maphash.String(m.seed, text) >> 32) }

// close stops what runs in the background and waits for it.
func (m *model) close() { m.tidy.stop() }

func (m *model) today() int {
	year, month, day := m.now().In(m.london).Date()
	return dayNumber(year, month, day)
}

// turn brings the memberships to the day it is, once a day.
func (m *model) turn() {
	day := m.today()
	m.mu.RLock()
	same := m.day == day
	m.mu.RUnlock()
	if same {
		return
	}
	m.write.Lock()
	defer m.write.Unlock()
	m.turnTo(day)
}

// turnTo does so for who holds write.
func (m *model) turnTo(day int) {
	if m.day == day {
		return
	}
	c := newRemodel(m, day)
	for row := range m.people.rows {
		p := m.people.get(uint32(row))
		ties := p.ties()
		if slices.ContainsFunc(ties, func(t tie) bool { return t.current(day) != t.current(m.day) }) {
			c.person(uint32(row))
		}
	}
	c.run()
}

func (m *model) livingPeople() []uint32 {
	rows := make([]uint32, 0, m.people.live)
	for row := range m.people.rows {
		if m.people.rows[row].live {
			rows = append(rows, uint32(row))
		}
	}
	return rows
}

func (m *model) livingBodies() []uint32 {
	rows := make([]uint32, 0, m.bodies.live)
	for row, b := range m.bodies.rows {
		if b.live {
			rows = append(rows, uint32(row))
		}
	}
	return rows
}
