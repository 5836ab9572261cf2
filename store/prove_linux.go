package store

import (
	"os"

	"golang.org/x/sys/unix"
)

// readBack makes the next reading of a file that is on the disk come from there, and not from memory.
func readBack(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }
