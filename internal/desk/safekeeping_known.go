package desk

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"custos/internal/register"
	"custos/store"
)

// keeping is what a desk knows of the backups and who looks after their folders.
type keeping struct {
	making sync.Mutex    // held while a backup is made: never two at once
	turn   chan struct{} // taken by whoever writes to a backup folder

	mu      sync.Mutex
	known   []register.Backup // on record, the newest first; nil: not read yet
	lagging map[string]bool   // folders whose ledger does not hold the newest refusals
	trouble string            // why the standing order was not carried out

	wanted, busy, closed bool          // of whoever looks after folders in the background
	idle                 chan struct{} // closed when they have done

	closing  chan struct{} // closed when the desk closes: no backup goes on
	patience time.Duration // how long closing waits for what is being written
}

// patience is how long a closing desk waits for a slow backup folder. What is not done then is done at the next
// opening.
const patience = 10 * time.Second

func newKeeping() keeping {
	return keeping{
		turn: make(chan struct{}, 1), lagging: map[string]bool{}, closing: make(chan struct{}), patience: patience,
	}
}

// backups are those on record, the newest first. The list is the caller's own.
func (d *Desk) backups() ([]register.Backup, error) {
	k := &d.keeping
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil {
		var err error
		if k.known, err = d.recorded(); err != nil {
			return nil, err
		}
	}
	return slices.Clone(k.known), nil
}

func (d *Desk) recorded() ([]register.Backup, error) {
	all := []register.Backup{}
	err := d.db.View(func(tx *store.Tx) error {
		for b, err := range tx.Backups().All() {
			if err != nil {
				return err
			}
			all = append(all, b)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b register.Backup) int { return b.At.Compare(a.At) })
	return all, err
}

// reread has the next look at the backups read what is on record.
func (d *Desk) reread() {
	d.keeping.mu.Lock()
	defer d.keeping.mu.Unlock()
	d.keeping.known = nil
}

func (d *Desk) safekeeping() (register.Safekeeping, error) {
	all, err := d.backups()
	if err != nil {
		return register.Safekeeping{}, err
	}
	settings := d.db.Settings()
	k := settings.KeepSafe(all, d.today())
	d.keeping.mu.Lock()
	defer d.keeping.mu.Unlock()
	k.Trouble = d.keeping.trouble
	waiting := maps.Clone(d.keeping.lagging)
	for folder := range settings.RingsDue {
		waiting[folder] = true
	}
	k.Waiting = slices.Sorted(maps.Keys(waiting))
	return k, nil
}

func (d *Desk) troubled(err error) {
	d.keeping.mu.Lock()
	defer d.keeping.mu.Unlock()
	if d.keeping.trouble = ""; err != nil {
		d.keeping.trouble = "The daily backup was not made: " + err.Error() + "."
	}
}

// standingOrder is where the daily backup is to go now, "" for nowhere.
func (d *Desk) standingOrder() (string, error) {
	settings := d.db.Settings()
	if settings.BackupTo == "" || d.db.ReadOnly() {
		return "", nil
	}
	all, err := d.backups()
	here := d.db.BackupFolder(settings.BackupTo)
	all = slices.DeleteFunc(all, func(b register.Backup) bool { return b.Folder != here })
	if err != nil || !register.BackupDue(all, d.today()) {
		return "", err
	}
	return settings.BackupTo, nil
}

// apart refuses a folder within the store's own: what befalls the one befalls the other.
func (d *Desk) apart(folder string) error {
	own, err := filepath.Abs(d.db.Path())
	if err != nil {
		return register.Errorf(register.Refused, "to", "%w", err)
	}
	rel, err := filepath.Rel(own, folder)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return register.Errorf(register.Refused, "to",
			"%s lies within the store itself and would be lost with it: choose another disk", folder)
	}
	return nil
}

// untilClosing is a context that ends when the desk closes, too.
func (k *keeping) untilClosing(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-k.closing:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// close ends a backup that is being made, and waits a little for whoever writes to a folder, and for the last thing to
// be written there.
func (k *keeping) close(last func()) {
	k.mu.Lock()
	if k.closed {
		k.mu.Unlock()
		return
	}
	k.closed = true
	busy, idle := k.busy, k.idle
	k.mu.Unlock()
	close(k.closing)
	ctx, cancel := context.WithTimeout(context.Background(), k.patience)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if busy {
			<-idle
		}
		if k.takeTurn(ctx) == nil {
			last()
			k.endTurn()
		}
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
