package sshd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pkg/sftp"
)

// dropped is a drop folder with somebody at the other end.
type dropped struct {
	*sftp.Client
	dir  string
	root *os.Root
	line net.Conn
	done chan error

	mu   sync.Mutex
	told []string // why something was refused
}

func (d *dropped) said(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told = append(d.told, text)
}

func newDropped(t *testing.T, most dropLimits) *dropped {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "drop")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	d := &dropped{dir: dir, root: root}
	d.comeIn(t, most)
	return d
}

// comeIn begins a session.
func (d *dropped) comeIn(t *testing.T, most dropLimits) {
	t.Helper()
	here, there := net.Pipe()
	done := make(chan error, 1)
	go func() { done <- serveFiles(there, d.root, most, d.said) }()
	c, err := sftp.NewClientPipe(here, here)
	if err != nil {
		t.Fatal(err)
	}
	d.Client, d.line, d.done = c, here, done
	t.Cleanup(func() {
		_ = c.Close()
		_ = here.Close()
	})
}

func (d *dropped) put(name, text string) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write([]byte(text))
	return errors.Join(err, f.Close())
}

func (d *dropped) take(name string) (string, error) {
	f, err := d.Open(name)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(f)
	return string(data), errors.Join(err, f.Close())
}

// names are those that are listed.
func (d *dropped) names(t *testing.T) []string {
	t.Helper()
	all, err := d.ReadDir("/")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, info := range all {
		list = append(list, info.Name())
	}
	slices.Sort(list)
	return list
}

