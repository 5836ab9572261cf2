package store

import (
	"slices"

	"custos/internal/register"
)

// bodies are the organisations. They are some tens of thousands at most, so they are kept as they are.
type bodies struct {
	rows   []*body
	byID   map[register.ID]uint32
	byURN  map[string][]uint32
	byName map[string][]uint32 // folded
	live   int
}

type body struct {
	row     register.OrganisationRow // its People are counted when it is shown
	ukprn   string
	live    bool
	members []uint32 // rows of the people who belong to it now
}

func newBodies() bodies {
	return bodies{byID: map[register.ID]uint32{}, byURN: map[string][]uint32{}, byName: map[string][]uint32{}}
}

func newBody(o *register.Organisation) *body {
	return &body{live: true, ukprn: o.UKPRN, row: register.OrganisationRow{
		ID: o.ID, Name: o.Name, URN: o.URN, Type: o.Type, Town: o.Town, Postcode: o.Postcode, LAName: o.LAName,
		Status: o.Status,
	}}
}

// rowOf returns the row of an organisation, a new and empty one for an id not met before.
func (b *bodies) rowOf(id register.ID) uint32 {
	row, ok := b.byID[id]
	if !ok {
		row = uint32(len(b.rows))
		b.rows = append(b.rows, &body{row: register.OrganisationRow{ID: id}})
		b.byID[id] = row
	}
	return row
}

// set puts an organisation into its row, or takes it out when next is not live. Members stay.
func (b *bodies) set(row uint32, next *body) {
	old := b.rows[row]
	if old.live {
		b.live--
		unlist(b.byURN, old.row.URN, row)
		unlist(b.byName, fold(old.row.Name), row)
	}
	next.members = old.members
	b.rows[row] = next
	if next.live {
		b.live++
		enlist(b.byURN, next.row.URN, row)
		enlist(b.byName, fold(next.row.Name), row)
	}
}

func enlist(by map[string][]uint32, key string, row uint32) {
	if key != "" {
		by[key] = append(by[key], row)
	}
}

func unlist(by map[string][]uint32, key string, row uint32) {
	rest := slices.DeleteFunc(slices.Clone(by[key]), func(r uint32) bool { return r == row })
	if len(rest) == 0 {
		delete(by, key)
		return
	}
	by[key] = rest
}

// change takes members out and in.
func (b *body) change(out, in []uint32) {
	switch {
	case len(out) == 1:
		if i := slices.Index(b.members, out[0]); i >= 0 {
			last := len(b.members) - 1
			b.members[i] = b.members[last]
			b.members = b.members[:last]
		}
	case len(out) > 1:
		gone := newRowSet(out)
		b.members = slices.DeleteFunc(b.members, gone.has)
	}
	b.members = append(b.members, in...)
}

// bodyRow makes the row of a list. An organisation gone since the list was made is shown by its id alone.
func (m *model) bodyRow(row uint32) register.OrganisationRow {
	b := m.bodies.rows[row]
	if !b.live {
		return register.OrganisationRow{ID: b.row.ID}
	}
	r := b.row
	r.People = len(b.members)
	return r
}
