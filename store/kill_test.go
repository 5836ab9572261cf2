package store_test

import (
	"strconv"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// wholes is the work on the whole store that a load may do.
const wholes = "scrub check compact rekey backup"

func TestNothingAcknowledgedIsLostWhenTheProcessIsKilled(t *testing.T) {
	w := newWitness(load{Dir: loaded(t), To: t.TempDir(), Lanes: "stbw", Bulk: 150, Whole: wholes})
	for round := range store.Rounds(8, 3) {
		w.Seed = uint64(round)
		w.killAfter(t, 5+11*round)
		for _, fault := range w.examine(t) {
			t.Errorf("after kill %d: %s", round, fault)
		}
	}
	if w.acks < store.Rounds(50, 5) || len(w.refused) > 0 {
		t.Errorf("%d changes acknowledged, refused: %v", w.acks, w.refused)
	}
}

// The control: a child that says "ok" before it saves loses what it said, and the witness sees it.
func TestAPrematureAcknowledgementIsSeenToBeLost(t *testing.T) {
	w := newWitness(load{Dir: loaded(t), Lanes: "s", Early: true})
	w.killAfter(t, 1)
	if f := w.examine(t); len(f) != 1 || !strings.Contains(f[0], "2 are lost") {
		t.Errorf("found %q, want the two records of the first change lost", f)
	}
}

func TestTwoProcessesCannotHaveOneStore(t *testing.T) {
	w := newWitness(load{Dir: loaded(t), Lanes: "s"})
	cmd, lines := w.start(t)
	opened(t, lines)
	_, err := store.Open(ctx, w.Dir, credential(), storetest.Options())
	if register.KindOf(err) != register.Locked || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("got %v, want Locked naming process %d", err, cmd.Process.Pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	w.rest(lines)
	_ = cmd.Wait()
	for _, fault := range w.examine(t) {
		t.Errorf("after the holder died: %s", fault)
	}
}
