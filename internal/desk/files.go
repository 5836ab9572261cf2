package desk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"custos/internal/register"
)

// Stream is the name that stands for the seat's own input or output in place of a file.
const Stream = register.Stream

// Files says where the files of a seat come from and go to. The zero value is this machine, whose paths are taken as
// they are given, without streams.
type Files struct {
	elsewhere bool
	root      *os.Root // the one folder there is for somebody elsewhere; nil: none
	streams   *streams // what Stream stands for; nil: nothing
}

// streams are what a seat reads and writes in place of files, each once.
type streams struct {
	mu      sync.Mutex
	in      io.Reader // nil once it was taken
	out     io.Writer // likewise
	written bool
}

// ThisMachine is this machine with streams: in is what Stream reads, out what it writes. Either may be nil.
func ThisMachine(in io.Reader, out io.Writer) Files {
	return Files{streams: &streams{in: in, out: out}}
}

// DropFolder is for somebody who works from elsewhere: they name files of one folder, which is flat, and the streams.
// Nothing outside the folder is reached: no path, no link. Without a folder there are the streams alone, and either may
// be nil.
func DropFolder(root *os.Root, in io.Reader, out io.Writer) Files {
	return Files{elsewhere: true, root: root, streams: &streams{in: in, out: out}}
}

// Elsewhere reports whether these are the files of somebody who works from elsewhere.
func (f Files) Elsewhere() bool { return f.elsewhere }

// Streamed reports whether a file went to the output: what else there is to say goes somewhere else then.
func (f Files) Streamed() bool {
	if f.streams == nil {
		return false
	}
	f.streams.mu.Lock()
	defer f.streams.mu.Unlock()
	return f.streams.written
}

// Open opens a file that comes in; Stream is the input, which is read once. Errors: those of the system; from a drop
// folder Refused for what is no name of a file in it, NotFound for one that is not there. The caller closes it.
func (f Files) Open(name string) (io.ReadCloser, error) {
	if name == Stream {
		in, err := f.input()
		return io.NopCloser(in), err
	}
	if !f.elsewhere {
		return os.Open(name)
	}
	if err := f.inFolder(name); err != nil {
		return nil, err
	}
	before, err := f.root.Lstat(name) // a pipe would keep whoever opens it waiting
	if err != nil {
		return nil, unread(name, err)
	}
	if !before.Mode().IsRegular() {
		return nil, noPlainFile(name)
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, unread(name, err)
	}
	if now, err := file.Stat(); err != nil || !os.SameFile(before, now) {
		return nil, errors.Join(noPlainFile(name), err, file.Close())
	}
	return file, nil
}

// inFolder refuses what is no name of a file in the drop folder.
func (f Files) inFolder(name string) error {
	if f.root == nil {
		return register.Errorf(register.Refused, "file", "there is no folder for files here")
	}
	return DropName(name)
}

// unread says why a file of the drop folder cannot be read.
func unread(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &register.Error{Kind: register.NotFound, Field: "file", Msg: name + " is not in your drop folder", Err: err}
	}
	return err
}

func noPlainFile(name string) error {
	return register.Errorf(register.Refused, "file", "%s is no plain file", name)
}

// input takes the input.
func (f Files) input() (io.Reader, error) {
	if f.streams == nil {
		return nil, noStream
	}
	f.streams.mu.Lock()
	defer f.streams.mu.Unlock()
	in := f.streams.in
	if in == nil {
		return nil, noStream
	}
	f.streams.in = nil
	return in, nil
}

// output takes the output.
func (f Files) output() (io.Writer, error) {
	if f.streams == nil {
		return nil, noStream
	}
	f.streams.mu.Lock()
	defer f.streams.mu.Unlock()
	out := f.streams.out
	if out == nil {
		return nil, noStream
	}
	f.streams.out = nil
	return out, nil
}

// giveBack returns an output that nothing was written to, and noteWritten tells that something was.
func (f Files) giveBack(out io.Writer) {
	f.streams.mu.Lock()
	defer f.streams.mu.Unlock()
	f.streams.out = out
}

