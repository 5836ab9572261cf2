package store

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"custos/internal/register"
	"custos/store/needle"
)

// RawHit is a needle in the bytes of a file of the store's folder.
type RawHit struct {
	File   string // relative to the folder
	Offset int64  // in bytes
	Needle int    // its place in the list
}

// RawSearch looks through the bytes of every file in the store's folder, whatever they are: store.db to its end, with the
// pages that hold nothing any more, the head, the lock, and what else lies there. It reads UTF-8 and UTF-16 LE, and finds
// what Search would; needles of fewer than six characters only at word boundaries, for any bytes hold them by chance.
// What lies in a sealed value that opens is such a chance, and no hit: Search has read what it says.
//
// It is for after a Scrub, which is what clears freed pages. It holds the next one up while it runs; changes go on. told
// may be nil; it hears bytes. Errors: the context's, Internal for a file that cannot be read.
func (db *DB) RawSearch(ctx context.Context, n Needles, told func(done, total int)) ([]RawHit, error) {
	var hits []RawHit
	err := db.View(func(tx *Tx) error {
		s := rawSearch{db: db, n: n, told: told}
		err := s.list()
		if err == nil {
			err = s.read(ctx)
		}
		if err == nil {
			err = s.dropChance(ctx, tx)
		}
		hits = s.hits()
		return err
	})
	if err != nil {
		return nil, err
	}
	return hits, nil
}

// rawFile is a file to be looked through.
type rawFile struct {
	name string
	path string
	from int64 // where looking begins
	size int64
}

// piece is a stretch of a file for one goroutine.
type piece struct {
	file *rawFile
	at   int64
}

// rawFind is a hit with the bytes around it.
type rawFind struct {
	RawHit
	before, from []byte // up to nearby bytes before it, and from its beginning on
	chance       bool
}

// nearby is how many random bytes cannot be the same by chance.
const nearby = 16

type rawSearch struct {
	db    *DB
	n     Needles
	told  func(done, total int)
	files []rawFile
	total int64

	mu    sync.Mutex
	done  int64
	found []rawFind
}

// list finds the files. The first byte of the lock is not looked at: on Windows only its holder may, and it says nothing.
func (s *rawSearch) list() error {
	return filepath.WalkDir(s.db.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(s.db.dir, path)
		f := rawFile{name: name, path: path, size: info.Size()}
		if name == lockFile {
			f.from = holderAt
		}
		s.files = append(s.files, f)
		s.total += f.size
		return err
	})
}

// read looks through all files, on all processors.
func (s *rawSearch) read(ctx context.Context) error {
	pieces := make(chan piece)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(errWalkOver)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			buf := make([]byte, s.before()+readChunkSize+s.after())
			for p := range pieces {
				if err := s.look(p, buf); err != nil {
					cancel(register.Errorf(register.Internal, "store", "searching %s: %w", p.file.name, err))
				}
			}
		})
	}
	for i := range s.files {
		f := &s.files[i]
		for at := f.from; at < f.size && ctx.Err() == nil; at += readChunkSize {
			pieces <- piece{f, at}
		}
	}
	close(pieces)
	wg.Wait()
	return context.Cause(ctx)
}

// before and after are how much of a file around a piece is looked at with it.
func (s *rawSearch) before() int { return 2 * nearby }
func (s *rawSearch) after() int  { return s.n.set.Span() + 2*nearby }

// look searches one piece.
func (s *rawSearch) look(p piece, buf []byte) error {
	f, err := os.Open(p.file.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	start := max(p.file.from, p.at-int64(s.before()))
	n, err := f.ReadAt(buf[:min(int64(len(buf)), p.at+readChunkSize+int64(s.after())-start)], start)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	buf = buf[:n]
	from := min(int(p.at-start), n)
	to := min(from+readChunkSize, n)
	var found []rawFind
	s.n.set.Raw(buf, from, to, func(x needle.Find) {
		found = append(found, rawFind{
			RawHit: RawHit{p.file.name, start + int64(x.From), x.Needle},
			before: slices.Clone(buf[max(0, x.From-nearby):x.From]),
			from:   slices.Clone(buf[x.From:min(len(buf), x.To+nearby)]),
		})
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found = append(s.found, found...)
	s.done += int64(to - from)
	if s.told != nil {
		s.told(int(s.done), int(s.total))
	}
	return nil
}

func (s *rawSearch) hits() []RawHit {
	var hits []RawHit
	for i := range s.found {
		if !s.found[i].chance {
			hits = append(hits, s.found[i].RawHit)
		}
	}
	slices.SortFunc(hits, func(a, b RawHit) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Needle, b.Needle))
	})
	return hits
}
