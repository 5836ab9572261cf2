package store

import (
	"strings"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// owners walks the keys of the file, for whom each record is about: keys of people that seal nothing, records of people
// who are not on record, undo rows of no operation. It opens nothing.
func (c *checker) owners() {
	people := c.tx.Bucket([]byte(delegates.name))
	if people == nil {
		return // said already
	}
	idle := c.idleKeys(people)
	total, done := c.ownedCount(), 0
	tell := func(n int) {
		if n%(16*itemBatch) == 0 {
			c.progress("owners", min(done+n, total), total)
		}
	}
	for _, bucket := range append(personalBuckets(), bucketUndo) {
		b := c.tx.Bucket([]byte(bucket))
		if b == nil || bucket == delegates.name {
			continue
		}
		o := ownerWalk{checker: c, bucket: bucket, idle: idle, people: ringCursor{cursor: people.Cursor()}}
		done += o.walk(b, tell)
	}
	for subject := range idle {
		c.odd(bucketKeys, subject, "the key of a person seals no record")
	}
	c.progress("owners", total, total)
}

func (c *checker) ownedCount() int {
	n := c.report.Records[bucketUndo]
	for _, bucket := range personalBuckets() {
		if bucket != delegates.name {
			n += c.report.Records[bucket]
		}
	}
	return n
}

// idleKeys returns the keys of people without a record of their own; the walk takes out those that seal another.
func (c *checker) idleKeys(people *bolt.Bucket) map[string]bool {
	idle := map[string]bool{}
	keys := c.tx.Bucket([]byte(bucketKeys))
	if keys == nil {
		return idle
	}
	at := ringCursor{cursor: people.Cursor()}
	_ = keys.ForEach(func(k, _ []byte) error {
		if at.find(register.ID(k)) == nil {
			idle[string(k)] = true
		}
		return nil
	})
	return idle
}

// ownerWalk goes through the keys of one bucket.
type ownerWalk struct {
	*checker
	bucket    string
	idle      map[string]bool
	people    ringCursor
	operation string // of the undo header met last
	last      register.ID
	there     bool // last is on record
}

func (o *ownerWalk) walk(b *bolt.Bucket, tell func(n int)) int {
	n := 0
	cursor := b.Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if n++; n%itemBatch == 0 && o.stopped() {
			break
		}
		tell(n)
		subject, _, err := splitEnvelope(v)
		if err != nil {
			continue // said already
		}
		if subject != "" && len(o.idle) > 0 {
			delete(o.idle, string(subject))
		}
		switch {
		case o.bucket == bucketUndo:
			o.undo(string(k))
		case subject != "" && o.bucket != requests.name && !o.onRecord(subject):
			o.odd(o.bucket, string(k), "the person it is about is not on record, so no list shows it")
		}
	}
	return n
}

// onRecord reports whether there is a record of a person, a tombstone included.
func (o *ownerWalk) onRecord(subject register.ID) bool {
	if subject != o.last {
		o.last, o.there = subject, o.people.find(subject) != nil
	}
	return o.there
}

// undo misses the operation of a row; its header comes before its rows.
func (o *ownerWalk) undo(key string) {
	operation, _, row := strings.Cut(key, keySep)
	if !row {
		o.operation = operation
	} else if operation != o.operation {
		o.odd(bucketUndo, key, "a former version belongs to no operation that can be undone")
	}
}
