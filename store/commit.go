package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"syscall"
	"time"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// group is what one bolt commit takes to the disk.
type group struct {
	db    *DB
	bolt  *bolt.Tx
	over  *overlay
	state state
	meta  bool // header or slots are written: the state's hash of them is made anew
	jobs  []*job
}

func (db *DB) commit(jobs []*job) {
	for len(jobs) > 0 {
		jobs = db.commitSome(jobs)
	}
}

// commitSome runs and commits jobs until the group is big enough, and returns the rest.
func (db *DB) commitSome(jobs []*job) (rest []*job) {
	tx, err := db.begin()
	if err != nil {
		fail(jobs, err)
		return nil
	}
	g := &group{db: db, bolt: tx, over: newOverlay(), state: db.current()}
	done := 0
	for done < len(jobs) && g.over.bytes < maxGroupBytes {
		g.run(jobs[done])
		done++
	}
	jobs, rest = jobs[:done], jobs[done:]
	if len(g.over.buckets) == 0 {
		_ = tx.Rollback()
	} else {
		g.finish()
	}
	for _, j := range jobs {
		close(j.done)
	}
	return rest
}

func fail(jobs []*job, err error) {
	for _, j := range jobs {
		j.err = err
		close(j.done)
	}
}

// begin starts the bolt transaction of a commit.
func (db *DB) begin() (*bolt.Tx, error) {
	if db.broken != nil {
		return nil, db.broken
	}
	if err := db.inPlace(); err != nil {
		return nil, err
	}
	tx, err := db.bolt.Begin(true)
	if err != nil {
		return nil, register.Errorf(register.Internal, "", "the store does not take changes: %w", err)
	}
	return tx, nil
}

// run runs one change on a stage of its own, and takes it into the group when all of it went well.
func (g *group) run(j *job) {
	db := g.db
	ids := register.NewIDs(db.opts.random())
	op, err := ids.Next(register.OperationPrefix)
	if err != nil {
		j.err = err
		return
	}
	j.op, j.at = op, db.opts.Now().UTC().Truncate(time.Millisecond)
	tx := &Tx{keys: db.keys, bolt: g.bolt, group: g.over, stage: newStage(), state: g.state, op: op, ids: ids,
		at: j.at, seal: sealer{keys: db.keys}, note: &j.change.Note}
	defer tx.wipe()
	if j.err = j.call(tx); j.err != nil || j.panicked != nil {
		return
	}
	if j.change.Undoable && tx.stage.len() > 0 {
		if j.err = tx.stageUndoHeader(&j.change); j.err != nil {
			return
		}
	}
	j.err = g.take(j, tx)
}

// call runs the change's function; a panic goes back to whoever called Update.
func (j *job) call(tx *Tx) (err error) {
	defer func() { j.panicked = recover() }()
	return j.fn(tx)
}

// take seals a change, links its audit entry and adds both to the group.
func (g *group) take(j *job, tx *Tx) error {
	writes, sum, err := tx.sealStage(g.db.model, j.change.Undoable)
	if err != nil {
		return err
	}
	next := g.state.clone()
	next.Digest.Add(sum)
	for _, w := range writes {
		if w.before == nil {
			next.Counts[w.bucket]++
		}
		if w.after == nil {
			next.Counts[w.bucket]--
		}
	}
	if !j.change.Quiet {
		entry, head, err := next.head().Link(j.change.entry(j.op, j.at, changesHash(writes)))
		if err != nil {
			return register.Errorf(register.Invalid, "", "%w", err)
		}
		next.AuditSeq, next.AuditHash = head.Seq, head.Hash
		g.over.set(bucketAudit, auditKey(head.Seq), g.db.keys.sealEntry(entry))
	}
	for _, w := range writes {
		g.over.set(w.bucket, w.key, w.after)
		g.meta = g.meta || w.bucket == bucketSlots || w.bucket == bucketMeta
	}
	g.state, j.writes = next, writes
	g.jobs = append(g.jobs, j)
	j.receipt = Receipt{Operation: j.op, At: j.at}
	if !j.change.Quiet {
		j.receipt.Seq = next.AuditSeq
	}
	return nil
}

// finish puts the group on the disk and tells everybody.
func (g *group) finish() {
	g.state.Commit++
	err := g.flush()
	if err == nil {
		err = g.db.commitBolt(g.bolt)
		if err != nil {
			err = g.db.outcome(err, g.state.Commit)
		}
		if err == nil {
			err = g.db.stillInPlace()
		}
	} else {
		_ = g.bolt.Rollback()
	}
	if err != nil {
		for _, j := range g.jobs {
			j.err, j.receipt = err, Receipt{}
		}
		return
	}
	g.db.settle(g)
}

// bulk is how many records of a collection in one commit are a bulk write.
const bulk = 1000

