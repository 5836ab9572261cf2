package store

import (
	"custos/internal/register"
	"custos/internal/vault"
)

// sealingAnew seals the values of a backup of former keys under today's: for one goroutine. A nil one leaves values as
// they are.
type sealingAnew struct {
	r    *restoring
	from sealer
	to   sealer
	buf  []byte

	subject  register.ID
	old, new vault.Key
}

// anew returns what seals the backup's values for the copy.
func (r *restoring) anew() *sealingAnew {
	if r.proof.now == nil {
		return nil
	}
	return &sealingAnew{r: r, from: sealer{keys: r.proof.k}, to: sealer{keys: r.keys}}
}

// value returns a value as it is to lie in the copy; none for a former version, which is not taken along: what it is
// compared with is a hash of bytes that were sealed otherwise.
func (s *sealingAnew) value(bucket string, key, value []byte) ([]byte, error) {
	if s == nil {
		return value, nil
	}
	if bucket == bucketUndo {
		s.r.report.Undo++
		return nil, nil
	}
	if bucket == bucketAudit {
		e, err := s.from.openEntry(key, value)
		if err != nil {
			return nil, damagedRecord(bucket, string(key))
		}
		return s.r.keys.sealEntry(e), nil
	}
	subject, sealed, err := splitEnvelope(value)
	if err != nil {
		return nil, damagedRecord(bucket, string(key))
	}
	from, to := s.from.keys.impersonal(bucket), s.to.keys.impersonal(bucket)
	if subject != "" {
		if err := s.turn(subject); err != nil {
			return nil, damagedRecord(bucket, string(key))
		}
		from, to = &s.old, &s.new
	}
	p := place{bucket, string(key), subject}
	plain, err := s.from.open(s.buf[:0], from, p, sealed)
	if err != nil {
		return nil, damagedRecord(bucket, string(key))
	}
	s.buf = plain
	return s.to.seal(to, p, plain), nil
}

// turn goes on to another person, who has a key in both rings or in the ledger.
func (s *sealingAnew) turn(subject register.ID) (err error) {
	if s.subject == subject {
		return nil
	}
	if s.old, err = s.from.keys.unwrapSubject(subject, s.r.proof.ring.find(subject)); err != nil {
		return err
	}
	wrapped, newer := s.r.redo.keys[subject]
	if !newer {
		wrapped = s.r.ring.find(subject)
	}
	if s.new, err = s.to.keys.unwrapSubject(subject, wrapped); err == nil {
		s.subject = subject
	}
	return err
}

// beginning is the header and the state of the copy, but for the numbers. Under today's keys it knows the former ones; what
// outlives a change of keys stays as it was.
func (r *restoring) beginning() (header, state) {
	h, s := r.proof.head, r.proof.st.clone()
	if r.proof.now == nil {
		return h, s
	}
	s.Former = r.proof.now.former
	if h.format == 1 { // which has no key of its own for anchors, and derives the lookup key
		seed := vault.NewKey()
		h.format = 2
		s.Lookup, s.Signing = append([]byte(nil), r.proof.k.lookup[:]...), append([]byte(nil), seed[:]...)
		seed.Wipe()
	}
	return h, s
}
