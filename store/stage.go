package store

import (
	"maps"
	"slices"

	"custos/internal/register"
)

// stage is what a change writes, before it is sealed.
type stage struct {
	buckets   map[string]map[string]*staged
	near      near
	forgotten map[register.ID]bool // subjects whose key this change destroys
	masked    map[string]bool      // records whose former version must not be kept, by bucket/key
}

// staged is one write: plain to be sealed, raw to be put as it is, or neither to delete.
type staged struct {
	plain   []byte
	raw     []byte
	subject register.ID // of plain
}

func (s *staged) gone() bool { return s.plain == nil && s.raw == nil }

// isGone reports whether a deletion is staged, on nil too.
func (s *staged) isGone() bool { return s != nil && s.gone() }

func newStage() *stage {
	return &stage{buckets: map[string]map[string]*staged{}, near: near{}, forgotten: map[register.ID]bool{},
		masked: map[string]bool{}}
}

// get returns what is staged under a key, nil for nothing. A nil stage holds nothing.
func (s *stage) get(bucket, key string) *staged {
	if s == nil {
		return nil
	}
	return s.buckets[bucket][key]
}

func (s *stage) set(bucket, key string, w *staged) {
	b := s.buckets[bucket]
	if b == nil {
		b = map[string]*staged{}
		s.buckets[bucket] = b
	}
	if b[key] == nil {
		s.near.add(bucket, key)
	}
	b[key] = w
}

func (s *stage) len() int {
	n := 0
	for _, b := range s.buckets {
		n += len(b)
	}
	return n
}

// overlay is what the changes of one commit have written so far, sealed; nil bytes are a deletion.
type overlay struct {
	buckets map[string]map[string][]byte
	near    near
	bytes   int
}

func newOverlay() *overlay { return &overlay{buckets: map[string]map[string][]byte{}, near: near{}} }

func (o *overlay) get(bucket, key string) ([]byte, bool) {
	v, ok := o.buckets[bucket][key]
	return v, ok
}

func (o *overlay) set(bucket, key string, v []byte) {
	b := o.buckets[bucket]
	if b == nil {
		b = map[string][]byte{}
		o.buckets[bucket] = b
	}
	if _, known := b[key]; !known {
		o.near.add(bucket, key)
	}
	b[key] = v
	o.bytes += len(key) + len(v)
}

// order returns the buckets written to, sorted.
func (s *stage) order() []string { return slices.Sorted(maps.Keys(s.buckets)) }

// keys returns the keys written in a bucket, sorted.
func (s *stage) keys(bucket string) []string { return slices.Sorted(maps.Keys(s.buckets[bucket])) }
