package store

import (
	"bytes"
	"reflect"
	"slices"

	"custos/internal/register"
)

// What is said of a record that the read model keeps otherwise. Nothing on the disk is damaged by it.
const (
	differs   = "what is kept of the record in memory is not what is on the disk; open the store again"
	surplus   = "the record is kept in memory and not on the disk; open the store again"
	misplaced = "the person is listed or found otherwise than on record; open the store again"
)

// memoryCheck holds records, as they come from the disk, against the read model. For one goroutine.
type memoryCheck struct {
	m      *model
	packed []byte
	facts  personFacts
}

// personFacts is what the ledger holds on the person met last, unpacked once for all of their events.
type personFacts struct {
	subject register.ID
	facts   []register.ConsentFact
}

// remember holds one record against what is kept of it.
func (i *inspection) remember(bucket, key string, subject register.ID, v any) {
	m := &i.memory
	m.m.mu.RLock()
	defer m.m.mu.RUnlock()
	same := true
	switch v := v.(type) {
	case register.Delegate:
		same = m.person(&v)
	case register.Membership:
		same = m.membership(&v)
	case register.ConsentFact:
		same = m.fact(subject, &v)
	case register.Organisation:
		same = m.body(&v)
	case register.Suppression:
		same = m.suppression(&v)
	case register.Request:
		kept := m.m.cases.find(v.Ref)
		same = kept != nil && reflect.DeepEqual(newCaseRow(&v), kept)
	case register.Settings:
		same = reflect.DeepEqual(v, m.m.settings)
	}
	if !same {
		i.wrong(bucket, key, differs)
	}
}

// person reports whether a person is kept as they are on record: what lists show, and by what they are found.
func (c *memoryCheck) person(d *register.Delegate) bool {
	m := c.m
	row, ok := m.find(d.ID)
	if !ok {
		return false
	}
	c.packed = packPerson(c.packed[:0], d)
	meta := &m.people.rows[row]
	return bytes.HasPrefix(m.people.texts.get(row), c.packed) &&
		meta.tomb == (d.Status == register.Erased) && meta.live == !meta.tomb &&
		meta.updated == stamp(d.Updated) && meta.since == register.PackDate(d.StatusSince) &&
		meta.born == register.PackDate(d.Born()) && m.shapeOf(row).fits(d) &&
		c.mail(row, d.Email) && c.tags(row, d)
}

// fits reports whether a shape is that of a person.
func (s *shape) fits(d *register.Delegate) bool {
	filled := 0
	for _, f := range [...]string{d.Name, d.Given, d.Family, d.Email, d.Phone, d.JobTitle} {
		if f != "" {
			filled++
		}
	}
	for _, f := range d.Fields {
		if f != "" {
			filled++
		}
	}
	empty := func(f string) bool { return d.Value(f) == "" }
	return s.kind == d.Kind && s.status == d.Status && len(s.fields) == filled && !slices.ContainsFunc(s.fields, empty)
}

// mail reports whether a person is found by their address.
func (c *memoryCheck) mail(row uint32, email string) bool {
	normal := normalMail(email)
	if normal == "" {
		return true
	}
	for found := range c.m.people.mails.rows(c.m.hash(normal)) {
		if found == row {
			return true
		}
	}
	return false
}

// tags reports whether the suppressions of a person's addresses would be seen.
func (c *memoryCheck) tags(row uint32, d *register.Delegate) bool {
	for kind, address := range addressesOf(d) {
		tags := c.m.barred.tags[kind]
		if tags == nil {
			continue // nothing of the kind is suppressed
		}
		var kept addressTag
		if int(row) < len(tags) {
			kept = tags[row]
		}
		if kept != c.m.tag(kind, address) {
			return false
		}
	}
	return true
}

func (c *memoryCheck) membership(x *register.Membership) bool {
	m := c.m
	row, ok := m.find(x.Delegate)
	if !ok {
		return false
	}
	p := m.people.get(row)
	for u := (unpacker{p.tail}); u.rest != ""; {
		if t := u.tie(); t.id == string(x.ID) {
			return m.bodies.rows[t.body].row.ID == x.Organisation && m.levels.names[t.access] == x.Access &&
				t.from == dayNumber(x.From.Year(), x.From.Month(), x.From.Day()) &&
				t.to == dayNumber(x.To.Year(), x.To.Month(), x.To.Day())
		}
	}
	return false
}

func (c *memoryCheck) fact(subject register.ID, f *register.ConsentFact) bool {
	p := &c.facts
	if p.subject != subject {
		p.subject, p.facts = subject, p.facts[:0]
		if row, ok := c.m.find(subject); ok {
			u := unpacker{string(c.m.people.facts.get(row))}
			p.facts = u.facts(p.facts, c.m.forms.known())
		}
	}
	n := slices.IndexFunc(p.facts, func(k register.ConsentFact) bool { return k.ID == f.ID })
	if n < 0 {
		return false
	}
	kept, said := p.facts[n], *f
	if !kept.At.Equal(said.At) || !kept.Recorded.Equal(said.Recorded) {
		return false
	}
	kept.At, kept.Recorded = said.At, said.Recorded
	return kept == said
}

func (c *memoryCheck) body(o *register.Organisation) bool {
	b := &c.m.bodies
	row, ok := b.byID[o.ID]
	if !ok {
		return false
	}
	want, kept := newBody(o), b.rows[row]
	return kept.live && kept.row == want.row && kept.ukprn == want.ukprn &&
		(o.URN == "" || slices.Contains(b.byURN[o.URN], row)) &&
		(fold(o.Name) == "" || slices.Contains(b.byName[fold(o.Name)], row))
}

func (c *memoryCheck) suppression(s *register.Suppression) bool {
	b := &c.m.barred
	kept, ok := b.all[s.ID]
	if !ok || !reflect.DeepEqual(kept, *s) {
		return false
	}
	tag := tagOf(s.Hash)
	bars := tag != (addressTag{}) && s.Lifted.IsZero()
	in := slices.ContainsFunc(b.by[tag], func(x register.Suppression) bool { return x.ID == s.ID })
	return in == bars
}
