package store

import (
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"time"

	"custos/internal/audit"
	"custos/internal/register"
)

// Change says who does what, for the audit trail.
type Change struct {
	Operator  string
	Door      string // console, command line, ssh, set-up
	Verb      register.Verb
	Subjects  []register.ID // a handful at most; none for bulk
	Note      string        // a fixed phrase or counts, never personal data
	Approver  string        // who approved it, where somebody was asked
	Unchecked bool          // done by one where two should
	Refused   bool          // attempted and refused: the entry alone is written
	Undoable  bool          // keep the former versions under the operation's id
	Quiet     bool          // commit without an audit entry and without a note: drafts
}

// Receipt is what Update answers once the change is on the disk.
type Receipt struct {
	Operation register.ID
	Seq       uint64    // of the audit entry; 0 for a Quiet change
	At        time.Time // UTC, to the millisecond, as in the audit entry
}

func (c *Change) entry(op register.ID, at time.Time, changes [32]byte) audit.Entry {
	e := audit.Entry{
		At: at.UnixMilli(), Operator: c.Operator, Door: c.Door, Verb: string(c.Verb), Approver: c.Approver,
		Operation: string(op), Changes: changes, Note: c.Note, Unchecked: c.Unchecked, Refused: c.Refused,
	}
	for _, s := range c.Subjects {
		e.Subjects = append(e.Subjects, string(s))
	}
	return e
}

func auditKey(seq uint64) string { return string(binary.BigEndian.AppendUint64(nil, seq)) }

func auditSeq(key []byte) uint64 {
	if len(key) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key)
}

// sealEntry returns the envelope of an audit entry.
func (k *keyring) sealEntry(e audit.Entry) []byte {
	s := sealer{keys: k}
	return s.seal(&k.audit, place{bucket: bucketAudit, key: auditKey(e.Seq)}, e.Encode())
}

// openEntry opens the audit entry that lies under a key.
func (s *sealer) openEntry(key, env []byte) (audit.Entry, error) {
	_, sealed, err := splitEnvelope(env)
	if err != nil {
		return audit.Entry{}, err
	}
	plain, err := s.open(nil, &s.keys.audit, place{bucket: bucketAudit, key: string(key)}, sealed)
	if err != nil {
		return audit.Entry{}, err
	}
	return audit.Decode(plain)
}

// changesHash is SHA-256 over bucket, key and the sealed bytes of everything a change wrote, in order; zero for
// nothing. It is over ciphertext, so that the chain still verifies after the key of what it covers is destroyed.
func changesHash(writes []write) [32]byte {
	if len(writes) == 0 {
		return [32]byte{}
	}
	h := sha256.New()
	var buf []byte
	for _, w := range writes {
		buf = appendParts(buf[:0], w.bucket, w.key, string(w.after))
		h.Write(buf)
	}
	return [32]byte(h.Sum(nil))
}

// Audit walks the audit trail, oldest first.
func (tx *Tx) Audit() iter.Seq2[audit.Entry, error] { return tx.AuditFrom(1) }

// AuditFrom walks the audit trail from a sequence number on, oldest first.
func (tx *Tx) AuditFrom(seq uint64) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		b := tx.bolt.Bucket([]byte(bucketAudit))
		if b == nil {
			yield(audit.Entry{}, damagedBucket(bucketAudit))
			return
		}
		c := b.Cursor()
		for k, v := c.Seek([]byte(auditKey(seq))); k != nil; k, v = c.Next() {
			if !tx.yieldEntry(k, v, yield) {
				return
			}
		}
	}
}

// AuditBack walks the audit trail, newest first.
func (tx *Tx) AuditBack() iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		b := tx.bolt.Bucket([]byte(bucketAudit))
		if b == nil {
			yield(audit.Entry{}, damagedBucket(bucketAudit))
			return
		}
		c := b.Cursor()
		for k, v := c.Last(); k != nil; k, v = c.Prev() {
			if !tx.yieldEntry(k, v, yield) {
				return
			}
		}
	}
}

func (tx *Tx) yieldEntry(k, v []byte, yield func(audit.Entry, error) bool) bool {
	e, err := tx.seal.openEntry(k, v)
	if err != nil {
		yield(e, damagedRecord(bucketAudit, string(k)))
		return false
	}
	return yield(e, nil)
}

// AuditHead returns where the audit chain stands: what an export is checked against.
func (db *DB) AuditHead() audit.Head {
	s := db.current()
	return s.head()
}

// Trail is the audit trail as a transaction has it, for verifying it and holding it against anchors.
func (db *DB) Trail(tx *Tx) audit.Trail {
	signer, s := db.Signer(), db.current()
	return audit.Trail{
		Store: db.keys.id, Signer: &signer, From: audit.Start(db.keys.id), Entries: tx.Audit(), Gaps: s.Gaps,
	}
}

// sortWrites puts writes into the order of bolt's pages.
func sortWrites(w []write) {
	slices.SortFunc(w, func(a, b write) int {
		if c := strings.Compare(a.bucket, b.bucket); c != 0 {
			return c
		}
		return strings.Compare(a.key, b.key)
	})
}
