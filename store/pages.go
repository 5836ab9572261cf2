package store

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"custos/internal/register"
)

// boltMeta is one of the two headers of a bolt file: page header 16 · magic 4 · version 4 · page size 4 · flags 4 ·
// root page 8 · root sequence 8 · freelist page 8 · high-water mark 8 · transaction 8 · FNV-1a of the foregoing 8, in
// the machine's byte order.
type boltMeta struct {
	pageSize, root, freelist, highWater, txid uint64
}

const (
	pageHeader    = 16
	metaChecksum  = pageHeader + 56
	metaEnd       = metaChecksum + 8
	boltMagic     = 0xED0CDAED
	boltVersion   = 2
	freelistFlag  = 0x10
	minPage       = 512
	maxPage       = 1 << 16
	metaPages     = 2
	bigFreelist   = 0xFFFF
	pageIDSize    = 8
	leastSize     = 4 * minPage
	readChunkSize = 1 << 20
)

var order = binary.NativeEndian

func parseMeta(page []byte, n uint64) (boltMeta, error) {
	if len(page) < metaEnd || order.Uint32(page[pageHeader:]) != boltMagic {
		return boltMeta{}, fmt.Errorf("header %d is not a header", n)
	}
	if v := order.Uint32(page[pageHeader+4:]); v != boltVersion {
		return boltMeta{}, fmt.Errorf("header %d has the version %d", n, v)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(page[pageHeader:metaChecksum])
	m := boltMeta{
		pageSize: uint64(order.Uint32(page[pageHeader+8:])), root: order.Uint64(page[pageHeader+16:]),
		freelist: order.Uint64(page[pageHeader+32:]), highWater: order.Uint64(page[pageHeader+40:]),
		txid: order.Uint64(page[pageHeader+48:]),
	}
	if sum.Sum64() != order.Uint64(page[metaChecksum:]) || m.txid%metaPages != n {
		return boltMeta{}, fmt.Errorf("header %d is damaged", n)
	}
	return m, nil
}

// readMetas reads both headers of a bolt file. The errors are of the headers, by place.
func readMetas(r io.ReaderAt, size int64) (metas [metaPages]boltMeta, errs [metaPages]error) {
	page := make([]byte, metaEnd)
	at := int64(0)
	for n := range metas {
		if n == 1 {
			at = secondHeader(r, size, metas[0], errs[0])
		}
		if _, err := r.ReadAt(page, at); err != nil {
			errs[n] = fmt.Errorf("header %d cannot be read: %w", n, err)
			continue
		}
		metas[n], errs[n] = parseMeta(page, uint64(n))
	}
	return metas, errs
}

// secondHeader finds where the second header lies when the first does not say.
func secondHeader(r io.ReaderAt, size int64, first boltMeta, firstErr error) int64 {
	if firstErr == nil {
		return int64(first.pageSize)
	}
	page := make([]byte, metaEnd)
	for at := int64(minPage); at <= maxPage && at+metaEnd <= size; at *= 2 {
		if _, err := r.ReadAt(page, at); err == nil {
			if m, err := parseMeta(page, 1); err == nil && m.pageSize == uint64(at) {
				return at
			}
		}
	}
	return int64(os.Getpagesize())
}

// checkHeaders looks at a file before bolt does. An empty or foreign file is Invalid; one damaged header of two is
// Damage, for the other one may be a change behind.
func checkHeaders(f *os.File, acceptOlder bool) error {
	info, err := f.Stat()
	if err != nil {
		return register.Errorf(register.Internal, "store", "%w", err)
	}
	size := info.Size()
	if size < leastSize {
		return register.Errorf(register.Invalid, "store", "%s has %d bytes: it is not a Custos store", dbFile, size)
	}
	metas, errs := readMetas(f, size)
	switch {
	case errs[0] != nil && errs[1] != nil:
		return register.Errorf(register.Invalid, "store", "%s is not a Custos store, or its headers are destroyed", dbFile)
	case errs[0] != nil || errs[1] != nil:
		if acceptOlder {
			return nil
		}
		bad := 0
		if errs[1] != nil {
			bad = 1
		}
		return newDamage(Finding{Where: "header", ID: fmt.Sprint(bad),
			What: "one of the two headers is damaged, so the last change may be missing"})
	}
	newest := metas[0]
	if metas[1].txid > newest.txid {
		newest = metas[1]
	}
	if d := int64(metas[0].txid - metas[1].txid); d != 1 && d != -1 && !acceptOlder {
		return newDamage(Finding{Where: "header",
			What: "the two headers do not follow each other: one of them is from another time"})
	}
	if newest.highWater > uint64(size)/newest.pageSize {
		return newDamage(Finding{Where: "pages", What: fmt.Sprintf("the file is cut short: %d bytes of at least %d",
			size, newest.highWater*newest.pageSize)})
	}
	return nil
}

// readThrough reads a file once, front to back, so that the pages bolt then asks for one by one are in memory.
func readThrough(f *os.File, progress func(done, total int)) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	buf := make([]byte, readChunkSize)
	r := io.NewSectionReader(f, 0, info.Size())
	for done := int64(0); ; {
		n, err := r.Read(buf)
		done += int64(n)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		progress(int(done>>20), int(info.Size()>>20))
	}
}
