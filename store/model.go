package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"custos/internal/register"
)

// model is the read model: what lists need, kept in memory and current. It never touches the disk.
type model struct {
	mu       sync.RWMutex
	people   map[register.ID]register.Delegate
	orgs     map[register.ID]register.Organisation
	members  map[string]register.Membership
	cases    map[string]register.Request
	settings register.Settings
}

func newModel() *model {
	return &model{
		people: map[register.ID]register.Delegate{}, orgs: map[register.ID]register.Organisation{},
		members: map[string]register.Membership{}, cases: map[string]register.Request{},
	}
}

func (m *model) wants(collection string) bool {
	switch collection {
	case delegates.name, organisations.name, memberships.name, requests.name, settings.name:
		return true
	}
	return false
}

func (m *model) load(batches func(yield func([]record) bool)) {
	for batch := range batches {
		m.apply(commit{records: batch})
	}
}

func (m *model) apply(c commit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range c.records {
		switch r.collection {
		case delegates.name:
			keep(m.people, register.ID(r.key), r.value)
		case organisations.name:
			keep(m.orgs, register.ID(r.key), r.value)
		case memberships.name:
			keep(m.members, r.key, r.value)
		case requests.name:
			keep(m.cases, r.key, r.value)
		case settings.name:
			m.settings, _ = r.value.(register.Settings)
		}
	}
}

func keep[K comparable, V any](m map[K]V, key K, value any) {
	if v, ok := value.(V); ok {
		m[key] = v
		return
	}
	delete(m, key)
}

// rowList is a list cut to a limit.
type rowList[T any] struct {
	rows []T
	more bool
}

func (l rowList[T]) Len() int    { return len(l.rows) }
func (l rowList[T]) Row(i int) T { return l.rows[i] }
func (l rowList[T]) More() bool  { return l.more }

func listed[T any](rows []T, limit int) rowList[T] {
	if limit > 0 && len(rows) > limit {
		return rowList[T]{rows[:limit], true}
	}
	return rowList[T]{rows, false}
}

func matches(filter string, texts ...string) bool {
	all := strings.ToLower(strings.Join(texts, "\n"))
	for _, word := range strings.Fields(strings.ToLower(filter)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func (m *model) personRow(d register.Delegate) register.DelegateRow {
	row := register.DelegateRow{ID: d.ID, Name: d.Name, Email: d.Email, Phone: d.Phone, Kind: d.Kind, Status: d.Status,
		Updated: d.Updated}
	var names []string
	var first *register.Membership
	for _, x := range m.members {
		if x.Delegate == d.ID && x.To.IsZero() {
			first = &x
			names = append(names, m.orgs[x.Organisation].Name)
		}
	}
	slices.Sort(names)
	row.Organisation = strings.Join(names, ", ")
	row.Incomplete = len(m.settings.Profile.Missing(&d, first)) > 0
	return row
}

func (m *model) peopleRows(q register.Query) []register.DelegateRow {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var rows []register.DelegateRow
	for _, d := range m.people {
		if (q.Kind != "" && d.Kind != q.Kind) || (q.Status != "" && d.Status != q.Status) {
			continue
		}
		if q.Within != "" && !m.belongs(d.ID, q.Within) {
			continue
		}
		if r := m.personRow(d); matches(q.Filter, r.Name, r.Email, r.Organisation) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b register.DelegateRow) int {
		c := cmp.Or(strings.Compare(personColumn(a, q.Sort), personColumn(b, q.Sort)), cmp.Compare(a.ID, b.ID))
		if q.Desc {
			return -c
		}
		return c
	})
	return rows
}

func personColumn(r register.DelegateRow, column string) string {
	switch column {
	case "email":
		return r.Email
	case "organisation":
		return r.Organisation
	case "kind":
		return r.Kind
	case "status":
		return string(r.Status)
	case "updated":
		return r.Updated.UTC().Format("2006-01-02T15:04:05.000000000")
	}
	return strings.ToLower(r.Name)
}

func (m *model) belongs(delegate, organisation register.ID) bool {
	for _, x := range m.members {
		if x.Delegate == delegate && x.Organisation == organisation && x.To.IsZero() {
			return true
		}
	}
	return false
}

func (m *model) organisationRows(q register.Query) []register.OrganisationRow {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var rows []register.OrganisationRow
	for _, o := range m.orgs {
		if (q.Kind != "" && string(o.Status) != q.Kind) || (q.Status != "" && o.Status != q.Status) {
			continue
		}
		if r := m.organisationRow(o); matches(q.Filter, r.Name, r.URN, r.Town, r.Postcode) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b register.OrganisationRow) int {
		c := cmp.Or(strings.Compare(organisationColumn(a, q.Sort), organisationColumn(b, q.Sort)), cmp.Compare(a.ID, b.ID))
		if q.Desc {
			return -c
		}
		return c
	})
	return rows
}

