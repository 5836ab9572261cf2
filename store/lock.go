package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"custos/internal/register"

	"github.com/gofrs/flock"
)

// The files of a store.
const (
	dbFile   = "store.db"
	headFile = "head"
	lockFile = "store.lock"
)

// holderAt is where the holder's words begin in store.lock: Windows lets nobody else read the first byte, which is the
// one that is locked.
const holderAt = 1

// Holder says who has a store open.
type Holder struct {
	PID      int       `json:"pid"`
	Host     string    `json:"host"`
	Operator string    `json:"operator,omitempty"` // login as typed
	Since    time.Time `json:"since"`              // UTC
	Serving  string    `json:"serving,omitempty"`  // host:port, where it is open to others
}

// String is the holder in words.
func (h Holder) String() string {
	if h.PID == 0 {
		return "another process"
	}
	who := h.Operator
	if who == "" {
		who = "somebody with the recovery key"
	}
	if h.Serving != "" {
		return fmt.Sprintf("it is served on %s by %s, process %d on %s, since %s; come in with %s", h.Serving, who, h.PID, h.Host,
			h.Since.Format("2006-01-02 15:04 MST"), h.wayIn())
	}
	return fmt.Sprintf("%s, process %d on %s, since %s", who, h.PID, h.Host, h.Since.Format("2006-01-02 15:04 MST"))
}

// lock is store.lock while it is held. The file is never removed or replaced: a lock follows the file, not its name.
type lock struct {
	flock  *flock.Flock
	path   string
	holder Holder
	shared bool // held to look: nothing was written into it
}

// takeLock locks a store's folder, or returns a Locked error naming the holder, or a Refused one where the folder
// cannot be written to.
func takeLock(dir, operator string, now time.Time) (*lock, error) {
	path := filepath.Join(dir, lockFile)
	l := &lock{flock: flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600)), path: path}
	ok, err := l.flock.TryLock()
	switch {
	case errors.Is(err, fs.ErrPermission) || readOnlyFS(err):
		return nil, register.Errorf(register.Refused, "store",
			"the folder %s is read-only for this account; a store needs to write its lock there: %w", dir, err)
	case err != nil:
		return nil, register.Errorf(register.Internal, "store", "locking %s: %w", path, err)
	case !ok || !l.inPlace():
		_ = l.flock.Close()
		return nil, register.Errorf(register.Locked, "store", "the store is open already: %s", readHolder(path))
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	l.holder = Holder{PID: os.Getpid(), Host: host, Operator: operator, Since: now.UTC().Truncate(time.Second)}
	if err := l.write(); err != nil {
		l.release()
		return nil, register.Errorf(register.Internal, "store", "writing %s: %w", path, err)
	}
	return l, nil
}

// lockForReading keeps writers out while somebody looks, where there is a lock file, and writes nothing. It returns a
// Locked error naming who has the store open.
func lockForReading(dir string) (*lock, error) {
	path := filepath.Join(dir, lockFile)
	l := &lock{flock: flock.New(path, flock.SetFlag(os.O_RDONLY)), path: path, shared: true}
	ok, err := l.flock.TryRLock()
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission):
		return l, nil
	case err != nil:
		return nil, register.Errorf(register.Internal, "store", "locking %s: %w", path, err)
	case !ok:
		_ = l.flock.Close()
		return nil, register.Errorf(register.Locked, "store", "the store is open already: %s", readHolder(path))
	}
	return l, nil
}

func (l *lock) write() error {
	text, err := json.Marshal(l.holder)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(l.path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(append(text, '\n'), holderAt)
	if err == nil {
		err = f.Truncate(int64(holderAt + len(text) + 1))
	}
	return errors.Join(err, f.Close())
}

// inPlace reports whether the file that is locked is the one others find. One removed or replaced in the moment it was
// locked keeps nobody out.
func (l *lock) inPlace() bool {
	info, err := l.flock.Stat()
	return err == nil && stayed(l.path, info) == nil
}

// release lets the store go. What is written in the file then speaks of nobody; a file that took its place while the
// store was open speaks of somebody else, and is left alone.
func (l *lock) release() {
	if !l.shared && l.inPlace() {
		if f, err := os.OpenFile(l.path, os.O_RDWR, 0o600); err == nil {
			_ = f.Truncate(holderAt)
			_ = f.Close()
		}
	}
	_ = l.flock.Close()
}

func readHolder(path string) Holder {
	var h Holder
	f, err := os.Open(path)
	if err != nil {
		return h
	}
	defer func() { _ = f.Close() }()
	text := make([]byte, 4096)
	n, _ := f.ReadAt(text, holderAt)
	if json.Unmarshal(text[:n], &h) != nil {
		return Holder{}
	}
	return h
}
