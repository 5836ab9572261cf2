package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pkg/sftp"

	"custos/internal/desk"
	"custos/internal/register"
)

// dropLimits bound what one operator keeps in their drop folder. Zero values stand for the usual.
type dropLimits struct {
	bytes int64 // of all files together
	files int
}

const (
	usualBytes = 1 << 30
	usualFiles = 1000
	openAtOnce = 64 // files of one session
)

// How long files stay in a drop folder, by their last change.
const (
	dropDays    = 7
	keptInDrop  = dropDays * 24 * time.Hour
	keptPartial = 24 * time.Hour // what was never finished
)

// dropFolder answers for one session's files. The folder is flat: there are no subfolders, no links, and files keep the
// attributes they are made with, whatever a client asks for.
type dropFolder struct {
	root *os.Root
	most dropLimits
	open atomic.Int32
	mu   sync.Mutex // held while a name is taken

	arrivals sync.Map // uploads under way, by name
}

// serveFiles speaks SFTP over a channel until the far end leaves. Names are those of desk.DropName. An upload lies under
// a hidden name until it is closed; one that breaks off leaves nothing. Nothing that is there is written over. What is
// refused is also said.
func serveFiles(ch io.ReadWriteCloser, root *os.Root, most dropLimits, say func(string)) error {
	if most.bytes <= 0 {
		most.bytes = usualBytes
	}
	if most.files <= 0 {
		most.files = usualFiles
	}
	f := &toldFolder{dropFolder: &dropFolder{root: root, most: most}, say: say}
	server := sftp.NewRequestServer(ch, sftp.Handlers{FileGet: f, FilePut: f, FileCmd: f, FileList: f})
	err := server.Serve()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return errors.Join(err, ignoreClosed(server.Close()))
}

func ignoreClosed(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, fs.ErrClosed) || errors.Is(err, io.ErrClosedPipe) {
		return nil
	}
	return err
}

// guestFiles is the SFTP subsystem of a guest.
func (s *Server) guestFiles(_ context.Context, g *guest) int {
	if g.drop == nil {
		_, _ = io.WriteString(g.Stderr(), "custos: there is no folder for files here\n")
		return exitRefused
	}
	g.sayOnce(g.swept)
	if err := serveFiles(g, g.drop, dropLimits{}, g.sayOnce); err != nil {
		g.log.Info("files", "why", "the line broke")
	}
	return exitOK
}

// sweep removes the old files of a guest, and says how many went; empty for none.
func (s *Server) sweep(g *guest) string {
	if g.drop == nil {
		return ""
	}
	gone, err := SweepDrop(g.drop, s.cfg.Now())
	if err != nil {
		g.log.Error("drop folder", "why", "old files cannot be removed")
	}
	return s.went(g.operator, gone)
}

// went is what an operator is told of the old files that went now and since they were last told.
func (s *Server) went(operator string, gone int) string {
	s.sweeping.Lock()
	defer s.sweeping.Unlock()
	gone += s.untold[operator]
	delete(s.untold, operator)
	switch gone {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("1 old file was removed from your drop folder: nothing stays there longer than %d days.", dropDays)
	}
	return fmt.Sprintf("%d old files were removed from your drop folder: nothing stays there longer than %d days.", gone, dropDays)
}

// Swept notes how many old files of an operator went while they were away: they are told as they come in.
func (s *Server) Swept(operator string, gone int) {
	s.sweeping.Lock()
	defer s.sweeping.Unlock()
	if gone > 0 {
		s.untold[operator] += gone
	}
}

// sayOnce says something beside what the session was opened for.
func (g *guest) sayOnce(text string) {
	if text != "" {
		_, _ = io.WriteString(g.Stderr(), "custos: "+text+"\n")
	}
}

// SweepDrop removes the files of a drop folder that were last changed more than seven days ago, and what was never
// finished after a day. It returns how many went.
func SweepDrop(root *os.Root, now time.Time) (gone int, err error) {
	all, err := entries(root)
	if err != nil {
		return 0, err
	}
	for _, e := range all {
		kept := keptInDrop
		if strings.HasPrefix(e.Name(), ".") {
			kept = keptPartial
		}
		if now.Sub(e.ModTime()) <= kept {
			continue
		}
		if failed := root.Remove(e.Name()); failed != nil && !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, failed)
			continue
		}
		gone++
	}
	return gone, err
}

// entries are the plain files of a folder, hidden ones too.
func entries(root *os.Root) ([]fs.FileInfo, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	all, err := dir.ReadDir(-1)
	if err = errors.Join(err, dir.Close()); err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, e := range all {
		if !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err == nil {
			files = append(files, info)
		} else if !errors.Is(err, fs.ErrNotExist) { // another session removed it meanwhile
			return nil, err
		}
	}
	return files, nil
}

