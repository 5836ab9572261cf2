package store

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"time"

	"custos/internal/audit"
	"custos/internal/vault"

	bolt "go.etcd.io/bbolt"
)

// format is the version of the layout this program writes; see migrate.go and FORMAT.md.
const format = 2

const headerMagic = "CUSTOSDB"

// state is what every commit moves on: how many there were, where the audit chain stands, and what must all be there.
type state struct {
	Commit    uint64         `json:"commit"`
	AuditSeq  uint64         `json:"audit_seq"`
	AuditHash [32]byte       `json:"audit_hash"`
	Digest    vault.Digest   `json:"digest"` // over every collection, keys and undo
	Meta      [32]byte       `json:"meta"`   // metaHash
	Counts    map[string]int `json:"counts"` // records by bucket

	// What must outlive a change of the store key. Nothing else holds it: suppressions are hashes under the lookup key of
	// addresses nobody has.
	Lookup  []byte      `json:"lookup,omitempty"`  // key of all keyed hashes
	Signing []byte      `json:"signing,omitempty"` // Ed25519 seed of the anchors
	Former  []formerKey `json:"former,omitempty"`  // oldest first
	Gaps    []audit.Gap `json:"gaps,omitempty"`    // in the audit trail, in order: what a repair could not find
}

// formerKey is a store key that was replaced: backups made under it are still to be opened.
type formerKey struct {
	Generation string    `json:"generation"`
	Key        []byte    `json:"key"`
	Until      time.Time `json:"until"` // UTC
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

// wipe forgets the secrets of a state, and of every copy of it that clone made.
func (s *state) wipe() {
	clear(s.Lookup)
	clear(s.Signing)
	for i := range s.Former {
		clear(s.Former[i].Key)
	}
}

// forgetState wipes the keys that lie in the state.
func (db *DB) forgetState() {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.state.wipe()
}

var statePlace = place{bucket: bucketMeta, key: keyState}

func (s *state) seal(k *keyring) ([]byte, error) {
	plain, err := records.encode(s)
	if err != nil {
		return nil, err
	}
	sl := sealer{keys: k}
	defer func() { clear(plain); clear(sl.padded) }()
	return sl.seal(&k.state, statePlace, plain), nil
}

// readState opens the state, and gives the keys those of their number that lie in it.
func readState(tx *bolt.Tx, k *keyring) (state, error) {
	b := tx.Bucket([]byte(bucketMeta))
	if b == nil {
		return state{}, damagedBucket(bucketMeta)
	}
	return openState(b.Get([]byte(keyState)), k)
}

// openState opens the state as it lies under its key.
func openState(env []byte, k *keyring) (state, error) {
	var s state
	_, sealed, err := splitEnvelope(env)
	if err != nil {
		return s, damagedRecord(bucketMeta, keyState)
	}
	sl := sealer{keys: k}
	plain, err := sl.open(nil, &k.state, statePlace, sealed)
	if err != nil {
		return s, damagedRecord(bucketMeta, keyState)
	}
	defer clear(plain)
	if err := records.decode(plain, &s); err != nil {
		return s, err
	}
	return s, k.adopt(&s)
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
