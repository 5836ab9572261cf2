package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// reversal seals the undo rows anew. A row holds the envelope of a former version, which is sealed anew like any other,
// and the hash of the envelope its operation wrote, by which it is told whether the record was changed since. That
// envelope is the record as it stands, or what a later operation found and keeps as a former version: so the newest
// operations come first, and the hashes of what they keep are remembered where an earlier one asks for them.
type reversal struct {
	*resealer
	rows, keys *bolt.Bucket
	wanted     map[[sha256.Size]byte][]byte // by hash of the old envelope, that of the new one
}

// undo seals the undo rows anew.
func (r *resealing) undo() error {
	v := &reversal{resealer: r.resealer(), rows: r.from.Bucket([]byte(bucketUndo)), keys: r.from.Bucket([]byte(bucketKeys)),
		wanted: map[[sha256.Size]byte][]byte{}}
	defer v.wipe()
	if v.rows == nil || v.keys == nil {
		return damagedBucket(bucketUndo)
	}
	if err := r.out.commit(); err != nil { // what was written so far is about to be read
		return err
	}
	ops, err := v.operations()
	if err != nil {
		return err
	}
	for _, op := range ops {
		if err := v.each(op, v.want); err != nil {
			return err
		}
	}
	for _, op := range ops {
		if err := v.each(op, v.again); err != nil {
			return err
		}
	}
	return nil
}

// operations lists the operations that can be undone, newest first.
func (v *reversal) operations() ([]string, error) {
	seqs := map[string]uint64{}
	var ops []string
	err := v.rows.ForEach(func(k, env []byte) error {
		op, _, isRow := strings.Cut(string(k), keySep)
		if len(ops) == 0 || ops[len(ops)-1] != op {
			ops = append(ops, op)
		}
		if isRow {
			return nil
		}
		var h undoHeader
		if err := v.open(string(k), env, &h); err != nil {
			return err
		}
		seqs[op] = h.Seq
		return nil
	})
	slices.SortFunc(ops, func(a, b string) int { return cmp.Compare(seqs[b], seqs[a]) })
	return ops, err
}

// open decodes what lies under a key among the undo rows.
func (v *reversal) open(key string, env []byte, into any) error {
	subject, _, err := splitEnvelope(env)
	if err == nil {
		var plain []byte
		if plain, err = v.from.open(bucketUndo, item{[]byte(key), env, v.keys.Get([]byte(subject))}); err == nil {
			err = records.decode(plain, into)
		}
	}
	if err != nil {
		return damagedRecord(bucketUndo, key)
	}
	return nil
}

// each visits the rows of an operation, its header among them.
func (v *reversal) each(op string, visit func(key string, env []byte) error) error {
	c := v.rows.Cursor()
	for k, env := c.Seek([]byte(op)); k != nil && bytes.HasPrefix(k, []byte(op)); k, env = c.Next() {
		if len(k) > len(op) && k[len(op)] != keySep[0] {
			continue // of an operation whose id begins with this one
		}
		if err := visit(string(k), env); err != nil {
			return err
		}
	}
	return nil
}

// undoName takes the key of an undo row apart; bucket is madeName for a madeRow, "" for a header.
func undoName(rowKey string) (bucket, key string) {
	_, name, _ := strings.Cut(rowKey, keySep)
	bucket, key, _ = strings.Cut(name, keySep)
	return bucket, key
}

// want notes which former versions a row will ask for.
func (v *reversal) want(rowKey string, env []byte) error {
	switch bucket, key := undoName(rowKey); bucket {
	case "":
		return nil
	case madeName:
		var made madeRow
		if err := v.open(rowKey, env, &made); err != nil {
			return err
		}
		for _, m := range made.Records {
			v.wantOne(m.Bucket, m.Key, m.Wrote)
		}
		return nil
	default:
		var row undoRow
		if err := v.open(rowKey, env, &row); err != nil {
			return err
		}
		v.wantOne(bucket, key, row.Wrote)
		return nil
	}
}

func (v *reversal) wantOne(bucket, key string, wrote []byte) {
	if len(wrote) == sha256.Size && !v.stands(bucket, key, wrote) {
		v.wanted[[sha256.Size]byte(wrote)] = nil
	}
}

// stands reports whether a record is still what an operation wrote.
func (v *reversal) stands(bucket, key string, wrote []byte) bool {
	b := v.r.from.Bucket([]byte(bucket))
	return b != nil && bytes.Equal(hashOf(b.Get([]byte(key))), wrote)
}

// again seals a row anew.
func (v *reversal) again(rowKey string, env []byte) error {
	subject, _, err := splitEnvelope(env)
	if err != nil {
		return damagedRecord(bucketUndo, rowKey)
	}
	switch bucket, key := undoName(rowKey); bucket {
	case "":
		var h undoHeader
		if err := v.open(rowKey, env, &h); err != nil {
			return err
		}
		return v.put(rowKey, subject, &h)
	case madeName:
		var made madeRow
		if err := v.open(rowKey, env, &made); err != nil {
			return err
		}
		for i, m := range made.Records {
			made.Records[i].Wrote = v.wrote(m.Bucket, m.Key, m.Wrote)
		}
		return v.put(rowKey, subject, &made)
	default:
		var row undoRow
		if err := v.open(rowKey, env, &row); err != nil {
			return err
		}
		row.Wrote = v.wrote(bucket, key, row.Wrote)
		if row.Former, err = v.former(bucket, key, row.Former); err != nil {
			return damagedRecord(bucketUndo, rowKey)
		}
		return v.put(rowKey, subject, &row)
	}
}

// wrote returns the hash of the new envelope of what an operation wrote. Where the record was changed since and nothing
// keeps that version, the hash stays as it is: it fits nothing, as before.
func (v *reversal) wrote(bucket, key string, wrote []byte) []byte {
	if len(wrote) != sha256.Size {
		return wrote
	}
	if v.stands(bucket, key, wrote) {
		return hashOf(v.r.out.get(bucket, key))
	}
	if again := v.wanted[[sha256.Size]byte(wrote)]; again != nil {
		return again
	}
	return wrote
}

// former returns a former version sealed anew.
func (v *reversal) former(bucket, key string, env []byte) ([]byte, error) {
	if env == nil {
		return nil, nil
	}
	subject, _, err := splitEnvelope(env)
	if err != nil {
		return nil, err
	}
	again, err := v.one(bucket, item{[]byte(key), env, v.keys.Get([]byte(subject))})
	if err != nil {
		return nil, err
	}
	if old := sha256.Sum256(env); hasKey(v.wanted, old) {
		v.wanted[old] = hashOf(again)
	}
	return again, nil
}

func hasKey[K comparable, V any](m map[K]V, k K) bool {
	_, ok := m[k]
	return ok
}

func (v *reversal) put(rowKey string, subject register.ID, row any) error {
	plain, err := records.encode(row)
	if err != nil {
		return err
	}
	env := v.seal(place{bucketUndo, rowKey, subject}, plain)
	v.r.sum.Add(term(v.terms, bucketUndo, rowKey, env))
	if err := v.r.out.put(bucketUndo, []byte(rowKey), env); err != nil {
		return err
	}
	return v.r.tell(1)
}
