//go:build !linux

package store

import "os"

// readBack cannot be asked of this system: what was just written may be read from memory.
func readBack(*os.File) {}
