package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"custos/internal/register"
	"custos/internal/vault"
)

// anchorSyncEvery is how far the anchor on the disk may lag behind the store while changes go on.
const anchorSyncEvery = 5 * time.Second

// anchorFile is the head file: what the last commit was, kept outside store.db so that a lost commit, or an older file
// put back, shows. It may lag behind the store, never lead: it is written after each commit and synced now and then.
type anchorFile struct {
	file   *os.File
	path   string
	info   os.FileInfo // of the file when it was opened
	key    *vault.Key
	slot   int // of the next anchor
	synced time.Time

	mu  sync.Mutex
	err error // of the last write: the anchor lags, the store is whole
}

func openAnchor(dir string, key *vault.Key) (*anchorFile, error) {
	a := &anchorFile{path: filepath.Join(dir, headFile), key: key}
	f, err := a.open(0)
	if err != nil {
		return nil, err
	}
	b := make([]byte, vault.AnchorFileSize)
	n, _ := f.ReadAt(b, 0)
	if _, slot, err := vault.NewestAnchor(key, b[:n]); err == nil {
		a.slot = 1 - slot
	}
	if n < len(b) {
		if _, err := f.WriteAt(b[n:], int64(n)); err != nil {
			return nil, errors.Join(fmt.Errorf("reserving room for the head file: %w", err), f.Close())
		}
	}
	if n == 0 {
		if err := syncFolder(dir); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return a, nil
}

// open opens the head file, and makes it where there is none. More flags may say that there is to be none.
func (a *anchorFile) open(more int) (*os.File, error) {
	f, err := os.OpenFile(a.path, os.O_RDWR|os.O_CREATE|more, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the head file: %w", err)
	}
	if a.info, err = f.Stat(); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the head file: %w", err), f.Close())
	}
	a.file = f
	return f, nil
}

// keepPlace makes the head file anew where it was removed or replaced while the store is open: the store knows what
// belongs in it.
func (a *anchorFile) keepPlace() error {
	if stayed(a.path, a.info) == nil {
		return nil
	}
	if err := os.Remove(a.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("making the head file anew: %w", err)
	}
	former := a.file
	f, err := a.open(os.O_EXCL)
	if err != nil {
		return err
	}
	_ = former.Close()
	a.slot, a.synced = 0, time.Time{}
	if _, err := f.WriteAt(make([]byte, vault.AnchorFileSize), 0); err != nil {
		return fmt.Errorf("making the head file anew: %w", err)
	}
	return syncFolder(filepath.Dir(a.path))
}

// restart forgets what the head file said, where an older state was accepted. Its room stays reserved, so that a full
// disk cannot keep a commit from being noted.
func (a *anchorFile) restart() error {
	a.slot = 0
	_, err := a.file.WriteAt(make([]byte, vault.AnchorFileSize), 0)
	return err
}

// write notes a commit, by the clock of the caller.
func (a *anchorFile) write(s *state, now time.Time) {
	b := s.anchor().Encode(a.key)
	err := a.keepPlace()
	if err == nil {
		_, err = a.file.WriteAt(b[:], vault.AnchorOffset(a.slot))
	}
	if err == nil {
		a.slot = 1 - a.slot
		if d := now.Sub(a.synced); d >= anchorSyncEvery || d < 0 {
			a.synced = now
			err = a.file.Sync()
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.err = err
}

// moveIn goes over to the new head file of an exchange, whose name it takes away.
func (a *anchorFile) moveIn(dir string) error {
	if err := a.file.Close(); err != nil {
		return fmt.Errorf("closing the head file: %w", err)
	}
	if err := renameHead(dir); err != nil {
		return err
	}
	next, err := openAnchor(dir, a.key)
	if err != nil {
		return err
	}
	a.file, a.info, a.slot = next.file, next.info, next.slot
	return nil
}

// lastError is why the last commit is not noted, nil where it is.
func (a *anchorFile) lastError() error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}

// end notes the last commit once more where the head file was removed or replaced since, and closes it.
func (a *anchorFile) end(s *state, now time.Time) error {
	if stayed(a.path, a.info) != nil {
		a.write(s, now)
	}
	return a.close()
}

func (a *anchorFile) close() error {
	return errors.Join(a.lastError(), a.file.Sync(), a.file.Close())
}

// readAnchorFile returns the bytes of the head file, nil when there is none.
func readAnchorFile(dir string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(dir, headFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// readHead returns the bytes of the head file that belongs to a key. An exchange that was interrupted may have left it
// under its former name.
func readHead(dir string, key *vault.Key) ([]byte, error) {
	b, err := readAnchorFile(dir)
	if err != nil || answers(b, key) {
		return b, err
	}
	if next, err := os.ReadFile(filepath.Join(dir, nextHeadFile)); err == nil && answers(next, key) {
		return next, nil
	}
	return b, nil
}

func answers(head []byte, key *vault.Key) bool {
	_, _, err := vault.NewestAnchor(key, head)
	return err == nil
}

// writeNextHead writes the head file of an exchange, through to the disk.
func writeNextHead(dir string, key *vault.Key, s *state) error {
	f, err := os.OpenFile(filepath.Join(dir, nextHeadFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("making the new head file: %w", err)
	}
	b := make([]byte, vault.AnchorFileSize)
	a := s.anchor().Encode(key)
	copy(b[vault.AnchorOffset(0):], a[:])
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing the new head file: %w", err)
	}
	return nil
}

// finishHead gives the new head file of an interrupted exchange its name, where it is the one that belongs to the key.
func finishHead(dir string, key *vault.Key) error {
	b, err := readAnchorFile(dir)
	if err != nil || answers(b, key) {
		return err
	}
	if next, err := os.ReadFile(filepath.Join(dir, nextHeadFile)); err != nil || !answers(next, key) {
		return nil // whoever accepted that there is no head file begins a new one
	}
	return renameHead(dir)
}

func renameHead(dir string) error {
	if err := os.Rename(filepath.Join(dir, nextHeadFile), filepath.Join(dir, headFile)); err != nil {
		return fmt.Errorf("putting the new head file in its place: %w", err)
	}
	return syncFolder(dir)
}

// compareAnchor holds a store's state against its head file. It returns what is wrong, nil for nothing.
func compareAnchor(s *state, k *keyring, file []byte) *Finding {
	if file == nil {
		return &Finding{Where: headFile, What: "the head file is missing, so nobody can tell whether this is the newest state"}
	}
	a, _, err := vault.NewestAnchor(&k.anchor, file)
	switch {
	case err != nil:
		return &Finding{Where: headFile, What: "the head file is damaged or belongs to another store"}
	case a.AuditSeq > s.AuditSeq:
		return &Finding{Where: headFile, What: fmt.Sprintf("store.db is older than the head file: %s missing",
			count(a.AuditSeq-s.AuditSeq, "change is", "changes are"))}
	case a.Commit > s.Commit:
		return &Finding{Where: headFile, What: fmt.Sprintf("store.db is older than the head file: %s missing",
			count(a.Commit-s.Commit, "saved draft is", "saved drafts are"))}
	case a.Commit == s.Commit && a != s.anchor():
		return &Finding{Where: headFile, What: "the head file and store.db tell two different histories"}
	}
	return nil
}

func count(n uint64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// errOlder is what Open returns for a store whose head file is missing or ahead.
func errOlder(f *Finding) error {
	return &Damage{[]Finding{*f}, &register.Error{Kind: register.Internal, Field: headFile,
		Msg: f.What + "; nothing was changed. Restore the newest backup, or accept the older state"}}
}
