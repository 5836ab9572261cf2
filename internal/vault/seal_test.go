package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// The example of the XChaCha20-Poly1305 draft (draft-irtf-cfrg-xchacha-03, appendix A.3.1).
func TestSealAgainstPublishedVector(t *testing.T) {
	key := testKey(0x80)
	nonce := unhex(t, "404142434445464748494a4b4c4d4e4f5051525354555657")
	ad := unhex(t, "50515253c0c1c2c3c4c5c6c7")
	plain := []byte("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.")
	got := sealAfterNonce(bytes.Clone(nonce), key, ad, plain)
	nonceOut, tag := Tail(got)
	if !bytes.Equal(nonceOut, nonce) {
		t.Errorf("nonce = %x", nonceOut)
	}
	if want := "c0875924c1c7987947deafd8780acf49"; hex.EncodeToString(tag) != want {
		t.Errorf("tag = %x, want %s", tag, want)
	}
	if want := "bd6d179d3e83d43b9576579493c0e939"; hex.EncodeToString(got[NonceSize:][:16]) != want {
		t.Errorf("ciphertext starts %x, want %s", got[NonceSize:][:16], want)
	}
}

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKey(t, "key")
		ad, plain, prefix := drawBytes(t, "ad"), drawBytes(t, "plain"), drawBytes(t, "prefix")
		sealed := Seal(bytes.Clone(prefix), k, ad, plain)
		if !bytes.HasPrefix(sealed, prefix) || len(sealed) != len(prefix)+len(plain)+Overhead {
			t.Fatalf("Seal gave %d bytes", len(sealed))
		}
		got, err := Open(bytes.Clone(prefix), k, ad, sealed[len(prefix):])
		if err != nil || !bytes.Equal(got, append(bytes.Clone(prefix), plain...)) {
			t.Fatalf("Open = %x, %v", got, err)
		}
	})
}

func TestOpenRefusesAnyChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKey(t, "key")
		ad, plain := drawBytes(t, "ad"), drawBytes(t, "plain")
		sealed := Seal(nil, k, ad, plain)
		bad := map[string]func() ([]byte, error){
			"flipped bit": func() ([]byte, error) { return Open(nil, k, ad, flipBit(t, sealed)) },
			"cut short": func() ([]byte, error) {
				return Open(nil, k, ad, sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")])
			},
			"longer":     func() ([]byte, error) { return Open(nil, k, ad, append(bytes.Clone(sealed), 0)) },
			"longer ad":  func() ([]byte, error) { return Open(nil, k, append(bytes.Clone(ad), 0), sealed) },
			"other key":  func() ([]byte, error) { return Open(nil, (*Key)(flipBit(t, k[:])), ad, sealed) },
			"flipped ad": func() ([]byte, error) { return Open(nil, k, flipBit(t, append([]byte{1}, ad...)), sealed) },
		}
		for name, open := range bad {
			if got, err := open(); !errors.Is(err, ErrOpen) || got != nil {
				t.Fatalf("%s: Open = %x, %v; want ErrOpen", name, got, err)
			}
		}
	})
}

func TestSealNeverRepeatsANonce(t *testing.T) {
	k, seen := testKey(0), map[string]bool{}
	for range 1000 {
		nonce, _ := Tail(Seal(nil, k, nil, nil))
		if seen[string(nonce)] {
			t.Fatal("a nonce came twice")
		}
		seen[string(nonce)] = true
	}
}

func TestTailOfShortValue(t *testing.T) {
	short := []byte("not sealed")
	if nonce, tag := Tail(short); !bytes.Equal(nonce, short) || tag != nil {
		t.Fatalf("Tail = %q, %q", nonce, tag)
	}
}

func TestWrapKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wrapping, k, ad := drawKey(t, "wrapping"), drawKey(t, "key"), drawBytes(t, "ad")
		wrapped := WrapKey(wrapping, ad, k)
		if got, err := UnwrapKey(wrapping, ad, wrapped[:]); err != nil || got != *k {
			t.Fatalf("UnwrapKey failed: %v", err)
		}
		for name, try := range map[string]func() (Key, error){
			"flipped bit": func() (Key, error) { return UnwrapKey(wrapping, ad, flipBit(t, wrapped[:])) },
			"other ad":    func() (Key, error) { return UnwrapKey(wrapping, append(bytes.Clone(ad), 'x'), wrapped[:]) },
			"short":       func() (Key, error) { return UnwrapKey(wrapping, ad, wrapped[:WrappedKeySize-1]) },
			"long":        func() (Key, error) { return UnwrapKey(wrapping, ad, append(wrapped[:], 0)) },
			"too little":  func() (Key, error) { return UnwrapKey(wrapping, ad, Seal(nil, wrapping, ad, k[:31])) },
			"too much":    func() (Key, error) { return UnwrapKey(wrapping, ad, Seal(nil, wrapping, ad, append(k[:], 1))) },
		} {
			if got, err := try(); !errors.Is(err, ErrOpen) || got != (Key{}) {
				t.Fatalf("%s: want ErrOpen and no key, got %v", name, err)
			}
		}
	})
}

func drawBytes(t *rapid.T, label string) []byte {
	return rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, label)
}

func flipBit(t *rapid.T, b []byte) []byte {
	bit := rapid.IntRange(0, len(b)*8-1).Draw(t, "bit")
	out := bytes.Clone(b)
	out[bit/8] ^= 1 << (bit % 8)
	return out
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
