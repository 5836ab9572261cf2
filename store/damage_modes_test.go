package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/register"

	bolt "go.etcd.io/bbolt"
)

// hand damages a copy of a bolt file: what a disk, a cable or a bad copy does to one.
type hand struct {
	rng   *rand.Rand
	file  []byte
	older []byte // the same file some changes earlier
	live  []uint64
	page  int
}

// damageMode is one way in which files are damaged. It returns the changed file and what was done, for a failing test.
type damageMode struct {
	name string
	hit  func(h *hand) ([]byte, string)
}

func damageModes() []damageMode {
	return []damageMode{
		{"1 bit", func(h *hand) ([]byte, string) { return h.bit(0, len(h.file)) }},
		{"16 random bytes", func(h *hand) ([]byte, string) {
			at := h.rng.IntN(len(h.file) - 16)
			h.noise(h.file[at : at+16])
			return h.file, fmt.Sprint("16 bytes at ", at)
		}},
		{"page of noise", func(h *hand) ([]byte, string) {
			n := h.pick()
			h.noise(h.at(h.file, n))
			return h.file, fmt.Sprint("noise on page ", n)
		}},
		{"page of zeros", func(h *hand) ([]byte, string) {
			n := h.pick()
			clear(h.at(h.file, n))
			return h.file, fmt.Sprint("zeros on page ", n)
		}},
		{"torn page", func(h *hand) ([]byte, string) {
			n, keep := h.pickOlder(), 512*(1+h.rng.IntN(h.page/512-1))
			copy(h.at(h.file, n)[keep:], h.at(h.older, n)[keep:])
			return h.file, fmt.Sprintf("page %d torn after %d bytes", n, keep)
		}},
		{"stale page", func(h *hand) ([]byte, string) {
			n := h.pickOlder()
			copy(h.at(h.file, n), h.at(h.older, n))
			return h.file, fmt.Sprint("an earlier page ", n)
		}},
		{"two pages swapped", func(h *hand) ([]byte, string) {
			a, b := h.pick(), h.pick()
			was := bytes.Clone(h.at(h.file, a))
			copy(h.at(h.file, a), h.at(h.file, b))
			copy(h.at(h.file, b), was)
			return h.file, fmt.Sprintf("pages %d and %d swapped", a, b)
		}},
		{"truncated", func(h *hand) ([]byte, string) {
			to := h.rng.IntN(len(h.file))
			return h.file[:to], fmt.Sprint("cut to ", to)
		}},
		{"header page noise", func(h *hand) ([]byte, string) {
			n := uint64(h.rng.IntN(metaPages))
			h.noise(h.at(h.file, n))
			return h.file, fmt.Sprint("noise on header ", n)
		}},
		{"1 bit in a header", func(h *hand) ([]byte, string) {
			from := h.rng.IntN(metaPages)*h.page + pageHeader
			return h.bit(from, from+metaEnd-pageHeader)
		}},
	}
}

func (h *hand) bit(from, to int) ([]byte, string) {
	at, bit := from+h.rng.IntN(to-from), h.rng.IntN(8)
	h.file[at] ^= 1 << bit
	return h.file, fmt.Sprintf("bit %d of byte %d", bit, at)
}

func (h *hand) noise(b []byte) {
	for i := range b {
		b[i] = byte(h.rng.Uint32())
	}
}

func (h *hand) at(file []byte, page uint64) []byte {
	return file[int(page)*h.page : (int(page)+1)*h.page]
}

func (h *hand) pick() uint64 { return h.live[h.rng.IntN(len(h.live))] }

// pickOlder picks a page that the earlier file has, too.
func (h *hand) pickOlder() uint64 {
	for {
		if p := h.pick(); (int(p)+1)*h.page <= len(h.older) {
			return p
		}
	}
}

// patient is a store that is damaged again and again, and all that is true of it.
type patient struct {
	dir   string
	o     Options
	file  []byte
	older []byte
	live  []uint64
	truth map[string]*truth // by bucket and key
}

// truth is a record as it was, and where it lies in the file.
type truth struct {
	bucket, key string
	value       []byte
	from, to    int // the pages of its leaf, in bytes
	subject     register.ID
}

