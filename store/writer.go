package store

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"custos/internal/register"
)

// job is one change, or one piece of exclusive work, on its way through the writer.
type job struct {
	change    Change
	fn        func(*Tx) error
	exclusive func() error // runs alone, between commits
	reads     bool         // writes nothing

	op       register.ID
	at       time.Time
	receipt  Receipt
	writes   []write
	err      error
	panicked any
	done     chan struct{}
}

// A commit takes up to so many changes, or so many sealed bytes.
const (
	maxGroup      = 256
	maxGroupBytes = 64 << 20
)

// writer lets one change write at a time. There is no goroutine of its own: whoever has the turn serves everybody who
// waits, so that a lone operator's save is never handed from one goroutine to another.
type writer struct {
	turn chan struct{} // holds one token while somebody writes
	quit chan struct{} // closed when the store closes

	mu      sync.Mutex
	waiting []*job
	last    int // how many were served last
}

func newWriter() *writer {
	return &writer{turn: make(chan struct{}, 1), quit: make(chan struct{})}
}

func (w *writer) closed() bool {
	select {
	case <-w.quit:
		return true
	default:
		return false
	}
}

// Update runs fn on the store and returns once what it wrote is on the disk, together with an audit entry. fn runs
// while nothing else writes, perhaps on another goroutine; an error from it leaves nothing and comes back as it is. fn
// must not call Update, View or Close. Changes waiting at the same time share one commit, and fail alone.
//
// A cancelled ctx takes a waiting change back; one that has begun is finished. Errors of the store: Refused "disk is
// full, nothing was saved", Refused for a closed store, Internal for a commit that failed.
func (db *DB) Update(ctx context.Context, c Change, fn func(*Tx) error) (Receipt, error) {
	j := &job{change: c, fn: fn, done: make(chan struct{})}
	err := db.submit(ctx, j)
	return j.receipt, err
}

func (db *DB) submit(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	if db.looking != "" && !j.reads {
		return db.errLooking()
	}
	w := db.writer
	w.mu.Lock()
	w.waiting = append(w.waiting, j)
	w.mu.Unlock()
	select {
	case w.turn <- struct{}{}:
		db.serve()
	case <-j.done:
	case <-ctx.Done():
		if w.withdraw(j) {
			return cancelled(ctx.Err())
		}
	case <-w.quit:
		if w.withdraw(j) {
			return errClosed
		}
	}
	<-j.done
	if j.panicked != nil {
		panic(j.panicked)
	}
	return j.err
}

func cancelled(err error) error {
	return register.Errorf(register.Refused, "", "cancelled before it began; nothing was saved: %w", err)
}

// withdraw takes a job back, and reports whether it was still waiting.
func (w *writer) withdraw(j *job) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.waiting, j)
	if i < 0 {
		return false
	}
	w.waiting = slices.Delete(w.waiting, i, i+1)
	return true
}

// take returns everybody who waits. Those who were answered together a moment ago are given the processor first, for
// they may be about to come back.
func (w *writer) take() []*job {
	w.mu.Lock()
	last := w.last
	w.mu.Unlock()
	for range min(last-1, maxYields) {
		runtime.Gosched()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	jobs := w.waiting
	w.waiting, w.last = nil, len(jobs)
	return jobs
}

// maxYields is how often the processor is offered to others before a commit.
const maxYields = 8

// serve commits all that waits, in groups, with exclusive work between them. The caller has the turn, and loses it.
func (db *DB) serve() {
	defer func() { <-db.writer.turn }()
	jobs := db.writer.take()
	if db.writer.closed() {
		fail(jobs, errClosed)
		return
	}
	for len(jobs) > 0 {
		n := 0
		for n < len(jobs) && n < maxGroup && jobs[n].exclusive == nil {
			n++
		}
		db.commit(jobs[:n])
		jobs = jobs[n:]
		if len(jobs) > 0 && jobs[0].exclusive != nil {
			jobs[0].err = jobs[0].exclusive()
			close(jobs[0].done)
			jobs = jobs[1:]
		}
	}
}

// stop waits for whoever is writing and keeps the turn for good. Those who wait are refused.
func (w *writer) stop() {
	close(w.quit)
	w.turn <- struct{}{}
	w.mu.Lock()
	defer w.mu.Unlock()
	fail(w.waiting, errClosed)
	w.waiting = nil
}
