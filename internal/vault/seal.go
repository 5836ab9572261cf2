package vault

import (
	"crypto/cipher"
	"errors"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"
)

// Sizes of the parts of a sealed value, in bytes.
const (
	NonceSize = chacha20poly1305.NonceSizeX
	TagSize   = chacha20poly1305.Overhead
	Overhead  = NonceSize + TagSize
)

// ErrOpen says that a sealed value did not open. Which of the reasons it was cannot be told.
var ErrOpen = errors.New("not sealed with this key for this place, or damaged")

// Seal appends nonce ‖ ciphertext ‖ tag of plain to dst. The nonce is random; ad, the associated data, is authenticated
// and not stored: it says where the value belongs. dst must not overlap plain. Safe for concurrent use.
func Seal(dst []byte, k *Key, ad, plain []byte) []byte {
	dst = slices.Grow(dst, len(plain)+Overhead)
	start := len(dst)
	dst = dst[:start+NonceSize]
	fillRandom(dst[start:])
	return sealAfterNonce(dst, k, ad, plain)
}

// sealAfterNonce seals under the nonce that dst ends in.
func sealAfterNonce(dst []byte, k *Key, ad, plain []byte) []byte {
	nonce := dst[len(dst)-NonceSize:]
	return k.aead().Seal(dst, nonce, plain, ad)
}

// Open appends the plaintext of sealed to dst, or returns ErrOpen and nothing. dst must not overlap sealed. Safe for
// concurrent use.
func Open(dst []byte, k *Key, ad, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, ErrOpen
	}
	out, err := k.aead().Open(dst, sealed[:NonceSize], sealed[NonceSize:], ad)
	if err != nil {
		return nil, ErrOpen
	}
	return out, nil
}

// Tail returns the nonce and the tag of a sealed value, which between them stand for all of it. The slices share sealed's
// memory. A value too short to be sealed gives all of itself as the nonce, and no tag.
func Tail(sealed []byte) (nonce, tag []byte) {
	if len(sealed) < Overhead {
		return sealed, nil
	}
	return sealed[:NonceSize], sealed[len(sealed)-TagSize:]
}

func (k *Key) aead() cipher.AEAD {
	a, err := chacha20poly1305.NewX(k[:])
	if err != nil { // a wrong length, which the type rules out, or GODEBUG=fips140=only, where no such cipher exists
		panic("vault: " + err.Error())
	}
	return a
}
