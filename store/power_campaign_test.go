//go:build campaign

package store_test

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

var campaignImages = flag.Int("images", 2000, "how many images of a disk without power are opened")

// powerScript is what is recorded: every kind of work, in an order in which each meets the others' remains.
var powerScript = strings.Repeat("single import single scrub change backup undo single single check compact single undo "+
	"import scrub rekey single undo backup single scrub single compact import single rekey undo ", 2)

// record runs a load under strace, and returns the recording and what the disk held before it.
func record(t *testing.T, l load, more ...string) (w *witness, before *disk, recording string) {
	t.Helper()
	w, before = newWitness(l), newDisk()
	for _, root := range []string{l.Dir, l.To} {
		if err := before.load(root); err != nil {
			t.Fatal(err)
		}
	}
	recording = filepath.Join(t.TempDir(), "recording")
	command := strace(t, append([]string{"-xx", "-s", "2000000", "-e", "trace=" + traced, "-o", recording}, more...)...)
	cmd, lines := w.start(t, command...)
	w.rest(lines)
	if err := cmd.Wait(); err != nil || len(w.wrong) > 0 || !strings.HasPrefix(w.end, "closed") {
		t.Fatalf("the child: %v, %q, %q", err, w.end, w.wrong)
	}
	return w, before, recording
}

// offered are the names of works that this store knows: others are left out of a script.
func offered(script string) string {
	known := " single import change undo " + wholes + " "
	var names []string
	for _, name := range strings.Fields(script) {
		if strings.Contains(known, " "+name+" ") {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

func TestCampaignPower(t *testing.T) {
	for _, noSync := range []bool{false, true} {
		t.Run(fmt.Sprintf("no sync %v", noSync), func(t *testing.T) { powerCampaign(t, noSync) })
	}
}

func powerCampaign(t *testing.T, noSync bool) {
	l := load{Dir: loaded(t), To: t.TempDir(), Seed: *campaignSeed, Bulk: 400, Script: offered(powerScript)}
	told, before, recording := record(t, l)
	if len(told.refused) > 0 {
		t.Fatalf("refused: %q", told.refused)
	}
	before.noSync = noSync
	images, calls := *campaignImages, 0
	if noSync {
		images /= 20
	}
	count := replay(t, l, before.copy(), recording, func(*witness, *disk) { calls++ })
	c := &imaging{t: t, rng: rand.New(rand.NewPCG(*campaignSeed, 3)), share: float64(images) / float64(calls), fails: noSync}
	c.figures.add("calls that changed files or made them durable", calls)
	c.figures.add("acknowledged in the recording", count.acks)
	replay(t, l, before, recording, c.step)
	c.wg.Wait()
	c.figures.log(t)
	if noSync && c.figures.n["images with FAULTS"] == 0 {
		t.Error("no image of a disk that was never synced shows a fault: the test sees nothing")
	}
}

// imaging opens images of a disk, two at a time.
type imaging struct {
	t       *testing.T
	rng     *rand.Rand
	share   float64 // images for each call
	fails   bool    // it is the control: faults are what is looked for
	figures tally
	wg      sync.WaitGroup
	turns   [2]sync.Mutex
	n       int
}

// step makes as many images as fall to a call.
func (c *imaging) step(w *witness, d *disk) {
	for share := c.share; share > 0 && c.rng.Float64() < share; share-- {
		image := c.image(w, d)
		turn := &c.turns[c.n%len(c.turns)]
		c.n++
		turn.Lock()
		c.wg.Go(func() {
			defer turn.Unlock()
			defer func() { _ = os.RemoveAll(filepath.Dir(image.Dir)) }()
			c.judge(image, append(image.examine(c.t), image.backupsHold(c.t)...))
		})
	}
}

// image is a witness of what was said so far whose folders are those of an image.
func (c *imaging) image(w *witness, d *disk) *witness {
	to, err := os.MkdirTemp("", "custos-image-")
	if err != nil {
		c.t.Fatal(err)
	}
	image := w.clone()
	image.Dir, image.To = filepath.Join(to, "store"), filepath.Join(to, "backups")
	folders := map[string]string{w.Dir: image.Dir, w.To: image.To}
	if err := d.image(c.rng, folders); err != nil {
		c.t.Fatal(err)
	}
	for i, path := range image.backups {
		image.backups[i] = moved(path, folders)
	}
	return image
}

func (c *imaging) judge(image *witness, f faults) {
	c.figures.add("images", 1)
	if len(f) == 0 {
		return
	}
	c.figures.add("images with FAULTS", 1)
	if c.fails {
		c.figures.add(fmt.Sprintf("  such as %.70s", f[0]), 1)
		return
	}
	c.t.Errorf("%q, while at %v; a copy is in %s", f, slices.Collect(maps.Values(image.trying)), keep(c.t, filepath.Dir(image.Dir)))
}

// replay plays a recording on a disk and tells a witness what was said meanwhile.
func replay(t *testing.T, l load, d *disk, recording string, step func(*witness, *disk)) *witness {
	t.Helper()
	f, err := os.Open(recording)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	w := newWitness(l)
	p := newPlayer(d, w.hear, l.Dir, l.To)
	if err := p.play(io.Reader(f), func() { step(w, d) }); err != nil {
		t.Fatal(err)
	}
	return w
}

func (d *disk) copy() *disk {
	c := newDisk()
	for path, n := range d.names {
		m := &inode{now: append([]byte(nil), n.now...), disk: append([]byte(nil), n.disk...)}
		c.names[path], c.durable[path] = m, m
	}
	c.noSync = d.noSync
	return c
}
