package store

import (
	"bytes"
	"context"
	"runtime"
	"sync"

	"custos/store/needle"
)

// dropChance takes away the finds that lie in sealed bytes the store still holds. Those are noise, and noise holds any
// short needle somewhere. A find is known again by the bytes around it.
func (s *rawSearch) dropChance(ctx context.Context, tx *Tx) error {
	byNeedle := map[int][]*rawFind{}
	for i := range s.found {
		if f := &s.found[i]; f.File == dbFile {
			byNeedle[f.Needle] = append(byNeedle[f.Needle], f)
		}
	}
	if len(byNeedle) == 0 {
		return ctx.Err()
	}
	values := make(chan [][]byte, 2*runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for batch := range values {
				for _, v := range batch {
					s.n.set.Raw(v, 0, len(v), func(x needle.Find) { s.compare(v, x, byNeedle[x.Needle]) })
				}
			}
		})
	}
	err := tx.eachSealed(ctx, func(batch [][]byte) { values <- batch })
	close(values)
	wg.Wait()
	return err
}

// compare marks the finds that are the one at a place of a sealed value.
func (s *rawSearch) compare(v []byte, x needle.Find, finds []*rawFind) {
	for _, f := range finds {
		before := min(len(f.before), x.From)
		from := min(len(f.from), len(v)-x.From)
		if before+from-(x.To-x.From) < nearby {
			continue // too little of the value is left to know it by
		}
		if bytes.HasSuffix(f.before, v[x.From-before:x.From]) && bytes.HasPrefix(f.from, v[x.From:x.From+from]) {
			s.mu.Lock()
			f.chance = true
			s.mu.Unlock()
		}
	}
}

// eachSealed hands over the sealed part of every value in the file: what is random from beginning to end.
func (tx *Tx) eachSealed(ctx context.Context, take func(batch [][]byte)) error {
	for _, bucket := range append(sealedBuckets(), bucketAudit, bucketKeys, bucketMeta) {
		b := tx.bolt.Bucket([]byte(bucket))
		if b == nil {
			continue
		}
		batch := make([][]byte, 0, itemBatch)
		c := b.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			if bucket != bucketKeys {
				_, sealed, err := splitEnvelope(v)
				if err != nil {
					continue
				}
				v = sealed
			}
			if batch = append(batch, v); len(batch) == itemBatch {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				take(batch)
				batch = make([][]byte, 0, itemBatch)
			}
		}
		take(batch)
	}
	return ctx.Err()
}
