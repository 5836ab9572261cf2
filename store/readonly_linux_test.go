package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A real read-only medium: needs the right to mount one.
func TestAStoreOnAReadOnlyMountIsOpenedForReading(t *testing.T) {
	dir, o := sample(t)
	medium := t.TempDir()
	if err := unix.Mount("tmpfs", medium, "tmpfs", 0, "size=16m"); err != nil {
		t.Skipf("nothing can be mounted here: %v", err)
	}
	defer func() { _ = unix.Unmount(medium, unix.MNT_DETACH) }()
	for _, name := range []string{dbFile, headFile} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err := errors.Join(err, os.WriteFile(filepath.Join(medium, name), b, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := unix.Mount("", medium, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	t.Run("looking", func(t *testing.T) {
		db := openLookingOnly(t, medium, o)
		if db.WhyReadOnly() != lookingMedium {
			t.Errorf("read-only because %q", db.WhyReadOnly())
		}
		refusesChanges(t, db)
		mustCheck(t, db)
	})
}
