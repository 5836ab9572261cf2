//go:build campaign

package store_test

import (
	"bufio"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var campaignCalls = flag.Int("calls", 0, "at most so many calls of each kind are made to fail; 0: all")

// faultScript meets each kind of work once, and saves once more at the end.
var faultScript = "single import scrub change undo backup compact rekey single"

// injected are the calls that are made to fail, each with every error it may fail with.
var injected = map[string][]string{
	"pwrite64": {"EIO", "ENOSPC"}, "write": {"EIO", "ENOSPC"}, "fsync": {"EIO", "ENOSPC"}, "fdatasync": {"EIO", "ENOSPC"},
	"ftruncate": {"ENOSPC"}, "renameat": {"EIO"}, "linkat": {"EIO"}, "unlinkat": {"EIO"},
}

// TestCampaignFaults makes each call that writes, syncs or renames fail in turn, and holds what the child said against what
// a later opening finds. The writer of a script is one thread, and strace counts the calls of each thread by itself, so the
// nth call is the same in every run, but for the few that Go's runtime makes.
func TestCampaignFaults(t *testing.T) {
	c := &injecting{t: t, base: loaded(t), script: offered(faultScript)}
	counts := c.count()
	var jobs []injection
	for _, call := range slices.Sorted(maps.Keys(injected)) {
		for _, errno := range injected[call] {
			step := 1
			if *campaignCalls > 0 {
				step = max(1, counts[call] / *campaignCalls)
			}
			for nth := 1; nth <= counts[call]; nth += step {
				jobs = append(jobs, injection{call, errno, nth})
			}
		}
	}
	var wg sync.WaitGroup
	for s := range 2 {
		wg.Go(func() {
			for i := s; i < len(jobs); i += 2 {
				c.run(jobs[i])
			}
		})
	}
	wg.Wait()
	c.figures.log(t)
	if c.figures.n["answered: not saved"] == 0 || c.figures.n["answered: nobody knows"]+c.figures.n["acknowledged"] == 0 {
		t.Error("nothing failed: the campaign sees nothing")
	}
}

// injection is one call made to fail.
type injection struct {
	call, errno string
	nth         int
}

type injecting struct {
	t       *testing.T
	base    string
	script  string
	figures tally
}

// work is a witness on a copy of the store.
func (c *injecting) work() *witness {
	to, err := os.MkdirTemp("", "custos-inject-")
	if err == nil {
		err = os.CopyFS(filepath.Join(to, "store"), os.DirFS(c.base))
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return newWitness(load{Dir: filepath.Join(to, "store"), To: filepath.Join(to, "backups"), Seed: *campaignSeed, Bulk: 12,
		Script: c.script, Alone: true})
}

var counted = regexp.MustCompile(`^\d+ +(\w+)\(`)

// count runs the script without a fault and returns how many of each call its busiest thread makes.
func (c *injecting) count() map[string]int {
	w := c.work()
	defer func() { _ = os.RemoveAll(filepath.Dir(w.Dir)) }()
	recording := filepath.Join(c.t.TempDir(), "calls")
	w.hearOut(c.t, strace(c.t, "-e", "trace="+strings.Join(slices.Sorted(maps.Keys(injected)), ","), "-o", recording))
	f, err := os.Open(recording)
	must(c.t, err)
	defer func() { _ = f.Close() }()
	byThread, most := map[string]int{}, map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		thread, _, _ := strings.Cut(lines.Text(), " ")
		if m := counted.FindStringSubmatch(lines.Text()); m != nil {
			byThread[thread+m[1]]++
			most[m[1]] = max(most[m[1]], byThread[thread+m[1]])
		}
	}
	c.t.Logf("calls without a fault: %v; refused %q", most, w.refused)
	return most
}

// hearOut runs a script to its end.
func (w *witness) hearOut(t *testing.T, command []string) {
	t.Helper()
	cmd, lines := w.start(t, command...)
	cmd.Stderr = nil
	w.rest(lines)
	_ = cmd.Wait()
}

// run makes one call fail.
func (c *injecting) run(i injection) {
	w := c.work()
	args := fmt.Sprintf("inject=%s:error=%s:when=%d", i.call, i.errno, i.nth)
	recording := filepath.Join(filepath.Dir(w.Dir), "calls")
	w.hearOut(c.t, strace(c.t, "-e", "trace="+i.call, "-e", args, "-o", recording))
	c.figures.add("runs", 1)
	c.figures.add("acknowledged", w.acks)
	c.figures.add("answered: not saved", len(w.refused))
	c.figures.add("answered: nobody knows", len(w.unknown))
	if !strings.HasPrefix(w.end, "closed") {
		c.figures.add("runs that ended before their script: "+fmt.Sprintf("%.60s", w.end), 1)
	}
	for _, said := range w.refused {
		c.figures.add("  "+digits.ReplaceAllString(fmt.Sprintf("%.110s", said), "#"), 1)
	}
	w.here = true
	f := append(w.examine(c.t), w.backupsHold(c.t)...)
	if len(f) > 0 {
		c.figures.add("FAULTS", 1)
		c.t.Errorf("%+v: %q; refused %q; the folder is %s", i, f, w.refused, filepath.Dir(w.Dir))
		return
	}
	_ = os.RemoveAll(filepath.Dir(w.Dir))
}

var digits = regexp.MustCompile(`[0-9]+|/tmp/[^ :]*`)
