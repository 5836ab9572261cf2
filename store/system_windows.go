package store

import (
	"errors"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// folderSyncUnknown: a folder cannot be synced on Windows; its names are journalled.
const folderSyncUnknown = true

// initialMap is 0 on Windows, where mapping more than the file holds makes the file as big as the map.
func initialMap() int { return 0 }

func diskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func readOnlyFS(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// networkFS names the network file system a folder lies on, "" for a local one.
func networkFS(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	root := filepath.VolumeName(abs) + `\`
	p, err := windows.UTF16PtrFromString(root)
	if err == nil && windows.GetDriveType(p) == windows.DRIVE_REMOTE {
		return "network"
	}
	return ""
}
