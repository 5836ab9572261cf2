package store

import (
	"slices"

	"golang.org/x/sys/unix"
)

// networkFS names the network file system a folder lies on, "" for a local one.
func networkFS(dir string) string {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return ""
	}
	name := unix.ByteSliceToString(s.Fstypename[:])
	remote := []string{"nfs", "smbfs", "afpfs", "webdav", "ftp", "macfuse", "osxfuse", "fusefs"}
	if slices.Contains(remote, name) || s.Flags&unix.MNT_LOCAL == 0 {
		return name
	}
	return ""
}
