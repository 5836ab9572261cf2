package store

import (
	"encoding/hex"
	"runtime"
	"slices"
	"strings"
	"sync"

	"custos/internal/register"
)

// barred is what is suppressed, and whom it concerns: the hash of an address is worked out once, when the person or the
// first suppression of its kind comes, and not when somebody asks.
type barred struct {
	all  map[register.ID]register.Suppression // lifted ones too
	by   map[addressTag][]register.Suppression
	tags [len(addressKinds)][]addressTag // by row; nil while nothing of the kind was ever suppressed
}

// addressTag is the keyed hash of a normal address; zero for none.
type addressTag [16]byte

// addressKinds are the kinds of address that can be suppressed.
var addressKinds = [...]string{emailKind: "email", phoneKind: "phone"}

const (
	emailKind = iota
	phoneKind
)

func newBarred() barred {
	return barred{all: map[register.ID]register.Suppression{}, by: map[addressTag][]register.Suppression{}}
}

// set takes in a suppression as it is now, or takes out one that is gone. What was handed out stays as it was.
func (b *barred) set(id register.ID, now *register.Suppression) {
	if was, ok := b.all[id]; ok {
		delete(b.all, id)
		tag := tagOf(was.Hash)
		rest := slices.DeleteFunc(slices.Clone(b.by[tag]), func(s register.Suppression) bool { return s.ID == id })
		if b.by[tag] = rest; len(rest) == 0 {
			delete(b.by, tag)
		}
	}
	if now == nil {
		return
	}
	b.all[id] = *now
	if tag := tagOf(now.Hash); tag != (addressTag{}) && now.Lifted.IsZero() {
		b.by[tag] = append(slices.Clone(b.by[tag]), *now)
		slices.SortFunc(b.by[tag], func(x, y register.Suppression) int { return strings.Compare(string(x.ID), string(y.ID)) })
	}
}

// tagOf reads the hash of a suppression; zero for what is none, which suppresses nobody.
func tagOf(hash string) addressTag {
	var tag addressTag
	if b, err := hex.DecodeString(hash); err == nil && len(b) == len(tag) {
		copy(tag[:], b)
	}
	return tag
}

// of returns the suppressions of the address of a kind that somebody has. They are shared, and never change.
func (b *barred) of(kind int, row uint32) []register.Suppression {
	if len(b.by) == 0 || int(row) >= len(b.tags[kind]) {
		return nil
	}
	tag := b.tags[kind][row]
	if tag == (addressTag{}) {
		return nil
	}
	return b.by[tag]
}

// put keeps the tag of a row.
func (b *barred) put(kind int, row uint32, tag addressTag) {
	for len(b.tags[kind]) <= int(row) {
		b.tags[kind] = append(b.tags[kind], addressTag{})
	}
	b.tags[kind][row] = tag
}

// addressesOf returns what a person has of each kind of address.
func addressesOf(d *register.Delegate) [len(addressKinds)]string {
	return [...]string{emailKind: d.Email, phoneKind: d.Phone}
}

// normalAddress is an address in the form it is hashed in; "" for what is none.
func normalAddress(kind int, address string) string {
	switch {
	case address == "":
		return ""
	case kind == emailKind:
		return normalMail(address)
	}
	normal, err := register.NormalPhone(address)
	if err != nil {
		return ""
	}
	return normal
}

// tag hashes an address as it is on record.
func (m *model) tag(kind int, address string) addressTag {
	normal := normalAddress(kind, address)
	if normal == "" {
		return addressTag{}
	}
	return m.keys.addressTag(addressKinds[kind], normal)
}

// tagAll hashes everybody's address of a kind, on all processors.
func (m *model) tagAll(kind int) []addressTag {
	tags := make([]addressTag, len(m.people.rows))
	parts := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			for row := len(tags) * i / parts; row < len(tags)*(i+1)/parts; row++ {
				p := m.people.get(uint32(row))
				tags[row] = m.tag(kind, [...]string{emailKind: p.email, phoneKind: p.phone}[kind])
			}
		})
	}
	wg.Wait()
	return tags
}

// tagEdit is what a change does to the tags of one kind.
type tagEdit struct {
	all  []addressTag // of everybody, where there were none before
	rows map[uint32]addressTag
}

func (c *remodel) readSuppression(r *record) {
	_, id, _ := strings.Cut(r.key, keySep)
	c.barred[register.ID(id)] = nil
	if s, ok := r.value.(register.Suppression); ok {
		c.barred[s.ID] = &s
	}
}

// judgeTags hashes the addresses of those who changed, and of everybody when the first of a kind is suppressed.
func (c *remodel) judgeTags() {
	m := c.m
	for kind := range addressKinds {
		t := &c.tags[kind]
		if m.barred.tags[kind] == nil {
			if !c.suppresses(addressKinds[kind]) {
				continue
			}
			t.all = m.tagAll(kind)
		}
		t.rows = map[uint32]addressTag{}
		for _, e := range c.edits {
			if e.record != nil {
				t.rows[e.row] = m.tag(kind, addressesOf(e.record)[kind])
			}
		}
	}
}

func (c *remodel) suppresses(kind string) bool {
	for _, s := range c.barred {
		if s != nil && s.Kind == kind {
			return true
		}
	}
	return false
}

// writeBarred replaces what is suppressed, and whom it concerns. Under mu.
func (c *remodel) writeBarred() {
	b := &c.m.barred
	for id, s := range c.barred {
		b.set(id, s)
	}
	for kind := range c.tags {
		if all := c.tags[kind].all; all != nil {
			b.tags[kind] = all
		}
		for row, tag := range c.tags[kind].rows {
			b.put(kind, row, tag)
		}
	}
}