// newPatient is a store of some size that has lived: changed, changed back, deleted from.
func newPatient(t testing.TB, people int) *patient {
	t.Helper()
	dir := t.TempDir()
	db, _, err := Create(dir, testSetup(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	live(t, db, people)
	older, err := os.ReadFile(filepath.Join(dir, dbFile))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		put(t, db, undoable(), renamed(someone(i*people/12), "Later"), someone(people+i))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	p := &patient{dir: dir, older: older, o: testOptions(), truth: map[string]*truth{}}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p.o.Verifier = []string{exe, VerifyArg}
	if p.file, err = os.ReadFile(filepath.Join(dir, dbFile)); err != nil {
		t.Fatal(err)
	}
	p.examine(t)
	return p
}

// live gives a store what an office has: people, what they belong to, and changes to them.
func live(t testing.TB, db *DB, people int) {
	t.Helper()
	change(t, db, undoable(), func(tx *Tx) error { return everythingAbout(tx, "D1") })
	for from := 0; from < people; from += 100 {
		change(t, db, undoable(), func(tx *Tx) error {
			for i := from; i < min(from+100, people); i++ {
				d := someone(i)
				m := register.Membership{ID: register.ID(fmt.Sprintf("M%013d", i)), Delegate: d.ID, Organisation: "O1"}
				if err := errors.Join(tx.Delegates().Put(d), tx.Memberships().Put(m)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i := range 12 {
		put(t, db, undoable(), renamed(someone(i*people/12), "Changed"))
	}
	change(t, db, byTester(), func(tx *Tx) error { return tx.Forget(someone(3).ID) })
}

// examine learns what is in the undamaged file, from bolt and from the pages, which must agree.
func (p *patient) examine(t testing.TB) {
	t.Helper()
	f := newPageFile(bytes.NewReader(p.file), int64(len(p.file)))
	newest, _ := f.newest()
	w := newTreeWalk(f, inTree)
	w.from(newest.root)
	for _, e := range w.found {
		size := int(f.pageSize) * (1 + int(f.heads[e.leaf.at].overflow))
		from := int(e.leaf.at * f.pageSize)
		tr := &truth{bucket: e.leaf.bucket, key: e.key, value: p.file[e.at : int(e.at)+e.size], from: from, to: from + size}
		if tr.bucket != bucketSlots && tr.bucket != bucketKeys {
			tr.subject, _, _ = splitEnvelope(tr.value)
		}
		p.truth[tr.bucket+keySep+tr.key] = tr
	}
	n := 0
	b, err := bolt.Open(filepath.Join(p.dir, dbFile), 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	err = b.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				n++
				if tr := p.truth[string(bucket)+keySep+string(k)]; tr == nil || !bytes.Equal(tr.value, v) {
					t.Fatalf("%s %s: the pages say %v", bucket, k, tr)
				}
				return nil
			})
		})
	})
	if err != nil || n != len(p.truth) || len(w.holes) > 0 {
		t.Fatalf("%d records in bolt, %d in the pages, holes %v: %v", n, len(p.truth), w.holes, err)
	}
	free, ok := f.free(newest)
	for n := uint64(metaPages); n < newest.highWater && ok; n++ {
		if !free[n] {
			p.live = append(p.live, n)
		}
	}
}

// harm returns a folder with a damaged copy, and what was done.
func (p *patient) harm(t testing.TB, mode damageMode, seed uint64) (dir string, damaged []byte, what string) {
	t.Helper()
	h := &hand{rand.New(rand.NewPCG(seed, 1)), bytes.Clone(p.file), p.older, p.live, os.Getpagesize()}
	damaged, what = mode.hit(h)
	dir = t.TempDir()
	head, err := os.ReadFile(filepath.Join(p.dir, headFile))
	if err == nil {
		err = errors.Join(os.WriteFile(filepath.Join(dir, dbFile), damaged, 0o600),
			os.WriteFile(filepath.Join(dir, headFile), head, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir, damaged, fmt.Sprintf("%s %d (%s)", mode.name, seed, what)
}

// intact reports whether the pages of a record are in a damaged file as they were: in their place, or somewhere else
// where the damage is that pages changed places.
func (p *patient) intact(tr *truth, damaged []byte, moved bool) bool {
	if tr.to <= len(damaged) && bytes.Equal(damaged[tr.from:tr.to], p.file[tr.from:tr.to]) {
		return true
	}
	return moved && tr.to-tr.from == os.Getpagesize()
}

// verdict is what became of one damaged copy.
type verdict struct {
	accepted, wrong bool   // opened; with something missing or changed
	sentence        string // of the refusal
	took            time.Duration

	refused    error // by Repair
	whole      bool
	missed     []string // intact, and neither recovered nor listed
	doubtful   []string // intact, and listed as in doubt
	silent     []string // not as it was, and nothing is said of it
	told       int      // not as they were, and it is said that something may not be
	recovered  int
	intactOnes int
}

// look opens a damaged copy as a person would, and repairs it.
func (p *patient) look(t testing.TB, mode damageMode, seed uint64) (v verdict, what string) {
	t.Helper()
	dir, damaged, what := p.harm(t, mode, seed)
	began := time.Now()
	db, err := Open(context.Background(), copyStore(t, dir), testCredential(), p.o)
	v.took = time.Since(began)
	if err != nil {
		v.sentence = err.Error()
	} else {
		v.accepted = true
		v.wrong = len(p.differences(t, db)) > 0
		_ = db.Close()
	}
	p.repair(t, dir, damaged, mode.name == "two pages swapped", &v)
	return v, what
}

// differences lists the records that are not as they were.
func (p *patient) differences(t testing.TB, db *DB) []string {
	t.Helper()
	var differ []string
	n := 0
	err := db.bolt.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
			if string(bucket) == bucketMeta {
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				n++
				if tr := p.truth[string(bucket)+keySep+string(k)]; tr == nil || !bytes.Equal(tr.value, v) {
					differ = append(differ, fmt.Sprintf("%s/%q", bucket, k))
				}
				return nil
			})
		})
	})
	if want := len(p.truth) - 2; err != nil || n != want { // header and state
		differ = append(differ, fmt.Sprintf("%d records of %d: %v", n, want, err))
	}
	return differ
}

