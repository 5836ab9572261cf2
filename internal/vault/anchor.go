package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
)

// Layout of the anchor file: two slots, each at the start of a 4 KiB block of its own, so that a torn write of one cannot
// reach the other. A slot, big-endian:
//
//	"CUSTHEAD" 8 · version 1 · commit 8 · audit sequence 8 · audit hash 32 · meta hash 32 · zeros · HMAC-SHA256 32
const (
	AnchorSize     = 512
	AnchorSlots    = 2
	AnchorFileSize = AnchorSlots * anchorBlock

	anchorBlock   = 4096
	anchorMagic   = "CUSTHEAD"
	anchorVersion = 1
	anchorSigned  = AnchorSize - sha256.Size
	anchorDomain  = "custos anchor v1"
)

// ErrAnchor says that neither slot of an anchor file was written with this key and is whole.
var ErrAnchor = errors.New("the anchor file holds no anchor of this store")

// An Anchor is kept outside the database and says what its last commit was, so that a lost commit, or a whole old file
// put back, shows.
type Anchor struct {
	Commit    uint64   // number of the last commit
	AuditSeq  uint64   // sequence number of the last audit entry
	AuditHash [32]byte // hash of that entry
	MetaHash  [32]byte // hash of what else the store wants anchored, such as its key slots
}

// Encode gives one slot's bytes, authenticated under k, a key for this purpose alone.
func (a Anchor) Encode(k *Key) [AnchorSize]byte {
	var out [AnchorSize]byte
	b := append(out[:0], anchorMagic...)
	b = append(b, anchorVersion)
	b = binary.BigEndian.AppendUint64(b, a.Commit)
	b = binary.BigEndian.AppendUint64(b, a.AuditSeq)
	b = append(b, a.AuditHash[:]...)
	_ = append(b, a.MetaHash[:]...)
	anchorMAC(k, &out).Sum(out[:anchorSigned])
	return out
}

// DecodeAnchor reads one slot, or returns ErrAnchor.
func DecodeAnchor(k *Key, slot []byte) (Anchor, error) {
	if len(slot) != AnchorSize {
		return Anchor{}, ErrAnchor
	}
	block := [AnchorSize]byte(slot)
	if !hmac.Equal(anchorMAC(k, &block).Sum(nil), block[anchorSigned:]) {
		return Anchor{}, ErrAnchor
	}
	if string(block[:8]) != anchorMagic || block[8] != anchorVersion {
		return Anchor{}, ErrAnchor
	}
	a := Anchor{Commit: binary.BigEndian.Uint64(block[9:]), AuditSeq: binary.BigEndian.Uint64(block[17:])}
	copy(a.AuditHash[:], block[25:])
	copy(a.MetaHash[:], block[57:])
	return a, nil
}

// NewestAnchor reads an anchor file and returns the whole anchor with the highest commit, and the slot (0 or 1) it lies in.
// The next anchor is written to the other slot. ErrAnchor when neither is whole.
func NewestAnchor(k *Key, file []byte) (Anchor, int, error) {
	newest, at := Anchor{}, -1
	for slot := range AnchorSlots {
		from := int(AnchorOffset(slot))
		if len(file) < from+AnchorSize {
			continue
		}
		a, err := DecodeAnchor(k, file[from:from+AnchorSize])
		if err == nil && (at < 0 || a.Commit > newest.Commit) {
			newest, at = a, slot
		}
	}
	if at < 0 {
		return Anchor{}, 0, ErrAnchor
	}
	return newest, at, nil
}

// AnchorOffset is where a slot (0 or 1) starts in the anchor file, in bytes.
func AnchorOffset(slot int) int64 { return int64(slot) * anchorBlock }

func anchorMAC(k *Key, slot *[AnchorSize]byte) hash.Hash {
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte(anchorDomain))
	h.Write(slot[:anchorSigned])
	return h
}
