package store

import (
	"slices"
	"sync"

	"custos/internal/register"
)

const (
	noteBuffer = 64 // notes a slow reader may be behind
	noteIDs    = 16 // more ids than these are not listed
)

// notes tells subscribers what commits changed.
type notes struct {
	mu   sync.Mutex
	subs map[chan register.Note]bool
}

// Subscribe returns a channel that gets a note after each commit, and what ends it. A reader who falls behind loses the
// oldest notes; the writer never waits. The channel is closed by cancel and by Close.
func (db *DB) Subscribe() (<-chan register.Note, func()) {
	ch := make(chan register.Note, noteBuffer)
	db.notes.mu.Lock()
	defer db.notes.mu.Unlock()
	if db.notes.subs == nil {
		db.notes.subs = map[chan register.Note]bool{}
	}
	db.notes.subs[ch] = true
	return ch, func() { db.notes.drop(ch) }
}

func (n *notes) drop(ch chan register.Note) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.subs[ch] {
		delete(n.subs, ch)
		close(ch)
	}
}

func (n *notes) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for ch := range n.subs {
		close(ch)
	}
	n.subs = nil
}

func (n *notes) send(note register.Note) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for ch := range n.subs {
		for sent := false; !sent; {
			select {
			case ch <- note:
				sent = true
			default:
				select {
				case <-ch:
				default:
				}
			}
		}
	}
}

// note says what a change touched.
func (j *job) note() register.Note {
	n := register.Note{Seq: j.receipt.Seq, Verb: j.change.Verb, Operator: j.change.Operator}
	for _, w := range j.writes {
		if _, ok := collectionNamed(w.bucket); !ok {
			continue
		}
		if !slices.Contains(n.Collections, w.bucket) {
			n.Collections = append(n.Collections, w.bucket)
		}
		id := w.subject
		if id == "" {
			id = register.ID(w.key)
		}
		if len(n.IDs) <= noteIDs && !slices.Contains(n.IDs, id) {
			n.IDs = append(n.IDs, id)
		}
	}
	if len(n.IDs) > noteIDs {
		n.IDs = nil
	}
	return n
}
