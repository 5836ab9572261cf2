package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math/bits"
)

const termDomain = "custos state v1"

// A Digest is the sum of one Term for each live record, modulo 2^256, big-endian. The order of adding does not matter;
// a missing, extra or stale record does. The zero Digest is that of no records. Only a holder of the key can make terms,
// so nobody else can find a set of records with a sum of their choosing.
type Digest [32]byte

// Add puts a term in.
func (d *Digest) Add(term Digest) {
	var carry uint64
	for i := 24; i >= 0; i -= 8 {
		var sum uint64
		sum, carry = bits.Add64(binary.BigEndian.Uint64(d[i:]), binary.BigEndian.Uint64(term[i:]), carry)
		binary.BigEndian.PutUint64(d[i:], sum)
	}
}

// Sub takes a term out.
func (d *Digest) Sub(term Digest) {
	var borrow uint64
	for i := 24; i >= 0; i -= 8 {
		var diff uint64
		diff, borrow = bits.Sub64(binary.BigEndian.Uint64(d[i:]), binary.BigEndian.Uint64(term[i:]), borrow)
		binary.BigEndian.PutUint64(d[i:], diff)
	}
}

// Equal compares in constant time.
func (d Digest) Equal(other Digest) bool { return Equal(d[:], other[:]) }

// String is the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// A Termer makes terms without allocating. It is for one goroutine; sums made by several are added together.
type Termer struct {
	mac hash.Hash
	buf []byte
}

// NewTermer returns a Termer under k, a key for this purpose alone.
func NewTermer(k *Key) *Termer {
	return &Termer{mac: hmac.New(sha256.New, k[:]), buf: make([]byte, 0, 256)}
}

// Term is HMAC-SHA256 over bucket, key, and the nonce and tag of a sealed value (or of a wrapped key), each with its
// length. The value must be one that Seal made: the middle of anything else is not covered.
func (t *Termer) Term(bucket string, key, sealed []byte) Digest {
	nonce, tag := Tail(sealed)
	b := appendPart(t.buf[:0], termDomain)
	b = appendPart(b, bucket)
	b = appendPart(b, key)
	b = appendPart(b, nonce)
	b = appendPart(b, tag)
	t.mac.Reset()
	t.mac.Write(b)
	t.buf = t.mac.Sum(b[:0])
	return Digest(t.buf)
}
