package store

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"custos/internal/register"
)

// ScrubReport is what a scrub did.
type ScrubReport struct {
	Pages int           // zeroed, beyond the high-water mark too
	Bytes int64         // the same in bytes
	Took  time.Duration // by the store's clock
}

// Scrub zeroes every page of the file that no longer holds anything, so that what was deleted is in no page of it. It
// waits for views to end, and holds changes up meanwhile. It cannot reach the spare blocks of a disk, snapshots or
// copies of the folder.
func (db *DB) Scrub(ctx context.Context) (ScrubReport, error) {
	var report ScrubReport
	err := db.submit(ctx, &job{done: make(chan struct{}), exclusive: func() error {
		began := db.opts.Now()
		if err := db.settleHeaders(); err != nil {
			return err
		}
		db.reading.Lock()
		defer db.reading.Unlock()
		tx, err := db.begin()
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		s := scrubber{file: db.raw, all: db.unscrubbed}
		db.unscrubbed = true
		if err := s.run(); err != nil {
			return register.Errorf(register.Internal, "", "scrubbing freed pages: %w", err)
		}
		db.unscrubbed = false
		report = ScrubReport{s.pages, s.bytes, db.opts.Now().Sub(began)}
		return nil
	}})
	return report, err
}

// scrubber zeroes the free pages of a bolt file in place.
type scrubber struct {
	file  *os.File
	all   bool // zero what reads as zeros, too: a sync failed, and the zeros may be in memory alone
	pages int
	bytes int64

	buf, zeros []byte
}

// run zeroes what the newest header calls free and everything past its high-water mark. The older header's own freelist
// is free too and is kept: should the newest header be damaged, bolt falls back on the older one and reads it.
func (s *scrubber) run() error {
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	metas, errs := readMetas(s.file, info.Size())
	if errs[0] != nil || errs[1] != nil {
		return fmt.Errorf("%w %w", errOrNone(errs[0]), errOrNone(errs[1]))
	}
	newest, older := metas[0], metas[1]
	if older.txid > newest.txid {
		newest, older = older, newest
	}
	free, err := freePages(s.file, newest)
	if err != nil {
		return err
	}
	kept, err := pageSpan(s.file, older, older.freelist)
	if err != nil {
		return err
	}
	for from := 0; from < len(free); {
		to := from + 1
		for to < len(free) && free[to] == free[to-1]+1 {
			to++
		}
		if err := s.zeroRun(free[from], free[to-1]+1, kept, newest.pageSize); err != nil {
			return err
		}
		from = to
	}
	if err := s.zero(newest.highWater*newest.pageSize, uint64(info.Size()), newest.pageSize); err != nil {
		return err
	}
	return s.file.Sync()
}

func errOrNone(err error) error {
	if err == nil {
		return fmt.Errorf("only one header is whole")
	}
	return err
}

// span is a run of pages, to not included.
type span struct{ from, to uint64 }

// zeroRun zeroes a run of free pages, but for those to be kept.
func (s *scrubber) zeroRun(from, to uint64, kept span, size uint64) error {
	if kept.from >= to || kept.to <= from {
		return s.zero(from*size, to*size, size)
	}
	if from < kept.from {
		if err := s.zero(from*size, kept.from*size, size); err != nil {
			return err
		}
	}
	if kept.to < to {
		return s.zero(kept.to*size, to*size, size)
	}
	return nil
}

// zero overwrites a range of the file, leaving alone what is zero already.
func (s *scrubber) zero(from, to, pageSize uint64) error {
	if s.buf == nil {
		s.buf, s.zeros = make([]byte, readChunkSize), make([]byte, readChunkSize)
	}
	for from < to {
		n := min(readChunkSize, to-from)
		if _, err := s.file.ReadAt(s.buf[:n], int64(from)); err != nil && err != io.EOF {
			return err
		}
		for at := uint64(0); at < n; at += pageSize {
			end := min(at+pageSize, n)
			if !s.all && bytes.Equal(s.buf[at:end], s.zeros[at:end]) {
				continue
			}
			if _, err := s.file.WriteAt(s.zeros[at:end], int64(from+at)); err != nil {
				return err
			}
			s.pages++
			s.bytes += int64(end - at)
		}
		from += n
	}
	return nil
}

// pageSpan returns the pages that a page and its overflow fill.
func pageSpan(r io.ReaderAt, m boltMeta, page uint64) (span, error) {
	head := make([]byte, pageHeader)
	if _, err := r.ReadAt(head, int64(page*m.pageSize)); err != nil {
		return span{}, err
	}
	if order.Uint16(head[8:]) != freelistFlag {
		return span{}, fmt.Errorf("page %d is not a list of free pages", page)
	}
	return span{page, page + 1 + uint64(order.Uint32(head[12:]))}, nil
}

// freePages reads the list of free pages a header refers to, in order.
func freePages(r io.ReaderAt, m boltMeta) ([]uint64, error) {
	at, err := pageSpan(r, m, m.freelist)
	if err != nil {
		return nil, err
	}
	list := make([]byte, (at.to-at.from)*m.pageSize)
	if _, err := r.ReadAt(list, int64(at.from*m.pageSize)); err != nil {
		return nil, err
	}
	n, from := uint64(order.Uint16(list[10:])), uint64(pageHeader)
	if n == bigFreelist {
		n, from = order.Uint64(list[pageHeader:]), pageHeader+pageIDSize
	}
	if n > (uint64(len(list))-from)/pageIDSize {
		return nil, fmt.Errorf("the list of free pages is longer than its pages")
	}
	free := make([]uint64, n)
	for i := range free {
		free[i] = order.Uint64(list[from+uint64(i)*pageIDSize:])
		if free[i] < metaPages || free[i] >= m.highWater {
			return nil, fmt.Errorf("the list of free pages names page %d", free[i])
		}
	}
	return free, nil
}