// flush writes the group into the bolt transaction, in the order of its pages.
func (g *group) flush() error {
	for _, name := range slices.Sorted(maps.Keys(g.over.buckets)) {
		b := g.bolt.Bucket([]byte(name))
		if b == nil {
			return damagedBucket(name)
		}
		if name == bucketAudit || len(g.over.buckets[name]) > bulk {
			b.FillPercent = 0.9 // appended to, or a run of neighbours as imports write them
		}
		for _, key := range slices.Sorted(maps.Keys(g.over.buckets[name])) {
			if err := putRaw(b, key, g.over.buckets[name][key]); err != nil {
				return register.Errorf(register.Internal, "", "the store does not take a record: %w", err)
			}
		}
	}
	if g.meta {
		g.state.Meta = storedMetaHash(g.bolt)
	}
	sealed, err := g.state.seal(g.db.keys)
	if err != nil {
		return err
	}
	return g.bolt.Bucket([]byte(bucketMeta)).Put([]byte(keyState), sealed)
}

func putRaw(b *bolt.Bucket, key string, v []byte) error {
	if v == nil {
		return b.Delete([]byte(key))
	}
	return b.Put([]byte(key), v)
}

// settle makes a commit that is on the disk known: state, anchor, read model, notes.
func (db *DB) settle(g *group) {
	db.mu.Lock()
	db.state = g.state
	db.mu.Unlock()
	db.anchor.write(&g.state, db.opts.Now())
	for _, j := range g.jobs {
		db.model.apply(j.commit())
		if !j.change.Quiet {
			db.notes.send(j.note())
		}
	}
	db.keep.settled(g)
}

// outcome finds out what became of a commit that returned an error. A full disk leaves the store as it was. After any
// other error it is unknown: the file is closed, opened again and asked. What is found there may be in memory alone, for
// the sync that failed may have been that of the header: it is written again and synced before the change counts as saved.
func (db *DB) outcome(err error, commit uint64) error {
	if errors.Is(err, syscall.ENOSPC) || diskFull(err) {
		if s, stateErr := db.storedState(); stateErr == nil && s.Commit < commit {
			return register.Errorf(register.Refused, "", "disk is full, nothing was saved: %w", err)
		}
	}
	if openErr := db.reopen(); openErr != nil {
		return db.unknown(errors.Join(err, openErr))
	}
	s, stateErr := db.storedState()
	if stateErr != nil {
		return db.unknown(errors.Join(err, stateErr))
	}
	if s.Commit < commit {
		return register.Errorf(register.Internal, "", "the disk failed while saving; nothing was saved: %w", err)
	}
	if syncErr := db.syncHeader(); syncErr != nil {
		return db.unknown(errors.Join(err, syncErr))
	}
	return nil
}

// syncHeader writes the newest header over itself and makes it durable. A sync that failed is not made good by the next
// one, which has nothing to write any more; and a further commit would write into pages of the state before, which is the
// one there is as long as the newest header is not on the disk.
func (db *DB) syncHeader() error {
	info, err := db.raw.Stat()
	if err != nil {
		return err
	}
	metas, errs := readMetas(db.raw, info.Size())
	newest := 0
	if errs[0] != nil || errs[1] == nil && metas[1].txid > metas[0].txid {
		newest = 1
	}
	if errs[newest] != nil {
		return errs[newest]
	}
	page := make([]byte, metas[newest].pageSize)
	at := int64(newest) * int64(len(page))
	if _, err := db.raw.ReadAt(page, at); err != nil {
		return err
	}
	if _, err := db.raw.WriteAt(page, at); err != nil {
		return err
	}
	return db.syncRaw(db.raw)
}

// unknown stops all writing after a commit nobody can tell the outcome of.
func (db *DB) unknown(err error) error {
	db.broken = register.Errorf(register.Internal, "", "the disk failed while saving, and the store cannot be asked: "+
		"whether the change was saved will show at the next start: %w", err)
	return db.broken
}

// settleHeaders makes two empty commits, so that neither header refers to a page freed before.
func (db *DB) settleHeaders() error {
	for range metaPages {
		tx, err := db.begin()
		if err != nil {
			return err
		}
		if err := db.commitBolt(tx); err != nil {
			return db.unsettled(err)
		}
	}
	return nil
}

// unsettled is outcome for a commit that changes nothing: nothing is in doubt but which header is on the disk.
func (db *DB) unsettled(err error) error {
	if again := db.reopen(); again != nil {
		return db.unknown(errors.Join(err, again))
	}
	if again := db.syncHeader(); again != nil {
		return db.unknown(errors.Join(err, again))
	}
	return register.Errorf(register.Internal, "", "the disk failed; nothing was changed: %w", err)
}

// storedState reads the state as it stands in the file.
func (db *DB) storedState() (state, error) {
	var s state
	err := db.bolt.View(func(tx *bolt.Tx) error {
		var err error
		s, err = readState(tx, db.keys)
		return err
	})
	return s, err
}

// reopen closes the bolt file and opens it again, unless another file lies at its place by now.
func (db *DB) reopen() error {
	db.reading.Lock()
	defer db.reading.Unlock()
	if err := stayed(db.file, db.fileInfo); err != nil {
		return err
	}
	if err := db.bolt.Close(); err != nil {
		return fmt.Errorf("closing after a failed commit: %w", err)
	}
	return db.openBolt()
}
