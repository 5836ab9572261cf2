package sshd

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/pkg/sftp"

	"custos/internal/register"
)

// step is how far an upload may grow until the folder is measured again.
const step = 1 << 20

// upload is a file on its way in, under a hidden name until it is closed.
type upload struct {
	folder     *dropFolder
	file       *os.File
	part, name string

	mu     sync.Mutex
	size   int64 // as far as it has been written
	room   int64 // as far as it may be
	broken bool
	done   bool
}

// Filewrite begins a new file.
func (f *dropFolder) Filewrite(r *sftp.Request) (io.WriterAt, error) {
	name, err := named(r.Filepath)
	if err != nil {
		return nil, err
	}
	if _, err := f.root.Lstat(name); err == nil {
		return nil, register.Errorf(register.Refused, "", "%s exists already; remove it first", name)
	}
	all, err := entries(f.root)
	if err != nil {
		return nil, err
	}
	if len(all) >= f.most.files {
		return nil, register.Errorf(register.Refused, "", "%d files are in the folder: remove some first", len(all))
	}
	if err := f.takeTurn(); err != nil {
		return nil, err
	}
	part := ".custos-" + rand.Text() + ".part"
	file, err := f.root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		f.endTurn()
		return nil, err
	}
	u := &upload{folder: f, file: file, part: part, name: name}
	f.arrivals.Store(name, u)
	return u, nil
}

// cut drops what was written beyond a size. One that was not reached is refused: nothing is made up.
func (u *upload) cut(size int64) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.done || size > u.size {
		return sftp.ErrSSHFxOpUnsupported
	}
	u.size = size
	return u.file.Truncate(size)
}

// WriteAt writes a piece; pieces come in any order, and several at once.
func (u *upload) WriteAt(p []byte, at int64) (int, error) {
	if err := u.grow(at, len(p)); err != nil {
		return 0, err
	}
	n, err := u.file.WriteAt(p, at)
	if err != nil {
		u.spoil()
	}
	return n, err
}

// grow makes room for a piece. Errors: Refused where the folder would hold too much; the upload is spoilt then.
func (u *upload) grow(at int64, n int) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	end := at + int64(n)
	if at < 0 || end < at || end > u.folder.most.bytes {
		u.broken = true
		return u.folder.full()
	}
	if end > u.room {
		held, err := u.folder.held(u.part)
		if err != nil {
			u.broken = true
			return err
		}
		free := u.folder.most.bytes - held
		if end > free {
			u.broken = true
			return u.folder.full()
		}
		u.room = min(end+step, free)
	}
	u.size = max(u.size, end)
	return nil
}

func (f *dropFolder) full() error {
	return register.Errorf(register.Refused, "", "the folder would hold more than %d MB: remove something first", f.most.bytes>>20)
}

// held is how many bytes lie in the folder, one file apart.
func (f *dropFolder) held(apart string) (total int64, err error) {
	all, err := entries(f.root)
	for _, e := range all {
		if e.Name() != apart {
			total += e.Size()
		}
	}
	return total, err
}

// spoil has nothing kept of an upload.
func (u *upload) spoil() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.broken = true
}

// TransferError hears that the line broke before the upload was closed.
func (u *upload) TransferError(error) { u.spoil() }

// Close gives the file its name, or removes what came of it. What was refused is no file, and the error says so again.
func (u *upload) Close() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.done {
		return nil
	}
	u.done = true
	u.folder.arrivals.CompareAndDelete(u.name, u)
	defer u.folder.endTurn()
	err := errors.Join(u.file.Sync(), u.file.Close())
	if u.broken {
		err = errors.Join(register.Errorf(register.Refused, "", "%s did not come in whole; nothing of it was kept", u.name), err)
	}
	if err == nil {
		err = u.folder.move(u.part, u.name)
	}
	if err != nil {
		err = errors.Join(err, u.folder.root.Remove(u.part))
	}
	return err
}
