package store

import (
	"slices"

	"custos/internal/register"
	"custos/store/trigram"
)

// run brings the model from before the change to after it. The caller holds write.
func (c *remodel) run() {
	m := c.m
	c.judgeMoves()
	c.packFacts()
	c.judgeTags()
	renamed := c.renamed()
	shifts := c.shifts(renamed)
	for i := range shifts {
		shifts[i].list = shifts[i].sorted.lift(shifts[i].gone)
	}
	cases := m.cases.with(c.cases)
	m.mu.Lock()
	c.write(cases)
	m.changes++
	m.mu.Unlock()
	for i := range shifts {
		s := &shifts[i]
		s.list = s.sorted.lower(s.list, s.came)
		s.orders = s.sorted.reorder(s.list, s.gone, s.came)
	}
	m.mu.Lock()
	for _, s := range shifts {
		s.sorted.list, s.sorted.orders = s.list, s.orders
	}
	m.changes++
	m.mu.Unlock()
	c.retext(renamed)
}

// judgeMoves compares whom people belonged to with whom they belong to now.
func (c *remodel) judgeMoves() {
	moved := func(body uint32) *move {
		if c.moves[body] == nil {
			c.moves[body] = &move{}
		}
		return c.moves[body]
	}
	for _, e := range c.edits {
		var now []uint32
		if e.is {
			now, _ = employers(e.ties, c.day)
		}
		for _, b := range e.employers {
			if !slices.Contains(now, b) {
				moved(b).out = append(moved(b).out, e.row)
			}
		}
		for _, b := range now {
			if !slices.Contains(e.employers, b) {
				moved(b).in = append(moved(b).in, e.row)
			}
		}
	}
}

// renamed returns the people not edited themselves whose organisation goes by another name now.
func (c *remodel) renamed() []uint32 {
	var rows []uint32
	for row, next := range c.bodies {
		old := c.m.bodies.rows[row]
		if old.live != next.live || old.row.Name != next.row.Name {
			rows = append(rows, old.members...)
		}
	}
	rows = slices.DeleteFunc(rows, func(row uint32) bool { return c.people[row] != nil })
	slices.Sort(rows)
	return slices.Compact(rows)
}

// shift is what a change moves in one sort order.
type shift struct {
	sorted     *sorted
	gone, came []uint32
	list       *list
	orders     [2]*trigram.Order
}

func (c *remodel) shifts(renamed []uint32) []shift {
	var gone, came []uint32
	for _, e := range c.edits {
		if e.was {
			gone = append(gone, e.row)
		}
		if e.is {
			came = append(came, e.row)
		}
	}
	var out []shift
	for column, s := range c.m.persons.orders {
		add := shift{sorted: s, gone: gone, came: came}
		if column == "organisation" && len(renamed) > 0 {
			add.gone, add.came = slices.Concat(gone, renamed), slices.Concat(came, renamed)
		}
		out = append(out, add)
	}
	out = append(out, c.bodyShifts()...)
	return slices.DeleteFunc(out, func(s shift) bool { return s.sorted.list == nil || len(s.gone)+len(s.came) == 0 })
}

func (c *remodel) bodyShifts() []shift {
	var gone, came, counted []uint32
	for row, next := range c.bodies {
		if c.m.bodies.rows[row].live {
			gone = append(gone, row)
		}
		if next.live {
			came = append(came, row)
		}
	}
	for row := range c.moves {
		if c.bodies[row] == nil && c.m.bodies.rows[row].live {
			counted = append(counted, row)
		}
	}
	var out []shift
	for column, s := range c.m.organisations.orders {
		add := shift{sorted: s, gone: gone, came: came}
		if column == "people" {
			add.gone, add.came = slices.Concat(gone, counted), slices.Concat(came, counted)
		}
		out = append(out, add)
	}
	return out
}

// write replaces rows. Under mu.
func (c *remodel) write(cases *caseBook) {
	m := c.m
	m.day = c.day
	if c.settings != nil {
		m.settings = *c.settings
	}
	if c.profiled {
		m.shapes.follow(&m.settings.Profile)
	}
	m.cases = cases
	for row, b := range c.bodies {
		m.bodies.set(row, b)
	}
	for row, mv := range c.moves {
		m.bodies.rows[row].change(mv.out, mv.in)
	}
	for _, e := range c.edits {
		m.lacking -= m.counts(e.row)
		c.writePerson(e)
		m.lacking += m.counts(e.row)
	}
	for row, e := range c.events {
		m.people.facts.set(row, e.packed)
	}
	c.writeBarred()
	if c.profiled {
		m.lacking = 0
		for row := range m.people.rows {
			m.lacking += m.counts(uint32(row))
		}
	}
}

// counts is 1 for an active person whose record is incomplete, else 0.
func (m *model) counts(row uint32) int {
	if m.people.rows[row].live && m.shapeOf(row).status == register.Active && m.incomplete(row) {
		return 1
	}
	return 0
}

func (c *remodel) writePerson(e *edit) {
	m := c.m
	meta := &m.people.rows[e.row]
	if e.is != e.was {
		m.people.live--
		if e.is {
			m.people.live += 2
		}
	}
	meta.live, meta.tomb = e.is, e.tomb
	meta.belong(e.ties, c.day)
	packed := m.people.texts.get(e.row)
	packed = slices.Clone(packed[:len(packed)-len(e.before.tail)])
	if e.record != nil {
		packed = packPerson(nil, e.record)
		meta.updated = stamp(e.record.Updated)
		meta.since, meta.born = register.PackDate(e.record.StatusSince), register.PackDate(e.record.Born())
		if meta.held() {
			meta.shape = m.shapes.of(e.record)
		}
		m.mail(e, e.record.Email)
	}
	m.people.texts.set(e.row, packTies(packed, e.ties))
}

// mail makes a person found by another address.
func (m *model) mail(e *edit, email string) {
	was, is := normalMail(e.before.email), normalMail(email)
	if was == is {
		return
	}
	if was != "" {
		m.people.mails.remove(m.hash(was), e.row)
	}
	if is != "" {
		m.people.mails.add(m.hash(is), e.row)
	}
}

// manyRenamed is from how many people on an organisation's new name reaches the search in the background.
const manyRenamed = 4096

// retext makes people and organisations found by what they are called now.
func (c *remodel) retext(renamed []uint32) {
	m := c.m
	for _, e := range c.edits {
		m.textOf(e.row)
	}
	for row, b := range c.bodies {
		if b.live {
			m.organisations.index.Set(row, b.text())
		} else {
			m.organisations.index.Delete(row)
		}
	}
	if len(renamed) < manyRenamed {
		for _, row := range renamed {
			m.textOf(row)
		}
		renamed = nil
	}
	due := m.persons.index.MergeDue() || m.organisations.index.MergeDue()
	if due || c.erasing || len(renamed) > 0 {
		m.tidy.wake(m, renamed)
	}
}

// textOf makes a person found by what is held now.
func (m *model) textOf(row uint32) {
	if !m.people.rows[row].live {
		m.persons.index.Delete(row)
		return
	}
	p := m.people.get(row)
	m.persons.index.Set(row, m.personText(&p))
}
