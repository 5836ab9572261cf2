package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

const lookupDomain = "custos lookup v1"

// LookupHash finds again what must not be readable, such as an address: HMAC-SHA256 under k, a key for this purpose
// alone, of the scope (which index) and the value, already normalised by the caller. Without the key nobody can try
// values against it.
func LookupHash(k *Key, scope, normalised string) [32]byte {
	buf := make([]byte, 0, len(lookupDomain)+len(scope)+len(normalised)+12)
	buf = appendPart(buf, lookupDomain)
	buf = appendPart(buf, scope)
	buf = appendPart(buf, normalised)
	h := hmac.New(sha256.New, k[:])
	h.Write(buf)
	var out [32]byte
	h.Sum(out[:0])
	return out
}

// appendPart appends the length of a part, four bytes big-endian, and the part, so that parts cannot run into each other.
func appendPart[T string | []byte](dst []byte, part T) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(part)))
	return append(dst, part...)
}
