package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"custos/store"
	"custos/store/storetest"
)

// outage works on a store and cuts the power now and then. What bolt writes is derived from the file before and after each
// commit: the pages that changed, a sync, the header, a sync, as bolt documents it. The campaign records the calls.
type outage struct {
	t      *testing.T
	w      *witness
	d      *disk
	db     *store.DB
	rng    *rand.Rand
	before []byte

	failing bool // the sync of the next header fails

	images int
	child  bool // images are opened by a child, for they may kill whoever opens them
	faults faults
}

func newOutage(t *testing.T, seed uint64, noSync bool) *outage {
	w := newWitness(load{Dir: loaded(t), Seed: seed, Lanes: "sbw", Bulk: 40, Whole: "scrub"})
	db, err := store.Open(ctx, w.Dir, credential(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	o := &outage{t: t, w: w, d: newDisk(), db: db, rng: rand.New(rand.NewPCG(seed, 1)), child: noSync}
	o.d.noSync = noSync
	if err := o.d.load(w.Dir); err != nil {
		t.Fatal(err)
	}
	db.OnCommit(func(commit, _ func() error) error {
		o.before = o.read("store.db")
		err, failing := commit(), o.failing
		o.failing = false
		o.committed(failing)
		if failing {
			err = errors.Join(err, errIO)
		}
		return err
	})
	db.OnHeaderSync(func(sync func() error) error { err := sync(); o.headerAgain(); return err })
	return o
}

// headerAgain takes in that the newest header was written over itself, and synced.
func (o *outage) headerAgain() {
	n, size, newest := o.inode("store.db"), os.Getpagesize(), 0
	txid := func(at int) uint64 { return binary.NativeEndian.Uint64(n.now[at+16+48:]) }
	if txid(size) > txid(0) {
		newest = size
	}
	n.write(unsynced{int64(newest), bytes.Clone(n.now[newest : newest+size])})
	o.cut()
	o.d.sync(n, false)
	o.cut()
}

func (o *outage) read(name string) []byte {
	o.t.Helper()
	b, err := os.ReadFile(filepath.Join(o.w.Dir, name))
	if err != nil {
		o.t.Fatal(err)
	}
	return b
}

func (o *outage) inode(name string) *inode { return o.d.names[filepath.Join(o.w.Dir, name)] }

// committed takes in what a commit wrote, of which the header was perhaps not synced.
func (o *outage) committed(failed bool) {
	after, n, size := o.read("store.db"), o.inode("store.db"), os.Getpagesize()
	if len(after) != len(o.before) {
		n.write(unsynced{at: int64(len(after))})
		o.cut()
		o.d.sync(n, false)
	}
	o.pages(n, after, 2*size, len(after))
	o.d.sync(n, false)
	o.cut()
	o.pages(n, after, 0, 2*size)
	o.cut()
	o.d.sync(n, failed)
	o.cut()
}

// pages writes the pages of a range that changed.
func (o *outage) pages(n *inode, after []byte, from, to int) {
	size := os.Getpagesize()
	for at := from; at < to; at += size {
		if !bytes.Equal(n.now[at:at+size], after[at:at+size]) {
			n.write(unsynced{int64(at), bytes.Clone(after[at : at+size])})
			o.cut()
		}
	}
}

// work does an operation of a lane, and takes in what was written besides.
func (o *outage) work(lane byte, number int, op operation) {
	o.t.Helper()
	o.w.hear(fmt.Sprintf("try %c %d %s", lane, number, op.name))
	if _, err := op.do(o.db); err != nil {
		o.t.Fatal(err)
	}
	if op.name == "scrub" {
		n := o.inode("store.db")
		o.pages(n, o.read("store.db"), 0, len(n.now))
		o.d.sync(n, false)
	}
	head := o.inode("head")
	for at := 0; at < len(head.now); at += sector {
		if b := o.read("head")[at : at+sector]; !bytes.Equal(head.now[at:at+sector], b) {
			head.write(unsynced{int64(at), b})
		}
	}
	o.w.hear(fmt.Sprintf("ok %c %d", lane, number))
	o.cut()
}

// cut makes an image, now and then, and holds what is found in it against what was said so far.
func (o *outage) cut() {
	if o.rng.IntN(9) == 0 && !(o.child && len(o.faults) > 0) {
		o.open()
	}
}

func (o *outage) open() {
	o.t.Helper()
	o.images++
	w := o.w.clone()
	w.Dir, w.here = filepath.Join(o.t.TempDir(), "image"), !o.child
	if err := o.d.image(o.rng, map[string]string{o.w.Dir: w.Dir}); err != nil {
		o.t.Fatal(err)
	}
	for _, f := range w.examine(o.t) {
		o.faults.add("image %d: %s", o.images, f)
	}
	if err := os.RemoveAll(w.Dir); err != nil {
		o.t.Fatal(err)
	}
}

// run works until there were so many images.
func (o *outage) run(images int) {
	for n := 0; o.images < images && (!o.child || len(o.faults) == 0); n++ {
		for _, lane := range []byte("ssssbw") {
			o.work(lane, n, o.w.next(lane, n, o.w.have[lane]))
		}
	}
}

// clone is a witness of the same things, to be used up.
func (w *witness) clone() *witness {
	c := *w
	c.wrong, c.backups = slices.Clone(w.wrong), slices.Clone(w.backups)
	c.have, c.trying, c.unknown = maps.Clone(w.have), maps.Clone(w.trying), maps.Clone(w.unknown)
	return &c
}

func TestNothingAcknowledgedIsLostWhenThePowerFails(t *testing.T) {
	o := newOutage(t, 1, false)
	o.run(store.Rounds(48, 12))
	for _, f := range o.faults {
		t.Error(f)
	}
}

// What an error left in doubt and the store then called saved is on the disk: a sync that failed is not made good by the
// next one that does not.
func TestWhatIsSavedInSpiteOfAnErrorIsOnTheDisk(t *testing.T) {
	o := newOutage(t, 3, false)
	for n := range store.Rounds(12, 3) {
		o.failing = true
		o.work('s', n, o.w.next('s', n, o.w.have['s']))
		o.open()
	}
	for _, f := range o.faults {
		t.Error(f)
	}
}

// The control: a program that never syncs loses what it acknowledged, or all of the store.
func TestADiskThatIsNeverSyncedIsSeenToLose(t *testing.T) {
	o := newOutage(t, 1, true)
	o.run(40)
	if len(o.faults) == 0 {
		t.Errorf("%d images of a disk that was never synced are all whole: the test sees nothing", o.images)
	}
}
