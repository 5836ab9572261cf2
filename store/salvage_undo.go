package store

import (
	"strings"

	"custos/internal/register"
)

// replaced lists the versions of records that a change replaced, by bucket and key: what changes kept to be undone holds
// them. A version that was put back since is not among them, for then its change is forgotten.
func (s *salvage) replaced() map[string]map[[16]byte]bool {
	if s.undone != nil {
		return s.undone
	}
	s.undone = map[string]map[[16]byte]bool{}
	t := sealTester{salvage: s, seal: sealer{keys: s.keys}}
	for _, e := range s.found {
		if e.opens != bucketUndo || e.leaf.standing > orphaned {
			continue
		}
		bucket, key, ok := undoneRecord(e.key)
		if t.buf = t.read(e); !ok || !t.envelope(bucketUndo, e) {
			continue
		}
		var row undoRow
		if records.decode(t.plain, &row) != nil || len(row.Former) == 0 {
			continue
		}
		at := bucket + keySep + key
		if s.undone[at] == nil {
			s.undone[at] = map[[16]byte]bool{}
		}
		s.undone[at][[16]byte(hashOf(row.Former))] = true
	}
	return s.undone
}

// isReplaced reports whether a change put something else in the place of a version.
func (s *salvage) isReplaced(e *sealedAt) bool {
	return s.replaced()[e.opens+keySep+e.key][e.sum]
}

// undoneRecord splits the key of an undo row: operation, bucket, key of the record.
func undoneRecord(key string) (bucket, of string, ok bool) {
	_, rest, ok := strings.Cut(key, keySep)
	if !ok {
		return "", "", false
	}
	bucket, of, ok = strings.Cut(rest, keySep)
	return bucket, of, ok && bucket != madeName
}

// subjectOf is whom a key is about, where keys of its bucket say so.
func subjectOf(bucket, key string) register.ID {
	if c, ok := collectionNamed(bucket); !ok || c.reason() != "" || !byPerson(bucket) {
		return ""
	}
	id, _, ok := strings.Cut(key, keySep)
	if !ok {
		id = key
	}
	return register.ID(id)
}
