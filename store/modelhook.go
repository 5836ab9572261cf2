package store

import (
	"custos/internal/register"
)

// record is one decoded record on its way to the read model.
type record struct {
	collection string
	key        string
	subject    register.ID
	value      any // register.Delegate, register.Organisation, register.ConsentFact ...; nil: the record is gone
}

// commit is what one change did to the collections the read model wants, in key order.
type commit struct {
	seq     uint64 // of the audit; 0 for a quiet change
	records []record
}

// reader is what the store asks of the read model. load is called once, before anything else, with every record of the
// collections the model wants, in batches of any order; apply after every change, one at a time.
type reader interface {
	wants(collection string) bool
	load(batches func(yield func([]record) bool))
	apply(commit)
}

var _ reader = (*model)(nil)

func (j *job) commit() commit {
	c := commit{seq: j.receipt.Seq}
	for _, w := range j.writes {
		if w.value != nil || w.after == nil {
			c.records = append(c.records, record{w.bucket, w.key, w.subject, w.value})
		}
	}
	return c
}
