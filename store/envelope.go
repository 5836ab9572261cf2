package store

import (
	"encoding/binary"

	"custos/internal/register"
	"custos/internal/vault"
)

// Every sealed value lies in an envelope:
//
//	version 1 · length of subject id 1 · subject id n · sealed (nonce 24 · ciphertext · tag 16)
//
// The plaintext is padded CBOR. The place of the value is authenticated with it, so that nothing opens anywhere else.
const (
	envelopeVersion = 1
	maxSubject      = 64
)

// place is where a value lies, and whose it is; empty subject: nobody's.
type place struct {
	bucket  string
	key     string
	subject register.ID
}

// sealer seals and opens with reused memory. For one goroutine.
type sealer struct {
	keys   *keyring
	ad     []byte
	padded []byte
}

// wipe forgets the text sealed last.
func (s *sealer) wipe() { clear(s.padded[:cap(s.padded)]) }

func (s *sealer) placeAD(p place) []byte {
	s.ad = appendParts(s.ad[:0], "custos record v1", s.keys.id, p.bucket, p.key, string(p.subject))
	s.ad = append(s.ad, envelopeVersion)
	return s.ad
}

// seal returns a fresh envelope of plain.
func (s *sealer) seal(k *vault.Key, p place, plain []byte) []byte {
	s.padded = vault.Pad(s.padded[:0], plain)
	out := make([]byte, 0, 2+len(p.subject)+len(s.padded)+vault.Overhead)
	out = append(out, envelopeVersion, byte(len(p.subject)))
	out = append(out, p.subject...)
	return vault.Seal(out, k, s.placeAD(p), s.padded)
}

// open appends the plaintext of an envelope's sealed part to dst.
func (s *sealer) open(dst []byte, k *vault.Key, p place, sealed []byte) ([]byte, error) {
	out, err := vault.Open(dst, k, s.placeAD(p), sealed)
	if err != nil {
		return nil, err
	}
	return vault.Unpad(out)
}

// splitEnvelope returns whose an envelope is and its sealed part, sharing env's memory.
func splitEnvelope(env []byte) (subject register.ID, sealed []byte, err error) {
	if len(env) < 2 || env[0] != envelopeVersion || len(env) < 2+int(env[1])+vault.Overhead {
		return "", nil, errEnvelope
	}
	n := 2 + int(env[1])
	return register.ID(env[2:n]), env[n:], nil
}

// appendParts appends each part after its length, four bytes big-endian.
func appendParts(dst []byte, parts ...string) []byte {
	for _, p := range parts {
		dst = binary.BigEndian.AppendUint32(dst, uint32(len(p)))
		dst = append(dst, p...)
	}
	return dst
}
