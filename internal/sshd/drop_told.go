package sshd

import (
	"errors"
	"io"
	"sync"

	"github.com/pkg/sftp"

	"custos/internal/register"
)

// toldFolder is a drop folder that also says why it refuses: of the answer itself clients show no more than "Failure".
type toldFolder struct {
	*dropFolder
	say  func(string)
	mu   sync.Mutex
	last string // what was said last, which is not said again
}

func (f *toldFolder) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	file, err := f.dropFolder.Fileread(r)
	return file, f.told(err)
}

func (f *toldFolder) Filewrite(r *sftp.Request) (io.WriterAt, error) {
	file, err := f.dropFolder.Filewrite(r)
	if up, ok := file.(*upload); ok {
		return &toldUpload{up, f}, nil
	}
	return file, f.told(err)
}

func (f *toldFolder) Filecmd(r *sftp.Request) error { return f.told(f.dropFolder.Filecmd(r)) }

func (f *toldFolder) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	list, err := f.dropFolder.Filelist(r)
	return list, f.told(err)
}

// told passes an error on, and says it where it is a sentence of ours.
func (f *toldFolder) told(err error) error {
	var ours *register.Error
	if !errors.As(err, &ours) {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if said := ours.Error(); said != f.last {
		f.last = said
		f.say(said)
	}
	return err
}

// toldUpload is a file that comes into a toldFolder.
type toldUpload struct {
	*upload
	folder *toldFolder
}

func (u *toldUpload) WriteAt(p []byte, at int64) (int, error) {
	n, err := u.upload.WriteAt(p, at)
	return n, u.folder.told(err)
}

func (u *toldUpload) Close() error { return u.folder.told(u.upload.Close()) }
