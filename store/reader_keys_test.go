package store_test

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// parts is each part after its length in four bytes.
func parts(all ...string) []byte {
	var b []byte
	for _, p := range all {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(p))), p...)
	}
	return b
}

// unseal opens nonce, ciphertext and tag.
func unseal(key, sealed, ad []byte) ([]byte, error) {
	if len(sealed) < 24+16 {
		return nil, fmt.Errorf("too short to be sealed")
	}
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	return a.Open(nil, sealed[:24], sealed[24:], ad)
}

// unpad takes the byte 80 and the zeros after it off, and minds the length.
func unpad(b []byte) ([]byte, error) {
	n := len(bytes.TrimRight(b, "\x00"))
	if n == 0 || b[n-1] != 0x80 || paddedTo(n) != len(b) {
		return nil, fmt.Errorf("the padding is wrong")
	}
	return b[:n-1], nil
}

// paddedTo is the length that n bytes, the 80 among them, are padded to.
func paddedTo(n int) int {
	step := 64
	if n > 1024 {
		e := bits.Len(uint(n)) - 1
		s := bits.Len(uint(e))
		step = 1 << (e - s)
	}
	return (n + step - 1) / step * step
}

func expand(key []byte, purpose string) []byte {
	out, err := hkdf.Expand(sha256.New, key, "custos key v1: "+purpose, 32)
	if err != nil {
		panic(err)
	}
	return out
}

// keySlot is a slot as it lies in the file.
type keySlot struct {
	kind          byte
	memory, times uint32
	lanes         byte
	salt, wrapped []byte
	store, id     string
	before        []byte // everything before the wrapped key
}

func readSlot(b []byte) (s keySlot, err error) {
	if len(b) < 27+1+1+72 || b[0] != 1 {
		return s, fmt.Errorf("a slot of another version, or cut short")
	}
	s = keySlot{kind: b[1], memory: binary.BigEndian.Uint32(b[2:]), times: binary.BigEndian.Uint32(b[6:]), lanes: b[10],
		salt: b[11:27]}
	rest := b[27:]
	for _, name := range []*string{&s.store, &s.id} {
		n := int(rest[0])
		if len(rest) < 1+n+72 {
			return s, fmt.Errorf("a slot cut short in its names")
		}
		*name, rest = string(rest[1:1+n]), rest[1+n:]
	}
	if len(rest) != 72 || s.memory > 1<<20 || s.times > 16 || s.lanes > 16 {
		return s, fmt.Errorf("a slot of a wrong length or cost")
	}
	s.wrapped, s.before = rest, b[:len(b)-72]
	return s, nil
}

// open returns the store key. The passphrase is in Unicode NFC, as ASCII always is.
func (s *keySlot) open(passphrase, recovery string) ([]byte, error) {
	var key []byte
	switch s.kind {
	case 1:
		key = argon2.IDKey([]byte(passphrase), s.salt, s.times, s.memory, s.lanes, 32)
	case 2:
		printed, err := recoveryBytes(recovery)
		if err != nil {
			return nil, err
		}
		mac := hmac.New(sha256.New, []byte("custos recovery key v1"))
		mac.Write(printed)
		if key, err = hkdf.Key(sha256.New, mac.Sum(nil), s.salt, "custos recovery slot v1", 32); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("a slot of an unknown kind")
	}
	return unseal(key, s.wrapped, append(parts("custos key slot v1"), s.before...))
}

// slotOf names the slot of a login.
func slotOf(store, login string) string {
	sum := sha256.Sum256(parts("custos slot v1", store, login))
	return hex.EncodeToString(sum[:8])
}

// recoveryBytes are the 20 bytes a printed recovery key stands for.
func recoveryBytes(text string) ([]byte, error) {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	typed := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(text))
	if len(typed) != 45 {
		return nil, fmt.Errorf("a recovery key has 45 characters")
	}
	var data []byte
	for g := range 9 {
		check := byte(g + 1)
		for i := range 5 {
			v := strings.IndexByte(alphabet, typed[5*g+i])
			if v < 0 {
				return nil, fmt.Errorf("group %d has a character that is none", g+1)
			}
			check = doubled(check)
			if i < 4 {
				check ^= byte(v)
				data = append(data, byte(v))
			} else if check != byte(v) {
				return nil, fmt.Errorf("group %d does not check", g+1)
			}
		}
	}
	var out []byte
	acc, n := uint(0), 0
	for _, v := range data[:32] {
		if acc, n = acc<<5|uint(v), n+5; n >= 8 {
			n -= 8
			out = append(out, byte(acc>>n))
		}
	}
	sum := sha256.Sum256(append([]byte("custos recovery text v1"), out...))
	for i, v := range data[32:] {
		if sum[i]>>3 != v {
			return nil, fmt.Errorf("the last group does not fit")
		}
	}
	return out, nil
}

// doubled is a shift to the left in GF(32).
func doubled(v byte) byte {
	if v <<= 1; v&32 != 0 {
		v ^= 0b100101
	}
	return v
}
