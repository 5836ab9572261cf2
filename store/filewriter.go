package store

import (
	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// fileWriter fills a new file with sealed values, as they come: transactions of a few megabytes, unsynced until the file
// is whole.
type fileWriter struct {
	bolt  *bolt.DB
	wrote func() // told of every transaction; may be nil

	tx     *bolt.Tx
	bucket *bolt.Bucket
	name   string // of bucket
	bytes  int
}

// writerStep is how many bytes one transaction takes.
const writerStep = 4 << 20

// put writes a value. Values of a bucket best come in the order of their keys. The value is not copied.
func (w *fileWriter) put(bucket string, key, value []byte) error {
	if w.bytes >= writerStep {
		if err := w.commit(); err != nil {
			return err
		}
	}
	b, err := w.open(bucket)
	if err != nil {
		return err
	}
	w.bytes += len(key) + len(value)
	if err := b.Put(key, value); err != nil {
		return register.Errorf(register.Internal, "", "the new file does not take a record: %w", err)
	}
	return nil
}

// open returns a bucket of the transaction at hand, and begins both where there is none.
func (w *fileWriter) open(bucket string) (*bolt.Bucket, error) {
	if w.tx == nil {
		tx, err := w.bolt.Begin(true)
		if err != nil {
			return nil, register.Errorf(register.Internal, "", "the new file cannot be written: %w", err)
		}
		w.tx, w.bucket, w.name = tx, nil, ""
	}
	if w.bucket == nil || w.name != bucket {
		b, err := w.tx.CreateBucketIfNotExists([]byte(bucket))
		if err != nil {
			return nil, register.Errorf(register.Internal, "", "the new file cannot be written: %w", err)
		}
		b.FillPercent = 0.9
		w.bucket, w.name = b, bucket
	}
	return w.bucket, nil
}

// get returns what was put, valid until the next commit.
func (w *fileWriter) get(bucket, key string) []byte {
	b, err := w.open(bucket)
	if err != nil {
		return nil
	}
	return b.Get([]byte(key))
}

func (w *fileWriter) commit() error {
	if w.tx == nil {
		return nil
	}
	tx := w.tx
	w.tx, w.bucket, w.bytes = nil, nil, 0
	if err := tx.Commit(); err != nil {
		return register.Errorf(register.Internal, "", "the new file cannot be written: %w", err)
	}
	if w.wrote != nil {
		w.wrote()
	}
	return nil
}

// finish adds what is missing, the header and the state, whose number of commits it moves on, and ends the last
// transaction.
func (w *fileWriter) finish(k *keyring, s *state) error {
	names := []string{bucketSlots, bucketKeys, bucketAudit, bucketUndo, bucketMeta}
	for _, c := range registry {
		names = append(names, c.bucket())
	}
	for _, name := range names {
		if _, err := w.open(name); err != nil {
			return err
		}
	}
	if err := writeHeader(w.tx, k, header{format, k.id}, s); err != nil {
		return err
	}
	return w.commit()
}

// drop ends a transaction that is not to be kept.
func (w *fileWriter) drop() {
	if w.tx != nil {
		_ = w.tx.Rollback()
		w.tx = nil
	}
}
