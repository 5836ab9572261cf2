package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

const writerArg = "write-until-killed"

// writeUntilKilled opens a store and adds people from two goroutines, printing the number of each that is acknowledged.
func writeUntilKilled(dir string) int {
	db, err := store.Open(ctx, dir, credential(), storetest.Options())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("open")
	begin := db.Info().Counts["delegates"] + 1000
	var wg sync.WaitGroup
	for g := range 2 {
		wg.Go(func() {
			for n := begin + g; ; n += 2 {
				c := storetest.By(register.DelegateAdd)
				c.Undoable = n%3 == 0
				_, err := db.Update(ctx, c, func(tx *store.Tx) error { return tx.Delegates().Put(person(n)) })
				if err != nil {
					return
				}
				fmt.Println(n)
			}
		})
	}
	wg.Wait()
	return 1
}

// startWriter runs writeUntilKilled in a child and reads its lines.
func startWriter(t *testing.T, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, writerArg, dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the writer says %q", lines.Text())
	}
	return cmd, lines
}

func TestNothingAcknowledgedIsLostWhenTheProcessIsKilled(t *testing.T) {
	dir, _ := closedStore(t)
	acknowledged := map[int]bool{}
	for round := range 8 {
		cmd, lines := startWriter(t, dir)
		for range 5 + 7*round {
			if !lines.Scan() {
				t.Fatal("the writer stopped by itself")
			}
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatalf("the writer says %q", lines.Text())
			}
			acknowledged[n] = true
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it had still acknowledged
			if n, err := strconv.Atoi(lines.Text()); err == nil {
				acknowledged[n] = true
			}
		}
		_ = cmd.Wait()
		db, err := store.Open(ctx, dir, credential(), withChild(t))
		if err != nil {
			t.Fatalf("after kill %d: %v", round, err)
		}
		for n := range acknowledged {
			if row, ok := db.Person(person(n).ID); !ok || row.Name != person(n).Name {
				t.Errorf("after kill %d: person %d was acknowledged and is lost", round, n)
			}
		}
		storetest.Close(t, db)
	}
}

func TestTwoProcessesCannotHaveOneStore(t *testing.T) {
	dir, _ := closedStore(t)
	cmd, lines := startWriter(t, dir)
	_, err := store.Open(ctx, dir, credential(), storetest.Options())
	if register.KindOf(err) != register.Locked || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("got %v, want Locked naming process %d", err, cmd.Process.Pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		continue
	}
	_ = cmd.Wait()
	if err := openAndClose(t, dir, credential(), storetest.Options()); err != nil {
		t.Errorf("after the holder died: %v", err)
	}
}
