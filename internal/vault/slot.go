package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
)

// SlotKind says what opens a slot.
type SlotKind uint8

// The kinds of slot. Their numbers are part of the format.
const (
	PassphraseSlot SlotKind = 1
	RecoverySlot   SlotKind = 2
)

// SaltSize is the length of a slot's salt, in bytes.
const SaltSize = 16

const (
	slotDomain    = "custos key slot v1"
	recoverDomain = "custos recovery slot v1"
)

// What a slot answers to the wrong secret, or to no secret at all. A slot that was tampered with, or moved to another
// name or store, answers the same.
var (
	ErrPassphrase      = errors.New("wrong passphrase, or the key slot is damaged")
	ErrRecovery        = errors.New("this recovery key belongs to another store or was replaced, or the key slot is damaged")
	ErrEmptyPassphrase = errors.New("the passphrase is empty")
	ErrSlotKind        = errors.New("the key slot is not of the kind that opens in this way")
)

// A SlotName says whose slot it is: the id of a store, and an id within it (an operator's id, never their name: it is
// readable in the file). Each is 1 to 64 bytes.
type SlotName struct {
	Store string
	Slot  string
}

// A Slot holds the store key, wrapped under what one operator knows or one sheet of paper says. All but the wrapped key is
// readable, and authenticated by it. A reader compares Name.Store with the store at hand before opening.
type Slot struct {
	Name    SlotName
	Kind    SlotKind
	Params  Params // zero in a recovery slot
	Salt    [SaltSize]byte
	Wrapped [WrappedKeySize]byte
}

// NewPassphraseSlot wraps the store key under a passphrase by way of argon2id. The passphrase is used byte for byte: the
// caller brings it into one Unicode form first. Params are held to the ceiling only: see CheckParams.
func NewPassphraseSlot(storeKey *Key, name SlotName, passphrase []byte, p Params) (Slot, error) {
	s := Slot{Name: name, Kind: PassphraseSlot, Params: p}
	return s.fill(rand.Reader, storeKey, func() (Key, error) { return s.stretch(passphrase) })
}

// NewRecoverySlot wraps the store key under a recovery key, which is random and so needs no costly derivation.
func NewRecoverySlot(storeKey *Key, name SlotName, recovery *Key) (Slot, error) {
	s := Slot{Name: name, Kind: RecoverySlot}
	return s.fill(rand.Reader, storeKey, func() (Key, error) { return s.expand(recovery) })
}

// OpenSlot returns the store key from a passphrase slot; ErrPassphrase when it does not open, ErrSlotKind when it is a
// recovery slot.
func OpenSlot(s Slot, passphrase []byte) (Key, error) {
	if s.Kind != PassphraseSlot {
		return Key{}, ErrSlotKind
	}
	kek, err := s.stretch(passphrase)
	if err != nil {
		return Key{}, err
	}
	return s.unwrap(&kek, ErrPassphrase)
}

// OpenRecoverySlot returns the store key from a recovery slot; ErrRecovery when it does not open, ErrSlotKind when it is a
// passphrase slot.
func OpenRecoverySlot(s Slot, recovery *Key) (Key, error) {
	if s.Kind != RecoverySlot {
		return Key{}, ErrSlotKind
	}
	kek, err := s.expand(recovery)
	if err != nil {
		return Key{}, err
	}
	return s.unwrap(&kek, ErrRecovery)
}

// fill draws the salt and the nonce, and wraps the store key under what derive makes of them. derive must read s itself.
func (s *Slot) fill(random io.Reader, storeKey *Key, derive func() (Key, error)) (Slot, error) {
	if err := s.check(); err != nil {
		return Slot{}, err
	}
	nonce := make([]byte, NonceSize, WrappedKeySize)
	for _, b := range [][]byte{s.Salt[:], nonce} {
		if _, err := io.ReadFull(random, b); err != nil {
			return Slot{}, fmt.Errorf("randomness for a key slot: %w", err)
		}
	}
	kek, err := derive()
	if err != nil {
		return Slot{}, err
	}
	defer kek.Wipe()
	copy(s.Wrapped[:], sealAfterNonce(nonce, &kek, s.ad(), storeKey[:]))
	return *s, nil
}

func (s *Slot) unwrap(kek *Key, refusal error) (Key, error) {
	defer kek.Wipe()
	k, err := UnwrapKey(kek, s.ad(), s.Wrapped[:])
	if err != nil {
		return Key{}, refusal
	}
	return k, nil
}

func (s *Slot) stretch(passphrase []byte) (Key, error) {
	if len(passphrase) == 0 {
		return Key{}, ErrEmptyPassphrase
	}
	if err := s.Params.capped(); err != nil {
		return Key{}, err
	}
	raw := argon2.IDKey(passphrase, s.Salt[:], s.Params.Time, s.Params.MemoryKiB, s.Params.Threads, KeySize)
	defer clear(raw)
	return Key(raw), nil
}

func (s *Slot) expand(recovery *Key) (Key, error) {
	raw, err := hkdf.Key(sha256.New, recovery[:], s.Salt[:], recoverDomain, KeySize)
	if err != nil {
		return Key{}, fmt.Errorf("deriving from the recovery key: %w", err)
	}
	defer clear(raw)
	return Key(raw), nil
}

// ad is what the wrap authenticates: everything in the slot but the wrapped key.
func (s *Slot) ad() []byte { return s.appendHeader(appendPart(nil, slotDomain)) }
