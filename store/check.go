package store

import (
	"context"
	"errors"
	"strings"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// Check walks the open store in full. It looks at what opening looks at: headers, pages, seals, digest, audit chain and
// head file. Beyond that it decodes every record, holds records against each other (who and what they name), and
// against what is kept of them in memory. Progress is told by step. Changes wait meanwhile; views do not.
//
// The error is of the walk: Refused when ctx ends it. What is wrong with the store is in the report.
func (db *DB) Check(ctx context.Context) (CheckReport, error) { return db.CheckTold(ctx, nil) }

// CheckTold is Check, and tells progress to told beside, which may be nil.
func (db *DB) CheckTold(ctx context.Context, told func(step string, done, total int)) (CheckReport, error) {
	var report CheckReport
	err := db.submit(ctx, &job{done: make(chan struct{}), reads: true, exclusive: func() error {
		head, err := readAnchorFile(db.dir)
		if err != nil {
			return register.Errorf(register.Internal, headFile, "%w", err)
		}
		return db.bolt.View(func(tx *bolt.Tx) error {
			c := newChecker(ctx, db, tx)
			c.tell(told)
			c.run(head)
			report = c.report
			if err := ctx.Err(); err != nil {
				return register.Errorf(register.Refused, "", "the check was broken off: %w", err)
			}
			return nil
		})
	}})
	return report, err
}

// checker is one full check: a verifier that also looks into what it opens.
type checker struct {
	verifier
	db   *DB
	refs *references
}

func newChecker(ctx context.Context, db *DB, tx *bolt.Tx) *checker {
	c := &checker{verifier: verifier{ctx: ctx, tx: tx, keys: db.keys, progress: db.opts.progress}, db: db}
	c.refs = newReferences(tx)
	c.visitor = func() func(*opened) {
		i := inspection{checker: c, former: opener{sealer: sealer{keys: db.keys}}, memory: memoryCheck{m: db.model}}
		return i.visit
	}
	return c
}

// tell has progress told to somebody beside.
func (c *checker) tell(told func(step string, done, total int)) {
	if told == nil {
		return
	}
	usual := c.progress
	c.progress = func(step string, done, total int) {
		usual(step, done, total)
		told(step, done, total)
	}
}

// run takes the steps of a check; a cancelled context leaves out those after the pages.
func (c *checker) run(head []byte) {
	c.headers()
	c.pages()
	for _, step := range []func(){func() { c.seals(head) }, c.owners, c.operators, c.named, c.remembered} {
		if !c.stopped() {
			step()
		}
	}
}

// headers looks at both headers of the file, as opening does.
func (c *checker) headers() {
	if c.db.raw == nil {
		return
	}
	var d *Damage
	switch err := checkHeaders(c.db.raw, false); {
	case err == nil:
	case errors.As(err, &d):
		for _, f := range d.Findings {
			c.add(f)
		}
	default:
		c.add(Finding{Where: "header", What: err.Error()})
	}
}

func (c *checker) odd(bucket, key, what string) {
	c.add(Finding{Where: bucket, ID: key, What: what, Severity: SeverityOddity})
}

func (c *checker) wrong(bucket, key, what string) { c.add(Finding{Where: bucket, ID: key, What: what}) }

// inspection looks into what opened; for one goroutine.
type inspection struct {
	*checker
	former opener
	memory memoryCheck
}

func (i *inspection) visit(o *opened) {
	switch o.bucket {
	case bucketKeys:
		return
	case bucketUndo:
		i.undoRow(o)
		return
	}
	key := string(o.key)
	collection, ok := collectionNamed(o.bucket)
	if !ok {
		return
	}
	v, err := collection.decodeAny(o.plain)
	if err != nil {
		i.wrong(o.bucket, key, "the record opens and does not read")
		return
	}
	subject, _, _ := splitEnvelope(o.value)
	if own, whose, known := collection.bears(i.keys, v); known && (own != key || whose != subject) {
		i.wrong(o.bucket, key, "the record lies under a name that is not its own")
	}
	i.refs.note(i.checker, o.bucket, key, v)
	i.remember(o.bucket, key, subject, v)
}

// undoRow looks at what is kept for undoing: that it reads, names a collection, and that the former version opens.
func (i *inspection) undoRow(o *opened) {
	key := string(o.key)
	_, name, row := strings.Cut(key, keySep)
	bucket, at, _ := strings.Cut(name, keySep)
	var u undoRow
	var err error
	switch {
	case !row:
		err = records.decode(o.plain, &undoHeader{})
	case bucket == madeName:
		err = records.decode(o.plain, &madeRow{})
	default:
		err = records.decode(o.plain, &u)
	}
	if err != nil {
		i.wrong(bucketUndo, key, "what is kept for undoing does not read")
		return
	}
	if u.Former == nil {
		return
	}
	if _, ok := collectionNamed(bucket); !ok {
		i.odd(bucketUndo, key, "a former version is of a collection that there is not")
		return
	}
	if _, err := i.former.open(bucket, item{[]byte(at), u.Former, o.wrapped}); err != nil {
		i.wrong(bucketUndo, key, "the former version does not open")
	}
}

// bears returns the key and the subject a record names itself by; not known for one the read model takes less of.
func (c *collection[T]) bears(k *keyring, v any) (key string, subject register.ID, known bool) {
	record, ok := v.(T)
	if !ok {
		return "", "", false
	}
	if c.subject != nil {
		subject = c.subject(&record)
	}
	return strings.Join(c.key(k, &record), keySep), subject, true
}
