package desk

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/exchange/table"
	"custos/internal/register"
)

// TestAFullDiskLeavesNothing: what does not fit is said so, and no half of it
// stays.
func TestAFullDiskLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := Files{}.newOut(filepath.Join(dir, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.part.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(f.part.Name()); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/full", f.part.Name()); err != nil {
		t.Fatal(err)
	}
	if f.part, err = os.OpenFile(f.part.Name(), os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	_, err = f.Write([]byte("name\r\n"))
	if register.KindOf(err) != register.Refused || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("%v", err)
	}
	l := listing{columns: []string{"name"}}
	write := func(w io.Writer) error { return l.write(table.CSV, w) }
	err = (&Seat{}).record(t.Context(), leaving{write: write}, nil, f)
	if want := "to: " + f.to + " does not fit: the disk is full"; err == nil || err.Error() != want {
		t.Errorf("%v, not %s", err, want)
	}
	f.Drop()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
