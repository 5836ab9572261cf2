package store

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// CheckReport is what a full walk of a store found. Oddities leave a store sound: see Damage.
type CheckReport struct {
	Records  map[string]int `json:"records"` // by bucket
	AuditSeq uint64         `json:"audit_seq"`
	Findings []Finding      `json:"findings,omitempty"` // empty: all is well
	More     int            `json:"more,omitempty"`     // findings beyond those listed
}

// Damage returns the findings that are more than oddities.
func (r *CheckReport) Damage() []Finding {
	var damage []Finding
	for _, f := range r.Findings {
		if f.IsDamage() {
			damage = append(damage, f)
		}
	}
	return damage
}

// maxFindings is how many findings are listed one by one.
const maxFindings = 1000

// verifier walks a store in one bolt transaction: pages, then every seal, digest, chain and anchor.
type verifier struct {
	ctx      context.Context // ends the walk early; nil: nothing does
	tx       *bolt.Tx
	keys     *keyring
	report   CheckReport
	found    func(Finding)
	progress func(step string, done, total int)
	visitor  func() func(*opened) // looks further into what opened, one for each goroutine; nil: nobody does

	mu  sync.Mutex
	sum vault.Digest
}

func (v *verifier) add(f Finding) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if f.Severity == "" {
		f.Severity = SeverityDamage
	}
	if len(v.report.Findings) == maxFindings {
		v.report.More++
		return
	}
	v.report.Findings = append(v.report.Findings, f)
	if v.found != nil {
		v.found(f)
	}
}

func (v *verifier) stopped() bool { return v.ctx != nil && v.ctx.Err() != nil }

// pages checks the page tree: bolt's own check.
func (v *verifier) pages() {
	v.progress("pages", 0, 1)
	for err := range v.tx.Check() {
		v.add(Finding{Where: "pages", What: "the page tree is broken: " + err.Error()})
	}
	v.progress("pages", 1, 1)
}

// seals opens everything and holds it against the sealed state and the head file.
func (v *verifier) seals(head []byte) {
	v.report.Records = map[string]int{}
	s, err := readState(v.tx, v.keys)
	if err != nil {
		v.add(Finding{Where: "state", What: "the sealed state does not open"})
		return
	}
	total := int(s.AuditSeq) + 2 // the header and the state
	for _, n := range s.Counts {
		total += n
	}
	v.buckets(total)
	if v.stopped() {
		return
	}
	if !v.sum.Equal(s.Digest) {
		v.add(Finding{Where: "digest",
			What: "a record is missing, too many or out of date: the sum over all records does not fit"})
	}
	if !maps.Equal(v.counts(), withoutZeros(s.Counts)) {
		v.add(Finding{Where: "digest", What: "the numbers of records do not fit"})
	}
	if storedMetaHash(v.tx) != s.Meta {
		v.add(Finding{Where: bucketSlots, What: "the key slots or the header are not those that were written"})
	}
	v.chain(&s, head)
	v.report.AuditSeq = s.AuditSeq
	if f := compareAnchor(&s, v.keys, head); f != nil {
		v.add(*f)
	}
}

func (v *verifier) counts() map[string]int {
	c := maps.Clone(v.report.Records)
	delete(c, bucketMeta)
	delete(c, bucketAudit)
	return withoutZeros(c)
}

func withoutZeros(m map[string]int) map[string]int {
	c := maps.Clone(m)
	maps.DeleteFunc(c, func(_ string, n int) bool { return n == 0 })
	return c
}

// buckets walks every bucket there is, and misses every one there is not.
func (v *verifier) buckets(total int) {
	want := slices.Collect(maps.Keys(systemBuckets()))
	for _, c := range registry {
		want = append(want, c.bucket())
	}
	slices.Sort(want)
	done := 0
	for _, name := range want {
		b := v.tx.Bucket([]byte(name))
		if b == nil {
			if c, ok := collectionNamed(name); !ok || !c.addedLater() {
				v.add(Finding{Where: name, What: "the bucket is missing"})
			}
			continue
		}
		n := v.walk(name, b, func(n int) { v.progress("records", done+n, total) })
		v.report.Records[name] = n
		done += n
	}
	_ = v.tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
		if !slices.Contains(want, string(name)) {
			v.add(Finding{Where: "pages", What: "there is a bucket that no store has"})
		}
		return nil
	})
}

// item is a sealed value on its way to a worker, with the wrapped key of its subject. The bytes are bolt's.
type item struct{ key, value, wrapped []byte }

const itemBatch = 512

// walk opens every record of a bucket, on all processors, and returns how many there are.
func (v *verifier) walk(bucket string, b *bolt.Bucket, progress func(n int)) int {
	if bucket == bucketMeta || bucket == bucketAudit || bucket == bucketSlots {
		return b.Stats().KeyN
	}
	batches := make(chan []item, 2*runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() { v.work(bucket, batches) })
	}
	n := eachBatch(v.tx, b, func(batch []item, n int) bool {
		batches <- batch
		progress(n)
		return !v.stopped()
	})
	close(batches)
	wg.Wait()
	return n
}

