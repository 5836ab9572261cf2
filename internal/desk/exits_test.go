package desk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"custos/internal/desk"
	"custos/internal/register"
)

// leaves are the ways in which a file leaves the office, by the ending of its
// name after the way's own.
var leaves = map[string]func(t *testing.T, o *stored, to string) error{
	"delegates.csv":  list(desk.ExportInput{Noun: "delegates"}),
	"delegates.xlsx": list(desk.ExportInput{Noun: "delegates"}),
	"delegates.json": list(desk.ExportInput{Noun: "delegates"}),
	"requests.csv":   list(desk.ExportInput{Noun: "requests"}),
	"breaches.xlsx":  list(desk.ExportInput{Noun: "breaches"}),
	"consents.xlsx":  list(desk.ExportInput{Noun: "consents"}),
	"consents.json":  list(desk.ExportInput{Noun: "consents", As: "iso27560"}),
	"mailing.csv":    list(desk.ExportInput{Noun: "mailing", Purpose: "news", Channel: "email"}),
	"profiling.csv":  list(desk.ExportInput{Noun: "profiling", Fields: []string{register.FieldBorn}}),
	"sheet.pdf":      sheets(false),
	"forms.pdf":      sheets(true),
	"letter.pdf":     acknowledges,
	"letter.docx":    acknowledges,
	"letter.html":    acknowledges,
	"letter.txt":     acknowledges,
	"pack.zip":       packs(nil),
	"pack.pdf":       packs(nil),
	"secret.zip":     packs([]byte("seven quiet herons")),
	"figures.html":   figures,
	"figures.pdf":    figures,
	"figures.csv":    figures,
	"deadlines.ics": func(t *testing.T, o *stored, to string) error {
		_, err := o.WriteDeadlines(t.Context(), to, 2)
		return err
	},
	"case.custos": func(t *testing.T, o *stored, to string) error {
		in := register.HandOverInput{To: to, Question: "May we?", Password: []byte("seven quiet herons")}
		_, err := o.HandOver(t.Context(), o.enquiry(t, o.bea), in)
		return err
	},
	"trail.jsonl": func(t *testing.T, o *stored, to string) error {
		_, err := o.ExportTrail(t.Context(), to)
		return err
	},
	"anchor.json": func(t *testing.T, o *stored, to string) error {
		_, err := o.Anchor(t.Context(), to)
		return err
	},
	"refused.csv": func(t *testing.T, o *stored, to string) error {
		src := listOf(t, "list.csv", "email,consent,at\nnobody,yes,2026-03-01\n")
		_, err := o.WriteRefused(to, src.Table, []register.Problem{{Line: 2, Field: "email", Reason: "it is no address"}})
		return err
	},
	"withdrawal.html": withdraws,
	"withdrawal.pdf":  withdraws,
	"certificate.pdf": func(t *testing.T, o *stored, to string) error {
		if o.ref != "" { // of a case that matters no more
			o.erasure, o.ref = o.erasureCase(t, o.bea, register.Fulfil), ""
		}
		_, err := o.Erase(t.Context(), o.erasure, register.EraseInput{Certificate: to}, nil)
		return err
	},
}

func list(in desk.ExportInput) func(*testing.T, *stored, string) error {
	return func(t *testing.T, o *stored, to string) error {
		in.To = to
		_, err := o.Export(t.Context(), in)
		return err
	}
}

func sheets(forms bool) func(*testing.T, *stored, string) error {
	return func(t *testing.T, o *stored, to string) error {
		_, err := o.ConsentSheet(t.Context(), register.SheetInput{
			Delegates: []register.ID{o.bea}, Keys: []register.ConsentKey{newsByEmail}, Forms: forms, To: to,
		})
		return err
	}
}

func packs(password []byte) func(*testing.T, *stored, string) error {
	return func(t *testing.T, o *stored, to string) error {
		_, err := o.Pack(t.Context(), o.accessRequest(t, o.bea), register.PackInput{To: to, Password: password})
		return err
	}
}

func acknowledges(t *testing.T, o *stored, to string) error {
	in := register.LetterInput{Ref: o.accessRequest(t, o.bea), Kind: register.LetterAcknowledgement, To: to}
	_, err := o.WriteLetter(t.Context(), in)
	return err
}

func figures(t *testing.T, o *stored, to string) error {
	_, err := o.WriteFigures(t.Context(), o.Today().Year(), to)
	return err
}

func withdraws(t *testing.T, o *stored, to string) error {
	done := register.Withdrawal{Events: []register.ConsentEvent{o.yes}}
	return o.ReplyToWithdrawal(t.Context(), o.bea, done, to)
}

// Whatever leaves becomes a new file of its owner's alone: nothing that is there
// is written over, no link is followed, and what is refused leaves nothing.
func TestEveryWayOut(t *testing.T) {
	for name, leave := range leaves {
		t.Run(name, func(t *testing.T) {
			o := newStored(t)
			dir := t.TempDir()
			for _, taken := range takenPlaces(t, dir, name) {
				before := seen(t, dir)
				err := leave(t, o, filepath.Join(dir, taken))
				if register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), taken) {
					t.Errorf("%s: %v", taken, err)
				}
				if after := seen(t, dir); after != before {
					t.Errorf("%s: the folder held\n%s and holds\n%s", taken, before, after)
				}
			}
			to := filepath.Join(dir, name)
			if err := leave(t, o, to); err != nil {
				t.Fatal(err)
			}
			about, err := os.Lstat(to)
			if err != nil || !about.Mode().IsRegular() || about.Size() == 0 {
				t.Fatalf("%v, %v", about, err)
			}
			if runtime.GOOS != "windows" && about.Mode().Perm() != 0o600 {
				t.Errorf("others may read it: %v", about.Mode())
			}
			if left, err := filepath.Glob(filepath.Join(dir, ".custos-*")); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// takenPlaces makes places in a folder that no file may go to: names that end
// like the one given.
func takenPlaces(t *testing.T, dir, name string) []string {
	t.Helper()
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "file-"+name), []byte("mine"), 0o644),
		os.Mkdir(filepath.Join(dir, "folder-"+name), 0o755),
	); err != nil {
		t.Fatal(err)
	}
	places := []string{"file-" + name, "folder-" + name, filepath.Join("nowhere", name)}
	for link, target := range map[string]string{
		"link-" + name: "file-" + name, "dangling-" + name: "not-there", "folder-link-" + name: "folder-" + name,
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Logf("no links here: %v", err) // Windows asks for a privilege
			continue
		}
		places = append(places, link)
	}
	return places
}

// seen tells everything about a folder: names, kinds, what is in it.
func seen(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		b.WriteString(path + " " + d.Type().String())
		if d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			b.WriteString(" " + string(data) + "\n")
			return err
		}
		b.WriteString("\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFileThatComesInHasABound(t *testing.T) {
	name := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(name, make([]byte, 1025), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := desk.ReadFile(name, 1025); err != nil || len(data) != 1025 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	_, err := desk.ReadFile(name, 1024)
	wantKind(t, err, register.Invalid)
	if _, err := desk.ReadFile(name+"x", 1024); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if runtime.GOOS == "linux" { // it has no size, and no end
		if _, err := desk.ReadFile("/dev/zero", 1<<20); register.KindOf(err) != register.Invalid {
			t.Error(err)
		}
	}
}
