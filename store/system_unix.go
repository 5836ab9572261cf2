//go:build unix

package store

import (
	"errors"

	"golang.org/x/sys/unix"
)

const folderSyncUnknown = false

// initialMap is how much address space bolt maps at once, so that a reader never holds a growing file up.
func initialMap() int { return mapSize }

func diskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

func readOnlyFS(err error) bool { return errors.Is(err, unix.EROFS) }