func (f Files) noteWritten() {
	f.streams.mu.Lock()
	defer f.streams.mu.Unlock()
	f.streams.written = true
}

var noStream = register.Errorf(register.Refused, "", "%s stands for the input and the output of a command, each once;"+
	" here a file has to be named", Stream)

// Read reads a file that comes in, up to a number of bytes: what it says of its size is not believed, and neither is a
// device that never ends. Errors: Invalid with Field "file" for one that is larger; those of Open.
func (f Files) Read(name string, most int) (data []byte, err error) {
	in, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	data, err = io.ReadAll(io.LimitReader(in, int64(most)+1))
	if err == nil && len(data) > most {
		return nil, register.Errorf(register.Invalid, "file", "%s is larger than %d kB, the most that is read of such a file",
			name, most>>10)
	}
	return data, err
}

// Create makes a new file that only its owner reads, whole or not at all. Errors as Reserve; Refused for a place that
// cannot be written to.
func (f Files) Create(name string, data []byte) error {
	out, err := f.Reserve(name)
	if err != nil {
		return err
	}
	return out.Keep(data)
}

// NewFile is a name that is reserved for what is still to be made.
type NewFile struct{ out *outFile }

// Reserve takes a name before there is something to put under it. Errors: Refused for one that exists and for a place
// that cannot be written to. One of Keep and Drop has to follow.
func (f Files) Reserve(name string) (*NewFile, error) {
	out, err := f.newOut(name)
	if err != nil {
		return nil, err
	}
	return &NewFile{out}, nil
}

// Keep puts what it holds under the name, readable by its owner only. Where that fails nothing is left.
func (n *NewFile) Keep(data []byte) error {
	_, err := n.out.Write(data)
	if err == nil {
		_, err = n.out.settle()
	}
	if err == nil {
		err = n.out.Keep()
	}
	if err != nil {
		n.out.Drop()
	}
	return err
}

// Drop gives the name up.
func (n *NewFile) Drop() { n.out.Drop() }

// Free returns why no new file could be made under a name, Refused. Nothing is left behind.
func (f Files) Free(name string) error {
	out, err := f.newOut(name)
	if err == nil {
		out.Drop()
	}
	return err
}

// here refuses what reaches for the disks of the office's machine, where somebody works from elsewhere.
func (f Files) here(what string) error {
	if !f.Elsewhere() {
		return nil
	}
	return register.Errorf(register.Refused, "", "%s is done at the office's own machine", what)
}

// method is how a file left, as a disclosure records it.
func (f Files) method(to, door string) string {
	switch {
	case to == Stream && door == SSH:
		return "ssh"
	case to == Stream:
		return "standard output"
	case f.Elsewhere():
		return "drop folder"
	}
	return "file"
}

// ending is that of a file's name, in small letters and with its full stop; what goes to the output is as told.
func ending(to, streamed string) string {
	if to == Stream {
		return "." + streamed
	}
	return strings.ToLower(filepath.Ext(to))
}

// longestDropName is how long the name of a file in a drop folder may be, in bytes.
const longestDropName = 255

// DropName returns why a name cannot be that of a file in a drop folder, Refused: one that is empty or too long, that
// leads anywhere, is hidden, or would not show as it is written.
func DropName(name string) error {
	why := ""
	switch {
	case name == "":
		why = "a file needs a name"
	case len(name) > longestDropName:
		why = "the name of a file has at most 255 bytes"
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unseen):
		why = "the name of a file holds no control characters"
	case strings.ContainsAny(name, `/\:`) || !filepath.IsLocal(name):
		why = "name a file of your drop folder, without a path"
	case strings.HasPrefix(name, "."):
		why = "the name of a file does not begin with a full stop"
	case name != strings.TrimSpace(name) || strings.HasSuffix(name, "."):
		why = "the name of a file neither begins nor ends with a space, nor ends with a full stop"
	default:
		return nil
	}
	return register.Errorf(register.Refused, "file", "%s", why)
}

// unseen reports whether a character shows as nothing or as another: controls, marks of direction, lines.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs)
}
