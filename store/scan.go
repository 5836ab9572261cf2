package store

import (
	"iter"
	"slices"
	"strings"
)

// scan walks the keys of a bucket that begin with a prefix, in order, as the transaction sees them: what is staged or
// already in the commit's group stands over what is on the disk.
func (tx *Tx) scan(bucket, prefix string) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		b := tx.bolt.Bucket([]byte(bucket))
		if b == nil {
			yield(row{}, damagedBucket(bucket))
			return
		}
		over := tx.above(bucket, prefix)
		c := b.Cursor()
		k, v := c.Seek([]byte(prefix))
		for {
			onDisk := k != nil && strings.HasPrefix(string(k), prefix)
			switch {
			case len(over) > 0 && (!onDisk || over[0].key <= string(k)):
				if onDisk && over[0].key == string(k) {
					k, v = c.Next()
				}
				r := over[0]
				over = over[1:]
				if r.staged == nil && r.env == nil {
					continue // deleted
				}
				if !yield(r, nil) {
					return
				}
			case onDisk:
				if !yield(row{key: string(k), env: v}, nil) {
					return
				}
				k, v = c.Next()
			default:
				return
			}
		}
	}
}

// above returns what stands over the disk, sorted; a deleted record has neither env nor staged.
func (tx *Tx) above(bucket, prefix string) []row {
	var out []row
	if tx.stage != nil {
		staged := tx.stage.buckets[bucket]
		for _, key := range having(tx.stage.near, bucket, prefix, staged) {
			if s := staged[key]; s.plain != nil {
				out = append(out, row{key: key, staged: s})
			} else {
				out = append(out, row{key: key, env: s.raw})
			}
		}
	}
	if tx.group != nil {
		written := tx.group.buckets[bucket]
		for _, key := range having(tx.group.near, bucket, prefix, written) {
			if tx.stage.get(bucket, key) == nil {
				out = append(out, row{key: key, env: written[key]})
			}
		}
	}
	slices.SortFunc(out, func(a, b row) int { return strings.Compare(a.key, b.key) })
	return out
}
