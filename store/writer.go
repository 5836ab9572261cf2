package store

import (
	"context"
	"runtime"
	"time"

	"custos/internal/register"
)

// job is one change, or one piece of exclusive work, on its way through the writer.
type job struct {
	change    Change
	fn        func(*Tx) error
	exclusive func() error // runs alone, between commits

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

// Update runs fn on the store and returns once what it wrote is on the disk, together with an audit entry. fn runs on the
// writer's goroutine, one change at a time; an error from it leaves nothing and comes back as it is. fn must not call
// Update, View or Close. Changes waiting at the same time share one commit, and fail alone.
//
// A cancelled ctx takes a waiting change back; one that has begun is finished. Errors of the store: Refused "disk is full,
// nothing was saved", Refused for a closed store, Internal for a commit that failed.
func (db *DB) Update(ctx context.Context, c Change, fn func(*Tx) error) (Receipt, error) {
	j := &job{change: c, fn: fn, done: make(chan struct{})}
	err := db.submit(ctx, j)
	return j.receipt, err
}

func (db *DB) submit(ctx context.Context, j *job) error {
	select {
	case <-db.quit:
		return errClosed
	default:
	}
	select {
	case db.queue <- j:
	case <-ctx.Done():
		return register.Errorf(register.Refused, "", "cancelled before it began; nothing was saved: %w", ctx.Err())
	case <-db.quit:
		return errClosed
	}
	<-j.done
	if j.panicked != nil {
		panic(j.panicked)
	}
	return j.err
}

// write is the writer's goroutine: take one, drain what waits, commit once, acknowledge.
func (db *DB) write() {
	defer close(db.stopped)
	for {
		select {
		case j := <-db.queue:
			db.serve(j)
		case <-db.quit:
			return
		}
	}
}

// serve gathers a group around a job and commits it.
func (db *DB) serve(j *job) {
	var group []*job
	for j != nil && j.exclusive == nil && len(group) < maxGroup {
		group = append(group, j)
		j = db.waiting()
	}
	db.commit(group)
	if j == nil {
		return
	}
	if j.exclusive == nil {
		db.commit([]*job{j})
		return
	}
	j.err = j.exclusive()
	close(j.done)
}

// waiting returns a job that waits to be taken, nil when there is none. Those who were answered a moment ago are given the
// processor first, for they may be about to submit their next.
func (db *DB) waiting() *job {
	for range 2 {
		select {
		case j := <-db.queue:
			return j
		default:
			runtime.Gosched()
		}
	}
	return nil
}
