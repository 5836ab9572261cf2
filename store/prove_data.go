package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"runtime"
	"sync"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"
)

// scan reads the data file front to back, and opens everything in it on all processors. What is wrong with it is found;
// the error is the context's. The hash of the file vouches for the hashes of its blocks: only where something is wrong is
// it read again, to say in which block.
func (p *proof) scan(ctx context.Context) error {
	before := len(p.report.Findings)
	if err := p.scanOnce(ctx); err != nil || len(p.report.Findings) == before {
		return err
	}
	p.report.Findings, p.report.Records, p.byBlock = p.report.Findings[:before], 0, true
	return p.scanOnce(ctx)
}

func (p *proof) scanOnce(ctx context.Context) error {
	p.tally = dataTally{records: map[string]int{}, dark: map[register.ID]int{}, badKeys: map[register.ID]bool{}}
	f, err := openPlain(p.data)
	if err != nil {
		p.unread(p.m.Data, "", sentence(err))
		return nil
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		p.unread(p.m.Data, "", err.Error())
		return nil
	}
	readBack(f)
	whole := sha256.New()
	r, err := newDataReader(io.TeeReader(f, whole), info.Size())
	switch {
	case err != nil:
		p.unread(p.m.Data, "", err.Error())
		return nil
	case r.store != p.m.Store:
		p.unread(p.m.Data, "", "it is the data file of another store, or its beginning is damaged")
		return nil
	}
	s := scanning{proof: p, blocks: make(chan dataBlock, blocksAhead), trail: make(chan dataBlock, 2*blocksAhead)}
	s.start()
	err = s.feed(ctx, r)
	s.end()
	if err != nil || p.tally.unread {
		return err
	}
	p.compare(s.sum, whole, r)
	return nil
}

// unread notes what keeps the data file from being read to its end.
func (p *proof) unread(where, id, what string) {
	p.add(where, id, "%s", what)
	p.tally.unread = true
}

// compare holds the sums over the data file against the manifest.
func (p *proof) compare(sum vault.Digest, whole hash.Hash, r *dataReader) {
	switch {
	case p.tally.blocks > 0: // named already
		p.tally.unread = true
	case hex.EncodeToString(whole.Sum(nil)) != p.m.SHA256:
		p.unread(p.m.Data, "", "it is not the file the manifest is about: each block of it is whole, so it was exchanged for "+
			"that of another backup, or put together from several")
	case sum.String() != p.m.DataDigest:
		p.add(p.m.Data, "", "a record is missing, too many or out of date: the sum over all records does not fit")
	}
	n := uint32(0)
	for _, count := range p.tally.records {
		n += uint32(count)
	}
	if p.tally.blocks == 0 && n != r.total {
		p.add(p.m.Data, "", "it holds %d records, and its end says %d", n, r.total)
	}
}

// scanning is one reading of a data file.
type scanning struct {
	proof  *proof
	blocks chan dataBlock // to be opened
	trail  chan dataBlock // of the audit trail, which must be read in order
	wg     sync.WaitGroup
	mu     sync.Mutex
	sum    vault.Digest
	done   int
}

func (s *scanning) start() {
	for range runtime.GOMAXPROCS(0) {
		s.wg.Go(s.work)
	}
	s.wg.Go(func() {
		p := s.proof
		first, more := <-s.trail // once there is one, the state was read
		t := audit.Trail{From: audit.Start(p.k.id), Gaps: p.st.Gaps, Entries: s.entries(first, more)}
		p.tally.end, p.tally.endErr = t.Verify()
		for range s.trail { // a fault ends the walk
			continue
		}
	})
}

// end waits for all goroutines.
func (s *scanning) end() {
	close(s.blocks)
	close(s.trail)
	s.wg.Wait()
}

// feed hands the blocks out. The error is the context's.
func (s *scanning) feed(ctx context.Context, r *dataReader) error {
	p := s.proof
	total := p.m.Total()
	for {
		if ctx.Err() != nil {
			return errCancelled(ctx)
		}
		b, err := r.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			p.unread(p.m.Data, "", err.Error())
			return nil
		case r.ended:
			p.whole(&b)
		case b.bucket == bucketMeta:
			s.meta(&b)
		case b.bucket == bucketAudit:
			s.trail <- b
		default:
			s.blocks <- b
		}
		s.done += int(min(b.records, uint32(total-s.done)))
		p.told("prove", s.done, total)
	}
}

// whole reports whether a block is as it was written, and notes one that is not.
func (p *proof) whole(b *dataBlock) bool {
	if !p.byBlock || b.whole() {
		return true
	}
	p.damaged(b)
	return false
}

func (p *proof) damaged(b *dataBlock) {
	p.mu.Lock()
	p.tally.blocks++
	p.mu.Unlock()
	what := "the block is damaged"
	if b.bucket != "" {
		what += fmt.Sprintf("; it says that it holds %d records of %q", b.records, b.bucket)
	}
	p.add(p.m.Data, fmt.Sprintf("block %d", b.number), "%s", what)
}

