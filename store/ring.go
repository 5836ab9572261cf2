package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"
)

// The key ring beside backups, big-endian:
//
//	"CUSTOSRK" 8 · version 2 · store id (length 1, bytes) · generation (length 1, bytes) · audit sequence 8 · audit hash 32 ·
//	former keys (length 4, bytes) · slots 4 · slots · entries · 0 1 · entries 8 · SHA-256 over all before 32
//
// A slot is its id (length 1, bytes) and its bytes (length 4, bytes); an entry is a person's id (length 1, bytes) and their
// wrapped key 72, in the order of the ids. The highest bit of the length is set for a stranger: somebody not on record, but
// in backups of another history of the store, made before an older one was restored. The former keys are those of the
// sealed state, sealed anew; no bytes where there are none.
const (
	ringMagic    = "CUSTOSRK"
	ringVersion  = 1
	ringEvery    = 32 // entries between two of the index
	ringStranger = 0x80
)

// ringEntry is the key of one person.
type ringEntry struct {
	id, wrapped []byte
	stranger    bool
}

// ringHead is what precedes the entries.
type ringHead struct {
	store, generation string
	at                audit.Head // of the store when the ring was written
	former            []byte
	slots             []ringSlot
}

type ringSlot struct {
	id  string
	raw []byte
}

// ring is a key ring in memory: some ninety bytes a person.
type ring struct {
	ringHead
	entries []byte
	index   []int // where every ringEvery-th entry begins
	count   uint64
}

func (h *ringHead) encode() []byte {
	b := binary.BigEndian.AppendUint16([]byte(ringMagic), ringVersion)
	b = appendShort(appendShort(b, h.store), h.generation)
	b = binary.BigEndian.AppendUint64(b, h.at.Seq)
	b = append(b, h.at.Hash[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(h.former)))
	b = append(b, h.former...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(h.slots)))
	for _, s := range h.slots {
		b = binary.BigEndian.AppendUint32(appendShort(b, s.id), uint32(len(s.raw)))
		b = append(b, s.raw...)
	}
	return b
}

// appendShort appends a text of at most 255 bytes after its length.
func appendShort(b []byte, s string) []byte { return append(append(b, byte(len(s))), s...) }

// appendTo appends an entry as it lies in the file.
func (e *ringEntry) appendTo(b []byte) []byte {
	size := byte(len(e.id))
	if e.stranger {
		size |= ringStranger
	}
	return append(append(append(b, size), e.id...), e.wrapped...)
}

// encodeRing gives the bytes of a key ring of about so many entries; they come in order.
func encodeRing(h *ringHead, about int, entries iter.Seq[ringEntry]) ([]byte, error) {
	b := h.encode()
	b = slices.Grow(b, about*(1+register.IDLen+vault.WrappedKeySize)+64)
	n := uint64(0)
	for e := range entries {
		if len(e.id) == 0 || len(e.id) > maxSubject || len(e.wrapped) != vault.WrappedKeySize {
			return nil, damagedRecord(bucketKeys, string(e.id))
		}
		b = e.appendTo(b)
		n++
	}
	b = binary.BigEndian.AppendUint64(append(b, 0), n)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...), nil
}

// parseRing reads a key ring. Its errors are sentences that do not name the file.
func parseRing(file []byte) (*ring, error) {
	if !bytes.HasPrefix(file, []byte(ringMagic)) {
		return nil, errors.New("it is not a key ring, or its beginning is damaged")
	}
	if len(file) < len(ringMagic)+2+sha256.Size {
		return nil, errRingShort
	}
	body, sum := file[:len(file)-sha256.Size], file[len(file)-sha256.Size:]
	r := &ring{}
	p := parser{rest: body[len(ringMagic):]}
	version := p.number(2)
	p.ringHead(&r.ringHead)
	if err := r.take(&p); err != nil {
		return nil, err
	}
	switch {
	case sha256.Sum256(body) != [sha256.Size]byte(sum):
		return nil, errors.New("it is damaged: its sum does not fit")
	case version != ringVersion:
		return nil, fmt.Errorf("it has version %d, made by a newer program", version)
	}
	return r, nil
}

