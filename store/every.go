package store

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"custos/internal/register"
	"custos/internal/vault"
)

// Raw is one sealed value as EachRecord opens it.
type Raw struct {
	Bucket  string      // where it lies: a collection, undo, audit or meta
	Key     string      // its key there; of an audit entry its sequence number, in decimal
	Subject register.ID // whose key it is sealed under; empty: nobody's
	Of      string      // the collection whose record Plain is; empty where it is none
	Plain   []byte      // CBOR, but for an audit entry, which has an encoding of its own; valid during the call
}

// EachRecord opens every sealed value of the store, whatever it is: the records of all collections, the former versions
// kept for undoing and the headers over them, the audit entries, the state. So nothing that is held can be forgotten to be
// asked. A former version is visited as the undo row it lies in.
//
// Visit is called from several goroutines at once and must not use tx; its first error ends the walk and comes back. told
// may be nil; it hears how many values are done. Errors beside: the context's, and Internal for a value that does not
// open.
func (tx *Tx) EachRecord(ctx context.Context, told func(done, total int), visit func(Raw) error) error {
	return tx.eachRecord(ctx, told, func() func(*Raw) error {
		return func(r *Raw) error { return visit(*r) }
	})
}

// sealedRow is a value on its way to be opened.
type sealedRow struct {
	row
	wrapped []byte // key of its subject
}

// sealedRows are neighbours in a bucket.
type sealedRows struct {
	bucket string
	rows   []sealedRow
}

// walking is one EachRecord.
type walking struct {
	tx     *Tx
	ctx    context.Context
	cancel context.CancelCauseFunc
	out    chan sealedRows
	ring   ringCursor
	told   func(done, total int)
	total  int

	mu   sync.Mutex
	done int
}

// errWalkOver ends what is left of a walk that has nothing more to do.
var errWalkOver = errors.New("the walk is over")

// eachRecord is EachRecord with a visitor for each goroutine.
func (tx *Tx) eachRecord(ctx context.Context, told func(done, total int), visitor func() func(*Raw) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(errWalkOver)
	w := &walking{tx: tx, ctx: ctx, cancel: cancel, out: make(chan sealedRows, 2*runtime.GOMAXPROCS(0)), told: told}
	w.count()
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		visit := visitor()
		wg.Go(func() { w.work(visit) })
	}
	err := w.feed()
	close(w.out)
	wg.Wait()
	if err == nil {
		err = context.Cause(ctx)
	}
	return err
}

// count works out how many values there are.
func (w *walking) count() {
	for _, bucket := range sealedBuckets() {
		w.total += w.tx.count(bucket)
	}
	w.total += int(w.tx.state.AuditSeq) + 1
}

// sealedBuckets are the buckets whose values are sealed and counted: not the wrapped keys, which hold no text.
func sealedBuckets() []string {
	var names []string
	for _, c := range registry {
		names = append(names, c.bucket())
	}
	return append(names, bucketUndo)
}

// feed hands everything over, bucket by bucket.
func (w *walking) feed() error {
	if keys := w.tx.bolt.Bucket([]byte(bucketKeys)); keys != nil {
		w.ring.cursor = keys.Cursor()
	}
	for _, bucket := range append(sealedBuckets(), bucketAudit) {
		if w.tx.bolt.Bucket([]byte(bucket)) == nil {
			if c, ok := collectionNamed(bucket); ok && c.addedLater() {
				continue
			}
		}
		if err := w.feedBucket(bucket); err != nil {
			return err
		}
	}
	meta := w.tx.bolt.Bucket([]byte(bucketMeta))
	if meta == nil {
		return damagedBucket(bucketMeta)
	}
	return w.hand(sealedRows{bucketMeta, []sealedRow{{row: row{key: keyState, env: meta.Get([]byte(keyState))}}}})
}

func (w *walking) feedBucket(bucket string) error {
	batch := make([]sealedRow, 0, itemBatch)
	for r, err := range w.tx.scan(bucket, "") {
		if err != nil {
			return err
		}
		s := sealedRow{row: r}
		if subject := r.subject(); subject != "" && (r.staged == nil || r.staged.plain == nil) {
			s.wrapped = w.wrapped(subject)
		}
		if batch = append(batch, s); len(batch) == itemBatch {
			if err := w.hand(sealedRows{bucket, batch}); err != nil {
				return err
			}
			batch = make([]sealedRow, 0, itemBatch)
		}
	}
	return w.hand(sealedRows{bucket, batch})
}

// wrapped returns the wrapped key of a person: out of the file where nothing stands over it.
func (w *walking) wrapped(subject register.ID) []byte {
	if w.tx.group == nil {
		return w.ring.find(subject)
	}
	return w.tx.wrapped(subject)
}

func (w *walking) hand(batch sealedRows) error {
	select {
	case w.out <- batch:
		return nil
	case <-w.ctx.Done():
		return context.Cause(w.ctx)
	}
}

func (w *walking) work(visit func(*Raw) error) {
	o := rawOpener{opener: opener{sealer: sealer{keys: w.tx.keys}}}
	defer o.wipe()
	defer o.former.wipe()
	for batch := range w.out {
		for i := range batch.rows {
			if w.ctx.Err() != nil {
				break
			}
			if err := o.visit(batch.bucket, &batch.rows[i], visit); err != nil {
				w.cancel(err)
			}
		}
		w.tell(len(batch.rows))
	}
}

func (w *walking) tell(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += n
	if w.told != nil && w.ctx.Err() == nil {
		w.told(min(w.done, w.total), w.total)
	}
}

// rawOpener opens values of every bucket; for one goroutine.
type rawOpener struct {
	opener
	former opener
}

func (o *rawOpener) visit(bucket string, s *sealedRow, visit func(*Raw) error) error {
	r := Raw{Bucket: bucket, Key: s.key, Subject: s.subject()}
	switch {
	case s.staged != nil && s.staged.plain != nil:
		r.Plain = s.staged.plain
	default:
		var err error
		if r.Plain, err = o.open(bucket, item{[]byte(s.key), s.env, s.wrapped}); err != nil {
			return damagedRecord(bucket, s.key)
		}
	}
	switch bucket {
	case bucketAudit:
		r.Key = strconv.FormatUint(auditSeq([]byte(s.key)), 10)
	case bucketUndo:
		if strings.Contains(s.key, keySep) {
			return o.visitUndo(r, s.wrapped, visit)
		}
	case bucketMeta:
	default:
		r.Of = bucket
	}
	return visit(&r)
}

// visitUndo visits the former version that lies in an undo row, sealed once more.
func (o *rawOpener) visitUndo(r Raw, wrapped []byte, visit func(*Raw) error) error {
	_, name, _ := strings.Cut(r.Key, keySep)
	bucket, key, _ := strings.Cut(name, keySep)
	if bucket == madeName {
		return visit(&r)
	}
	var u undoRow
	if err := records.decode(r.Plain, &u); err != nil {
		return damagedRecord(bucketUndo, r.Key)
	}
	if u.Former == nil {
		return visit(&r)
	}
	o.former.sealer.keys = o.sealer.keys
	var err error
	if r.Plain, err = o.former.open(bucket, item{[]byte(key), u.Former, wrapped}); err != nil {
		return damagedRecord(bucketUndo, r.Key)
	}
	r.Of = bucket
	return visit(&r)
}

// impersonal is the key that what is about nobody is sealed under in a bucket.
func (k *keyring) impersonal(bucket string) *vault.Key {
	switch bucket {
	case bucketAudit:
		return &k.audit
	case bucketMeta:
		return &k.state
	}
	return &k.record
}
