package store

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"custos/internal/audit"
	"custos/internal/vault"
)

// The ledger beside backups says what must be done again on an older copy. Big-endian:
//
//	"CUSTOSLG" 8 · version 2 · store id (length 1, bytes) · generation (length 1, bytes) · since 8 (Unix seconds) · entries
//
// and an entry:
//
//	length 4 · check 8 · sealed (nonce 24 · ciphertext · tag 16)
//
// It is sealed under the ledger key with parts("custos ledger v1", tag of the entry before) as its associated data: so order,
// exchange and gaps show. The first entry stands after SHA-256 over the beginning. The check is of parts("custos ledger length
// v1", tag before, length 4), the first bytes of its HMAC-SHA256 under the ledger key, so that a damaged length is not taken
// for a tail cut off by a crash. Nothing in the file can show that whole entries are missing at its end.
const (
	ledgerMagic   = "CUSTOSLG"
	ledgerVersion = 1
	ledgerCheck   = 8
)

// ledgerEntry is a record as it lay in the store; or, without a bucket, a mark: all before it is what there was to be told
// of when the audit trail stood there. A ledger written anew has one at its end, and so has each addition.
type ledgerEntry struct {
	Seq    uint64 `json:"seq"`              // the audit sequence it is true of
	Bucket string `json:"bucket,omitempty"` // a collection, or keys
	Key    string `json:"key,omitempty"`
	Value  []byte `json:"value,omitempty"` // the envelope or wrapped key; none: it is gone
	Hash   []byte `json:"hash,omitempty"`  // of a mark: of that audit entry
}

func (e *ledgerEntry) mark() bool { return e.Bucket == "" && len(e.Hash) == sha256.Size }

// ledgerHead is the readable beginning.
type ledgerHead struct {
	store, generation string
	since             time.Time // of the oldest backup it serves
}

func (h *ledgerHead) encode() []byte {
	b := binary.BigEndian.AppendUint16([]byte(ledgerMagic), ledgerVersion)
	b = appendShort(appendShort(b, h.store), h.generation)
	since := uint64(0)
	if !h.since.IsZero() {
		since = uint64(h.since.Unix())
	}
	return binary.BigEndian.AppendUint64(b, since)
}

// ledgerFile is one that was read, or is being written.
type ledgerFile struct {
	ledgerHead
	through audit.Head // of the last mark
	marked  bool
	count   int    // entries without the marks
	torn    bool   // it ends in the middle of an addition that was interrupted
	size    int64  // up to the end of the last whole entry
	tag     []byte // of that entry
}

// sealEntry appends an entry as it lies in the file, and moves the tag on.
func (l *ledgerFile) sealEntry(dst []byte, key *vault.Key, e *ledgerEntry) ([]byte, error) {
	plain, err := records.encode(e)
	if err != nil {
		return dst, err
	}
	sealed := vault.Seal(nil, key, ledgerAD(l.tag), vault.Pad(nil, plain))
	from := len(dst)
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(sealed)))
	dst = append(dst, ledgerCheckOf(key, l.tag, dst[from:])...)
	_, tag := vault.Tail(sealed)
	l.tag = bytes.Clone(tag)
	l.size += int64(4 + ledgerCheck + len(sealed))
	return append(dst, sealed...), nil
}

func ledgerAD(tag []byte) []byte { return appendParts(nil, "custos ledger v1", string(tag)) }

func ledgerCheckOf(key *vault.Key, tag, length []byte) []byte {
	h := hmac.New(sha256.New, key[:])
	h.Write(appendParts(nil, "custos ledger length v1", string(tag), string(length)))
	return h.Sum(nil)[:ledgerCheck]
}

// begin makes the bytes that precede the entries.
func (l *ledgerFile) begin() []byte {
	head := l.encode()
	sum := sha256.Sum256(head)
	l.tag, l.size = sum[:], int64(len(head))
	return head
}

// ledgerReader takes a ledger apart.
type ledgerReader struct {
	in   *bufio.Reader
	left int64 // bytes of the file that are not read yet
	key  vault.Key
	to   *ledgerFile
}

