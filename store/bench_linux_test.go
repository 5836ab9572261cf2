package store

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// dataSync makes a file's bytes durable, as bolt does it.
func dataSync(f *os.File) error { return unix.Fdatasync(int(f.Fd())) }

// dropCache makes the next reading of a file come from the disk.
func dropCache(b *testing.B, path string) {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	if err := unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		b.Fatal(err)
	}
}
