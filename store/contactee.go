package store

import (
	"slices"
	"strings"

	"custos/internal/register"
)

// Contactee returns what the contact rules need to know of a person: facts in the order in which they happened, and the
// suppressions of their addresses that are not lifted. It is the caller's to keep.
func (db *DB) Contactee(id register.ID) (register.Contactee, bool) {
	m := db.model
	m.turn()
	r := contactees{m: m}
	m.mu.RLock()
	row, ok := m.find(id)
	if ok {
		r.look(row)
	}
	m.mu.RUnlock()
	var p register.Contactee
	r.each(func(x *register.Contactee) bool {
		p = *x
		return true
	})
	return p, len(r.seen) == 1
}

// EachContactee visits whomever People lists for a query, in its order; the zero Query is everybody, in any order. Each is as held
// when their turn comes. The person visited and the slices in it are used again for the next: they are valid during
// the call only, while texts may be kept. It stops on false. Visit may call the store, and does not keep it from
// changing.
func (db *DB) EachContactee(q register.Query, visit func(*register.Contactee) bool) {
	m := db.model
	m.turn()
	m.mu.RLock()
	n, rowAt := len(m.people.rows), func(i int) uint32 { return uint32(i) }
	m.mu.RUnlock()
	listed := q != register.Query{}
	if listed {
		list := m.persons.pick(&q)
		n, rowAt = list.n, list.at
	}
	r := contactees{m: m}
	for from := 0; from < n; from += lookRows {
		r.reset()
		m.mu.RLock()
		for i := from; i < min(n, from+lookRows); i++ {
			if row := rowAt(i); listed || m.people.rows[row].live {
				r.look(row)
			}
		}
		m.mu.RUnlock()
		if !r.each(visit) {
			return
		}
	}
}

// lookRows is how many people are looked at in one go.
const lookRows = 128

// contactees reads people for the contact rules: what is packed is copied under mu, and unpacked without it.
type contactees struct {
	m    *model
	buf  []byte
	seen []glimpse
	p    register.Contactee
}

// glimpse is a person as looked at under mu.
type glimpse struct {
	meta        personMeta
	kind        string
	status      register.Status
	post        bool
	access      string
	text, facts int // ends in buf
	barred      [len(addressKinds)][]register.Suppression
}

func (r *contactees) reset() { r.buf, r.seen = r.buf[:0], r.seen[:0] }

// look takes in a row, unless nobody is in it. Under mu.
func (r *contactees) look(row uint32) {
	m := r.m
	meta := m.people.rows[row]
	if !meta.held() {
		return
	}
	s := m.shapeOf(row)
	g := glimpse{meta: meta, kind: s.kind, status: s.status, post: s.post, access: m.levels.names[meta.access]}
	r.buf = append(r.buf, m.people.texts.get(row)...)
	g.text = len(r.buf)
	r.buf = append(r.buf, m.people.facts.get(row)...)
	g.facts = len(r.buf)
	for kind := range addressKinds {
		g.barred[kind] = m.barred.of(kind, row)
	}
	r.seen = append(r.seen, g)
}

// each unpacks whom look took in. All texts of a round share one allocation.
func (r *contactees) each(visit func(*register.Contactee) bool) bool {
	all, forms, from := string(r.buf), r.m.forms.known(), 0
	for i := range r.seen {
		g := &r.seen[i]
		u, f := unpacker{all[from:g.text]}, unpacker{all[g.text:g.facts]}
		from = g.facts
		facts := slices.Grow(r.p.Facts[:0], len(f.rest)/factSize)
		r.p = register.Contactee{
			Delegate: register.ID(u.text()), Name: u.text(), Email: u.text(), Phone: u.text(),
			Kind: g.kind, Access: g.access, Status: g.status, Since: register.UnpackDate(g.meta.since), Post: g.post,
			Born: register.UnpackDate(g.meta.born), Facts: f.facts(facts, forms), Suppressed: r.p.Suppressed[:0],
		}
		for _, entries := range g.barred {
			r.p.Suppressed = append(r.p.Suppressed, entries...)
		}
		if !visit(&r.p) {
			return false
		}
	}
	return true
}

// Suppressions returns every suppression, lifted ones too, newest first.
func (db *DB) Suppressions() []register.Suppression {
	m := db.model
	m.mu.RLock()
	all := make([]register.Suppression, 0, len(m.barred.all))
	for _, s := range m.barred.all {
		all = append(all, s)
	}
	m.mu.RUnlock()
	slices.SortFunc(all, func(a, b register.Suppression) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return all
}
