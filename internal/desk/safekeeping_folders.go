package desk

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"time"

	"custos/internal/register"
	"custos/store"
)

// KeepUp brings the backup folders at hand up to date: the keys of people who are gone and slots that no longer open
// are destroyed there too, refusals that are missing are added, and backups past their time go. A folder that is not at
// hand waits, and is no error. It is done as somebody comes in and after a backup.
func (s *Seat) KeepUp(ctx context.Context) error {
	if err := s.allow(register.BackupStanding); err != nil {
		return err
	}
	if s.desk.db.ReadOnly() {
		return nil
	}
	return errors.Join(s.desk.keepUp(ctx, true), s.thinOut(ctx))
}

// owing has a change that makes keys worthless leave word of it for every backup folder, in the same commit: whatever
// happens next, the keys are destroyed there too.
func (d *Desk) owing(v register.Verb, fn func(*store.Tx) error) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if !forgets(v, tx) {
			return nil
		}
		return owe(tx)
	}
}

// forgets reports whether a change has destroyed somebody's key.
func forgets(v register.Verb, tx *store.Tx) bool {
	for w := range tx.EachWritten() {
		if w.Collection == "delegates" && (w.Gone || v == register.EraseData) {
			return true
		}
	}
	return false
}

// owe notes that every backup folder has a ring that is out of date.
func owe(tx *store.Tx) error {
	due := map[string]register.ID{}
	for b, err := range tx.Backups().All() {
		if err != nil {
			return err
		}
		if b.There() {
			due[b.Folder] = tx.Operation()
		}
	}
	if len(due) == 0 {
		return nil
	}
	settings, err := tx.Settings().Get()
	if err != nil {
		return err
	}
	settings.RingsDue = due // of a folder without a backup nothing is due any more
	return tx.Settings().Put(settings)
}

// soon has the folders looked after, off the path of the commit that gave the reason. However many commits there are
// meanwhile, one more look does for all.
func (d *Desk) soon() {
	k := &d.keeping
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return
	}
	k.wanted = true
	if !k.busy {
		k.busy, k.idle = true, make(chan struct{})
		go d.lookAfter(k.idle)
	}
}

func (d *Desk) lookAfter(done chan<- struct{}) {
	defer close(done)
	for d.keeping.again() {
		_ = d.keepUp(context.Background(), false) // what is not done stays known as waiting
	}
}

// again takes the wish for a look, or ends the looking.
func (k *keeping) again() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	wanted := k.wanted
	k.wanted, k.busy = false, wanted
	return wanted
}

// takeTurn waits until nobody else writes to a backup folder.
func (k *keeping) takeTurn(ctx context.Context) error {
	select {
	case k.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return register.Errorf(register.Refused, "", "the backup folders are being written to: %w", ctx.Err())
	}
}

// endTurn lets the next one write.
func (k *keeping) endTurn() { <-k.turn }

// keepUp does for every folder with a backup what it needs. Thorough looks whether a ledger is complete; else only what
// came since is added.
func (d *Desk) keepUp(ctx context.Context, thorough bool) error {
	if d.db.ReadOnly() {
		return nil
	}
	if err := d.keeping.takeTurn(ctx); err != nil {
		return err
	}
	defer d.keeping.endTurn()
	all, err := d.backups() // not before the turn: a folder may have been written off meanwhile
	if err != nil {
		return err
	}
	since := oldestKept(all)
	for _, folder := range slices.Sorted(maps.Keys(since)) {
		d.keeping.lags(folder, d.keepFolder(ctx, folder, since[folder], thorough) != nil)
		if err := ctx.Err(); err != nil {
			return register.Errorf(register.Refused, "", "%w", err)
		}
	}
	return nil
}

// tellAll has every ledger at hand say how far it goes, so that the next opening can go on from there; the turn is taken.
func (d *Desk) tellAll() {
	all, err := d.backups()
	if err != nil || d.db.ReadOnly() {
		return
	}
	for folder := range oldestKept(all) {
		if isFolder(folder) == nil && !d.keeping.isLagging(folder) {
			_ = d.db.FlushLedger(folder) // else it is written anew at the next opening
		}
	}
}

// oldestKept is the instant of the oldest backup that is kept, by folder.
func oldestKept(all []register.Backup) map[string]time.Time {
	since := map[string]time.Time{}
	for i := range all {
		b := &all[i]
		if at, ok := since[b.Folder]; b.There() && (!ok || b.At.Before(at)) {
			since[b.Folder] = b.At
		}
	}
	return since
}

// lags remembers whether a folder has yet to hear of the newest refusals.
func (k *keeping) lags(folder string, yet bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if delete(k.lagging, folder); yet {
		k.lagging[folder] = true
	}
}

func (k *keeping) isLagging(folder string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.lagging[folder]
}

// keepFolder brings one folder up to date; the turn is taken. The ring comes first: should the ledger fail, what was
// erased is dark at least. Where a ledger is behind the ring may be: sticks take turns at one place.
func (d *Desk) keepFolder(ctx context.Context, folder string, since time.Time, thorough bool) error {
	if err := isFolder(folder); err != nil {
		return err
	}
	due := d.db.Settings().RingsDue[folder]
	behind, err := d.db.LedgerBehind(folder)
	switch {
	case due == "" && (err != nil || !behind):
		return err
	case due == "" && !thorough && !d.keeping.isLagging(folder):
		return d.db.FlushLedger(folder)
	}
	if err := d.db.ReplaceRing(ctx, folder); err != nil {
		return err
	}
	if err := d.db.WriteLedger(ctx, folder, since); err != nil || due == "" {
		return err
	}
	return d.paid(ctx, folder, due)
}

// isFolder refuses a backup folder that is not there.
func isFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return nil
	}
	return register.Errorf(register.Refused, "to", "there is no folder %s; if it is on a stick, plug the stick in", path)
}

// paid notes that a folder's ring is as an operation left it, unless more has come meanwhile.
func (d *Desk) paid(ctx context.Context, folder string, due register.ID) error {
	if d.db.Settings().RingsDue[folder] != due {
		return nil
	}
	c := store.Change{Operator: keeper, Door: keeper, Verb: register.BackupStanding, Quiet: true}
	_, err := d.db.Update(ctx, c, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil || settings.RingsDue[folder] != due {
			return err
		}
		settings.RingsDue = maps.Clone(settings.RingsDue)
		delete(settings.RingsDue, folder)
		return tx.Settings().Put(settings)
	})
	return err
}

// keeper stands for the desk where it acts on its own.
const keeper = "store"
