package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"custos/internal/register"
	"custos/store/needle"
)

// Needle is what Search and RawSearch look for: see the package needle for how it is compared.
type Needle = needle.Needle

// The kinds of needle: words are compared however they are written, numbers by their digits alone.
const (
	TextNeedle   = needle.Text
	DigitsNeedle = needle.Digits
)

// Needles are needles made ready. Safe for concurrent use.
type Needles struct{ set *needle.Set }

// NewNeedles makes needles ready. The error is Invalid where one holds nothing to look for, naming its place.
func NewNeedles(all []Needle) (Needles, error) {
	set, err := needle.New(all)
	if err != nil {
		return Needles{}, register.Errorf(register.Invalid, "needle", "%w", err)
	}
	return Needles{set}, nil
}

// In returns the needles that stand in a text, by their places in the list.
func (n Needles) In(text string) []int { return n.set.In(text) }

// Hit is a needle in a text the store holds.
type Hit struct {
	Bucket  string      // a collection, undo, audit or meta
	Key     string      // in the bucket, as Mask takes it; of an audit entry its sequence number
	Subject register.ID // whose record it is; empty: nobody's
	Of      string      // the collection of a former version in undo; Bucket for a record; empty for neither
	Field   string      // such as "name", "fields.notes" or "events[3].text"; "fields{}" is a name among fields
	Value   string      // that field's whole text
	Needle  int         // its place in the list
}

// Operation is the operation whose former versions the hit is among, empty where it is none of those: see DropUndo.
func (h *Hit) Operation() register.ID {
	if h.Bucket != bucketUndo {
		return ""
	}
	op, _, _ := strings.Cut(h.Key, keySep)
	return register.ID(op)
}

// Search opens everything the store holds, former versions and the audit trail included, and returns each text that
// holds a needle, by bucket, key and field. Names of fields are no texts; names that people give, such as those of the
// fields of a draft, are. told may be nil. It reads for as long as that takes, while the store goes on changing. Errors:
// the context's, Internal for a record that does not open.
func (db *DB) Search(ctx context.Context, n Needles, told func(done, total int)) ([]Hit, error) {
	var hits []Hit
	err := db.View(func(tx *Tx) error {
		var err error
		hits, err = tx.Search(ctx, n, told)
		return err
	})
	return hits, err
}

// Search is DB.Search as the transaction sees the store.
func (tx *Tx) Search(ctx context.Context, n Needles, told func(done, total int)) ([]Hit, error) {
	var mu sync.Mutex
	var hits []Hit
	err := tx.EachRecord(ctx, told, func(r Raw) error {
		if !n.set.May(r.Plain) {
			return nil
		}
		found, err := n.inRecord(&r)
		mu.Lock()
		defer mu.Unlock()
		hits = append(hits, found...)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Bucket, b.Bucket), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Value, b.Value), cmp.Compare(a.Needle, b.Needle))
	})
	return hits, nil
}

// inRecord looks at each text of a record.
func (n Needles) inRecord(r *Raw) ([]Hit, error) {
	var hits []Hit
	err := eachText(r, func(field, text string) {
		for _, i := range n.set.In(text) {
			hits = append(hits, Hit{r.Bucket, r.Key, r.Subject, r.Of, field, text, i})
		}
	})
	return hits, err
}
