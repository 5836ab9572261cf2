package audit

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func exportOf(t testing.TB, n, from int) []byte {
	t.Helper()
	entries, heads := chainOf(t, n)
	var b bytes.Buffer
	h := Header{Store: testStore, ExportedAt: 1_767_312_000_000, From: heads[from], Head: heads[n]}
	if err := WriteExport(&b, h, sequence(entries[from:])); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// testdata/export.jsonl is frozen: it must stay readable, and must stay what is written.
func TestFrozenExport(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "export.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(exportOf(t, 3, 0))); diff != "" {
		t.Errorf("the format of the export has changed (-frozen +written):\n%s", diff)
	}
}

func TestVerifyExportReports(t *testing.T) {
	_, heads := chainOf(t, 5)
	at := sample().At
	for _, c := range []struct {
		n, from int
		want    Report
	}{
		{5, 0, Report{Entries: 5, Head: heads[5], After: heads[0], From: at, To: at + 4}},
		{5, 3, Report{Entries: 2, Head: heads[5], After: heads[3], From: at + 3, To: at + 4}},
		{5, 5, Report{Head: heads[5], After: heads[5]}},
		{0, 0, Report{Head: heads[0], After: heads[0]}},
	} {
		c.want.Store, c.want.ExportedAt = testStore, 1_767_312_000_000
		got, err := VerifyExport(iotest.HalfReader(bytes.NewReader(exportOf(t, c.n, c.from))))
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%d entries from %d: %v\n%s", c.n, c.from, err, diff)
		}
		if slices.Contains(got.Shown(), ClaimStart) != (c.from == 0) ||
			slices.Contains(got.NotShown(), ClaimEarlier) != (c.from != 0) {
			t.Errorf("%d entries from %d: the claims about its beginning are wrong", c.n, c.from)
		}
	}
}

func TestAnyChangedByteIsFound(t *testing.T) {
	whole := exportOf(t, 2, 0)
	for i := range whole {
		for _, to := range []byte{whole[i] ^ 1, whole[i] ^ 0x20, '0', '\n'} {
			if to == whole[i] {
				continue
			}
			bad := bytes.Clone(whole)
			bad[i] = to
			line := 1 + bytes.Count(whole[:i], []byte("\n"))
			_, err := VerifyExport(bytes.NewReader(bad))
			var at *ExportError
			if !errors.As(err, &at) {
				t.Fatalf("byte %d (line %d) changed from %q to %q: %v", i, line, whole[i], to, err)
			}
			if at.Line != line && line != 1 { // a header's false claim may show on a later line
				t.Fatalf("byte %d is in line %d; %v", i, line, err)
			}
		}
	}
}

func TestAnyCutIsFound(t *testing.T) {
	whole := exportOf(t, 3, 0)
	for n := range whole {
		if _, err := VerifyExport(bytes.NewReader(whole[:n])); err == nil {
			t.Fatalf("cut to %d bytes of %d: verified", n, len(whole))
		}
	}
}

func TestVerifyExportLocatesFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func([]string) []string
		want   string
	}{
		{
			"missing", func(l []string) []string { return slices.Delete(l, 2, 3) },
			"line 3: audit entry 2 is missing: entry 3 comes instead",
		},
		{
			"swapped", func(l []string) []string { l[1], l[2] = l[2], l[1]; return l },
			"line 2: audit entry 1 is not in its place: entry 2 comes before it",
		},
		{
			"repeated", func(l []string) []string { return slices.Insert(l, 2, l[1]) },
			"line 3: audit entry 1 comes again after entry 1",
		},
		{
			"field", func(l []string) []string { l[2] = strings.Replace(l[2], "op-7", "op-6", 1); return l },
			"line 3: audit entry 2 has been altered: its hash is not the one that was noted",
		},
		{
			"last gone", func(l []string) []string { return slices.Delete(l, 3, 4) },
			"line 4: the audit trail is cut off: entry 3 is missing at its end",
		},
		{"closing line gone", func(l []string) []string { return l[:4] }, "line 5: " + ErrNoEnd.Error()},
		{
			"cut", func(l []string) []string { return l[:2] },
			"line 3: " + ErrNoEnd.Error() + ": the audit trail is cut off: entries 2 to 3 are missing at its end",
		},
		{"more", func(l []string) []string { return append(l, "x") }, "line 6: " + ErrAfterEnd.Error()},
		{"spaced", func(l []string) []string { l[2] = " " + l[2]; return l }, "line 3: " + errLine.Error()},
		{"no header", func(l []string) []string { return l[1:] }, "line 1: " + ErrNotExport.Error()},
		{"nothing", func([]string) []string { return nil }, "line 1: " + ErrNotExport.Error()},
		{
			"other store", func(l []string) []string { l[0] = strings.Replace(l[0], "store-1", "store-2", 1); return l },
			"line 1: " + ErrHeader.Error() + ": audit export: it does not start where this store's audit trail does",
		},
		{
			"other day", func(l []string) []string { l[0] = strings.Replace(l[0], "2026-01-02", "2026-01-03", 1); return l },
			"line 5: " + ErrTrailer.Error(),
		},
	} {
		lines := c.change(slices.Collect(strings.Lines(string(exportOf(t, 3, 0)))))
		_, err := VerifyExport(strings.NewReader(strings.Join(lines, "")))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestVerifyExportPassesOnReadErrors(t *testing.T) {
	broken := errors.New("disk")
	if _, err := VerifyExport(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("VerifyExport = %v", err)
	}
}

// endless is a line without an end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '{'
	}
	e.read += len(p)
	return len(p), nil
}

