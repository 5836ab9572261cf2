package store

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
)

// undoHeader says what an undoable operation was.
type undoHeader struct {
	Seq      uint64        `json:"seq"` // in the audit trail: what is newest does not rest on the clock
	Operator string        `json:"operator"`
	Verb     register.Verb `json:"verb"`
	At       time.Time     `json:"at"`
	Subjects []register.ID `json:"subjects,omitempty"`
	Note     string        `json:"note,omitempty"`
}

// undoRow is a record as it was before an operation, and the hash of what the operation wrote.
type undoRow struct {
	Former []byte `json:"former,omitempty"` // its envelope; empty: there was none
	Wrote  []byte `json:"wrote,omitempty"`  // SHA-256 of the envelope written; empty: it was deleted
}

// UndoOp is an operation that can be reverted.
type UndoOp struct {
	Operation register.ID
	Seq       uint64 // of its audit entry
	Operator  string
	Verb      register.Verb
	At        time.Time // UTC
	Subjects  []register.ID
	Note      string
}

// Reverted counts what a Revert did.
type Reverted struct {
	Restored int      // records put back, deleted ones among them
	Removed  int      // records the operation had made, people forgotten among them
	Kept     int      // records left as they are
	KeptKeys []string // collection and key of those, such as "delegates/D7K3M2PQX9TF0B"
}

func hashOf(env []byte) []byte {
	if env == nil {
		return nil
	}
	sum := sha256.Sum256(env)
	return sum[:]
}

// madeRow lists records that did not exist before an operation: nothing about anybody, so one row under the store key
// stands for many of them and an import costs little more than what it brings.
type madeRow struct {
	Records []madeRecord `json:"records"`
}

type madeRecord struct {
	Bucket string `json:"bucket"`
	Key    string `json:"key"`
	Wrote  []byte `json:"wrote"`
}

const (
	madeName  = "made" // in place of a collection, in the key of a madeRow
	madeInRow = 256
)

// addUndo adds the undo rows of what was sealed so far.
func (s *sealing) addUndo() error {
	var made []madeRecord
	for _, w := range s.writes {
		if _, ok := collectionNamed(w.bucket); !ok {
			continue
		}
		if w.before == nil {
			made = append(made, madeRecord{w.bucket, w.key, hashOf(w.after)})
			continue
		}
		subject, _, _ := splitEnvelope(w.before)
		if s.tx.stage.masked[w.bucket+keySep+w.key] || s.tx.stage.forgotten[subject] || s.tx.stage.forgotten[w.subject] {
			continue
		}
		row := undoRow{Former: w.before, Wrote: hashOf(w.after)}
		if err := s.addUndoRow(w.bucket+keySep+w.key, row, subject); err != nil {
			return err
		}
	}
	n := 0
	for part := range slices.Chunk(made, madeInRow) {
		if err := s.addUndoRow(fmt.Sprintf("%s%s%06d", madeName, keySep, n), madeRow{part}, ""); err != nil {
			return err
		}
		n++
	}
	return nil
}

func (s *sealing) addUndoRow(name string, row any, subject register.ID) error {
	plain, err := records.encode(row)
	if err != nil {
		return err
	}
	return s.add(bucketUndo, string(s.tx.op)+keySep+name, &staged{plain: plain, subject: subject})
}

// stageUndoHeader makes the change findable by UndoOps.
func (tx *Tx) stageUndoHeader(c *Change) error {
	plain, err := records.encode(undoHeader{tx.state.AuditSeq + 1, c.Operator, c.Verb, tx.at, c.Subjects, c.Note})
	if err != nil {
		return err
	}
	return tx.put(place{bucket: bucketUndo, key: string(tx.op)}, plain)
}

