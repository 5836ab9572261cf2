package vault

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
)

// KeySize is the length of every key, in bytes.
const KeySize = 32

// deriveDomain starts the HKDF info of every derived key.
const deriveDomain = "custos key v1: "

// ErrKeyText is returned to any encoder that tries to write a Key as text.
var ErrKeyText = errors.New("a key is never written as text")

// A Key is a 256-bit secret. It is passed by pointer, so that there is one copy to wipe. fmt never shows its bytes, except
// where it does not ask the type: for %p, which vet refuses, and inside an unexported field of another struct. Such a
// struct is not to be printed.
type Key [KeySize]byte

// NewKey returns a random key from the operating system.
func NewKey() Key {
	var k Key
	fillRandom(k[:])
	return k
}

// Wipe overwrites the key with zeros.
func (k *Key) Wipe() { clear(k[:]) }

// Derive returns the key for one purpose: HKDF-Expand (RFC 5869) with SHA-256, this key as the pseudorandom key. The same
// purpose always gives the same key; neither it nor its siblings lead back here.
func (k *Key) Derive(purpose string) Key {
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte(deriveDomain + purpose))
	h.Write([]byte{1}) // the counter of HKDF's first and only block
	var out Key
	h.Sum(out[:0])
	return out
}

// String hides the key.
func (Key) String() string { return "vault.Key(hidden)" }

// GoString hides the key.
func (k Key) GoString() string { return k.String() }

// Format hides the key from every fmt verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

// MarshalText refuses with ErrKeyText, so that no JSON, TOML or log line can carry a key.
func (Key) MarshalText() ([]byte, error) { return nil, ErrKeyText }

// Equal compares two secrets in a time that depends on their lengths alone.
func Equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }

// fillRandom never fails: without randomness the runtime stops the program.
func fillRandom(b []byte) { _, _ = rand.Read(b) }
