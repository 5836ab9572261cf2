package store

import (
	"encoding/binary"
	"math"
	"time"

	"custos/internal/register"
)

// people holds one row for every person there is, one for the tombstone of everyone erased, which no list shows unless
// it is asked for, and one for everyone there was since the store was opened: rows are never given to somebody else, so a
// list on a screen cannot come to show another person.
type people struct {
	rows  []personMeta
	texts shelf // packed persons
	facts shelf // what the ledger holds on them: see forms
	ids   hashed
	mails hashed // by normalised address
	live  int
}

type personMeta struct {
	updated     int64 // nanoseconds since 1970; noTime for none
	shape       uint32
	since, born uint32 // days: of the status, and of birth; see register.PackDate
	access      uint32 // level of a current membership, by its number in the model's levels
	belongs     belonging
	live        bool // a person
	tomb        bool // what is left of one
}

// held reports whether a record is in the row.
func (p *personMeta) held() bool { return p.live || p.tomb }

const noTime = math.MinInt64

func (p *people) get(row uint32) person { return unpackPerson(string(p.texts.get(row))) }

func stamp(t time.Time) int64 {
	if t.IsZero() {
		return noTime
	}
	return t.UnixNano()
}

func unstamp(n int64) time.Time {
	if n == noTime {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// find returns the row of an id, whether or not there is somebody in it.
func (m *model) find(id register.ID) (uint32, bool) {
	for row := range m.people.ids.rows(m.hash(string(id))) {
		packed := m.people.texts.get(row)
		n, from := binary.Uvarint(packed)
		if string(packed[from:from+int(n)]) == string(id) {
			return row, true
		}
	}
	return 0, false
}

func (m *model) shapeOf(row uint32) *shape { return &m.shapes.all[m.people.rows[row].shape] }

func (m *model) incomplete(row uint32) bool {
	return m.shapeOf(row).lacking[m.people.rows[row].belongs]
}

// personRow makes the row of a list. Somebody gone since the list was made is shown as erased, by id alone.
func (m *model) personRow(row uint32) register.DelegateRow {
	meta := &m.people.rows[row]
	p := m.people.get(row)
	if !meta.held() {
		return register.DelegateRow{ID: p.id, Status: register.Erased}
	}
	s := m.shapeOf(row)
	return register.DelegateRow{
		ID: p.id, Name: p.name, Email: p.email, Phone: p.phone, Organisation: m.employerNames(&p, m.day),
		Kind: s.kind, Status: s.status, Incomplete: m.incomplete(row), Updated: unstamp(meta.updated),
	}
}
