package store

import (
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
)

// person is what the read model keeps on one: packed to bytes, and unpacked when a row is shown or compared.
type person struct {
	id                 register.ID
	name, email, phone string
	family             string // and given name, as sorted by; empty: the name as it is
	tail               string // the memberships, packed
}

// tie is a membership as the read model keeps it.
type tie struct {
	id       string
	body     uint32 // row of the organisation
	from, to int    // days as numbers such as 20260302; to 0: still a member
	access   uint32 // level, by its number in the model's levels; 0: none
}

func (t *tie) current(day int) bool { return t.from <= day && (t.to == 0 || t.to >= day) }

// Marks of how a person's sorting name is packed: as the name, as a text of its own, or, from splitAt on, as what stands
// in the name from a place on, followed by what stands before it.
const (
	sortAsName = iota
	sortOwn
	splitAt
)

// packPerson appends what a record gives: id, name, email, phone and sorting name, to be followed by the ties.
func packPerson(b []byte, d *register.Delegate) []byte {
	b = packText(b, string(d.ID))
	b = packText(b, d.Name)
	b = packText(b, d.Email)
	b = packText(b, d.Phone)
	switch {
	case d.Family == "":
		return append(b, sortAsName)
	case d.Given != "" && len(d.Name) == len(d.Given)+1+len(d.Family) &&
		d.Name[:len(d.Given)] == d.Given && d.Name[len(d.Given)] == ' ' && strings.HasSuffix(d.Name, d.Family):
		return binary.AppendUvarint(b, uint64(splitAt+len(d.Given)+1))
	case d.Given == "":
		return packText(append(b, sortOwn), d.Family+" "+d.Name)
	}
	return packText(append(b, sortOwn), d.Family+" "+d.Given)
}

func packText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func packTies(b []byte, ties []tie) []byte {
	for _, t := range ties {
		b = packText(b, t.id)
		b = binary.AppendUvarint(b, uint64(t.body))
		b = binary.AppendUvarint(b, uint64(t.access))
		b = binary.AppendUvarint(b, uint64(t.from))
		b = binary.AppendUvarint(b, uint64(t.to))
	}
	return b
}

// unpacker reads what pack wrote.
type unpacker struct{ rest string }

func (u *unpacker) number() uint64 {
	var n uint64
	for i := 0; i < len(u.rest); i++ {
		c := u.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			u.rest = u.rest[i+1:]
			return n
		}
	}
	return n
}

func (u *unpacker) text() string {
	n := u.number()
	s := u.rest[:n]
	u.rest = u.rest[n:]
	return s
}

func unpackPerson(packed string) person {
	u := unpacker{packed}
	p := person{id: register.ID(u.text()), name: u.text(), email: u.text(), phone: u.text()}
	switch at := u.number(); at {
	case sortAsName:
	case sortOwn:
		p.family = u.text()
	default:
		p.family = p.name[at-splitAt:] + " " + p.name[:at-splitAt-1]
	}
	p.tail = u.rest
	return p
}

// sortName is what lists by name go by, before folding.
func (p *person) sortName() string {
	if p.family != "" {
		return p.family
	}
	return p.name
}

// ties yields the memberships, in the order of their ids.
func (p *person) ties() []tie {
	var ties []tie
	for u := (unpacker{p.tail}); u.rest != ""; {
		ties = append(ties, u.tie())
	}
	return ties
}

func (u *unpacker) tie() tie {
	t := tie{id: u.text()}
	t.body, t.access = uint32(u.number()), uint32(u.number())
	t.from, t.to = int(u.number()), int(u.number())
	return t
}

// employers returns the organisations of the memberships that run on a day, each once, and what the last of them gives.
func employers(ties []tie, day int) (bodies []uint32, b belonging) {
	for i := range ties {
		t := &ties[i]
		if !t.current(day) {
			continue
		}
		b = member
		if t.access != 0 {
			b = accessor
		}
		if !slices.Contains(bodies, t.body) {
			bodies = append(bodies, t.body)
		}
	}
	return bodies, b
}

// accessOf returns the access level a person has on a day: that of the membership begun last which gives one.
func accessOf(ties []tie, day int) uint32 {
	from, access := -1, uint32(0)
	for i := range ties {
		t := &ties[i]
		if t.current(day) && t.access != 0 && t.from >= from {
			from, access = t.from, t.access
		}
	}
	return access
}

// belong takes in the memberships as they are on a day, and returns the organisations of those that run.
func (p *personMeta) belong(ties []tie, day int) []uint32 {
	bodies, b := employers(ties, day)
	p.belongs, p.access = b, accessOf(ties, day)
	return bodies
}

// dayNumber is a day as a number that compares as days do.
func dayNumber(year int, month time.Month, day int) int { return year*10000 + int(month)*100 + day }
