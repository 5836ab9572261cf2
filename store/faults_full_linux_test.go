package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"

	"golang.org/x/sys/unix"
)

const (
	limitArg  = "work-below-a-limit"
	accessArg = "work-without-access"
	nobody    = 65534
)

// limitMain works a script while no file may grow beyond a size.
func limitMain(size, arg string) int {
	n, err := strconv.ParseUint(size, 10, 63)
	if err == nil {
		err = unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: n, Max: n})
	}
	if err != nil {
		fmt.Println("not open:", err)
		return 1
	}
	return workMain(arg)
}

// Files that may not grow are a disk that is full at another place each time: what is answered is what is found, and
// there is room again for what needs none.
func TestAFileThatMayNotGrowIsNoLoss(t *testing.T) {
	w := newWitness(load{Dir: loaded(t), To: t.TempDir(), Bulk: 200, Alone: true,
		Script: "single import scrub compact rekey backup change single"})
	exe, err := os.Executable()
	must(t, err)
	acks, refused := 0, 0
	for _, size := range []int{1 << 20, 1<<20 + 1<<18, 3 << 20} {
		w.Seed++
		arg, err := json.Marshal(w.load)
		must(t, err)
		said, _ := exec.Command(exe, limitArg, fmt.Sprint(size), string(arg)).Output()
		for line := range strings.Lines(string(said)) {
			w.hear(strings.TrimSuffix(line, "\n"))
		}
		w.here = true
		for _, fault := range w.examine(t) {
			t.Errorf("below %d bytes: %s", size, fault)
		}
		acks, refused = acks+w.acks, refused+len(w.refused)
		w.acks, w.refused = 0, nil
	}
	if acks == 0 || refused == 0 {
		t.Errorf("%d answered saved, %d not saved: the limits are not felt", acks, refused)
	}
}

// A disk that is really full, where one may be mounted.
func TestAFullDiskRefusesAndGoesOnWhenThereIsRoom(t *testing.T) {
	disk := t.TempDir()
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Logf("nothing can be mounted here (%v): files that may not grow stand for a full disk", err)
		return
	}
	t.Cleanup(func() { must(t, unix.Unmount(disk, unix.MNT_DETACH)) })
	db, _, err := store.Create(filepath.Join(disk, "store"), storetest.Setup(), storetest.Options())
	must(t, err)
	ballast := filepath.Join(disk, "ballast")
	must(t, os.WriteFile(ballast, make([]byte, 1<<20), 0o600))
	saved := 0
	for err = nil; err == nil && saved < 200_000; {
		if err = addMany(db, saved, 200); err == nil {
			saved += 200
		}
	}
	var e *register.Error
	if !errors.As(err, &e) || e.Kind != register.Refused || !strings.Contains(err.Error(), "disk is full, nothing was saved") {
		t.Fatalf("after %d people: %v", saved, err)
	}
	if _, err := db.Compact(ctx); register.KindOf(err) != register.Refused {
		t.Errorf("compacting a full disk: %v, want it refused", err)
	}
	must(t, os.Remove(ballast))
	must(t, addMany(db, saved, 100))
	must(t, db.Info().HeadError)
	storetest.Close(t, db)
	again, err := store.Open(ctx, db.Path(), credential(), storetest.Options())
	must(t, err)
	if n := again.Info().Counts["delegates"]; n != saved+100 {
		t.Errorf("%d people, want %d", n, saved+100)
	}
	storetest.Close(t, again)
}

func addMany(db *store.DB, from, n int) error {
	_, err := db.Update(ctx, storetest.By(register.DelegateAdd), func(tx *store.Tx) error {
		for i := range n {
			if err := tx.Delegates().Put(person(from + i)); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// accessMain is somebody without rights whose folder is closed while the store is open in it.
func accessMain(dir string) int {
	if os.Getuid() == 0 {
		if err := errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	db, err := store.Open(ctx, dir, credential(), storetest.Options())
	say := func(what string, err error) { fmt.Printf("%s: %v\n", what, err) }
	say("open", err)
	if err != nil {
		return 1
	}
	say("before", tryAdd(db, 1))
	say("closing the folder", os.Chmod(dir, 0))
	say("closed", tryAdd(db, 2))
	say("opening the folder", os.Chmod(dir, 0o700))
	say("closing the file", os.Chmod(filepath.Join(dir, "store.db"), 0))
	say("after", tryAdd(db, 3))
	say("opening the file", os.Chmod(filepath.Join(dir, "store.db"), 0o600))
	say("end", db.Close())
	return 0
}

func TestPermissionLostWhileOpenIsRefusedAndComesBack(t *testing.T) {
	dir := loaded(t)
	for path := dir; path != os.TempDir() && path != "/"; path = filepath.Dir(path) {
		must(t, os.Chmod(path, 0o755))
	}
	if os.Getuid() == 0 {
		for _, name := range []string{"", "store.db", "head", "store.lock"} {
			must(t, os.Chown(filepath.Join(dir, name), nobody, nobody))
		}
	}
	exe, err := os.Executable()
	must(t, err)
	out, err := exec.Command(exe, accessArg, dir).CombinedOutput()
	must(t, err)
	for line := range strings.Lines(string(out)) {
		what, said, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if what == "closed" {
			if !strings.Contains(said, "cannot be reached") || !strings.Contains(said, "nothing was saved") {
				t.Errorf("while the folder was closed: %s", said)
			}
		} else if said != "<nil>" {
			t.Errorf("%s: %s", what, said)
		}
	}
	db, err := store.Open(ctx, dir, credential(), storetest.Options())
	must(t, err)
	if n := db.Info().Counts["delegates"]; n != 2 {
		t.Errorf("%d people, want the 2 that were acknowledged; the child said:\n%s", n, out)
	}
	storetest.Close(t, db)
}
