package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"runtime"
	"sync"

	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// resealing seals everything in a store anew under other keys. It holds a few batches at a time, however much there is.
type resealing struct {
	ctx  context.Context
	db   *DB
	from *bolt.Tx
	old  *keyring
	new  *keyring
	// seed gives everybody a new key without a list of them: it is random, known to nobody, and gone with this value.
	seed  vault.Key
	out   *fileWriter
	sum   vault.Digest
	done  int
	total int
}

func newResealing(ctx context.Context, db *DB, from *bolt.Tx, keys *keyring) *resealing {
	r := &resealing{ctx: ctx, db: db, from: from, old: db.keys, new: keys, seed: vault.NewKey()}
	s := db.current()
	for bucket, n := range s.Counts {
		if bucket != bucketSlots {
			r.total += n
		}
	}
	r.total += int(s.AuditSeq)
	return r
}

func (r *resealing) wipe() { r.seed.Wipe() }

// records seals everything anew but for slots, header and state. Undo rows come after the records they name.
func (r *resealing) records() error {
	buckets := []string{bucketKeys}
	for _, c := range registry {
		buckets = append(buckets, c.bucket())
	}
	for _, bucket := range append(buckets, bucketAudit) {
		if err := r.bucket(bucket); err != nil {
			return err
		}
	}
	return r.undo()
}

// resealed is a batch on its way to a worker and back into its order.
type resealed struct {
	items []item
	out   [][]byte
	sum   vault.Digest
	err   error
	ready chan struct{}
}

// bucket seals a bucket anew, on all processors, and writes it in its order.
func (r *resealing) bucket(name string) error {
	from := r.from.Bucket([]byte(name))
	if from == nil {
		return damagedBucket(name)
	}
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	work, order := make(chan *resealed), make(chan *resealed, 2*runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			one := r.resealer()
			defer one.wipe()
			for batch := range work {
				one.all(name, batch)
			}
		})
	}
	wg.Go(func() {
		defer close(order)
		defer close(work)
		eachBatch(r.from, from, func(items []item, _ int) bool {
			batch := &resealed{items: items, ready: make(chan struct{})}
			work <- batch
			order <- batch
			return ctx.Err() == nil
		})
	})
	err := r.write(name, order)
	cancel()
	for range order { // lets go of whoever still hands over
	}
	wg.Wait()
	return err
}

// write takes batches in their order.
func (r *resealing) write(bucket string, order <-chan *resealed) error {
	for batch := range order {
		<-batch.ready
		if batch.err != nil {
			return batch.err
		}
		r.sum.Add(batch.sum)
		for i, it := range batch.items {
			if err := r.out.put(bucket, it.key, batch.out[i]); err != nil {
				return err
			}
		}
		if err := r.tell(len(batch.items)); err != nil {
			return err
		}
	}
	return r.ctx.Err()
}

func (r *resealing) tell(n int) error {
	r.done += n
	r.db.opts.progress("seal", min(r.done, r.total), r.total)
	return r.ctx.Err()
}

// resealer seals values anew; for one goroutine.
type resealer struct {
	r       *resealing
	from    opener
	to      sealer
	terms   *vault.Termer
	people  hash.Hash   // HMAC-SHA256 under the seed: the new key of a person, from their id
	subject register.ID // whose new key it is
	key     vault.Key
}

func (r *resealing) resealer() *resealer {
	return &resealer{r: r, from: opener{sealer: sealer{keys: r.old}}, to: sealer{keys: r.new},
		terms: vault.NewTermer(&r.new.digest), people: hmac.New(sha256.New, r.seed[:])}
}

func (s *resealer) wipe() {
	s.from.wipe()
	s.key.Wipe()
	s.people.Reset()
	s.to.wipe()
}

func (s *resealer) all(bucket string, b *resealed) {
	defer close(b.ready)
	b.out = make([][]byte, len(b.items))
	for i, it := range b.items {
		if b.out[i], b.err = s.one(bucket, it); b.err != nil {
			return
		}
		b.sum.Add(term(s.terms, bucket, string(it.key), b.out[i]))
	}
}

// one returns a value sealed anew for the same place.
func (s *resealer) one(bucket string, it item) ([]byte, error) {
	if bucket == bucketKeys {
		return s.r.new.wrapSubject(register.ID(it.key), s.keyOf(register.ID(it.key))), nil
	}
	subject, _, err := splitEnvelope(it.value)
	if err != nil {
		return nil, damagedRecord(bucket, string(it.key))
	}
	plain, err := s.from.open(bucket, it)
	if err != nil {
		return nil, damagedRecord(bucket, string(it.key))
	}
	return s.seal(place{bucket, string(it.key), subject}, plain), nil
}

func (s *resealer) seal(p place, plain []byte) []byte {
	k := s.r.new.impersonal(p.bucket)
	if p.subject != "" {
		k = s.keyOf(p.subject)
	}
	return s.to.seal(k, p, plain)
}

// keyOf returns the new key of a person. The pointer holds until the next call.
func (s *resealer) keyOf(subject register.ID) *vault.Key {
	if s.subject != subject {
		s.people.Reset()
		s.people.Write([]byte(subject))
		s.people.Sum(s.key[:0])
		s.subject = subject
	}
	return &s.key
}
