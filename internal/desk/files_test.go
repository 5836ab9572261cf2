package desk_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"custos/internal/desk"
	"custos/internal/register"
)

// dropFolder opens a folder as one for files, with what the input holds.
func dropFolder(t testing.TB, dir, in string, out io.Writer) desk.Files {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return desk.DropFolder(root, strings.NewReader(in), out)
}

// sit seats the office down with other files.
func (o *office) sit(t testing.TB, door string, f desk.Files) {
	t.Helper()
	s, err := o.desk.As("office", door, desk.In(f))
	if err != nil {
		t.Fatal(err)
	}
	o.Seat = s
}

// Whatever leaves from elsewhere goes into the drop folder under a plain name, and nowhere else.
func TestEveryWayOutIntoADropFolder(t *testing.T) {
	for name, leave := range leaves {
		t.Run(name, func(t *testing.T) {
			o := newStored(t)
			around := t.TempDir()
			dir := filepath.Join(around, "drop")
			if err := errors.Join(os.Mkdir(dir, 0o700), os.Mkdir(filepath.Join(dir, "sub"), 0o700)); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(around, filepath.Join(dir, "out-"+name)); err != nil {
				t.Logf("no links here: %v", err)
			}
			o.sit(t, desk.SSH, dropFolder(t, dir, "", nil))
			before := seen(t, around)
			for _, to := range []string{
				filepath.Join(around, name), "../" + name, "./" + name, "sub/" + name, `..\` + name, "out-" + name,
				"." + name, "a\x1b" + name, "a\x00" + name, "C:" + name,
			} {
				if err := leave(t, o, to); register.KindOf(err) != register.Refused {
					t.Errorf("%q: %v", to, err)
				}
			}
			if after := seen(t, around); after != before {
				t.Errorf("there was\n%s and is\n%s", before, after)
			}
			if err := leave(t, o, name); err != nil {
				t.Fatal(err)
			}
			about, err := os.Lstat(filepath.Join(dir, name))
			if err != nil || about.Size() == 0 || runtime.GOOS != "windows" && about.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", about, err)
			}
		})
	}
}

// Whatever leaves by the output is there whole, leaves nothing behind on the disk, and goes out once.
func TestEveryWayOutByTheOutput(t *testing.T) {
	for name, leave := range leaves {
		t.Run(name, func(t *testing.T) {
			o := newStored(t)
			dir := t.TempDir()
			t.Setenv("TMPDIR", dir)
			t.Setenv("TMP", dir)
			var out bytes.Buffer
			f := desk.ThisMachine(nil, &out)
			o.sit(t, desk.CommandLine, f)
			if err := leave(t, o, desk.Stream); err != nil {
				t.Fatal(err)
			}
			if out.Len() == 0 || !f.Streamed() {
				t.Errorf("%d bytes, %v", out.Len(), f.Streamed())
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
			if err := f.Free(desk.Stream); register.KindOf(err) != register.Refused {
				t.Errorf("a second time: %v", err)
			}
		})
	}
}

// What a stream was given is on record by how it left, whatever became of the stream.
func TestTheRecordSaysHowItLeft(t *testing.T) {
	o := newOffice(t)
	o.person(t, "Ada", "ada@example.org")
	in := desk.ExportInput{Noun: "delegates", To: desk.Stream}
	dir := t.TempDir()
	for _, c := range []struct {
		name, door, to, want string
		files                desk.Files
	}{
		{"a file", desk.Console, filepath.Join(dir, "a.csv"), "file", desk.Files{}},
		{"the output", desk.CommandLine, "-", "standard output", desk.ThisMachine(nil, io.Discard)},
		{"a drop folder", desk.SSH, "b.csv", "drop folder", dropFolder(t, dir, "", nil)},
		{"ssh", desk.SSH, "-", "ssh", dropFolder(t, dir, "", io.Discard)},
	} {
		o.sit(t, c.door, c.files)
		in.To = c.to
		d, err := o.Export(t.Context(), in)
		if err != nil || d.Method != c.want {
			t.Errorf("%s: %q, %v", c.name, d.Method, err)
		}
	}
}

func TestAStreamThatBreaksIsOnRecord(t *testing.T) {
	o := newOffice(t)
	o.person(t, "Ada", "ada@example.org")
	dir := t.TempDir()
	o.sit(t, desk.SSH, dropFolder(t, dir, "", broken{}))
	_, err := o.Export(t.Context(), desk.ExportInput{Noun: "delegates", To: desk.Stream, As: "json"})
	wantKind(t, err, register.Refused)
	if got, err := o.Disclosures(); err != nil || len(got) != 1 || got[0].Method != "ssh" {
		t.Errorf("%v, %v", got, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestTheFormOfAStream(t *testing.T) {
	o := newOffice(t)
	o.person(t, "Ada", "ada@example.org")
	for _, c := range []struct {
		noun, to, as, want string // the first bytes
		kind               register.Kind
	}{
		{"delegates", "-", "", "id,kind", 0},
		{"delegates", "-", "csv", "id,kind", 0},
		{"delegates", "-", "xlsx", "PK\x03\x04", 0},
		{"delegates", "-", "json", "[", 0},
		{"delegates", "-", "docx", "", register.Invalid},
		{"consents", "-", "", "id,", 0},
		{"consents", "-", "kantara", "", 0},
		{"consents", "-", "yaml", "", register.Invalid},
		{"delegates", "list.csv", "json", "", register.Invalid},
	} {
		var out bytes.Buffer
		o.sit(t, desk.CommandLine, desk.ThisMachine(nil, &out))
		_, err := o.Export(t.Context(), desk.ExportInput{Noun: c.noun, To: c.to, As: c.as})
		switch {
		case c.kind != 0:
			wantKind(t, err, c.kind)
		case err != nil || !strings.HasPrefix(strings.TrimPrefix(out.String(), "\ufeff"), c.want):
			t.Errorf("%s as %q: %.20q, %v", c.noun, c.as, out.String(), err)
		}
	}
}

func TestWhatComesInFromADropFolder(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "drop")
	if err := errors.Join(
		os.Mkdir(inside, 0o700),
		os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600),
		os.WriteFile(filepath.Join(inside, "list.csv"), []byte("mine"), 0o600),
		os.Mkdir(filepath.Join(inside, "sub"), 0o700),
	); err != nil {
		t.Fatal(err)
	}
	f := dropFolder(t, inside, "typed", nil)
	if data, err := f.Read("list.csv", 100); err != nil || string(data) != "mine" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := f.Read("nothing.csv", 100); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	_, err := f.Read("list.csv", 3)
	wantKind(t, err, register.Invalid)
	names := []string{"", ".", "..", "../secret", filepath.Join(dir, "secret"), "sub", "/secret", `..\secret`, "list.csv\x00"}
	for name, target := range map[string]string{"out": "../secret", "within": "list.csv", "all": dir} {
		if os.Symlink(target, filepath.Join(inside, name)) == nil {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if data, err := f.Read(name, 100); register.KindOf(err) != register.Refused {
			t.Errorf("%q: %q, %v", name, data, err)
		}
	}
	if data, err := f.Read(desk.Stream, 100); err != nil || string(data) != "typed" {
		t.Errorf("%q, %v", data, err)
	}
	_, err = f.Read(desk.Stream, 100) // once only
	wantKind(t, err, register.Refused)
	_, err = desk.ReadFile(desk.Stream, 100)
	wantKind(t, err, register.Refused)
}

// Without a drop folder there is no file at all, and nothing of the machine.
func TestNoDropFolder(t *testing.T) {
	name := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(name, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	f := desk.DropFolder(nil, nil, &out)
	_, err := f.Read(name, 100)
	wantKind(t, err, register.Refused)
	wantKind(t, f.Free(name+"x"), register.Refused)
	wantKind(t, f.Free("list.csv"), register.Refused)
	if err := f.Create(desk.Stream, []byte("words")); err != nil || out.String() != "words" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

// A seat at another day only looks.
func TestASeatAtAnotherDay(t *testing.T) {
	o := newOffice(t)
	then := o.AsOf(date(t, "2025-12-24"))
	if then.Today() != date(t, "2025-12-24") || o.Today() == then.Today() {
		t.Errorf("%s, %s", then.Today(), o.Today())
	}
	_, err := then.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": "Ada"}})
	wantKind(t, err, register.Refused)
}

// What reaches for the disks of the office's machine is not for somebody elsewhere.
func TestTheMachinesDisksAreNotForElsewhere(t *testing.T) {
	o := newOffice(t)
	kept := t.TempDir()
	ctx := t.Context()
	if err := o.SetSafekeeping(ctx, kept, 5); err != nil {
		t.Fatal(err)
	}
	o.sit(t, desk.SSH, dropFolder(t, t.TempDir(), "", nil))
	_, err := o.Backup(ctx, t.TempDir(), nil)
	wantKind(t, err, register.Refused)
	wantKind(t, o.SetSafekeeping(ctx, t.TempDir(), 5), register.Refused)
	wantKind(t, o.SetSafekeeping(ctx, "", 5), register.Refused)
	if err := o.SetSafekeeping(ctx, kept, 6); err != nil {
		t.Error(err)
	}
	if _, err := o.Backup(ctx, kept, nil); err != nil {
		t.Error(err)
	}
}

func FuzzDropName(f *testing.F) {
	for _, name := range []string{"list.csv", "..", "a/b", "\x00", "con", "é", strings.Repeat("x", 300), "a\u202eb"} {
		f.Add(name)
	}
	dir := f.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = root.Close() })
	f.Fuzz(func(t *testing.T, name string) {
		if desk.DropName(name) != nil {
			return
		}
		if filepath.Base(name) != name || filepath.Dir(filepath.Join(dir, name)) != dir {
			t.Fatalf("%q leads elsewhere", name)
		}
	})
}

// What concerns the machine the store lies on, and keys that are for paper, is refused to whoever is elsewhere.
func TestWhatIsDoneAtTheMachineAlone(t *testing.T) {
	o := newStored(t)
	dir, ctx := t.TempDir(), t.Context()
	for name, do := range map[string]func() error{
		"compact":  func() error { _, err := o.Compact(ctx); return err },
		"recovery": func() error { _, err := o.NewRecovery(ctx); return err },
		"rekey":    func() error { _, err := o.Rekey(ctx, register.RekeyInput{}); return err },
		"exports":  func() error { return o.SetExports(ctx, dir) },
		"nowhere":  func() error { return o.SetExports(ctx, filepath.Join(dir, "nowhere")) },
		"backups":  func() error { return o.SetSafekeeping(ctx, dir, 5) },
		"backup":   func() error { _, err := o.Backup(ctx, dir, nil); return err },
	} {
		o.sit(t, desk.SSH, dropFolder(t, dir, "", nil))
		if err := do(); register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "done at the office's own machine") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.SetExports(ctx, ""); err != nil {
		t.Errorf("none: %v", err)
	}
}
