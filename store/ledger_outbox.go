package store

import (
	"sync"

	"custos/internal/audit"
	"custos/internal/register"
)

// spot names a record by bucket and key. In the bucket delegates it stands for a person who was joined from several, with
// all that is held on them, where whole is set.
type spot struct {
	bucket, key string
	whole       bool
}

// keeping is what an open store remembers for the ledgers beside its backups: which records changed that a restored copy
// must have, and who is restricted or was joined from several records. Nothing of it is kept anywhere else: a ledger that
// lags is written anew from the store.
type keeping struct {
	folder sync.Mutex // held while rings and ledgers are read or written

	mu         sync.Mutex
	outbox     []spot
	dropped    int        // spots that were taken out of the outbox, before its first
	began      audit.Head // where the trail stood when the store was opened
	through    audit.Head // of the changes the outbox knows
	restricted map[register.ID]bool
	merged     map[register.ID]int // how many records the person was joined from

	ledgers map[string]*ledgerAt // by path, once read; under folder
}

// ledgerAt is how far a ledger on a disk goes.
type ledgerAt struct {
	ledgerFile
	position int  // in the outbox, of the first spot it lacks
	stale    bool // it cannot be appended to
}

// outboxMost is how many spots are remembered; a ledger that lacks more is written anew.
const outboxMost = 200_000

// startAt begins with a store as it was opened.
func (k *keeping) startAt(h audit.Head) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.began, k.through, k.ledgers = h, h, map[string]*ledgerAt{}
}

// keepFrom begins with a store as it was opened, and clears away what interrupted backups left in its folder.
func (db *DB) keepFrom(s *state) {
	db.keep.startAt(s.head())
	if db.looking == "" {
		_ = db.sweepLocal() // the next backup says what is in the way
	}
}

// watching passes on what is loaded, and notes who is restricted or was joined.
func (k *keeping) watching(yield func([]record) bool) func([]record) bool {
	return func(batch []record) bool {
		k.mu.Lock()
		for i := range batch {
			if d, ok := batch[i].value.(register.Delegate); ok {
				k.person(&d)
			}
		}
		k.mu.Unlock()
		return yield(batch)
	}
}

// person notes how a person stands, and reports whether a copy must know. Under mu.
func (k *keeping) person(d *register.Delegate) (restricted, merged bool) {
	if k.restricted == nil {
		k.restricted, k.merged = map[register.ID]bool{}, map[register.ID]int{}
	}
	is := d.Status == register.Restricted
	restricted = is || k.restricted[d.ID]
	if is {
		k.restricted[d.ID] = true
	} else {
		delete(k.restricted, d.ID)
	}
	if n := len(d.MergedFrom); n > 0 {
		merged = n > k.merged[d.ID]
		k.merged[d.ID] = n
	} else {
		delete(k.merged, d.ID)
	}
	return restricted, merged
}

// settled takes in a commit that is on the disk.
func (k *keeping) settled(g *group) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, j := range g.jobs {
		for i := range j.writes {
			k.write(&j.writes[i])
		}
	}
	if over := len(k.outbox) - outboxMost; over > 0 {
		k.outbox = append([]spot(nil), k.outbox[over:]...)
		k.dropped += over
	}
	k.through = g.state.head()
}

// write notes one write, if a restored copy must know of it.
func (k *keeping) write(w *write) {
	switch w.bucket {
	case erasures.name, suppressions.name:
		k.outbox = append(k.outbox, spot{bucket: w.bucket, key: w.key})
	case bucketKeys:
		if w.after == nil { // somebody was forgotten
			k.outbox = append(k.outbox, spot{bucket: w.bucket, key: w.key})
			delete(k.restricted, register.ID(w.key))
			delete(k.merged, register.ID(w.key))
		}
	case consents.name:
		if f, ok := w.value.(register.ConsentFact); ok && isNo(&f) {
			k.outbox = append(k.outbox, spot{bucket: w.bucket, key: w.key})
		}
	case delegates.name:
		d, ok := w.value.(register.Delegate)
		if !ok {
			return
		}
		if restricted, merged := k.person(&d); restricted || merged {
			k.outbox = append(k.outbox, spot{w.bucket, w.key, merged})
		}
	}
}

// isNo reports whether an event must be known to a restored copy: a no, or what may correct one.
func isNo(f *register.ConsentFact) bool { return f.Act.No() || f.Corrects != "" }

// pending returns what is noted from a position on, the position after it and how far that goes; false where some of it
// is not remembered any more.
func (k *keeping) pending(from int) (spots []spot, to int, through audit.Head, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	to = k.dropped + len(k.outbox)
	if from < k.dropped || from > to {
		return nil, to, k.through, false
	}
	return append([]spot(nil), k.outbox[from-k.dropped:]...), to, k.through, true
}
