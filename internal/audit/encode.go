package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// An entry's bytes, big-endian; text is its length in 2 bytes, then UTF-8:
//
//	version 1 · seq 8 · prev 32 · at 8 · flags 1 · changes 32 ·
//	operator · door · verb · approver · operation · note · number of subjects 4 · subjects
const (
	entryVersion = 1
	hashDomain   = "custos audit entry\x00"

	flagUnchecked = 1 << 0
	flagRefused   = 1 << 1
)

// ErrFormat is wrapped by every error about bytes that are not an entry.
var ErrFormat = errors.New("audit entry cannot be read")

// Encode gives the bytes of an entry that passes Check; equal entries give equal bytes.
func (e Entry) Encode() []byte { return e.appendTo(nil) }

// Hash is SHA-256 over "custos audit entry", a zero byte, and the encoding.
func (e Entry) Hash() [32]byte {
	h, _ := e.hash(nil)
	return h
}

// hash works in buf and returns it, perhaps grown.
func (e *Entry) hash(buf []byte) ([32]byte, []byte) {
	buf = e.appendTo(append(buf[:0], hashDomain...))
	return sha256.Sum256(buf), buf
}

func (e *Entry) appendTo(b []byte) []byte {
	b = append(b, entryVersion)
	b = binary.BigEndian.AppendUint64(b, e.Seq)
	b = append(b, e.Prev[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.At))
	b = append(b, e.flags())
	b = append(b, e.Changes[:]...)
	b = appendText(b, e.Operator)
	b = appendText(b, e.Door)
	b = appendText(b, e.Verb)
	b = appendText(b, e.Approver)
	b = appendText(b, e.Operation)
	b = appendText(b, e.Note)
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Subjects)))
	for _, s := range e.Subjects {
		b = appendText(b, s)
	}
	return b
}

func (e *Entry) flags() byte {
	var f byte
	if e.Unchecked {
		f |= flagUnchecked
	}
	if e.Refused {
		f |= flagRefused
	}
	return f
}

func appendText(b []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(len(s))), s...)
}

// Decode reads what Encode wrote and nothing else: no byte more or less, no unknown version or flag, nothing that Check
// refuses. Its errors wrap ErrFormat.
func Decode(b []byte) (Entry, error) {
	if len(b) > 0 && b[0] != entryVersion {
		return Entry{}, fmt.Errorf("%w: version %d is not known to this program", ErrFormat, b[0])
	}
	r := reader{rest: b}
	r.take(1)
	e := Entry{Seq: r.uint64()}
	copy(e.Prev[:], r.take(32))
	e.At = int64(r.uint64())
	flags := r.take(1)
	copy(e.Changes[:], r.take(32))
	for _, text := range []*string{&e.Operator, &e.Door, &e.Verb, &e.Approver, &e.Operation, &e.Note} {
		*text = r.text()
	}
	e.Subjects = r.subjects()
	if r.short {
		return Entry{}, fmt.Errorf("%w: it is cut short", ErrFormat)
	}
	if len(r.rest) > 0 {
		return Entry{}, fmt.Errorf("%w: %d bytes follow its end", ErrFormat, len(r.rest))
	}
	e.Unchecked, e.Refused = flags[0]&flagUnchecked != 0, flags[0]&flagRefused != 0
	if flags[0] != e.flags() {
		return Entry{}, fmt.Errorf("%w: it has a flag that this program does not know", ErrFormat)
	}
	if err := e.Check(); err != nil {
		return Entry{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return e, nil
}

// A reader takes parts off the front; once short, it gives zeros.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if len(r.rest) < n {
		r.short, r.rest = true, nil
		return make([]byte, n)
	}
	part := r.rest[:n]
	r.rest = r.rest[n:]
	return part
}

func (r *reader) uint64() uint64 { return binary.BigEndian.Uint64(r.take(8)) }

func (r *reader) text() string { return string(r.take(int(binary.BigEndian.Uint16(r.take(2))))) }

func (r *reader) subjects() []string {
	n := binary.BigEndian.Uint32(r.take(4))
	if uint64(n)*2 > uint64(len(r.rest)) { // each takes two bytes at least: no allocation on a false number's word
		r.short = true
		return nil
	}
	var out []string
	if n > 0 {
		out = make([]string, 0, n)
	}
	for range n {
		out = append(out, r.text())
	}
	return out
}
