package store

import (
	"custos/internal/register"

	"github.com/shirou/gopsutil/v4/disk"
)

// freeSpace is how many bytes this account may still write to the disk a folder lies on.
func freeSpace(dir string) (uint64, error) {
	u, err := disk.Usage(dir)
	if err != nil {
		return 0, register.Errorf(register.Refused, "disk", "nobody can tell how much room is left in %s: %w", dir, err)
	}
	return u.Free, nil
}

// needSpace is a Refused error where a folder's disk has no room for so many bytes.
func (o *Options) needSpace(dir string, bytes int64) error {
	free := freeSpace
	if o.space != nil {
		free = o.space
	}
	left, err := free(dir)
	if err != nil {
		return err
	}
	if bytes < 0 || uint64(bytes) > left {
		return register.Errorf(register.Refused, "disk", "there is room for %d MB in %s, and %d MB are needed; nothing was written",
			left>>20, dir, uint64(bytes)>>20+1)
	}
	return nil
}
