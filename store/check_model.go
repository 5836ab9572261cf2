package store

import (
	"runtime"
	"slices"
	"sync"

	"custos/internal/register"
)

// remembered looks at what the read model keeps beyond the records: rows that no record stands behind, and what is
// worked out from rows: search, lists, members. Only the first use of a sort order waits for it.
func (c *checker) remembered() {
	m := c.db.model
	m.write.Lock()
	defer m.write.Unlock()
	c.progress("memory", 0, len(m.people.rows))
	c.extraPeople()
	c.extraOthers()
	c.derived()
	c.lists(&m.persons, m.livingPeople(), delegates.name)
	c.lists(&m.organisations, m.livingBodies(), organisations.name)
	c.progress("memory", len(m.people.rows), len(m.people.rows))
}

// surplus names a record that is in memory alone.
func (c *checker) surplus(bucket, key string) {
	if b := c.tx.Bucket([]byte(bucket)); b == nil || b.Get([]byte(key)) == nil {
		c.wrong(bucket, key, surplus)
	}
}

// extraPeople looks for people, memberships and facts that are in memory alone, where there are more than on the disk.
func (c *checker) extraPeople() {
	m := c.db.model
	people, ties, facts := 0, 0, 0
	each := func(visit func(id register.ID, held bool, ties []tie, facts []register.ConsentFact)) {
		forms := m.forms.known()
		for row := range m.people.rows {
			p, u := m.people.get(uint32(row)), unpacker{string(m.people.facts.get(uint32(row)))}
			visit(p.id, m.people.rows[row].held(), p.ties(), u.facts(nil, forms))
		}
	}
	each(func(_ register.ID, held bool, t []tie, f []register.ConsentFact) {
		if held {
			people++
		}
		ties, facts = ties+len(t), facts+len(f)
	})
	n := c.report.Records
	if people <= n[delegates.name] && ties <= n[memberships.name] && facts <= n[consents.name] {
		return
	}
	each(func(id register.ID, held bool, t []tie, f []register.ConsentFact) {
		if held {
			c.surplus(delegates.name, string(id))
		}
		for i := range t {
			c.surplus(memberships.name, string(id)+keySep+t[i].id)
		}
		for i := range f {
			c.surplus(consents.name, string(id)+keySep+string(f[i].ID))
		}
	})
}

// extraOthers looks for the same in what there are few of.
func (c *checker) extraOthers() {
	m := c.db.model
	for _, b := range m.bodies.rows {
		if b.live {
			c.surplus(organisations.name, string(b.row.ID))
		}
	}
	for _, r := range m.cases.orders[casesByRef].rows() {
		c.surplus(requests.name, r.request.Ref)
	}
	for id, s := range m.barred.all {
		c.surplus(suppressions.name, s.Hash+keySep+string(id))
	}
}

// derived holds what is worked out from a person's row against the row: search, memberships of the day, what lacks.
func (c *checker) derived() {
	m := c.db.model
	m.tidy.mu.Lock()
	renaming := m.tidy.running // the search may lag behind new names of organisations
	m.tidy.mu.Unlock()
	total, parts := len(m.people.rows), runtime.GOMAXPROCS(0)
	tallies := make([]tally, parts)
	var wg sync.WaitGroup
	for i := range parts {
		tallies[i].members = make([]int, len(m.bodies.rows))
		wg.Go(func() {
			for row := total * i / parts; row < total*(i+1)/parts && !c.stopped(); row++ {
				if !m.rowFits(uint32(row), !renaming, &tallies[i]) {
					p := m.people.get(uint32(row))
					c.wrong(delegates.name, string(p.id), misplaced)
				}
			}
		})
	}
	wg.Wait()
	if c.stopped() {
		return
	}
	lacking := 0
	for row, b := range m.bodies.rows {
		n := 0
		for i := range tallies {
			n += tallies[i].members[row]
		}
		if n != len(b.members) {
			c.wrong(organisations.name, string(b.row.ID), "its members are counted wrong in memory; open the store again")
		}
	}
	for i := range tallies {
		lacking += tallies[i].lacking
	}
	if lacking != m.lacking {
		c.wrong(delegates.name, "", "incomplete records are counted wrong in memory; open the store again")
	}
}

// tally counts over rows what the model keeps counted.
type tally struct {
	members []int // by organisation
	lacking int
}

// rowFits reports whether what is worked out from a row is right.
func (m *model) rowFits(row uint32, text bool, t *tally) bool {
	meta := m.people.rows[row] // a copy: belong writes
	kept := meta
	t.lacking += m.counts(row)
	p := m.people.get(row)
	found, listed := m.persons.index.Text(row)
	if !meta.live {
		return !listed
	}
	for _, b := range meta.belong(p.ties(), m.day) {
		t.members[b]++
	}
	if meta != kept || !listed {
		return false
	}
	return !text || found == m.personText(&p)
}

// lists misses nobody in the sort orders that were made.
func (c *checker) lists(r *roster, living []uint32, bucket string) {
	for _, s := range r.orders {
		if s.list == nil || c.stopped() {
			continue
		}
		rows := s.list.rows()
		slices.Sort(rows)
		if !slices.Equal(rows, living) {
			c.wrong(bucket, "", "a sorted list in memory misses a record or has one too many; open the store again")
		}
	}
}
