package vault

import (
	"errors"
	"math/bits"
)

// Padding buckets: multiples of padStep up to padFine bytes, then steps that grow with the length.
const (
	padStep = 64
	padFine = 1024
	padMark = 0x80
)

// ErrPadding says that a plaintext was not padded by Pad.
var ErrPadding = errors.New("the padding of a sealed value is not ours")

// Pad appends plain, the byte 0x80 and zeros to dst, up to the next bucket, so that a sealed length tells little: a
// multiple of 64 bytes up to 1 KiB, and above that Padmé lengths (Nikitin and others, "Reducing Metadata Leakage from
// Encrypted Files", 2019), which add at most 6.25 %. It is done before sealing and so is authenticated.
func Pad(dst, plain []byte) []byte {
	n := PaddedLen(len(plain))
	dst = append(append(dst, plain...), padMark)
	return append(dst, make([]byte, n-len(plain)-1)...)
}

// PaddedLen is the length that Pad gives to n bytes.
func PaddedLen(n int) int {
	n++ // the mark
	if n <= padFine {
		return (n + padStep - 1) / padStep * padStep
	}
	exp := bits.Len(uint(n)) - 1
	step := 1 << (exp - bits.Len(uint(exp)))
	return (n + step - 1) / step * step
}

// Unpad returns the bytes that were padded, sharing padded's memory, or ErrPadding.
func Unpad(padded []byte) ([]byte, error) {
	n := len(padded) - 1
	for n >= 0 && padded[n] == 0 {
		n--
	}
	if n < 0 || padded[n] != padMark || PaddedLen(n) != len(padded) {
		return nil, ErrPadding
	}
	return padded[:n], nil
}