func TestALineWithoutAnEndIsGivenUp(t *testing.T) {
	in := &endless{}
	if _, err := VerifyExport(in); err == nil || in.read > maxLine+1<<20 {
		t.Errorf("%d bytes were read: %v", in.read, err)
	}
}

func TestExportOfAnyEntryVerifies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := Start(testStore)
		e, head, err := start.Link(drawEntry(t))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteExport(&b, Header{Store: testStore, From: start, Head: head}, sequence([]Entry{e})); err != nil {
			t.Fatal(err)
		}
		if r, err := VerifyExport(&b); err != nil || r.Head != head {
			t.Fatalf("VerifyExport = %+v, %v", r, err)
		}
	})
}

func TestLongestLineFits(t *testing.T) {
	worst := func(n int) string { return strings.Repeat("\u2028", n/3) } // six bytes in JSON for three
	e := sample()
	e.Operator, e.Note = worst(MaxText), worst(MaxNote)
	e.Subjects = slices.Repeat([]string{worst(MaxSubject)}, MaxSubjects)
	if err := e.Check(); err != nil {
		t.Fatal(err)
	}
	line, err := render(lineOf(e, [32]byte{}))
	if err != nil || len(line) > maxLine {
		t.Fatalf("the longest line has %d bytes, more than %d (%v)", len(line), maxLine, err)
	}
}

func TestWriteExportRefuses(t *testing.T) {
	entries, heads := chainOf(t, 3)
	bad := slices.Clone(entries)
	bad[1].Note = "other"
	good := Header{Store: testStore, From: heads[0], Head: heads[3]}
	for name, c := range map[string]struct {
		h       Header
		entries []Entry
	}{
		"no store":        {Header{From: heads[0], Head: heads[3]}, entries},
		"other store":     {Header{Store: "store-2", From: heads[0], Head: heads[3]}, entries},
		"time before all": {Header{Store: testStore, ExportedAt: -1, From: heads[0], Head: heads[3]}, entries},
		"backwards":       {Header{Store: testStore, From: heads[3], Head: heads[1]}, nil},
		"altered":         {good, bad},
		"too few":         {good, entries[:2]},
		"too many":        {Header{Store: testStore, From: heads[0], Head: heads[2]}, entries},
		"bad entry":       {good, []Entry{{}}},
		"other head":      {Header{Store: testStore, From: heads[0], Head: Head{Seq: 3}}, entries},
	} {
		if err := WriteExport(&bytes.Buffer{}, c.h, sequence(c.entries)); err == nil {
			t.Errorf("%s: written without complaint", name)
		}
	}
	if err := WriteExport(fullDisk{}, good, sequence(entries)); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
}

var errFull = errors.New("no space left")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func FuzzVerifyExport(f *testing.F) {
	f.Add(exportOf(f, 2, 0))
	f.Add(exportOf(f, 2, 1))
	f.Add(gappedExport(f))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := VerifyExport(bytes.NewReader(b))
		for _, g := range r.Gaps {
			r.Entries += g.Last - g.First + 1
		}
		if err == nil && r.Head.Seq-r.After.Seq != r.Entries {
			t.Fatalf("report does not add up: %+v", r)
		}
	})
}