func organisationColumn(r register.OrganisationRow, column string) string {
	switch column {
	case "urn":
		return r.URN
	case "town":
		return r.Town
	case "postcode":
		return r.Postcode
	case "status":
		return string(r.Status)
	}
	return strings.ToLower(r.Name)
}

func (m *model) organisationRow(o register.Organisation) register.OrganisationRow {
	r := register.OrganisationRow{ID: o.ID, Name: o.Name, URN: o.URN, Type: o.Type, Town: o.Town, Postcode: o.Postcode,
		LAName: o.LAName, Status: o.Status}
	for _, x := range m.members {
		if x.Organisation == o.ID && x.To.IsZero() {
			r.People++
		}
	}
	return r
}

// People lists people.
func (db *DB) People(q register.Query) register.Rows[register.DelegateRow] {
	return listed(db.model.peopleRows(q), q.Limit)
}

// CountPeople counts the people a query finds, whatever its limit.
func (db *DB) CountPeople(ctx context.Context, q register.Query) (int, error) {
	return len(db.model.peopleRows(q)), ctx.Err()
}

// Organisations lists organisations.
func (db *DB) Organisations(q register.Query) register.Rows[register.OrganisationRow] {
	return listed(db.model.organisationRows(q), q.Limit)
}

// CountOrganisations counts the organisations a query finds, whatever its limit.
func (db *DB) CountOrganisations(ctx context.Context, q register.Query) (int, error) {
	return len(db.model.organisationRows(q)), ctx.Err()
}

// Person returns one person's row.
func (db *DB) Person(id register.ID) (register.DelegateRow, bool) {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	d, ok := db.model.people[id]
	if !ok {
		return register.DelegateRow{}, false
	}
	return db.model.personRow(d), true
}

// Organisation returns one organisation's row.
func (db *DB) Organisation(id register.ID) (register.OrganisationRow, bool) {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	o, ok := db.model.orgs[id]
	if !ok {
		return register.OrganisationRow{}, false
	}
	return db.model.organisationRow(o), true
}

// PersonByEmail returns the people with a normalised address.
func (db *DB) PersonByEmail(normal string) []register.ID {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	var ids []register.ID
	for id, d := range db.model.people {
		if n, err := register.NormalEmail(d.Email); err == nil && n == normal {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// OrganisationByURN returns the organisations with a URN.
func (db *DB) OrganisationByURN(urn string) []register.ID {
	return db.model.organisationsWhere(func(o register.Organisation) bool { return o.URN == urn })
}

// OrganisationByName returns the organisations with a name, compared in lower case.
func (db *DB) OrganisationByName(folded string) []register.ID {
	return db.model.organisationsWhere(func(o register.Organisation) bool { return strings.ToLower(o.Name) == folded })
}

func (m *model) organisationsWhere(is func(register.Organisation) bool) []register.ID {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var ids []register.ID
	for id, o := range m.orgs {
		if is(o) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// RequestList returns every case, by number. The records are shared: read only.
func (db *DB) RequestList() []register.Request {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	var all []register.Request
	for _, r := range db.model.cases {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b register.Request) int { return cmp.Compare(a.Ref, b.Ref) })
	return all
}

// Settings returns the settings in force. The record is shared: read only.
func (db *DB) Settings() register.Settings {
	db.model.mu.RLock()
	defer db.model.mu.RUnlock()
	return db.model.settings
}

// IncompletePeople counts the active people whose record lacks a mandatory field.
func (db *DB) IncompletePeople() int {
	n := 0
	for _, row := range db.model.peopleRows(register.Query{Status: register.Active}) {
		if row.Incomplete {
			n++
		}
	}
	return n
}