// Revert puts back what an undoable operation found. A record changed since is a Conflict when keep is nil, and is left
// and counted otherwise; so is one that keep names. A person the operation added is forgotten. The operation can then
// not be reverted again. Errors: NotFound for an operation that is not undoable (any longer).
func (tx *Tx) Revert(op register.ID, keep func(collection, key string) bool) (Reverted, error) {
	var done Reverted
	if tx.stage == nil {
		return done, errReadOnly
	}
	if ok, err := tx.has(bucketUndo, string(op)); err != nil || !ok {
		return done, register.Errorf(register.NotFound, "", "the operation %s cannot be undone (any longer)", op)
	}
	items, err := tx.undoItems(op)
	if err != nil {
		return done, err
	}
	var made []register.ID // people to forget, all at once
	for _, item := range items {
		who, err := tx.revertItem(item, keep, &done)
		if err != nil {
			return done, err
		}
		if who != "" {
			made = append(made, who)
		}
	}
	if err := tx.Forget(made...); err != nil {
		return done, err
	}
	return done, tx.DropUndo(op)
}

// undoItem is one record an operation wrote.
type undoItem struct {
	bucket, key string
	undoRow
}

// undoItems reads everything kept for an operation.
func (tx *Tx) undoItems(op register.ID) ([]undoItem, error) {
	var items []undoItem
	for r, err := range tx.scan(bucketUndo, string(op)+keySep) {
		if err != nil {
			return nil, err
		}
		_, name, _ := strings.Cut(r.key, keySep)
		bucket, key, _ := strings.Cut(name, keySep)
		plain, err := tx.openRow(bucketUndo, r)
		if err != nil {
			return nil, err
		}
		if bucket == madeName {
			var made madeRow
			if err := records.decode(plain, &made); err != nil {
				return nil, damagedRecord(bucketUndo, r.key)
			}
			for _, m := range made.Records {
				items = append(items, undoItem{m.Bucket, m.Key, undoRow{Wrote: m.Wrote}})
			}
			continue
		}
		item := undoItem{bucket: bucket, key: key}
		if err := records.decode(plain, &item.undoRow); err != nil {
			return nil, damagedRecord(bucketUndo, r.key)
		}
		items = append(items, item)
	}
	return items, nil
}

// revertItem puts one record back, or names the person it is about when the operation made them.
func (tx *Tx) revertItem(u undoItem, keep func(collection, key string) bool, done *Reverted) (made register.ID, err error) {
	name := u.bucket + keySep + u.key
	changed := tx.stage.get(u.bucket, u.key) != nil || string(hashOf(tx.raw(u.bucket, u.key))) != string(u.Wrote)
	switch {
	case changed && keep == nil:
		return "", register.Errorf(register.Conflict, "", "%s was changed since and cannot be put back", name)
	case changed || keep != nil && keep(u.bucket, u.key):
		done.Kept++
		done.KeptKeys = append(done.KeptKeys, name)
		return "", nil
	case u.Former != nil:
		done.Restored++
		tx.stage.set(u.bucket, u.key, &staged{raw: u.Former})
		return "", nil
	}
	done.Removed++
	if u.bucket == delegates.name {
		return register.ID(u.key), nil
	}
	return "", tx.remove(u.bucket, u.key)
}

// DropUndo forgets the former versions kept for an operation, which then cannot be reverted.
func (tx *Tx) DropUndo(op register.ID) error {
	var keys []string
	for r, err := range tx.scan(bucketUndo, string(op)) {
		if err != nil {
			return err
		}
		if r.key == string(op) || strings.HasPrefix(r.key, string(op)+keySep) {
			keys = append(keys, r.key)
		}
	}
	for _, key := range keys {
		if err := tx.remove(bucketUndo, key); err != nil {
			return err
		}
	}
	return nil
}

// UndoOps returns the newest operations of an operator that can be reverted, newest first; every operator's when
// operator is empty, all of them when limit is 0.
func (tx *Tx) UndoOps(operator string, limit int) ([]UndoOp, error) {
	var ops []UndoOp
	for r, err := range tx.undoHeaders() {
		if err != nil {
			return nil, err
		}
		if operator == "" || r.Operator == operator {
			ops = append(ops, r)
		}
	}
	sortNewest(ops)
	if limit > 0 && len(ops) > limit {
		ops = ops[:limit]
	}
	return ops, nil
}
