package store

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"custos/internal/register"
)

// undoHeaders walks the headers alone: after each it seeks past the operation's rows.
func (tx *Tx) undoHeaders() iter.Seq2[UndoOp, error] {
	return func(yield func(UndoOp, error) bool) {
		b := tx.bolt.Bucket([]byte(bucketUndo))
		if b == nil {
			yield(UndoOp{}, damagedBucket(bucketUndo))
			return
		}
		c := b.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Seek([]byte(string(k) + keySep + "\xff")) {
			op := string(k)
			if strings.Contains(op, keySep) { // rows whose header is gone
				yield(UndoOp{}, damagedRecord(bucketUndo, op))
				return
			}
			if tx.stage.get(bucketUndo, op).isGone() {
				continue
			}
			u, err := tx.undoOp(op, v)
			if !yield(u, err) || err != nil {
				return
			}
		}
	}
}

func (tx *Tx) undoOp(op string, env []byte) (UndoOp, error) {
	plain, _, err := tx.openEnvelope(bucketUndo, op, env)
	if err != nil {
		return UndoOp{}, err
	}
	var h undoHeader
	if err := records.decode(plain, &h); err != nil {
		return UndoOp{}, damagedRecord(bucketUndo, op)
	}
	return UndoOp{register.ID(op), h.Seq, h.Operator, h.Verb, h.At, h.Subjects, h.Note}, nil
}

func sortNewest(ops []UndoOp) {
	slices.SortFunc(ops, func(a, b UndoOp) int { return cmp.Compare(b.Seq, a.Seq) })
}