// named is the file a path means, which the library has cleaned: it begins with a slash and leads nowhere up.
func named(path string) (string, error) {
	name := strings.TrimPrefix(path, "/")
	return name, desk.DropName(name)
}

// plain looks at a file that is there.
func (f *dropFolder) plain(path string) (string, fs.FileInfo, error) {
	name, err := named(path)
	if err != nil {
		return name, nil, err
	}
	info, err := f.root.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	return name, info, err
}

// Fileread opens a file to be fetched.
func (f *dropFolder) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	name, before, err := f.plain(r.Filepath)
	if err != nil {
		return nil, err
	}
	if err := f.takeTurn(); err != nil {
		return nil, err
	}
	file, err := f.root.Open(name)
	if err != nil {
		f.endTurn()
		return nil, err
	}
	if now, err := file.Stat(); err != nil || !os.SameFile(before, now) {
		f.endTurn()
		return nil, errors.Join(fs.ErrNotExist, file.Close())
	}
	return &download{file, f}, nil
}

// download is a file on its way to whoever fetches it.
type download struct {
	*os.File
	folder *dropFolder
}

func (d *download) Close() error {
	d.folder.endTurn()
	return d.File.Close()
}

// takeTurn counts a file that is opened. Errors: Refused where too many are.
func (f *dropFolder) takeTurn() error {
	if f.open.Add(1) > openAtOnce {
		f.endTurn()
		return register.Errorf(register.Refused, "", "%d files are open: close one first", openAtOnce)
	}
	return nil
}

func (f *dropFolder) endTurn() { f.open.Add(-1) }

// reserve takes a name that must not be there.
func (f *dropFolder) reserve(name string) error {
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return register.Errorf(register.Refused, "", "%s exists already; nothing was written over", name)
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// move gives a file another name that must not be there.
func (f *dropFolder) move(from, to string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.reserve(to); err != nil {
		return err
	}
	if err := f.root.Rename(from, to); err != nil {
		return errors.Join(err, f.root.Remove(to))
	}
	return nil
}

// Filecmd renames and removes files. Folders and links are not made here, and attributes stay as they are: clients ask
// for them after every file, so that it is no error.
func (f *dropFolder) Filecmd(r *sftp.Request) error {
	switch r.Method {
	case "Rename", "PosixRename":
		from, _, err := f.plain(r.Filepath)
		if err != nil {
			return err
		}
		to, err := named(r.Target)
		if err != nil {
			return err
		}
		return f.move(from, to)
	case "Remove":
		name, _, err := f.plain(r.Filepath)
		if err != nil {
			return err
		}
		return f.root.Remove(name)
	case "Setstat":
		if r.AttrFlags().Size {
			return f.cut(r.Filepath, int64(min(r.Attributes().Size, math.MaxInt64))) //nolint:gosec // it fits
		}
		return nil
	}
	return sftp.ErrSSHFxOpUnsupported
}

// cut ends an upload at a size, as scp does with the size it sent. A file that is there keeps the size it has.
func (f *dropFolder) cut(path string, size int64) error {
	coming, _ := f.arrivals.Load(strings.TrimPrefix(path, "/"))
	if u, ok := coming.(*upload); ok {
		return u.cut(size)
	}
	_, info, err := f.plain(path)
	if err == nil && info.Size() != size {
		err = sftp.ErrSSHFxOpUnsupported
	}
	return err
}

// Filelist lists the folder, or looks at one file or the folder itself.
func (f *dropFolder) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	switch {
	case r.Method == "List" && r.Filepath == "/":
		all, err := entries(f.root)
		var shown listing
		for _, info := range all {
			if desk.DropName(info.Name()) == nil {
				shown = append(shown, shownFile{info, info.Name()})
			}
		}
		return shown, err
	case r.Method == "Stat" && r.Filepath == "/":
		info, err := f.root.Lstat(".")
		return listing{shownFile{info, "/"}}, err
	case r.Method == "Stat":
		name, info, err := f.plain(r.Filepath)
		if err != nil {
			return nil, err
		}
		return listing{shownFile{info, name}}, nil
	}
	return nil, sftp.ErrSSHFxOpUnsupported
}

// shownFile is a file as it is told of: nothing of whose account it lies under.
type shownFile struct {
	fs.FileInfo
	name string
}

func (s shownFile) Name() string { return s.name }
func (shownFile) Sys() any       { return nil }

// listing is a list that is read in pieces.
type listing []fs.FileInfo

func (l listing) ListAt(to []fs.FileInfo, from int64) (int, error) {
	if from >= int64(len(l)) {
		return 0, io.EOF
	}
	n := copy(to, l[from:])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}
