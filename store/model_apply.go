package store

import (
	"reflect"
	"slices"
	"strings"

	"custos/internal/register"
)

// apply takes in what a commit changed. The store calls it on the writer's goroutine, one commit after the other.
func (m *model) apply(c commit) {
	if len(c.records) == 0 {
		return
	}
	m.write.Lock()
	defer m.write.Unlock()
	m.turnTo(m.today())
	r := newRemodel(m, m.day)
	m.mu.Lock() // rows are given out
	for i := range c.records {
		r.read(&c.records[i])
	}
	m.mu.Unlock()
	r.run()
}

// remodel is one change on its way into the model.
type remodel struct {
	m   *model
	day int // by which memberships are judged after it

	people map[uint32]*edit
	edits  []*edit
	bodies map[uint32]*body // as they are after it
	moves  map[uint32]*move

	events   map[uint32]*factEdit
	barred   map[register.ID]*register.Suppression // nil: gone
	tags     [len(addressKinds)]tagEdit
	settings *register.Settings
	profiled bool                // the settings hold another profile
	cases    map[string]*caseRow // by number; nil: gone
	erasing  bool                // somebody's texts must not stay in memory
}

// edit is a person before and after a change.
type edit struct {
	row       uint32
	was, is   bool // somebody in the row
	tomb      bool // what is left of somebody, after it
	record    *register.Delegate
	before    person
	ties      []tie
	employers []uint32 // before
}

// move is the members an organisation loses and gains.
type move struct{ out, in []uint32 }

func newRemodel(m *model, day int) *remodel {
	return &remodel{m: m, day: day, people: map[uint32]*edit{}, bodies: map[uint32]*body{}, moves: map[uint32]*move{},
		events: map[uint32]*factEdit{}, cases: map[string]*caseRow{}, barred: map[register.ID]*register.Suppression{}}
}

// person begins an edit of a row, or goes on with it.
func (c *remodel) person(row uint32) *edit {
	e := c.people[row]
	if e == nil {
		e = &edit{row: row, before: c.m.people.get(row), was: c.m.people.rows[row].live,
			tomb: c.m.people.rows[row].tomb}
		e.is, e.ties = e.was, e.before.ties()
		if e.was {
			e.employers, _ = employers(e.ties, c.m.day)
		}
		c.people[row] = e
		c.edits = append(c.edits, e)
	}
	return e
}

// rowOf returns the row of a person, a new and empty one for an id not met before. Under mu.
func (m *model) rowOf(id register.ID) uint32 {
	row, ok := m.find(id)
	if !ok {
		row = uint32(len(m.people.rows))
		m.people.rows = append(m.people.rows, personMeta{updated: noTime})
		m.people.texts.set(row, packPerson(nil, &register.Delegate{ID: id}))
		m.people.ids.add(m.hash(string(id)), row)
	}
	return row
}

func (c *remodel) read(r *record) {
	switch r.collection {
	case delegates.name:
		e := c.person(c.m.rowOf(register.ID(r.key)))
		e.is, e.tomb, e.record = false, false, &register.Delegate{ID: e.before.id}
		if d, ok := r.value.(register.Delegate); ok {
			e.tomb, e.record = d.Status == register.Erased, &d
			e.is = !e.tomb
		}
		c.erasing = c.erasing || !e.is
	case memberships.name:
		delegate, id, _ := strings.Cut(r.key, keySep)
		e := c.person(c.m.rowOf(register.ID(delegate)))
		e.ties = slices.DeleteFunc(e.ties, func(t tie) bool { return t.id == id })
		if x, ok := r.value.(register.Membership); ok {
			e.ties = append(e.ties, c.m.tie(&x))
			slices.SortFunc(e.ties, compareTies)
		}
	case organisations.name:
		row := c.m.bodies.rowOf(register.ID(r.key))
		c.bodies[row] = &body{row: register.OrganisationRow{ID: register.ID(r.key)}}
		if o, ok := r.value.(register.Organisation); ok {
			c.bodies[row] = newBody(&o)
		}
	case consents.name:
		c.readFact(r)
	case suppressions.name:
		c.readSuppression(r)
	case requests.name:
		c.cases[r.key] = nil
		if x, ok := r.value.(register.Request); ok {
			c.cases[r.key] = newCaseRow(&x)
		}
	case settings.name:
		if s, ok := r.value.(register.Settings); ok {
			c.settings, c.profiled = &s, !reflect.DeepEqual(s.Profile, c.m.settings.Profile)
		}
	}
}

func compareTies(a, b tie) int { return strings.Compare(a.id, b.id) }

// tie packs a membership. Under mu: an organisation not met yet gets its row.
func (m *model) tie(x *register.Membership) tie {
	t := tie{id: string(x.ID), body: m.bodies.rowOf(x.Organisation), access: m.levels.of(x.Access)}
	t.from = dayNumber(x.From.Year(), x.From.Month(), x.From.Day())
	t.to = dayNumber(x.To.Year(), x.To.Month(), x.To.Day())
	return t
}
