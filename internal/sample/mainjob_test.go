package sample

import (
	"archive/zip"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/desk"
	"custos/internal/register"
)

func runMainJob(t *testing.T, s *desk.Seat) (pack, said string) {
	t.Helper()
	var lines []string
	pack, err := MainJob(context.Background(), s, t.TempDir(), func(line string) { lines = append(lines, line) })
	if err != nil {
		t.Fatalf("after %q: %v", lines, err)
	}
	return pack, strings.Join(lines, "\n")
}

func TestMainJob(t *testing.T) {
	for _, p := range profiles(t) {
		t.Run(p.Name, func(t *testing.T) {
			s := office(t, p)
			fill(t, s, Options{Delegates: 40, Organisations: 12})
			pack, said := runMainJob(t, s)
			for _, want := range []string{
				"40 delegates", "6 rows, 4 new", "1 twice in the file, 1 refused", "Line 7, email:", "batch I",
				"never-asked, is given", "waiting-identity", " is due on ", "UK GDPR Art 12", "fulfil it: ready-to-reply",
				"Builds the pack: access reply, ", " is closed.", "unbroken", pack,
			} {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q", want)
				}
			}
			checkZip(t, pack)
			if t.Failed() {
				t.Log(said)
			}
		})
	}
}

// checkZip reads every file of a pack to its end, and its checksums with it.
func checkZip(t *testing.T, pack string) {
	t.Helper()
	z, err := zip.OpenReader(pack)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	ends := map[string]int{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		ends[filepath.Ext(f.Name)]++
	}
	if ends[".html"] != 1 || ends[".json"] == 0 || ends[".csv"] == 0 {
		t.Errorf("the pack holds %v", ends)
	}
}

// Done twice in one store, the job finds the people it imported the first time.
func TestMainJobTwice(t *testing.T) {
	s := office(t, profiles(t)[0])
	fill(t, s, Options{Delegates: 12, Organisations: 4})
	first, _ := runMainJob(t, s)
	second, said := runMainJob(t, s)
	if filepath.Base(first) == filepath.Base(second) || !strings.Contains(said, "0 new, 0 changed, 4 the same") {
		t.Errorf("%s, then %s:\n%s", first, second, said)
	}
}

func TestMainJobInAnEmptyStore(t *testing.T) {
	for _, p := range profiles(t) {
		pack, _ := runMainJob(t, office(t, p))
		checkZip(t, pack)
	}
}

func TestMainJobOfOneWhoMayNotApprove(t *testing.T) {
	s := office(t, profiles(t)[0])
	other := register.Operator{Name: "second", Roles: []register.Role{register.DPO}}
	if err := s.AddOperator(context.Background(), other, []byte("a passphrase of many words, none of them alike")); err != nil {
		t.Fatal(err)
	}
	pack, said := runMainJob(t, s)
	checkZip(t, pack)
	if !strings.Contains(said, "waits for another operator") || !strings.Contains(said, "draft") || strings.Contains(said, "is closed") {
		t.Errorf("it says:\n%s", said)
	}
}
