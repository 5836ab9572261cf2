package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"testing"
)

// ExchangeArg makes the test binary a child that exchanges a store's file and waits, at every step, to be killed or told
// to go on.
const ExchangeArg = "exchange-until-killed"

// ExchangeUntilKilled is that child: it seals a store anew, or compacts it, and prints every step it comes to.
func ExchangeUntilKilled(dir, what string) int {
	db, err := Open(context.Background(), dir, testCredential(), testOptions())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	told := bufio.NewReader(os.Stdin)
	db.opts.step = func(step string) {
		fmt.Println(step)
		_, _ = told.ReadString('\n')
	}
	if what == "compact" {
		_, err = db.Compact(context.Background())
	} else {
		_, err = db.Rekey(context.Background(), rekeying(), byAdmin())
	}
	if err := errors.Join(err, db.Close()); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// killedAt runs the child on a store and kills it when it comes to a step.
func killedAt(t *testing.T, dir, what, step string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, ExchangeArg, dir, what)
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	came := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if came = lines.Text() == step; came {
			break
		}
		if _, err := io.WriteString(in, "\n"); err != nil {
			t.Fatalf("the child went away at %q: %v", lines.Text(), err)
		}
	}
	if !came {
		t.Errorf("the child never came to %q", step)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

func TestAStoreWhoseExchangeIsKilledOpensWithTheOldOrTheNewKey(t *testing.T) {
	for _, what := range []string{"rekey", "compact"}[:Rounds(2, 1)] {
		steps := exchangeSteps(what == "rekey")
		dir, o := sample(t)
		for _, step := range steps {
			old := generationOf(t, dir)
			killedAt(t, dir, what, step)
			after := slices.Index(steps, step) >= slices.Index(steps, "in place")
			if fresh := generationOf(t, dir) != old; fresh != (after && what == "rekey") {
				t.Errorf("%s killed at %q: the key is new: %v", what, step, fresh)
			}
			wantTidy(t, dir)
			db, err := Open(context.Background(), dir, testCredential(), o)
			if err != nil {
				t.Fatalf("%s killed at %q: %v", what, step, err)
			}
			mustCheck(t, db)
			for n := range 30 {
				if _, ok := db.Person(someone(n).ID); !ok {
					t.Errorf("%s killed at %q: person %d is lost", what, step, n)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// generationOf opens a store, which finishes or undoes what was interrupted, and returns the name of its key.
func generationOf(t *testing.T, dir string) string {
	t.Helper()
	db, err := Open(context.Background(), dir, testCredential(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return db.keys.generation()
}
