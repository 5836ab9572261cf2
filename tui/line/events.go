package line

import (
	"bytes"
	"unicode/utf8"
)

// piece is what stands at the front of what was typed.
type piece int

const (
	text    piece = iota // characters
	key                  // one key that is more or other than a character
	rubbish              // nothing a key sends
	endless              // the beginning of a sequence longer than any key
	begins               // the mark before pasted text
	lone                 // ESC: a key, or the beginning of one
	unclear              // ESC and "[" or "O": the beginning of a key, or of Alt with that letter
	unready              // the beginning of a key, or of a character
)

const (
	escape     = 0x1b
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	longest    = 32 // bytes of the longest sequence that may still be a key
)

// firstPiece tells what stands at the front of b, which is not empty, and how long it is; of what is not all there yet, how
// much of it is there.
func firstPiece(b []byte) (piece, int) {
	switch c := b[0]; {
	case c == escape:
		return escaped(b)
	case c < 0x20 || c == 0x7f:
		return key, 1
	}
	n := 0
	for n < len(b) && b[n] >= 0x20 && b[n] != 0x7f {
		size, whole := character(b[n:])
		switch {
		case size > 0:
			n += size
			continue
		case n > 0:
			return text, n
		case whole:
			return rubbish, 1
		}
		return unready, len(b)
	}
	return text, n
}

// character is how long the character at the front of b is: 0 where it is none, or not all of it is there yet.
func character(b []byte) (size int, whole bool) {
	if !utf8.FullRune(b) {
		return 0, false
	}
	if r, size := utf8.DecodeRune(b); r != utf8.RuneError || size > 1 {
		return size, true
	}
	return 0, true
}

// escaped is firstPiece behind an ESC. A second ESC makes the first a key of its own, never Alt: whoever presses it
// twice wants to leave twice.
func escaped(b []byte) (piece, int) {
	if len(b) == 1 {
		return lone, 1
	}
	switch b[1] {
	case escape:
		return key, 1
	case '[':
		return sequence(b)
	case 'O':
		switch {
		case len(b) == 2:
			return unclear, 2
		case b[2] >= 0x40 && b[2] <= 0x7e:
			return key, 3
		}
		return key, 2
	}
	size, whole := character(b[1:])
	switch {
	case size > 0:
		return key, 1 + size
	case whole:
		return key, 1
	}
	return unready, len(b)
}

// sequence is firstPiece behind ESC and "[".
func sequence(b []byte) (piece, int) {
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case i == 2 && c == '[': // F1 to F5 of the Linux console
			if len(b) == 3 {
				return unready, 3
			}
			return key, 4
		case i == 2 && c == 'M': // a press of the mouse, with its place in three bytes
			if len(b) < 6 {
				return unready, len(b)
			}
			return rubbish, 6
		case c == '$' && b[2] >= '0' && b[2] <= '9', c >= 0x40 && c <= 0x7e:
			if string(b[:i+1]) == pasteBegin {
				return begins, i + 1
			}
			return key, i + 1
		case c < 0x20 || c > 0x7e:
			return rubbish, i
		case i >= longest:
			return endless, i + 1
		}
	}
	if len(b) == 2 {
		return unclear, 2
	}
	return unready, len(b)
}

// spelling is a key as the program loop knows it: what some terminals send in place of the usual is put right, and what
// it knows no key for would be taken for text.
func spelling(b []byte) []byte {
	if len(b) != 3 || b[1] != 'O' {
		return b
	}
	switch c := b[2]; {
	case bytes.IndexByte([]byte("ABCDPQRS"), c) >= 0:
		return b
	case c == 'H' || c == 'F':
		return []byte{escape, '[', c}
	case c == 'M':
		return []byte{'\r'}
	case c >= 'j' && c <= 'y': // the keypad
		return []byte{c - 0x40}
	}
	return nil
}