// counted adds to the numbers of records.
func (p *proof) counted(bucket string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tally.records[bucket] += n
	p.report.Records += n
}

// meta reads header and state, which come before everything else.
func (s *scanning) meta(b *dataBlock) {
	p := s.proof
	if !p.whole(b) {
		return
	}
	n := 0
	err := b.each(func(key, value []byte) (err error) {
		n++
		switch string(key) {
		case keyHeader:
			p.head, err = decodeHeader(value)
		case keyState:
			p.st, err = openState(value, p.k)
		default:
			err = fmt.Errorf("no store has %q there", key)
		}
		return err
	})
	p.counted(bucketMeta, n)
	if err != nil || n != 2 {
		p.add(p.m.Data, fmt.Sprintf("block %d", b.number), "the header or the sealed state does not open")
	}
}

// entries walks the audit trail as it comes.
func (s *scanning) entries(b dataBlock, more bool) func(yield func(audit.Entry, error) bool) {
	errStop := errors.New("stop")
	return func(yield func(audit.Entry, error) bool) {
		sl := sealer{keys: s.proof.k}
		for ; more; b, more = <-s.trail {
			if !s.proof.whole(&b) {
				return
			}
			err := b.each(func(key, value []byte) error {
				e, err := sl.openEntry(key, value)
				if err != nil {
					err = fmt.Errorf("entry %d does not open", auditSeq(key))
				}
				if !yield(e, err) || err != nil {
					return errStop
				}
				return nil
			})
			s.proof.counted(bucketAudit, int(b.records))
			if err != nil {
				return
			}
		}
	}
}

// work opens the records of blocks.
func (s *scanning) work() {
	w := blockOpener{proof: s.proof, terms: vault.NewTermer(&s.proof.k.digest), dark: map[register.ID]int{}}
	w.sealer.keys = s.proof.k
	for b := range s.blocks {
		w.open(&b)
	}
	w.key.Wipe()
	s.mu.Lock()
	s.sum.Add(w.sum)
	s.mu.Unlock()
	s.proof.mu.Lock()
	defer s.proof.mu.Unlock()
	for id, n := range w.dark {
		s.proof.tally.dark[id] += n
	}
	maps.Copy(s.proof.tally.badKeys, w.bad)
}

// blockOpener opens the records of a block; for one goroutine.
type blockOpener struct {
	proof   *proof
	sealer  sealer
	terms   *vault.Termer
	sum     vault.Digest
	subject register.ID
	key     vault.Key
	lit     bool // the subject's key is there
	buf     []byte
	dark    map[register.ID]int
	bad     map[register.ID]bool
}

func (w *blockOpener) open(b *dataBlock) {
	p := w.proof
	if !p.whole(b) {
		return
	}
	at := fmt.Sprintf("block %d", b.number)
	if _, known := collectionNamed(b.bucket); !known && b.bucket != bucketUndo {
		p.add(p.m.Data, at, "no store has a collection %q", b.bucket)
		return
	}
	n := 0
	err := b.each(func(key, value []byte) error {
		n++
		w.sum.Add(term(w.terms, b.bucket, string(key), value))
		if !w.opens(b.bucket, key, value) {
			p.add(p.m.Data, at, "the record %s of %s does not open", key, b.bucket)
		}
		return nil
	})
	p.counted(b.bucket, n)
	if err != nil {
		p.add(p.m.Data, at, "%v", err)
	}
}

// opens opens a record. One whose person's key is gone, or is a new one, is dark; that is no damage, for the hash of the
// data file vouches for it.
func (w *blockOpener) opens(bucket string, key, value []byte) bool {
	subject, sealed, err := splitEnvelope(value)
	if err != nil {
		return false
	}
	k := w.sealer.keys.impersonal(bucket)
	if subject != "" {
		if subject != w.subject {
			w.turn(subject)
		}
		if !w.lit {
			if !w.bad[subject] { // else the ring is damaged
				w.dark[subject]++
			}
			return true
		}
		k = &w.key
	}
	plain, err := w.sealer.open(w.buf[:0], k, place{bucket, string(key), subject}, sealed)
	switch {
	case err == nil:
		w.buf = plain
		return true
	case subject != "":
		w.dark[subject]++
		return true
	}
	return false
}

// turn goes on to another person.
func (w *blockOpener) turn(subject register.ID) {
	w.subject, w.lit = subject, false
	wrapped := w.proof.ring.find(subject)
	if wrapped == nil {
		return
	}
	var err error
	if w.key, err = w.sealer.keys.unwrapSubject(subject, wrapped); err == nil {
		w.lit = true
		return
	}
	if w.bad == nil {
		w.bad = map[register.ID]bool{}
	}
	w.bad[subject] = true
}