// eachBatch hands a bucket over in batches, each value with its subject's wrapped key, until take is false, and returns
// how many there were.
func eachBatch(tx *bolt.Tx, b *bolt.Bucket, take func(batch []item, n int) bool) int {
	keys := tx.Bucket([]byte(bucketKeys))
	ring := &ringCursor{}
	if keys != nil {
		ring.cursor = keys.Cursor()
	}
	batch, n := make([]item, 0, itemBatch), 0
	c := b.Cursor()
	for k, val := c.First(); k != nil; k, val = c.Next() {
		it := item{key: k, value: val}
		if subject, _, err := splitEnvelope(val); err == nil && subject != "" {
			it.wrapped = ring.find(subject)
		}
		batch = append(batch, it)
		n++
		if len(batch) == itemBatch {
			if !take(batch, n) {
				return n
			}
			batch = make([]item, 0, itemBatch)
		}
	}
	take(batch, n)
	return n
}

// ringCursor finds wrapped keys; cheap when the subjects come in order, as they do in owned collections.
type ringCursor struct {
	cursor *bolt.Cursor
	k, v   []byte
}

func (r *ringCursor) find(subject register.ID) []byte {
	if r.cursor == nil {
		return nil
	}
	if r.k == nil || string(r.k) > string(subject) {
		r.k, r.v = r.cursor.Seek([]byte(subject))
	}
	for steps := 0; r.k != nil && string(r.k) < string(subject); steps++ {
		if steps == 8 {
			r.k, r.v = r.cursor.Seek([]byte(subject))
			break
		}
		r.k, r.v = r.cursor.Next()
	}
	if string(r.k) == string(subject) {
		return r.v
	}
	return nil
}

// opener opens items; for one goroutine.
type opener struct {
	sealer  sealer
	subject register.ID
	key     vault.Key
	buf     []byte
}

// wipe forgets the keys and texts it holds.
func (o *opener) wipe() {
	o.key.Wipe()
	clear(o.buf[:cap(o.buf)])
	o.sealer.wipe()
}

// open returns the plaintext of an item, valid until the next call.
func (o *opener) open(bucket string, it item) ([]byte, error) {
	subject, sealed, err := splitEnvelope(it.value)
	if err != nil {
		return nil, err
	}
	k := o.sealer.keys.impersonal(bucket)
	if subject != "" {
		if subject != o.subject {
			if o.key, err = o.sealer.keys.unwrapSubject(subject, it.wrapped); err != nil {
				return nil, err
			}
			o.subject = subject
		}
		k = &o.key
	}
	plain, err := o.sealer.open(o.buf[:0], k, place{bucket, string(it.key), subject}, sealed)
	if err == nil {
		o.buf = plain
	}
	return plain, err
}

func (v *verifier) work(bucket string, batches <-chan []item) {
	o := opener{sealer: sealer{keys: v.keys}}
	defer o.wipe()
	terms := vault.NewTermer(&v.keys.digest)
	var sum vault.Digest
	visit := func(*opened) {}
	if v.visitor != nil {
		visit = v.visitor()
	}
	for batch := range batches {
		for _, it := range batch {
			sum.Add(term(terms, bucket, string(it.key), it.value))
			plain, err := v.openItem(&o, bucket, it)
			if err != nil {
				v.add(Finding{Where: bucket, ID: string(it.key), What: whyShut(it)})
				continue
			}
			visit(&opened{bucket, it, plain})
		}
	}
	v.mu.Lock()
	v.sum.Add(sum)
	v.mu.Unlock()
}

// opened is a value that opened, on its way through a check; plain is valid during the visit, and nil for a wrapped key.
type opened struct {
	bucket string
	item
	plain []byte
}

// openItem returns the plaintext of a value, nil for a wrapped key.
func (v *verifier) openItem(o *opener, bucket string, it item) ([]byte, error) {
	if bucket == bucketKeys {
		k, err := v.keys.unwrapSubject(register.ID(it.key), it.value)
		k.Wipe()
		return nil, err
	}
	return o.open(bucket, it)
}

// whyShut says why a value does not open, as far as one can tell.
func whyShut(it item) string {
	if subject, _, err := splitEnvelope(it.value); err == nil && subject != "" && it.wrapped == nil {
		return "the key of the person it is about is missing, so the record does not open"
	}
	return "the record does not open"
}

// chain walks the audit trail, to the state's head and through the anchor's.
func (v *verifier) chain(s *state, head []byte) {
	marks := []audit.Head{s.head()}
	if a, _, err := vault.NewestAnchor(&v.keys.anchor, head); err == nil && a.AuditSeq <= s.AuditSeq {
		marks = append(marks, audit.Head{Seq: a.AuditSeq, Hash: a.AuditHash})
	}
	tx := &Tx{keys: v.keys, bolt: v.tx, seal: sealer{keys: v.keys}}
	start := audit.Start(v.keys.id)
	for i, m := range marks {
		if m.Seq == 0 {
			marks[i] = start
		}
	}
	for _, g := range s.Gaps {
		v.add(Finding{Where: bucketAudit, ID: fmt.Sprintf("%d-%d", g.First, g.Last), Severity: SeverityOddity,
			What: "the entries were lost to damage, and a repair recorded it"})
	}
	trail := audit.Trail{From: start, Entries: tx.Audit(), Gaps: s.Gaps, Marks: marks}
	end, err := trail.Verify()
	if err != nil {
		v.add(Finding{Where: bucketAudit, What: err.Error()})
	} else if end != s.head() {
		v.add(Finding{Where: bucketAudit, ID: fmt.Sprint(end.Seq), What: "the audit trail does not end where the state says"})
	}
}
