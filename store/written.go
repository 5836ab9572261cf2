package store

import (
	"iter"

	"custos/internal/register"
)

// Written is one record that a change has put, put back or removed.
type Written struct {
	Collection, Key string
	Subject         register.ID // whom it is about, or was
	Gone            bool
}

// EachWritten visits the records about people that the change has written so far, in no order; nothing in a View.
func (tx *Tx) EachWritten() iter.Seq[Written] {
	return func(yield func(Written) bool) {
		if tx.stage == nil {
			return
		}
		for _, bucket := range personalBuckets() {
			for key, w := range tx.stage.buckets[bucket] {
				who := w.subject
				if w.plain == nil {
					who = tx.subjectAt(bucket, key, w.raw)
				}
				if who != "" && !yield(Written{bucket, key, who, w.gone()}) {
					return
				}
			}
		}
	}
}

// Wrote reports whether the change has put or removed a record of a collection so far.
func (tx *Tx) Wrote(collection string) bool {
	return tx.stage != nil && len(tx.stage.buckets[collection]) > 0
}

// subjectAt tells whom a record that is put back, or else the one it takes away, is about.
func (tx *Tx) subjectAt(bucket, key string, raw []byte) register.ID {
	if raw == nil {
		raw = tx.raw(bucket, key)
	}
	who, _, err := splitEnvelope(raw)
	if err != nil {
		return ""
	}
	return who
}

// Before is the store as the change found it. It is read only.
func (tx *Tx) Before() *Tx {
	return &Tx{keys: tx.keys, bolt: tx.bolt, group: tx.group, state: tx.state, seal: sealer{keys: tx.keys}}
}
