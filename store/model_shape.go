package store

import (
	"slices"
	"strings"
	"sync"

	"custos/internal/register"
)

// shapes numbers the few combinations of kind, status and fields filled in that people come in. Whether a record is
// complete depends on nothing else, but on the person's membership.
type shapes struct {
	mu      sync.Mutex
	byKey   map[string]uint32
	all     []shape
	profile *register.Profile
}

// shape is what a person's record has in common with many others.
type shape struct {
	kind    string
	status  register.Status
	fields  []string // filled in
	post    bool     // a postal address is among them
	lacking [3]bool  // something mandatory, by belonging
}

// belonging is what a person's latest current membership adds to a record.
type belonging uint8

const (
	alone    belonging = iota // no membership runs
	member                    // one does, without an access level
	accessor                  // one does, with an access level
)

func newShapes() *shapes { return &shapes{byKey: map[string]uint32{}, profile: &register.Profile{}} }

// of returns the number of a person's shape. Safe for concurrent use.
func (s *shapes) of(d *register.Delegate) uint32 {
	var room [24]string
	fields := room[:0]
	for _, f := range [...]string{register.FieldName, register.FieldGiven, register.FieldFamily, register.FieldEmail,
		register.FieldPhone, register.FieldJobTitle} {
		if d.Value(f) != "" {
			fields = append(fields, f)
		}
	}
	core := len(fields)
	for f, v := range d.Fields {
		if v != "" {
			fields = append(fields, f)
		}
	}
	slices.Sort(fields[core:])
	var text [256]byte
	key := append(append(text[:0], d.Kind...), 0)
	key = append(append(key, d.Status...), 0)
	for _, f := range fields {
		key = append(append(key, f...), 0)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n, ok := s.byKey[string(key)]; ok {
		return n
	}
	n := uint32(len(s.all))
	for i, f := range fields {
		fields[i] = strings.Clone(f)
	}
	add := shape{kind: strings.Clone(d.Kind), status: d.Status, fields: slices.Clone(fields),
		post: slices.ContainsFunc(fields, postal)}
	add.judge(s.profile)
	s.all = append(s.all, add)
	s.byKey[string(key)] = n
	return n
}

// postal reports whether a field holds a postal address: "address", "home_address", "work_address" and the like.
func postal(field string) bool { return field == "address" || strings.HasSuffix(field, "_address") }

// judge works out what the profile misses in a record of this shape. Nothing is missed in what is left of an erased person.
func (s *shape) judge(p *register.Profile) {
	d := register.Delegate{Kind: s.kind}
	for _, f := range s.fields {
		d.Set(f, "held")
	}
	for b, m := range [...]*register.Membership{alone: nil, member: {}, accessor: {Access: "held"}} {
		s.lacking[b] = s.status != register.Erased && len(p.Missing(&d, m)) > 0
	}
}

// follow judges every shape by another profile.
func (s *shapes) follow(p *register.Profile) {
	s.profile = p
	for i := range s.all {
		s.all[i].judge(p)
	}
}