// lying are the names on the disk, hidden ones too.
func (d *dropped) lying(t *testing.T) []string {
	t.Helper()
	all, err := os.ReadDir(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range all {
		list = append(list, e.Name())
	}
	return list
}

func TestFilesComeAndGo(t *testing.T) {
	d := newDropped(t, dropLimits{})
	long := strings.Repeat("a row of a table\n", 1<<16)
	if err := d.put("list.csv", long); err != nil {
		t.Fatal(err)
	}
	if got, err := d.take("/list.csv"); err != nil || got != long {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	about, err := os.Lstat(filepath.Join(d.dir, "list.csv"))
	if err != nil || runtime.GOOS != "windows" && about.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", about, err)
	}
	if err := d.put("list.csv", "other"); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("written over: %v", err)
	}
	if err := d.put("more.csv", "x"); err != nil {
		t.Fatal(err)
	}
	if d.Rename("more.csv", "list.csv") == nil || d.PosixRename("more.csv", "list.csv") == nil {
		t.Error("renamed over what exists")
	}
	d.mu.Lock()
	want := []string{"list.csv exists already; remove it first", "list.csv exists already; nothing was written over"}
	if !slices.Equal(d.told, want) { // each once, however often the library asks
		t.Errorf("said %q", d.told)
	}
	d.mu.Unlock()
	if err := d.Rename("more.csv", "less.csv"); err != nil {
		t.Error(err)
	}
	if err := d.Chmod("less.csv", 0o777); err != nil { // asked for after every file, and kept as it is
		t.Error(err)
	}
	if info, err := d.Stat("less.csv"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if got := d.names(t); !slices.Equal(got, []string{"less.csv", "list.csv"}) {
		t.Error(got)
	}
	if err := d.Remove("less.csv"); err != nil {
		t.Error(err)
	}
	if got := d.lying(t); !slices.Equal(got, []string{"list.csv"}) {
		t.Error(got)
	}
}

// scp says at the end how long the file is that it sent.
func TestAFileIsAsLongAsItsSenderSays(t *testing.T) {
	d := newDropped(t, dropLimits{})
	f, err := d.Create("list.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("a,b\nrest")); err != nil {
		t.Fatal(err)
	}
	if f.Truncate(100) == nil {
		t.Error("a file is as long as nobody wrote")
	}
	if err := errors.Join(f.Truncate(8), f.Truncate(4), f.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := d.take("list.csv"); err != nil || got != "a,b\n" {
		t.Errorf("%q, %v", got, err)
	}
	if err := d.Truncate("list.csv", 4); err != nil {
		t.Errorf("as it is: %v", err)
	}
	if d.Truncate("list.csv", 0) == nil {
		t.Error("a file that is there was emptied")
	}
}

// Nothing outside the folder is read, written, listed or removed, by whatever name.
func TestNothingLeadsOutOfTheFolder(t *testing.T) {
	d := newDropped(t, dropLimits{})
	secret := filepath.Join(filepath.Dir(d.dir), "secret")
	if err := errors.Join(os.WriteFile(secret, []byte("secret"), 0o600), os.Mkdir(filepath.Join(d.dir, "sub"), 0o700)); err != nil {
		t.Fatal(err)
	}
	names := []string{
		"../secret", "/../secret", "sub/../../secret", secret, "sub/x", "sub", `..\secret`, "a\x00b", "a\x1bb", "a\nb",
		".hidden", "a\u202eb", strings.Repeat("x", 256), "C:x", "x.", " x",
	}
	for link, target := range map[string]string{"out": "../secret", "all": filepath.Dir(d.dir), "loop": "loop"} {
		if os.Symlink(target, filepath.Join(d.dir, link)) == nil {
			names = append(names, link, link+"/secret")
		}
	}
	for _, name := range names {
		if got, err := d.take(name); err == nil {
			t.Errorf("read %q: %q", name, got)
		}
		if d.Remove(name) == nil || d.Rename(name, "mine") == nil {
			t.Errorf("moved %q", name)
		}
		if name != "../secret" && name != "/../secret" && name != "sub/../../secret" && d.put(name, "x") == nil {
			t.Errorf("wrote %q", name)
		}
	}
	if d.Mkdir("folder") == nil || d.Symlink("secret", "link") == nil || d.Link("secret", "link") == nil {
		t.Error("something else than a file was made")
	}
	if _, err := d.ReadDir("/sub"); err == nil {
		t.Error("a subfolder was listed")
	}
	if got := d.names(t); len(got) > 0 {
		t.Errorf("listed: %q", got)
	}
	if err := d.put("../secret", "x"); err != nil { // there is nothing above the folder: this is a name in it
		t.Error(err)
	}
	if data, err := os.ReadFile(secret); err != nil || string(data) != "secret" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestTheFolderHasBounds(t *testing.T) {
	d := newDropped(t, dropLimits{bytes: 3 << 20, files: 3})
	if err := d.put("two.bin", strings.Repeat("x", 2<<20)); err != nil {
		t.Fatal(err)
	}
	if err := d.put("more.bin", strings.Repeat("x", 2<<20)); err == nil || !strings.Contains(err.Error(), "more than 3 MB") {
		t.Errorf("too much: %v", err)
	}
	f, err := d.Create("hole.bin")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("x"), 1<<40); err == nil {
		t.Error("a hole of a terabyte")
	}
	if f.Close() == nil {
		t.Error("what was refused was kept")
	}
	for i := range 2 {
		if err := d.put(fmt.Sprint("small-", i), "x"); err != nil {
			t.Error(err)
		}
	}
	if err := d.put("fourth", "x"); err == nil || !strings.Contains(err.Error(), "3 files") {
		t.Errorf("too many: %v", err)
	}
	if got := d.lying(t); len(got) != 3 {
		t.Error(got)
	}
	var open []*sftp.File
	for range openAtOnce {
		f, err := d.Open("two.bin")
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, f)
	}
	if _, err := d.Open("two.bin"); err == nil {
		t.Error("more files were opened than may be")
	}
	if err := open[0].Close(); err != nil {
		t.Error(err)
	}
	if _, err := d.Open("two.bin"); err != nil {
		t.Error(err)
	}
}

// An upload is there whole or not at all, and nobody sees it before.
func TestAnUploadThatBreaksLeavesNothing(t *testing.T) {
	d := newDropped(t, dropLimits{})
	f, err := d.Create("list.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("half")); err != nil {
		t.Fatal(err)
	}
	if got := d.names(t); len(got) > 0 {
		t.Errorf("listed before it is whole: %q", got)
	}
	_ = d.line.Close()
	if err := <-d.done; err != nil {
		t.Log(err)
	}
	if got := d.lying(t); len(got) > 0 {
		t.Errorf("left behind: %q", got)
	}
}

// Of many who bring one name at once, one has it.
func TestManyAtOnce(t *testing.T) {
	d := newDropped(t, dropLimits{})
	const many = 8
	var wg sync.WaitGroup
	errs := make([]error, many)
	for i := range many {
		wg.Go(func() {
			text := strings.Repeat(fmt.Sprint(i), 1<<16)
			if err := d.put(fmt.Sprint("own-", i), text); err != nil {
				t.Error(err)
			}
			if got, err := d.take(fmt.Sprint("own-", i)); err != nil || got != text {
				t.Errorf("%d bytes, %v", len(got), err)
			}
			errs[i] = d.put("shared", text)
		})
	}
	wg.Wait()
	had := 0
	for _, err := range errs {
		if err == nil {
			had++
		}
	}
	data, err := os.ReadFile(filepath.Join(d.dir, "shared"))
	if had != 1 || err != nil || len(data) != 1<<16 || !bytes.Equal(data, bytes.Repeat(data[:1], 1<<16)) {
		t.Errorf("%d have it, %d bytes, %v", had, len(data), err)
	}
	if got := d.lying(t); len(got) != many+1 {
		t.Error(got)
	}
}

func TestOldFilesGo(t *testing.T) {
	d := newDropped(t, dropLimits{})
	now := time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	for name, age := range map[string]time.Duration{
		"new.csv": time.Hour, "week.csv": keptInDrop, "old.csv": keptInDrop + time.Second,
		".custos-NEW.part": time.Hour, ".custos-OLD.part": keptPartial + time.Second,
	} {
		path := filepath.Join(d.dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, now.Add(-age), now.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	if gone, err := SweepDrop(d.root, now); err != nil || gone != 2 {
		t.Errorf("%d, %v", gone, err)
	}
	if got := d.lying(t); !slices.Equal(got, []string{".custos-NEW.part", "new.csv", "week.csv"}) {
		t.Error(got)
	}
}

func FuzzNamesOverTheLine(f *testing.F) {
	for _, name := range []string{"/list.csv", "/..", "/a/b", "/\x00", "/.x", "/é", "//x"} {
		f.Add(name)
	}
	dir := f.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = root.Close() })
	folder := &dropFolder{root: root, most: dropLimits{bytes: 1, files: 1}}
	f.Fuzz(func(t *testing.T, path string) {
		w, err := folder.Filewrite(&sftp.Request{Method: "Put", Filepath: path})
		if err != nil {
			return
		}
		if err := w.(io.Closer).Close(); err != nil {
			var bad *fs.PathError // the disk has rules of its own
			if !errors.As(err, &bad) {
				t.Fatal(err)
			}
			return
		}
		name := strings.TrimPrefix(path, "/")
		if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.Name() != name {
			t.Fatalf("%q is not where it was put: %v", path, err)
		}
		if err := folder.Filecmd(&sftp.Request{Method: "Remove", Filepath: path}); err != nil {
			t.Fatal(err)
		}
	})
}
