package store

import (
	"context"
	"sync"
)

// tidier does in the background what readers need not wait for: packing the search, and renaming in it. It runs while
// there is something to do and no longer.
type tidier struct {
	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu      sync.Mutex
	running bool
	again   bool
	renamed []uint32
}

func (t *tidier) start() { t.ctx, t.cancel = context.WithCancel(context.Background()) }

// wake has the search packed, and people searched by new names of their organisations.
func (t *tidier) wake(m *model, renamed []uint32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ctx.Err() != nil {
		return
	}
	t.again = true
	t.renamed = append(t.renamed, renamed...)
	if !t.running {
		t.running = true
		t.wait.Go(func() { t.run(m) })
	}
}

// stop cancels what is being done and waits for its end.
func (t *tidier) stop() {
	t.mu.Lock()
	t.cancel()
	t.mu.Unlock()
	t.wait.Wait()
}

// next hands out what there is to do; false when there is nothing.
func (t *tidier) next() ([]uint32, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := t.renamed
	if len(rows) > manyRenamed {
		rows = rows[:manyRenamed]
	}
	t.renamed = t.renamed[len(rows):]
	more := t.again || len(rows) > 0
	t.again = len(rows) > 0 && t.again
	t.running = more && t.ctx.Err() == nil
	return rows, t.running
}

func (t *tidier) run(m *model) {
	for {
		rows, ok := t.next()
		if !ok {
			return
		}
		if len(rows) > 0 {
			m.write.Lock()
			for _, row := range rows {
				m.textOf(row)
			}
			m.write.Unlock()
			continue
		}
		if m.persons.index.Merge(t.ctx) != nil || m.organisations.index.Merge(t.ctx) != nil {
			return // stopped
		}
	}
}
