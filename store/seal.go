package store

import (
	"runtime"
	"sync"

	"custos/internal/register"
	"custos/internal/vault"
)

// write is one sealed write of a change; after nil is a deletion, before nil a new record.
type write struct {
	bucket, key   string
	before, after []byte
	subject       register.ID
	value         any // the decoded record, for the read model; nil for a deletion
}

// sealing turns a stage into writes. Keys are worked out first, in order; the sealing itself is spread over the
// processors when there is much of it.
type sealing struct {
	tx     *Tx
	writes []write
	plain  [][]byte
	keys   []*vault.Key // under which plain is sealed; nil: after stands already
	sums   []vault.Digest
	errs   []error
	model  *model
}

// minShare is the least number of records worth a processor of their own.
const minShare = 64

// sealStage seals what a change staged. It returns the writes in order and what they add to the state digest.
func (tx *Tx) sealStage(m *model, undoable bool) ([]write, vault.Digest, error) {
	s := sealing{tx: tx, model: m}
	defer s.wipe()
	for _, bucket := range tx.stage.order() {
		for _, key := range tx.stage.keys(bucket) {
			if err := s.add(bucket, key, tx.stage.buckets[bucket][key]); err != nil {
				return nil, vault.Digest{}, err
			}
		}
	}
	sum, err := s.run(0)
	if err != nil || !undoable || len(s.writes) == 0 {
		sortWrites(s.writes)
		return s.writes, sum, err
	}
	from := len(s.writes)
	if err := s.addUndo(); err != nil {
		return nil, sum, err
	}
	more, err := s.run(from)
	sum.Add(more)
	sortWrites(s.writes)
	return s.writes, sum, err
}

func (s *sealing) add(bucket, key string, w *staged) error {
	before := s.tx.raw(bucket, key)
	if before == nil && w.gone() {
		return nil
	}
	out := write{bucket: bucket, key: key, before: before, after: w.raw, subject: w.subject}
	plain := w.plain
	var k *vault.Key
	switch {
	case plain != nil:
		shared, err := s.tx.keyFor(w.subject)
		if err != nil {
			return damagedRecord(bucketKeys, string(w.subject))
		}
		k = s.share(w.subject, shared)
	case w.raw != nil && s.wants(bucket): // put back as it was sealed
		var err error
		if plain, _, err = s.tx.openEnvelope(bucket, key, w.raw); err != nil {
			return err
		}
	}
	if w.plain == nil && before != nil && bucket != bucketSlots && bucket != bucketKeys && bucket != bucketMeta {
		out.subject, _, _ = splitEnvelope(before)
	}
	s.writes, s.plain, s.keys = append(s.writes, out), append(s.plain, plain), append(s.keys, k)
	return nil
}

func (s *sealing) wants(bucket string) bool { return s.model != nil && s.model.wants(bucket) }

// share copies a key, once for a run of records of the same subject.
func (s *sealing) share(subject register.ID, k *vault.Key) *vault.Key {
	if subject == "" {
		return k
	}
	if n := len(s.keys); n > 0 && s.keys[n-1] != nil && *s.keys[n-1] == *k {
		return s.keys[n-1]
	}
	own := *k
	return &own
}

// wipe forgets the copies that share made.
func (s *sealing) wipe() {
	for _, k := range s.keys {
		if k != nil && k != &s.tx.keys.record {
			k.Wipe()
		}
	}
}

// run seals the writes from an index on.
func (s *sealing) run(from int) (vault.Digest, error) {
	n := len(s.writes) - from
	shares := max(1, min(runtime.GOMAXPROCS(0), n/minShare))
	s.sums, s.errs = make([]vault.Digest, shares), make([]error, shares)
	var wg sync.WaitGroup
	for i := range shares {
		lo, hi := from+n*i/shares, from+n*(i+1)/shares
		if shares == 1 {
			s.work(i, lo, hi)
			break
		}
		wg.Go(func() { s.work(i, lo, hi) })
	}
	wg.Wait()
	var sum vault.Digest
	for i := range shares {
		if s.errs[i] != nil {
			return sum, s.errs[i]
		}
		sum.Add(s.sums[i])
	}
	return sum, nil
}

func (s *sealing) work(share, lo, hi int) {
	sl, terms := sealer{keys: s.tx.keys}, vault.NewTermer(&s.tx.keys.digest)
	defer sl.wipe()
	for i := lo; i < hi; i++ {
		w := &s.writes[i]
		if s.keys[i] != nil {
			w.after = sl.seal(s.keys[i], place{w.bucket, w.key, w.subject}, s.plain[i])
		}
		s.sums[share].Sub(term(terms, w.bucket, w.key, w.before))
		s.sums[share].Add(term(terms, w.bucket, w.key, w.after))
		if err := s.decode(w, s.plain[i]); err != nil {
			s.errs[share] = err
			return
		}
	}
}

// decode makes the read model's copy of a record, which shares nothing with what the caller put.
func (s *sealing) decode(w *write, plain []byte) error {
	if plain == nil || !s.wants(w.bucket) {
		return nil
	}
	c, ok := collectionNamed(w.bucket)
	if !ok {
		return nil
	}
	var err error
	w.value, err = c.decodeAny(plain)
	return err
}

// term is what a sealed value adds to the state digest; zero for none, and for what the digest does not cover.
func term(t *vault.Termer, bucket, key string, v []byte) vault.Digest {
	if v == nil || !digested(bucket) {
		return vault.Digest{}
	}
	if bucket != bucketKeys {
		_, sealed, err := splitEnvelope(v)
		if err == nil {
			v = sealed
		}
	}
	return t.Term(bucket, []byte(key), v)
}

// digested reports whether the state digest covers a bucket. The audit trail has its chain, slots and header their
// hash, and the state holds the digest.
func digested(bucket string) bool {
	return bucket != bucketMeta && bucket != bucketSlots && bucket != bucketAudit
}
