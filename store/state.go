package store

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"

	"custos/internal/audit"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// format is the version of the layout this program writes; see migrate.go and FORMAT.md.
const format = 1

const headerMagic = "CUSTOSDB"

// state is what every commit moves on: how many there were, where the audit chain stands, and what must all be there.
type state struct {
	Commit    uint64         `json:"commit"`
	AuditSeq  uint64         `json:"audit_seq"`
	AuditHash [32]byte       `json:"audit_hash"`
	Digest    vault.Digest   `json:"digest"` // over every collection, keys and undo
	Meta      [32]byte       `json:"meta"`   // metaHash
	Counts    map[string]int `json:"counts"` // records by bucket
}

func (s *state) head() audit.Head { return audit.Head{Seq: s.AuditSeq, Hash: s.AuditHash} }

func (s *state) anchor() vault.Anchor {
	return vault.Anchor{Commit: s.Commit, AuditSeq: s.AuditSeq, AuditHash: s.AuditHash, MetaHash: s.Meta}
}

func (s *state) clone() state {
	c := *s
	c.Counts = maps.Clone(s.Counts)
	if c.Counts == nil {
		c.Counts = map[string]int{}
	}
	return c
}

var statePlace = place{bucket: bucketMeta, key: keyState}

func (s *state) seal(k *keyring) ([]byte, error) {
	plain, err := records.encode(s)
	if err != nil {
		return nil, err
	}
	sl := sealer{keys: k}
	return sl.seal(&k.state, statePlace, plain), nil
}

func readState(tx *bolt.Tx, k *keyring) (state, error) {
	var s state
	b := tx.Bucket([]byte(bucketMeta))
	if b == nil {
		return s, damagedBucket(bucketMeta)
	}
	_, sealed, err := splitEnvelope(b.Get([]byte(keyState)))
	if err != nil {
		return s, damagedRecord(bucketMeta, keyState)
	}
	sl := sealer{keys: k}
	plain, err := sl.open(nil, &k.state, statePlace, sealed)
	if err != nil {
		return s, damagedRecord(bucketMeta, keyState)
	}
	err = records.decode(plain, &s)
	return s, err
}

// header is the readable beginning of a store: its format and its id.
type header struct {
	format uint16
	id     string
}

func (h header) encode() []byte {
	b := append([]byte(nil), headerMagic...)
	b = binary.BigEndian.AppendUint16(b, h.format)
	return append(b, h.id...)
}

func decodeHeader(b []byte) (header, error) {
	n := len(headerMagic)
	if len(b) < n+3 || string(b[:n]) != headerMagic {
		return header{}, errNotStore
	}
	return header{binary.BigEndian.Uint16(b[n:]), string(b[n+2:])}, nil
}

func readHeader(tx *bolt.Tx) (header, error) {
	b := tx.Bucket([]byte(bucketMeta))
	if b == nil {
		return header{}, errNotStore
	}
	return decodeHeader(b.Get([]byte(keyHeader)))
}

// metaHash is SHA-256 over the header and every slot, each with its length: what is readable in the file and must not
// be changed unseen.
func metaHash(head []byte, slots func(yield func(id, slot []byte))) [32]byte {
	buf := appendParts(nil, "custos meta v1", string(head))
	slots(func(id, slot []byte) { buf = appendParts(buf, string(id), string(slot)) })
	return sha256.Sum256(buf)
}

// storedMetaHash hashes the header and slots as they lie in a bolt transaction.
func storedMetaHash(tx *bolt.Tx) [32]byte {
	return metaHash(tx.Bucket([]byte(bucketMeta)).Get([]byte(keyHeader)), func(yield func(id, slot []byte)) {
		if b := tx.Bucket([]byte(bucketSlots)); b != nil {
			_ = b.ForEach(func(id, slot []byte) error { yield(id, slot); return nil })
		}
	})
}