// take reads so many bytes, and never asks for more than the file has.
func (r *ledgerReader) take(n int64) ([]byte, error) {
	if n > r.left {
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, n)
	got, err := io.ReadFull(r.in, b)
	r.left -= int64(got)
	return b, err
}

// head reads the beginning, which needs no key.
func (r *ledgerReader) head() error {
	magic, err := r.take(int64(len(ledgerMagic)))
	if err != nil || string(magic) != ledgerMagic {
		return errors.New("it is not a ledger, or its beginning is damaged")
	}
	fixed, err := r.take(3)
	if err != nil {
		return errLedgerShort
	}
	if v := binary.BigEndian.Uint16(fixed); v != ledgerVersion {
		return fmt.Errorf("it has version %d, made by a newer program, or its beginning is damaged", v)
	}
	store, err := r.take(int64(fixed[2]) + 1)
	if err != nil {
		return errLedgerShort
	}
	n := len(store) - 1
	rest, err := r.take(int64(store[n]) + 8)
	if err != nil {
		return errLedgerShort
	}
	h := ledgerHead{store: string(store[:n]), generation: string(rest[:len(rest)-8])}
	if since := binary.BigEndian.Uint64(rest[len(rest)-8:]); since != 0 {
		h.since = time.Unix(int64(since), 0).UTC()
	}
	r.to.ledgerHead = h
	return nil
}

var errLedgerShort = errors.New("it is cut short, or its beginning is damaged")

// scanLedger reads a ledger of so many bytes and visits its entries, but for the marks. After an error, a sentence that
// does not name the file, the ledger tells how far it is whole, and all entries before were visited.
func scanLedger(in io.Reader, size int64, k *keyring, visit func(*ledgerEntry) error) (*ledgerFile, error) {
	l := &ledgerFile{}
	r := ledgerReader{in: bufio.NewReaderSize(in, 1<<16), left: size, key: k.backupKey("ledger"), to: l}
	defer r.key.Wipe()
	if err := r.head(); err != nil {
		return l, err
	}
	switch {
	case l.store != k.id:
		return l, errors.New("it is the ledger of another store")
	case l.generation != k.generation():
		return l, fmt.Errorf("it is the ledger of another generation of keys: %q", l.generation)
	}
	l.begin()
	for n := 1; r.left > 0; n++ {
		e, err := r.next(n)
		if err != nil {
			return l, err
		}
		if l.torn {
			break
		}
		if e.mark() {
			l.through, l.marked = audit.Head{Seq: e.Seq, Hash: [32]byte(e.Hash)}, true
			continue
		}
		l.count++
		if err := visit(&e); err != nil {
			return l, err
		}
	}
	if !l.marked {
		return l, fmt.Errorf("it is cut short after entry %d", l.count)
	}
	return l, nil
}

// next reads the entry of a number, or finds that the ledger is torn.
func (r *ledgerReader) next(n int) (e ledgerEntry, err error) {
	l := r.to
	head, err := r.take(4 + ledgerCheck)
	if err != nil {
		l.torn, r.left = true, 0
		return e, nil //nolint:nilerr // an addition that was interrupted
	}
	if !vault.Equal(head[4:], ledgerCheckOf(&r.key, l.tag, head[:4])) {
		return e, fmt.Errorf("entry %d is damaged, missing or out of its order", n)
	}
	size := int64(binary.BigEndian.Uint32(head))
	sealed, err := r.take(size)
	if err != nil {
		l.torn, r.left = true, 0
		return e, nil //nolint:nilerr // an addition that was interrupted
	}
	padded, err := vault.Open(nil, &r.key, ledgerAD(l.tag), sealed)
	if err == nil {
		padded, err = vault.Unpad(padded)
	}
	if err == nil {
		err = records.decode(padded, &e)
	}
	if err != nil {
		return e, fmt.Errorf("entry %d is damaged or out of its order", n)
	}
	_, tag := vault.Tail(sealed)
	l.tag, l.size = bytes.Clone(tag), l.size+4+ledgerCheck+size
	return e, nil
}
