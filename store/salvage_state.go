package store

import (
	"fmt"

	"custos/internal/register"
	"custos/internal/vault"
)

// openState opens a sealed state.
func (s *salvage) openState(e *sealedAt) (state, error) {
	var st state
	_, sealed, err := splitEnvelope(s.bytes(e))
	if err != nil {
		return st, err
	}
	sl := sealer{keys: s.keys}
	plain, err := sl.open(nil, &s.keys.state, statePlace, sealed)
	if err != nil {
		return st, err
	}
	defer clear(plain)
	return st, records.decode(plain, &st)
}

// chooseState takes the state in the tree, else the latest one there is: what it says of keys holds for good, what it
// says of records held then.
func (s *salvage) chooseState() {
	best := former + 1
	for _, e := range s.found {
		if e.opens != bucketMeta || e.key != keyState {
			continue
		}
		st, err := s.openState(e)
		if err != nil || s.stated && (e.leaf.standing > best || e.leaf.standing == best && st.Commit <= s.state.Commit) {
			continue
		}
		s.state, s.stated, best = st, true, e.leaf.standing
	}
	s.exact = s.stated && best <= orphaned && s.state.Commit >= s.anchor.Commit
	switch {
	case !s.stated:
		s.note("state", "", "the sealed state is destroyed")
	case s.anchor.Commit > s.state.Commit:
		s.note("state", "", fmt.Sprintf("the sealed state that was found is %s old",
			count(s.anchor.Commit-s.state.Commit, "commit", "commits")))
	case !s.exact:
		s.note("state", "", "the sealed state is destroyed; a former one was found")
	}
	s.header = header{format: format, id: s.keys.id}
	if s.stated && s.state.Lookup == nil {
		s.header.format = 1
	}
	best = former + 1
	for _, e := range s.found {
		if e.opens == bucketMeta && e.key == keyHeader && e.leaf.standing < best {
			if h, err := decodeHeader(s.bytes(e)); err == nil {
				s.header, best = h, e.leaf.standing
			}
		}
	}
}

// adoptKeys takes the keys that lie in the state. Without a state the lookup key is the derived one, if the operators'
// records lie where it says.
func (s *salvage) adoptKeys() error {
	if s.header.format > format {
		return register.Errorf(register.Conflict, "format",
			"the store has format %d, made by a newer program; this one knows formats up to %d", s.header.format, format)
	}
	if s.stated {
		return s.keys.adopt(&s.state)
	}
	s.header.format = 1
	s.keys.lookup = s.keys.root.Derive("lookup")
	for _, e := range s.found {
		if e.opens != operators.name || e.leaf.standing > orphaned {
			continue
		}
		op, err := openRecord(s, operators, e)
		if err == nil && operatorKey(s.keys, op.Name)[0] != e.key {
			return register.Errorf(register.Refused, "state", "the sealed state is destroyed, and with it the key that "+
				"addresses nobody may write to are kept under; nothing else holds it: restore the newest backup")
		}
	}
	return nil
}

// openRecord opens a record about nobody.
func openRecord[T any](s *salvage, c *collection[T], e *sealedAt) (T, error) {
	var v T
	_, sealed, err := splitEnvelope(s.bytes(e))
	if err != nil {
		return v, err
	}
	sl := sealer{keys: s.keys}
	plain, err := sl.open(nil, &s.keys.record, place{bucket: c.name, key: e.key}, sealed)
	if err != nil {
		return v, err
	}
	return c.decode(plain)
}

// metaHashes are what header and slots must hash to, by the state and the head file.
func (s *salvage) metaHashes() [][32]byte {
	var sums [][32]byte
	if s.exact {
		sums = append(sums, s.state.Meta)
	}
	if s.anchor != (vault.Anchor{}) {
		sums = append(sums, s.anchor.MetaHash)
	}
	return sums
}
