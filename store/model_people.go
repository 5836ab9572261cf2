package store

import (
	"math"
	"time"

	"custos/internal/register"
)

// people holds one row for every person there is, and one for everyone there was since the store was opened: rows are
// never given to somebody else, so a list on a screen cannot come to show another person.
type people struct {
	rows  []personMeta
	packs []pack
	ids   hashed
	mails hashed // by normalised address
	live  int
}

type personMeta struct {
	updated  int64 // nanoseconds since 1970; noTime for none
	shape    uint32
	at, size uint32 // in the pack
	belongs  belonging
	live     bool
}

const noTime = math.MinInt64

// pack holds the packed persons of packRows neighbouring rows.
type pack struct {
	data []byte
	dead int // bytes no row uses any more, zeroed
}

const packRows = 1024

func (p *people) packed(row uint32) []byte {
	m := &p.rows[row]
	return p.packs[row/packRows].data[m.at : m.at+m.size]
}

func (p *people) get(row uint32) person { return unpackPerson(string(p.packed(row))) }

// set replaces what is packed for a row, and overwrites what was.
func (p *people) set(row uint32, packed []byte) {
	for int(row/packRows) >= len(p.packs) {
		p.packs = append(p.packs, pack{})
	}
	old := p.packed(row)
	clear(old)
	k := &p.packs[row/packRows]
	k.dead += len(old)
	m := &p.rows[row]
	m.size = 0
	if len(k.data)+len(packed) > cap(k.data) {
		p.repack(int(row/packRows), len(packed))
	}
	m.at, m.size = uint32(len(k.data)), uint32(len(packed))
	k.data = append(k.data, packed...)
}

// repack moves a pack to memory with room for more, without the bytes that are dead.
func (p *people) repack(n, more int) {
	k := &p.packs[n]
	used := len(k.data) - k.dead + more
	data := make([]byte, 0, used+used/8)
	first := n * packRows
	for row := first; row < min(first+packRows, len(p.rows)); row++ {
		m := &p.rows[row]
		at := uint32(len(data))
		data = append(data, k.data[m.at:m.at+m.size]...)
		m.at = at
	}
	clear(k.data)
	k.data, k.dead = data, 0
}

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
		if (&unpacker{string(m.people.packed(row))}).text() == string(id) {
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
	if !meta.live {
		return register.DelegateRow{ID: p.id, Status: register.Erased}
	}
	s := m.shapeOf(row)
	return register.DelegateRow{
		ID: p.id, Name: p.name, Email: p.email, Phone: p.phone, Organisation: m.employerNames(&p, m.day),
		Kind: s.kind, Status: s.status, Incomplete: m.incomplete(row), Updated: unstamp(meta.updated),
	}
}