var errRingShort = errors.New("it is cut short, or a length in it is damaged")

func (p *parser) ringHead(h *ringHead) {
	h.store, h.generation = p.short(), p.short()
	h.at.Seq = p.number(8)
	copy(h.at.Hash[:], p.bytes(len(h.at.Hash)))
	h.former = p.bytes(int(p.number(4)))
	for n := p.number(4); n > 0 && !p.failed; n-- {
		id := p.short()
		h.slots = append(h.slots, ringSlot{id, p.bytes(int(p.number(4)))})
	}
}

// take reads the entries, up to the end of the ring.
func (r *ring) take(p *parser) error {
	from, last := p.rest, ""
	for {
		at := len(from) - len(p.rest)
		id := string(p.bytes(int(p.number(1) &^ ringStranger)))
		if p.failed {
			return errRingShort
		}
		if id == "" {
			r.entries = from[:at]
			break
		}
		p.bytes(vault.WrappedKeySize)
		if id <= last {
			return fmt.Errorf("it is damaged: %q is out of its order", id)
		}
		if r.count%ringEvery == 0 {
			r.index = append(r.index, at)
		}
		last = id
		r.count++
	}
	switch n := p.number(8); {
	case p.failed:
		return errRingShort
	case n != r.count:
		return fmt.Errorf("it is damaged: it holds %d keys and says %d", r.count, n)
	case len(p.rest) > 0:
		return fmt.Errorf("%d bytes follow its end, or it is damaged", len(p.rest))
	}
	return nil
}

// entry returns the entry at an offset, and where the next begins.
func (r *ring) entry(at int) (e ringEntry, next int) {
	size := r.entries[at]
	from := at + 1
	to := from + int(size&^ringStranger)
	next = to + vault.WrappedKeySize
	return ringEntry{r.entries[from:to], r.entries[to:next], size&ringStranger != 0}, next
}

// find returns a person's wrapped key, nil for none. Safe for concurrent use.
func (r *ring) find(subject register.ID) []byte {
	n := sort.Search(len(r.index), func(i int) bool {
		e, _ := r.entry(r.index[i])
		return string(e.id) > string(subject)
	})
	if n == 0 {
		return nil
	}
	for at := r.index[n-1]; at < len(r.entries); {
		e, next := r.entry(at)
		switch {
		case string(e.id) == string(subject):
			return e.wrapped
		case string(e.id) > string(subject):
			return nil
		}
		at = next
	}
	return nil
}

// all walks the entries in order.
func (r *ring) all() iter.Seq[ringEntry] {
	return func(yield func(ringEntry) bool) {
		for at := 0; at < len(r.entries); {
			e, next := r.entry(at)
			if !yield(e) {
				return
			}
			at = next
		}
	}
}

// opening is what a store would answer before it is unlocked.
func (r *ring) opening() *opening {
	o := &opening{Format: format, ID: r.store}
	for _, s := range r.slots {
		o.Slots = append(o.Slots, s.raw)
	}
	return o
}

// parser takes bytes apart; once something is missing it has failed, and gives nothing more.
type parser struct {
	rest   []byte
	failed bool
}

func (p *parser) bytes(n int) []byte {
	if p.failed || n < 0 || n > len(p.rest) {
		p.failed, p.rest = true, nil
		return nil
	}
	b := p.rest[:n]
	p.rest = p.rest[n:]
	return b
}

// number reads so many bytes, big-endian.
func (p *parser) number(size int) uint64 {
	n := uint64(0)
	for _, b := range p.bytes(size) {
		n = n<<8 | uint64(b)
	}
	return n
}

func (p *parser) short() string { return string(p.bytes(int(p.number(1)))) }
