package store

import (
	"strings"
	"sync"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// references is what records name, and what there is to be named.
type references struct {
	bodies, courses, files map[string]bool // keys of organisations, courses, disclosures

	mu        sync.Mutex
	operators map[string]*operatorSeen // by slot id
	logins    map[string]bool
	namings   []naming
}

// operatorSeen is an operator on record.
type operatorSeen struct {
	key     string
	removed bool
	slot    bool
}

// naming is a record that names another; they are few, and looked up at the end.
type naming struct {
	bucket, key string // of the record
	of, named   string // the collection and key it names
	what        string
}

func newReferences(tx *bolt.Tx) *references {
	return &references{
		bodies: keySet(tx, organisations.name), courses: keySet(tx, courses.name), files: keySet(tx, disclosures.name),
		operators: map[string]*operatorSeen{}, logins: map[string]bool{},
	}
}

// keySet returns the keys of a bucket, none where it is missing.
func keySet(tx *bolt.Tx, bucket string) map[string]bool {
	set := map[string]bool{}
	if b := tx.Bucket([]byte(bucket)); b != nil {
		_ = b.ForEach(func(k, _ []byte) error { set[string(k)] = true; return nil })
	}
	return set
}

// note takes in what a record names, and says at once what is wrong with it where that is known.
func (r *references) note(c *checker, bucket, key string, v any) {
	switch v := v.(type) {
	case register.Membership:
		if !r.bodies[string(v.Organisation)] {
			c.odd(bucket, key, "the organisation it belongs to is not on record")
		}
	case register.Booking:
		if !r.courses[string(v.Course)] {
			c.odd(bucket, key, "the course it is a place on is not on record")
		}
		if v.Organisation != "" && !r.bodies[string(v.Organisation)] {
			c.odd(bucket, key, "the organisation that booked is not on record")
		}
	case register.DisclosedTo:
		if !r.files[string(v.Disclosure)] {
			c.odd(bucket, key, "the disclosure it belongs to is not on record")
		}
	case register.Suppression:
		r.suppression(c, key, &v)
	case register.Request:
		r.request(key, &v)
	case register.Erasure:
		r.names(naming{bucket, key, delegates.name, string(v.Delegate), "no tombstone of the person erased is on record"})
	case register.Draft:
		r.names(naming{bucket, key, operators.name, c.keys.hashed("operator", v.Operator),
			"the operator whose draft it is is not on record"})
	case register.Operator:
		if v.Organisation != "" && !r.bodies[string(v.Organisation)] {
			c.odd(bucket, key, "the organisation whose people the operator sees is not on record")
		}
		r.mu.Lock()
		r.operators[slotID(c.keys.id, v.Name)] = &operatorSeen{key: key, removed: !v.Removed.IsZero()}
		r.mu.Unlock()
	}
}

func (r *references) names(m naming) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.namings = append(r.namings, m)
}

// suppression: one whose hash is none keeps nobody from being written to.
func (r *references) suppression(c *checker, key string, s *register.Suppression) {
	if tagOf(s.Hash) == (addressTag{}) || s.Hash != strings.ToLower(s.Hash) {
		c.wrong(suppressions.name, key, "the hash of the address is malformed, so nothing is suppressed by it")
	}
	if s.Kind != addressKinds[emailKind] && s.Kind != addressKinds[phoneKind] {
		c.wrong(suppressions.name, key, "the kind of address is not known, so nothing is suppressed by it")
	}
}

func (r *references) request(key string, q *register.Request) {
	if q.Delegate != "" {
		r.names(naming{requests.name, key, delegates.name, string(q.Delegate),
			"the person it is matched to is not on record"})
	}
	if q.Visit != nil {
		return // its events speak of another office
	}
	for _, e := range q.Events {
		if e.Case != "" && e.Kind == register.Duplicate {
			r.names(naming{requests.name, key, requests.name, e.Case, "the case it duplicates is not on record"})
		}
	}
}

// named looks up what the few records name.
func (c *checker) named() {
	for n, m := range c.refs.namings {
		if b := c.tx.Bucket([]byte(m.of)); b == nil || b.Get([]byte(m.named)) == nil {
			c.odd(m.bucket, m.key, m.what)
		}
		if m.bucket == erasures.name && c.db.model.lives(register.ID(m.named)) {
			c.odd(m.bucket, m.key, "the person erased is on record again")
		}
		if n%itemBatch == 0 {
			c.progress("references", n, len(c.refs.namings))
		}
	}
	c.progress("references", len(c.refs.namings), len(c.refs.namings))
}

// lives reports whether somebody is on record and not erased.
func (m *model) lives(id register.ID) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	row, ok := m.find(id)
	return ok && m.people.rows[row].live
}

// operators holds who may open the store against the slots that open it.
func (c *checker) operators() {
	b := c.tx.Bucket([]byte(bucketSlots))
	if b == nil {
		return // said already
	}
	recovery := false
	_ = b.ForEach(func(k, raw []byte) error {
		id := string(k)
		s, err := vault.UnmarshalSlot(raw)
		op := c.refs.operators[id]
		switch {
		case err != nil || s.Name.Slot != id || s.Name.Store != c.keys.id:
			c.wrong(bucketSlots, id, "the key slot does not read, or is another's")
		case id == recoverySlot:
			recovery = true
		case op == nil:
			c.odd(bucketSlots, id, "the key slot belongs to no operator on record, and its passphrase opens the store")
		case op.removed:
			c.odd(bucketSlots, id, "the operator was removed, and their passphrase still opens the store")
		}
		if op != nil {
			op.slot = true
		}
		return nil
	})
	if !recovery {
		c.odd(bucketSlots, recoverySlot, "no recovery key opens the store")
	}
	for _, op := range c.refs.operators {
		if !op.removed && !op.slot {
			c.odd(operators.name, op.key, "the operator has no passphrase that opens the store")
		}
	}
}
