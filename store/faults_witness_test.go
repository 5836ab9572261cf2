package store_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// witness hears what a child under load says, and holds the store to it afterwards.
type witness struct {
	load
	have     map[byte]records   // what was acknowledged
	trying   map[byte]operation // what was begun and not answered
	unknown  map[byte][]records // what the child was told that nobody knows
	acks     int
	refused  []string // answers that were errors
	wrong    []string // what was never to be said
	backups  []string // that were acknowledged: paths of manifests
	recovery string   // the newest recovery key acknowledged
	end      string   // the last line, where the script came to its end
	here     bool     // opens the store without a child
}

func newWitness(l load) *witness {
	return &witness{load: l, have: map[byte]records{}, trying: map[byte]operation{}, unknown: map[byte][]records{}}
}

// hear takes a line of the child in.
func (w *witness) hear(line string) {
	what, rest, _ := strings.Cut(line, " ")
	if what == "open" || what == "not" || what == "closed" {
		w.end = line
		return
	}
	if what == "wrong" {
		w.wrong = append(w.wrong, line)
		return
	}
	where, rest, _ := strings.Cut(rest, " ")
	number, said, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil || len(where) != 1 {
		return // cut off by the kill
	}
	lane := where[0]
	op, begun := w.trying[lane]
	if !begun {
		op = w.next(lane, n, w.have[lane])
	}
	delete(w.trying, lane)
	switch what {
	case "try":
		w.trying[lane] = op
	case "ok":
		w.ok(lane, op, said)
	case "unknown":
		w.unknown[lane] = append(w.unknown[lane], op.after)
	case "no":
		w.refused = append(w.refused, op.name+": "+said)
		if strings.Contains(said, "WRONG") {
			w.wrong = append(w.wrong, line)
		}
	}
}

func (w *witness) ok(lane byte, op operation, said string) {
	w.acks++
	if op.after != nil {
		w.have[lane] = op.after
	}
	switch op.name {
	case "backup":
		w.backups = append(w.backups, said)
	case "rekey":
		w.recovery = said
	}
}

// start runs the child, and returns once the store is open in it.
func (w *witness) start(t testing.TB, wrap ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	arg, err := json.Marshal(w.load)
	if err != nil {
		t.Fatal(err)
	}
	argv := append(append([]string{}, wrap...), exe, loadArg, string(arg))
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil { // stays open: a child that waits for a byte waits for good

		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	return cmd, lines
}

// opened waits for the child's first line.
func opened(t testing.TB, lines *bufio.Scanner) {
	t.Helper()
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the child says %q", lines.Text())
	}
}

// killAfter runs the child and kills it when it has said so many lines.
func (w *witness) killAfter(t testing.TB, n int) {
	t.Helper()
	cmd, lines := w.start(t)
	opened(t, lines)
	for range n {
		if !lines.Scan() {
			t.Fatalf("the child stopped by itself; refused %v, wrong %v", w.refused, w.wrong)
		}
		w.hear(lines.Text())
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	w.rest(lines)
	_ = cmd.Wait()
}

// rest hears what the child still said.
func (w *witness) rest(lines *bufio.Scanner) {
	for lines.Scan() {
		w.hear(lines.Text())
	}
}

// faults are what a witness found wrong, as sentences.
type faults []string

func (f *faults) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// lockTries is how often a locked store is tried again: what a killed child was about to start holds its files open until
// it has begun.
const lockTries = 500

// examine opens the store, checks all of it and holds it to what the child said. What the witness knows is then what the
// store holds.
func (w *witness) examine(t testing.TB) faults {
	t.Helper()
	f := faults(w.wrong)
	o := withChild(t)
	if w.here {
		o.Verifier = nil
	}
	db, err := store.Open(ctx, w.Dir, credential(), o)
	for range lockTries {
		if register.KindOf(err) != register.Locked {
			break
		}
		time.Sleep(10 * time.Millisecond)
		db, err = store.Open(ctx, w.Dir, credential(), o)
	}
	if err != nil {
		f.add("the store does not open: %v", err)
		return f
	}
	defer func() {
		if err := db.Close(); err != nil {
			f.add("closing: %v", err)
		}
	}()
	report, err := db.Check(ctx)
	if err != nil {
		f.add("checking: %v", err)
	}
	for _, found := range report.Findings {
		f.add("a finding: %s", found)
	}
	all, err := held(db)
	if err != nil {
		f.add("reading: %v", err)
	}
	for _, lane := range []byte("stub") {
		if all[lane] == nil {
			all[lane] = records{}
		}
		w.compare(&f, lane, all[lane])
		w.listed(&f, db, all[lane])
	}
	w.have, w.trying, w.unknown, w.wrong = all, map[byte]operation{}, map[byte][]records{}, nil
	return f
}

// compare holds a lane against what was acknowledged, or that and the one change that was not answered.
func (w *witness) compare(f *faults, lane byte, got records) {
	may := append([]records{w.have[lane]}, w.unknown[lane]...)
	if op, ok := w.trying[lane]; ok && op.after != nil {
		may = append(may, op.after)
	}
	for _, want := range may {
		if maps.Equal(want, got) {
			return
		}
	}
	lost, extra := 0, 0
	for k, v := range w.have[lane] {
		if got[k] != v {
			lost++
		}
	}
	for k, v := range got {
		if w.have[lane][k] != v {
			extra++
		}
	}
	f.add("lane %c: of %d records acknowledged, %d are lost or changed, and %d were never acknowledged; in flight: %q",
		lane, len(w.have[lane]), lost, extra, w.trying[lane].name)
}

// listed holds what is kept in memory against the records.
func (w *witness) listed(f *faults, db *store.DB, got records) {
	for k, v := range got {
		id, isPerson := strings.CutPrefix(k, "d/")
		if !isPerson {
			continue
		}
		row, ok := db.Person(register.ID(id))
		if name, status, _ := strings.Cut(v, "|"); !ok || row.Name != name || string(row.Status) != status {
			f.add("the list shows %s as %q %s", id, row.Name, row.Status)
		}
	}
}

// loaded returns the folder of a closed store for a load: with the organisation the memberships are of.
func loaded(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	db, _, err := store.Create(dir, storetest.Setup(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, storetest.By(register.OrganisationAdd), func(tx *store.Tx) error {
		return tx.Organisations().Put(register.Organisation{ID: "O1", Name: "Beech School", Status: register.Open})
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}
