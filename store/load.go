package store

import (
	"errors"
	"runtime"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// loadModel reads what the read model wants, decoded on all processors.
func (db *DB) loadModel() error {
	var errs []error
	err := db.bolt.View(func(tx *bolt.Tx) error {
		db.model.load(func(yield func([]record) bool) {
			errs = db.eachRecord(tx, db.keep.watching(yield))
		})
		return nil
	})
	return errors.Join(append(errs, err)...)
}

// parcel is a batch of sealed records of one collection.
type parcel struct {
	collection declared
	items      []item
}

func (db *DB) eachRecord(tx *bolt.Tx, yield func([]record) bool) []error {
	parcels, decoded := make(chan parcel, 4), make(chan []record, 4)
	var mu sync.Mutex
	var errs []error
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			o := opener{sealer: sealer{keys: db.keys}}
			defer o.wipe()
			for p := range parcels {
				out, err := o.decodeAll(p)
				if err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
				decoded <- out
			}
		})
	}
	go func() {
		for _, c := range registry {
			if b := tx.Bucket([]byte(c.bucket())); b != nil && db.model.wants(c.bucket()) {
				eachBatch(tx, b, func(batch []item, _ int) bool {
					parcels <- parcel{c, batch}
					return true
				})
			}
		}
		close(parcels)
		wg.Wait()
		close(decoded)
	}()
	going := true
	for batch := range decoded {
		going = going && yield(batch)
	}
	return errs
}

func (o *opener) decodeAll(p parcel) ([]record, error) {
	bucket := p.collection.bucket()
	out := make([]record, 0, len(p.items))
	for _, it := range p.items {
		plain, err := o.open(bucket, it)
		if err != nil {
			return out, damagedRecord(bucket, string(it.key))
		}
		v, err := p.collection.decodeAny(plain)
		if err != nil {
			return out, err
		}
		subject, _, _ := splitEnvelope(it.value)
		out = append(out, record{bucket, string(it.key), subject, v})
	}
	return out, nil
}