// repair repairs a damaged copy, and holds what is recovered against the truth.
func (p *patient) repair(t testing.TB, dir string, damaged []byte, moved bool, v *verdict) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "repaired")
	report, err := Repair(context.Background(), RepairInput{From: dir, To: to, Credential: testCredential()}, p.o)
	if v.refused = err; err != nil {
		return
	}
	v.whole = report.Whole
	after, err := os.ReadFile(filepath.Join(dir, dbFile))
	if err != nil || !bytes.Equal(after, damaged) {
		t.Error("the damaged file was written to")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("the damaged folder holds %v", entries)
	}
	got := rawRecordsOf(t, to)
	listed := map[string]bool{}
	for _, f := range append(report.Lost, report.Ambiguous...) {
		listed[f.Where+keySep+f.ID] = true
	}
	for at, tr := range p.truth {
		if tr.bucket == bucketMeta || !p.intact(tr, damaged, moved) {
			continue
		}
		if k := p.truth[bucketKeys+keySep+string(tr.subject)]; tr.subject != "" && !p.intact(k, damaged, moved) && got[at] == nil {
			continue // nothing opens it
		}
		v.intactOnes++
		switch {
		case bytes.Equal(got[at], tr.value):
			v.recovered++
		case listed[at]:
			v.doubtful = append(v.doubtful, at)
		default:
			v.missed = append(v.missed, at)
		}
	}
	said := len(report.Lost)+len(report.Ambiguous)+len(report.Damage) > 0
	for at, value := range got {
		if tr := p.truth[at]; strings.HasPrefix(at, bucketMeta) || tr != nil && bytes.Equal(tr.value, value) ||
			at == bucketAudit+keySep+auditKey(report.Audit.Seq) {
			continue
		}
		v.told++
		if report.Whole || !said {
			v.silent = append(v.silent, at)
		}
	}
}

// rawRecordsOf reads every record of a closed store as it lies in the file.
func rawRecordsOf(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	b, err := bolt.Open(filepath.Join(dir, dbFile), 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	_ = b.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all[string(bucket)+keySep+string(k)] = bytes.Clone(v)
				return nil
			})
		})
	})
	return all
}

// copiesAMode is how many damaged copies of each mode are looked at every time the tests run; the campaign takes more.
const copiesAMode = 3

// Whatever a disk does to the file, nothing wrong is accepted, the refusal is a sentence, and a repair brings back every
// record the damage did not touch.
func TestDamageOfEveryModeIsNamedAndRepaired(t *testing.T) {
	p := newPatient(t, 120)
	for _, mode := range damageModes() {
		t.Run(mode.name, func(t *testing.T) {
			for seed := range uint64(Rounds(copiesAMode, 1)) {
				v, what := p.look(t, mode, seed)
				v.judge(t, what)
			}
		})
	}
}

// judge fails the test for what must never be.
func (v *verdict) judge(t testing.TB, what string) {
	t.Helper()
	if v.wrong {
		t.Errorf("%s: opened with wrong data", what)
	}
	if !v.accepted && (v.sentence == "" || strings.ContainsRune(v.sentence, '\n') || strings.Contains(v.sentence, "goroutine")) {
		t.Errorf("%s: the refusal is %q", what, v.sentence)
	}
	if len(v.missed)+len(v.silent) > 0 {
		t.Errorf("%s: not recovered %.200q, silently wrong %.200q", what, v.missed, v.silent)
	}
}
