package store

import (
	"context"
	"slices"

	"custos/internal/register"
)

// People lists people: the zero Query is everybody by name, family name first where it is known. Whoever was erased is
// nobody; what is left of them is listed for the status erased alone. Which people are in the
// list, and in which order, stays as it is while the store changes; what a row shows is what is held when it is read, and
// somebody gone by then is shown as erased.
func (db *DB) People(q register.Query) register.Rows[register.DelegateRow] {
	m := db.model
	m.turn()
	return view[register.DelegateRow]{m.persons.pick(&q), m, m.personRow}
}

// CountPeople counts the people a query finds, whatever its limit. It may take a moment where there are very many: run it
// in the background and cancel it when the query changes; it then returns the context's error.
func (db *DB) CountPeople(ctx context.Context, q register.Query) (int, error) {
	db.model.turn()
	return db.model.persons.count(ctx, &q)
}

// Organisations lists organisations, in the same way as People.
func (db *DB) Organisations(q register.Query) register.Rows[register.OrganisationRow] {
	m := db.model
	m.turn()
	return view[register.OrganisationRow]{m.organisations.pick(&q), m, m.bodyRow}
}

// CountOrganisations counts the organisations a query finds, in the same way as CountPeople.
func (db *DB) CountOrganisations(ctx context.Context, q register.Query) (int, error) {
	return db.model.organisations.count(ctx, &q)
}

// view is a list as a screen reads it.
type view[T any] struct {
	picked
	m   *model
	row func(row uint32) T
}

func (v view[T]) Len() int   { return v.n }
func (v view[T]) More() bool { return v.more }

func (v view[T]) Row(i int) T {
	v.m.mu.RLock()
	defer v.m.mu.RUnlock()
	return v.row(v.at(i))
}

func (m *model) narrowPeople(q *register.Query) narrowing {
	n := narrowing{all: len(m.people.rows)}
	if q.Kind == "" && q.Status == "" && q.Within == "" && !q.Incomplete {
		return n
	}
	var within rowSet
	if q.Within != "" {
		n.rows = []uint32{}
		if body, ok := m.bodies.byID[q.Within]; ok {
			n.rows = append(n.rows, m.bodies.rows[body].members...)
		}
		within = newRowSet(n.rows)
	}
	kind, status, inside, lacking := q.Kind, q.Status, q.Within != "", q.Incomplete
	n.unlisted = status == register.Erased
	n.test = func(row uint32) bool {
		meta := &m.people.rows[row]
		if n.unlisted && !meta.tomb || !n.unlisted && !meta.live || inside && !within.has(row) {
			return false
		}
		if lacking && m.counts(row) == 0 {
			return false
		}
		s := m.shapeOf(row)
		return (kind == "" || s.kind == kind) && (status == "" || s.status == status)
	}
	return n
}

func (m *model) narrowBodies(q *register.Query) narrowing {
	n := narrowing{all: len(m.bodies.rows)}
	if q.Kind == "" && q.Status == "" {
		return n
	}
	kind, status := register.Status(q.Kind), q.Status
	n.test = func(row uint32) bool {
		b := m.bodies.rows[row]
		return b.live && (kind == "" || b.row.Status == kind) && (status == "" || b.row.Status == status)
	}
	return n
}

// IncompletePeople is how many active people lack something that the profile makes mandatory for their kind.
func (db *DB) IncompletePeople() int {
	db.model.turn()
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	return db.model.lacking
}

// Person returns one person's row, or that of what is left of them.
func (db *DB) Person(id register.ID) (register.DelegateRow, bool) {
	m := db.model
	m.turn()
	m.mu.RLock()
	defer m.mu.RUnlock()
	row, ok := m.find(id)
	if !ok || !m.people.rows[row].held() {
		return register.DelegateRow{}, false
	}
	return m.personRow(row), true
}

// Organisation returns one organisation's row.
func (db *DB) Organisation(id register.ID) (register.OrganisationRow, bool) {
	m := db.model
	m.turn()
	m.mu.RLock()
	defer m.mu.RUnlock()
	row, ok := m.bodies.byID[id]
	if !ok || !m.bodies.rows[row].live {
		return register.OrganisationRow{}, false
	}
	return m.bodyRow(row), true
}

// PersonByEmail returns the people with an address, given in the form of register.NormalEmail, in the order of their ids.
func (db *DB) PersonByEmail(normal string) []register.ID {
	m := db.model
	m.mu.RLock()
	defer m.mu.RUnlock()
	var ids []register.ID
	if normal == "" {
		return nil
	}
	for row := range m.people.mails.rows(m.hash(normal)) {
		if p := m.people.get(row); normalMail(p.email) == normal {
			ids = append(ids, p.id)
		}
	}
	slices.Sort(ids)
	return ids
}

// OrganisationByURN returns the organisations with a URN, in the order of their ids.
func (db *DB) OrganisationByURN(urn string) []register.ID {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	return db.model.bodyIDs(db.model.bodies.byURN[urn])
}

// OrganisationByName returns the organisations with a name, given as Fold makes it, in the order of their ids.
func (db *DB) OrganisationByName(folded string) []register.ID {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	return db.model.bodyIDs(db.model.bodies.byName[folded])
}

func (m *model) bodyIDs(rows []uint32) []register.ID {
	var ids []register.ID
	for _, row := range rows {
		ids = append(ids, m.bodies.rows[row].row.ID)
	}
	slices.Sort(ids)
	return ids
}

// Settings returns the settings in force. What it refers to is shared: read only.
func (db *DB) Settings() register.Settings {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	return db.model.settings
}
