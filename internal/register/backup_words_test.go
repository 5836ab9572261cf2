package register

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestSafekeepingIsChecked(t *testing.T) {
	root, err := filepath.Abs("/")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		to      string
		minutes int
		field   string
	}{
		{"", 0, ""}, {filepath.Join(root, "media", "stick"), -1, ""}, {"", 1, ""}, {"", 720, ""},
		{"stick", 0, "to"}, {"./stick", 0, "to"}, {"", -2, "lock_minutes"}, {"", 721, "lock_minutes"},
	} {
		var got string
		if err := CheckSafekeeping(c.to, c.minutes); err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Kind != Invalid {
				t.Fatal(err)
			}
			got = e.Field
		}
		if got != c.field {
			t.Errorf("%q, %d: refused for %q, want %q", c.to, c.minutes, got, c.field)
		}
	}
}

func TestSafekeepingInWords(t *testing.T) {
	today := on("2026-11-23")
	s := &Settings{}
	if k := s.KeepSafe(nil, today); !k.Due || k.Days != -1 || k.Words() != "There is no backup. None is made by itself." {
		t.Errorf("%+v: %s", k, k.Words())
	}
	s.BackupTo = "/stick"
	old, future, gone := backupOf(on("2026-11-20"), 9), backupOf(on("2031-01-01"), 9), backupOf(on("2026-11-22"), 9)
	gone.Removed = gone.At
	k := s.KeepSafe([]Backup{future, old, gone}, today)
	if k.Days != 3 || !k.Last.Equal(old.At) || k.Count != 2 || !k.Due || !k.Automatic {
		t.Errorf("%+v", k)
	}
	k.Trouble, k.Waiting = "The stick is not there.", []string{"/a", "/b"}
	want := "The last backup is 3 days old, of 20 November 2026. The stick is not there." +
		" 2 backup folders have not been told the newest keys and refusals."
	if k.Words() != want {
		t.Error(k.Words())
	}
	k = s.KeepSafe([]Backup{backupOf(today, 9)}, today)
	if k.Trouble = "It was not there."; k.Due || strings.Contains(k.Words(), k.Trouble) {
		t.Errorf("%+v: trouble that is over is told: %s", k, k.Words())
	}
}
