package audit

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
)

// An Anchor is a head that a store signed, to be kept somewhere else: held against the trail later, it shows whether what
// was written up to then still stands.
type Anchor struct {
	Store     string
	At        int64 // instant of the signing by the clock of the machine, in Unix milliseconds, UTC
	Seq       uint64
	Hash      [32]byte
	PublicKey [ed25519.PublicKeySize]byte
	Signature [ed25519.SignatureSize]byte // Ed25519, over message
}

const anchorDomain = "custos audit anchor v1\x00"

// ErrSignature is what Anchor.Verify returns for an anchor that was not signed so.
var ErrSignature = errors.New("the signature of the anchor does not fit: it was changed after it was signed")

// Sign makes the anchor of a head from a store's Ed25519 seed (RFC 8032), at an instant in Unix milliseconds.
func (h Head) Sign(seed *[ed25519.SeedSize]byte, store string, at int64) Anchor {
	key := ed25519.NewKeyFromSeed(seed[:])
	a := Anchor{Store: store, At: at, Seq: h.Seq, Hash: h.Hash}
	copy(a.PublicKey[:], key[ed25519.SeedSize:])
	copy(a.Signature[:], ed25519.Sign(key, a.message()))
	clear(key)
	return a
}

// Signer is the public key that belongs to a seed.
func Signer(seed *[ed25519.SeedSize]byte) [ed25519.PublicKeySize]byte {
	key := ed25519.NewKeyFromSeed(seed[:])
	defer clear(key)
	return [ed25519.PublicKeySize]byte(key[ed25519.SeedSize:])
}

// Head is the place in the chain that was signed.
func (a *Anchor) Head() Head { return Head{a.Seq, a.Hash} }

// Verify returns ErrSignature unless the anchor is as the owner of its public key signed it. Whose key that is, it does
// not say: Compare does.
func (a *Anchor) Verify() error {
	if !ed25519.Verify(a.PublicKey[:], a.message(), a.Signature[:]) {
		return ErrSignature
	}
	return nil
}

// message is what is signed, big-endian: domain · length of the store's id 2 · store · at 8 · seq 8 · hash 32 · public
// key 32.
func (a *Anchor) message() []byte {
	b := appendText([]byte(anchorDomain), a.Store)
	b = binary.BigEndian.AppendUint64(b, uint64(a.At))
	b = binary.BigEndian.AppendUint64(b, a.Seq)
	b = append(b, a.Hash[:]...)
	return append(b, a.PublicKey[:]...)
}

// check says which field is out of range, or nil.
func (a *Anchor) check() error {
	if a.Store == "" {
		return fmt.Errorf("anchor: the store has no id")
	}
	if err := checkText(a.Store, MaxText); err != nil {
		return fmt.Errorf("anchor: the store's id %w", err)
	}
	if a.At < 0 || a.At > MaxAt {
		return fmt.Errorf("anchor: its time is outside the years 1970 to 9999")
	}
	if a.Seq == 0 {
		return fmt.Errorf("anchor: it is of no entry")
	}
	return nil
}
