package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var info = Info{"custos 1.0", time.Date(2026, 7, 1, 12, 30, 15, 999, time.FixedZone("BST", 3600)), map[string]string{"request": "SAR-1"}}

func write(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := New(&b, info)
	for _, n := range names {
		if err := w.Add(n, []byte("content of "+n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPack(t *testing.T) {
	data := write(t, "letter.txt", "data/person.json")
	if !bytes.Equal(data, write(t, "letter.txt", "data/person.json")) {
		t.Error("the same pack written twice differs")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	content := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		names, content[f.Name] = append(names, f.Name), text
		if want := time.Date(2026, 7, 1, 11, 30, 15, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("%s has the time %s, want %s", f.Name, f.Modified, want)
		}
	}
	if diff := cmp.Diff([]string{"letter.txt", "data/person.json", "manifest.json"}, names); diff != "" {
		t.Error(diff)
	}
	var m Manifest
	if err := json.Unmarshal(content[ManifestName], &m); err != nil {
		t.Fatal(err)
	}
	want := Manifest{Generator: "custos 1.0", Created: "2026-07-01T11:30:15Z", Fields: map[string]string{"request": "SAR-1"}}
	for _, n := range names[:2] {
		sum := sha256.Sum256(content[n])
		want.Files = append(want.Files, File{n, int64(len(content[n])), hex.EncodeToString(sum[:])})
	}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../x", "/x", "a/../b", "a//b", `a\b`, "C:x", "a?", "x\n", "a/", "x.", "x ", " x", "nul", "COM1.txt",
		"a/aux.csv", "manifest.json", "Manifest.JSON", "\xff", string(make([]byte, 200))} {
		if err := New(io.Discard, info).Add(name, nil); err == nil {
			t.Errorf("the name %q was taken", name)
		}
	}
	for _, name := range []string{"a", "letter 1.txt", "data/é.csv", "a/manifest.json", "com.txt", "console.txt"} {
		if err := New(io.Discard, info).Add(name, nil); err != nil {
			t.Errorf("the name %q was refused: %v", name, err)
		}
	}
}

func TestErrorsStay(t *testing.T) {
	w := New(io.Discard, info)
	if err := w.Add("a.txt", nil); err != nil {
		t.Fatal(err)
	}
	if w.Add("A.TXT", nil) == nil || w.Add("b.txt", nil) == nil || w.Close() == nil {
		t.Error("a pack went on after an error")
	}
	w = New(io.Discard, info)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Add("b.txt", nil) == nil || w.Close() == nil {
		t.Error("a closed pack was written to")
	}
}

type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestFailingDiskIsTold(t *testing.T) {
	w := New(&failing{100}, info)
	err := w.Add("a.txt", bytes.Repeat([]byte("x"), 1<<20))
	if err == nil {
		err = w.Close()
	}
	if !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a full disk gives %v", err)
	}
}
