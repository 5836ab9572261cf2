package store_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sector is what a disk writes all of or nothing.
const sector = 512

// disk is what a program did to files, and what of it a disk must still have when the power fails: what was synced, in
// folders too. Of the rest each write may be there, be lost, or be there in part, sector by sector, in any order; what was
// done to names is there up to any point.
type disk struct {
	names   map[string]*inode // as the program sees them
	durable map[string]*inode
	pending []map[string]*inode // what the names became after each thing done to them since they were synced

	noSync bool // control: nothing is ever made durable
}

// inode is a file, whatever it is called.
type inode struct {
	now     []byte // as the program sees it
	disk    []byte
	pending []unsynced
	torn    []unsynced // as pending, but a sync failed: no later one makes these durable
}

// unsynced is a write that was not synced yet, or a new size.
type unsynced struct {
	at   int64
	data []byte // nil: the file gets the size at
}

func newDisk() *disk {
	return &disk{names: map[string]*inode{}, durable: map[string]*inode{}}
}

// load takes the files of a folder for what is on the disk.
func (d *disk) load(root string) error {
	return filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		n := &inode{now: b, disk: bytes.Clone(b)}
		d.names[path], d.durable[path] = n, n
		return err
	})
}

func (u unsynced) apply(b []byte) []byte {
	if u.data == nil {
		return resize(b, u.at)
	}
	if end := u.at + int64(len(u.data)); end > int64(len(b)) {
		b = resize(b, end)
	}
	copy(b[u.at:], u.data)
	return b
}

// covers reports whether a write leaves nothing of another.
func (u unsynced) covers(other unsynced) bool {
	return other.data != nil && u.at <= other.at && other.at+int64(len(other.data)) <= u.at+int64(len(u.data))
}

func resize(b []byte, size int64) []byte {
	if size <= int64(len(b)) {
		return b[:size]
	}
	return append(b, make([]byte, size-int64(len(b)))...)
}

func (n *inode) write(u unsynced) {
	n.now = u.apply(n.now)
	n.pending = append(n.pending, u)
}

// sync makes a file durable; one that failed leaves what it should have written to chance for good.
func (d *disk) sync(n *inode, failed bool) {
	if d.noSync {
		return
	}
	if failed {
		n.torn, n.pending = append(n.torn, n.pending...), nil
		return
	}
	for _, u := range n.pending {
		n.disk = u.apply(n.disk)
		n.torn = slices.DeleteFunc(n.torn, func(former unsynced) bool { return u.covers(former) })
	}
	n.pending = nil
}

// image writes what the disk may hold if the power fails now: the files below each folder into the one it is mapped to.
func (d *disk) image(rng *rand.Rand, folders map[string]string) error {
	names := d.durable
	if i := rng.IntN(len(d.pending) + 1); i > 0 {
		names = d.pending[i-1]
	}
	luck := []int{rng.IntN(5), rng.IntN(5), rng.IntN(5)}
	for _, path := range slices.Sorted(maps.Keys(names)) {
		at := moved(path, folders)
		if at == "" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(at, names[path].image(rng, luck), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// moved is where a path lies in the folder its own is mapped to; empty: in none.
func moved(path string, folders map[string]string) string {
	for from, to := range folders {
		if rest, below := strings.CutPrefix(path, from+"/"); below {
			return filepath.Join(to, rest)
		}
	}
	return ""
}

// image is what may be left of a file: each unsynced write kept, lost or torn, as the luck of this image has it.
func (n *inode) image(rng *rand.Rand, luck []int) []byte {
	b := bytes.Clone(n.disk)
	for _, u := range slices.Concat(n.torn, n.pending) {
		sum := luck[0] + luck[1] + luck[2]
		switch pick := rng.IntN(max(sum, 1)); {
		case pick < luck[0]:
			b = u.apply(b)
		case pick < luck[0]+luck[1] || u.data == nil:
		default:
			b = u.tear(rng, b)
		}
	}
	return b
}

// tear applies some sectors of a write.
func (u unsynced) tear(rng *rand.Rand, b []byte) []byte {
	for from := int64(0); from < int64(len(u.data)); {
		to := min(from+sector-(u.at+from)%sector, int64(len(u.data)))
		if rng.IntN(2) == 0 {
			b = unsynced{u.at + from, u.data[from:to]}.apply(b)
		}
		from = to
	}
	return b
}
