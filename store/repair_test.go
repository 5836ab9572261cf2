package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"
)

// wreck copies a closed store and changes the bytes of its file.
func wreck(t testing.TB, from string, change func(file []byte)) string {
	t.Helper()
	dir := copyStore(t, from)
	path := filepath.Join(dir, dbFile)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change(file)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func repaired(t testing.TB, dir string, o Options) (RepairReport, *DB) {
	t.Helper()
	in := RepairInput{From: dir, To: filepath.Join(t.TempDir(), "new"), Credential: testCredential()}
	report, err := Repair(context.Background(), in, o)
	if err != nil {
		t.Fatal("repairing: ", err)
	}
	db, err := Open(context.Background(), in.To, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	mustCheck(t, db)
	return report, db
}

// pageOf destroys the page that a record lies on.
func pageOf(t testing.TB, dir, bucket, key string) func(file []byte) {
	e := leafOf(t, dir, bucket, key)
	size := os.Getpagesize()
	return func(file []byte) { clear(file[int(e.leaf.at)*size : (int(e.leaf.at)+1)*size]) }
}

func TestARepairOfASoundStoreLosesNothing(t *testing.T) {
	dir, o := sample(t)
	report, db := repaired(t, dir, o)
	if !report.Whole || len(report.Lost)+len(report.Ambiguous)+len(report.Damage)+len(report.Gaps) != 0 {
		t.Errorf("the report is %+v", report)
	}
	for bucket, n := range report.Expected {
		if report.Recovered[bucket] != n {
			t.Errorf("%s: %d of %d", bucket, report.Recovered[bucket], n)
		}
	}
	last := lastEntry(t, db)
	if last.Verb != string(register.StoreRepair) || !strings.Contains(last.Note, "0 records lost, 0 in doubt, 0 gaps") {
		t.Errorf("the audit trail says %+v", last)
	}
	if head := db.AuditHead(); head != report.Audit {
		t.Errorf("the trail stands at %v, the report says %v", head, report.Audit)
	}
}

func lastEntry(t testing.TB, db *DB) audit.Entry {
	t.Helper()
	var last audit.Entry
	err := db.View(func(tx *Tx) error {
		for e, err := range tx.AuditBack() {
			last = e
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return last
}

func TestALostRecordIsListedByItsID(t *testing.T) {
	dir, o := sample(t)
	e := leafOf(t, dir, delegates.name, string(someone(5).ID))
	report, db := repaired(t, wreck(t, dir, func(file []byte) { file[int(e.at)+e.size-1] ^= 1 }), o)
	if report.Whole || len(report.Lost) != 1 || report.Lost[0].ID != string(someone(5).ID) || report.Lost[0].Where != "delegates" {
		t.Errorf("lost: %v, whole %v", report.Lost, report.Whole)
	}
	if got := nameOf(db, someone(6).ID); got != someone(6).Name {
		t.Errorf("the neighbour is %q", got)
	}
	if note := lastEntry(t, db).Note; !strings.Contains(note, "1 record lost") {
		t.Errorf("the audit trail says %q", note)
	}
}

// Without the page of the keys nothing about anybody would open. A former copy of a key is proved by what opens under it.
func TestKeysAreFoundWhereverTheyAre(t *testing.T) {
	p := newPatient(t, 60)
	late := someone(60 + 5) // of those added in the last few changes
	dir := wreck(t, p.dir, pageOf(t, p.dir, bucketKeys, string(late.ID)))
	report, db := repaired(t, dir, p.o)
	if got := nameOf(db, late.ID); got != late.Name {
		t.Errorf("%s is %q; lost: %v", late.ID, got, report.Lost)
	}
	if nameOf(db, someone(3).ID) != "" {
		t.Error("somebody forgotten is back")
	}
}

// A damaged signpost does not make the records it leads to wrong.
func TestRecordsBehindADamagedSeparatorAreKept(t *testing.T) {
	p := newPatient(t, 120)
	key := string(someone(60).ID) // on a page in the middle
	e := leafOf(t, p.dir, delegates.name, key)
	from := []byte(e.leaf.keys.from)
	flipped := 0
	dir := wreck(t, p.dir, func(file []byte) {
		size := os.Getpagesize()
		for _, n := range p.live {
			page := file[int(n)*size : (int(n)+1)*size]
			if headOf(page).flags != branchFlag {
				continue
			}
			for b := range branchElements(page) {
				if bytes.Equal(b.key, from) && b.child == e.leaf.at {
					b.key[len(b.key)-1] ^= 1
					flipped++
				}
			}
		}
	})
	report, db := repaired(t, dir, p.o)
	if flipped != 1 || len(report.Lost)+len(report.Ambiguous) != 0 || nameOf(db, someone(60).ID) == "" {
		t.Errorf("%d separators damaged: lost %v, in doubt %v", flipped, report.Lost, report.Ambiguous)
	}
}

// A backup's ring has the keys of people, and the key slots, when the store has them nowhere.
func TestABackupsRingStandsInForDestroyedKeys(t *testing.T) {
	dir, o := sample(t)
	dir = copyStore(t, dir)
	db, err := Open(context.Background(), dir, testCredential(), o)
	if err != nil {
		t.Fatal(err)
	}
	made, err := db.Backup(context.Background(), t.TempDir(), nil)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	rings, _ := filepath.Glob(filepath.Join(filepath.Dir(made.Path), "ring-*"))
	if len(rings) != 1 {
		t.Fatalf("rings: %v", rings)
	}
	broken := wreck(t, dir, pageOf(t, dir, bucketKeys, string(someone(9).ID)))
	if _, db := repaired(t, broken, o); nameOf(db, someone(9).ID) != "" {
		t.Error("somebody is there whose key is nowhere")
	}
	in := RepairInput{From: broken, To: filepath.Join(t.TempDir(), "new"), Credential: testCredential(), Ring: rings[0]}
	report, err := Repair(context.Background(), in, o)
	if err != nil || !report.Whole {
		t.Fatalf("with the ring: %v, lost %v, %v", err, report.Lost, report.Damage)
	}
	noSlots := wreck(t, dir, func(file []byte) {
		for _, id := range []string{slotID(db.ID(), testLogin), recoverySlot} {
			e := leafOf(t, dir, bucketSlots, id)
			clear(file[e.at : int(e.at)+e.size])
		}
	})
	in.From, in.To = noSlots, filepath.Join(t.TempDir(), "new")
	if report, err = Repair(context.Background(), in, o); err != nil {
		t.Errorf("without slots: %v", err)
	}
	if in.Ring = ""; err == nil && report.Recovered[bucketSlots] != 2 {
		t.Errorf("slots recovered: %d", report.Recovered[bucketSlots])
	}
	in.To = filepath.Join(t.TempDir(), "new")
	if _, err := Repair(context.Background(), in, o); register.KindOf(err) != register.Refused {
		t.Errorf("without slots and ring: %v", err)
	}
}

func TestTheStateAndTheSlotsAreFoundAgain(t *testing.T) {
	p := newPatient(t, 60)
	for _, what := range [][2]string{{bucketMeta, keyState}, {bucketSlots, recoverySlot}} {
		dir := wreck(t, p.dir, pageOf(t, p.dir, what[0], what[1]))
		report, db := repaired(t, dir, p.o)
		if len(report.Damage) == 0 || report.Whole {
			t.Errorf("%v destroyed: %+v", what, report)
		}
		if got := nameOf(db, someone(7).ID); got != someone(7).Name {
			t.Errorf("%v destroyed: person 7 is %q", what, got)
		}
		if held, err := db.HasSlot(testLogin); !held {
			t.Errorf("%v destroyed: the operator has no passphrase: %v", what, err)
		}
	}
}

func TestBothHeadersDestroyed(t *testing.T) {
	p := newPatient(t, 60)
	dir := wreck(t, p.dir, func(file []byte) { clear(file[:2*os.Getpagesize()]) })
	report, db := repaired(t, dir, p.o)
	if !report.Whole {
		t.Errorf("not proved whole: %v %v %v", report.Lost, report.Ambiguous, report.Damage)
	}
	if got := nameOf(db, someone(7).ID); got != someone(7).Name {
		t.Errorf("person 7 is %q", got)
	}
}

// Should the newer header be damaged, the last change is in the file all the same.
func TestOneHeaderDestroyedLosesNothing(t *testing.T) {
	p := newPatient(t, 60)
	for n := range metaPages {
		dir := wreck(t, p.dir, func(file []byte) { clear(file[n*os.Getpagesize() : (n+1)*os.Getpagesize()]) })
		report, db := repaired(t, dir, p.o)
		last := someone(60 + 11)
		if !report.Whole || nameOf(db, last.ID) != last.Name {
			t.Errorf("header %d: whole %v, the last change %q", n, report.Whole, nameOf(db, last.ID))
		}
	}
}

// A gap in the audit trail is kept, told by every later verification, and nothing is numbered anew.
func TestAGapInTheAuditTrailIsKept(t *testing.T) {
	dir, o := sample(t)
	damage := func(file []byte) {
		for _, seq := range []uint64{7, 8} {
			e := leafOf(t, dir, bucketAudit, auditKey(seq))
			value := bytes.Clone(file[e.at : int(e.at)+e.size])
			for at := bytes.Index(file, value); at >= 0; at = bytes.Index(file, value) {
				clear(file[at : at+len(value)]) // former copies, too
			}
		}
	}
	report, db := repaired(t, wreck(t, dir, damage), o)
	want := report.Gaps
	if len(want) != 1 || want[0].First != 7 || want[0].Last != 8 || report.Whole {
		t.Fatalf("gaps %v, want one from 7 to 8", want)
	}
	again, db2 := repaired(t, closed(t, db), o)
	if !slices.Equal(again.Gaps, want) {
		t.Errorf("after another repair: gaps %v, want %v", again.Gaps, want)
	}
	if s := db2.current(); !slices.Equal(s.Gaps, want) || s.AuditSeq != report.Audit.Seq+1 {
		t.Errorf("the state has gaps %v and ends at %d", s.Gaps, s.AuditSeq)
	}
	if len(again.Lost) != 0 {
		t.Errorf("lost a second time: %v", again.Lost)
	}
}

func closed(t testing.TB, db *DB) string {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return db.Path()
}

// Without the head file, or with another store's, a repair goes by the file alone.
func TestARepairWithoutAHeadFile(t *testing.T) {
	dir, o := sample(t)
	dir = copyStore(t, dir)
	if err := os.Remove(filepath.Join(dir, headFile)); err != nil {
		t.Fatal(err)
	}
	if report, _ := repaired(t, dir, o); !report.Whole || len(report.Damage) != 1 {
		t.Errorf("the report is %+v", report)
	}
}

func TestWhatCannotBeRepairedIsSaidPlainly(t *testing.T) {
	dir, o := sample(t)
	noise := wreck(t, dir, func(file []byte) { clear(file) })
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	narrow := o
	narrow.space = func(string) (uint64, error) { return 1000, nil }
	to := filepath.Join(t.TempDir(), "to")
	for name, c := range map[string]struct {
		in   RepairInput
		o    Options
		want register.Kind
	}{
		"nothing there":    {RepairInput{From: t.TempDir(), To: to, Credential: testCredential()}, o, register.NotFound},
		"target not empty": {RepairInput{From: dir, To: full, Credential: testCredential()}, o, register.Conflict},
		"wrong passphrase": {RepairInput{From: dir, To: to, Credential: Credential{testLogin, []byte("wrong"), ""}}, o,
			register.Refused},
		"no room":         {RepairInput{From: dir, To: to, Credential: testCredential()}, narrow, register.Refused},
		"nothing is left": {RepairInput{From: noise, To: to, Credential: testCredential()}, o, register.Invalid},
	} {
		_, err := Repair(context.Background(), c.in, c.o)
		if register.KindOf(err) != c.want || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: something was made", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in := RepairInput{From: dir, To: to, Credential: testCredential()}
	if _, err := Repair(ctx, in, o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Two versions of which nothing says which was written last are both left out, and listed.
func TestAmbiguousVersionsAreListedAndNotTaken(t *testing.T) {
	s := &salvage{main: &treeWalk{}, undone: map[string]map[[16]byte]bool{}}
	version := func(key string, n byte, standing standing) *sealedAt {
		return &sealedAt{leaf: &leaf{standing: standing}, key: key, opens: "courses", sum: [16]byte{n}}
	}
	s.found = []*sealedAt{
		version("C1", 1, orphaned), version("C1", 2, orphaned), // nothing tells
		version("C2", 1, orphaned), version("C2", 1, orphaned), // the same twice
		version("C3", 1, orphaned), version("C3", 2, inTree), // the tree tells
		version("C4", 1, orphaned), version("C4", 2, orphaned), // an undo row tells
	}
	s.undone["courses/C4"] = map[[16]byte]bool{{1}: true}
	s.chooseRecords()
	var taken []string
	for _, e := range s.taken {
		taken = append(taken, e.key+" "+string('0'+e.sum[0]))
	}
	if want := []string{"C2 1", "C3 2", "C4 2"}; !slices.Equal(taken, want) {
		t.Errorf("taken: %v, want %v", taken, want)
	}
	if len(s.ambiguous) != 1 || s.ambiguous[0].ID != "C1" {
		t.Errorf("in doubt: %v", s.ambiguous)
	}
}

// What lies beside a whole tree was deleted or replaced, and does not come back.
func TestOnlyHolesOfTheTreeAreFilled(t *testing.T) {
	s := &salvage{main: &treeWalk{buckets: map[string]bool{"courses": true}}, undone: map[string]map[[16]byte]bool{}}
	s.holes = []hole{{"courses", keyRange{"C3", "C5"}, 9}}
	for _, key := range []string{"C2", "C3", "C4", "C5"} {
		for _, st := range []standing{orphaned, former} {
			s.found = append(s.found, &sealedAt{leaf: &leaf{standing: st}, key: key, opens: "courses", sum: [16]byte{byte(st)}})
		}
	}
	s.chooseRecords()
	if len(s.taken) != 2 || s.taken[0].key != "C3" || s.taken[1].key != "C4" || s.taken[0].leaf.standing != orphaned {
		t.Errorf("taken: %v", s.taken)
	}
	s.taken, s.freeKnown = nil, true // then a page that is neither reached nor free is one the tree has lost
	s.found[0].leaf.displaced = true // but for one it had led to
	if s.chooseRecords(); len(s.taken) != 3 || s.taken[0].key != "C3" {
		t.Errorf("with a list of free pages, taken: %v", s.taken)
	}
}

// FuzzSalvage: whatever is in the pages, a salvage ends, without a panic.
func FuzzSalvage(f *testing.F) {
	whole, err := os.ReadFile(filepath.Join("testdata", "v1", dbFile))
	if err != nil {
		f.Fatal(err)
	}
	size := os.Getpagesize()
	f.Add(uint16(3), whole[3*size:4*size])
	f.Add(uint16(0), bytes.Repeat([]byte{0xFF}, 2*size))
	f.Add(uint16(2), []byte{2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 4, 0})
	f.Fuzz(func(t *testing.T, page uint16, bytesOfIt []byte) {
		file := bytes.Clone(whole)
		copy(file[int(page)*size%len(file):], bytesOfIt)
		s := &salvage{ctx: context.Background(), head: func(*vault.Key) []byte { return nil }}
		if s.run(bytes.NewReader(file), int64(len(file)), testCredential()) == nil {
			if err := s.build(t.TempDir()); err != nil {
				t.Errorf("what was salvaged makes no store: %v", err)
			}
		}
	})
}

// A tree that leads in circles, or to what was never written there, is named before bolt follows it.
func TestAWrongTreeOfPagesIsNamed(t *testing.T) {
	p := newPatient(t, 120)
	size := os.Getpagesize()
	f := newPageFile(bytes.NewReader(p.file), int64(len(p.file)))
	branch := uint64(0)
	for _, n := range p.live {
		if f.heads[n].flags == branchFlag {
			branch = n
		}
	}
	page := func(file []byte) []byte { return file[int(branch)*size : (int(branch)+1)*size] }
	for name, c := range map[string]struct {
		change func(file []byte)
		says   string
	}{
		"itself":       {func(file []byte) { order.PutUint64(page(file)[pageHeader+8:], branch) }, "led to twice"},
		"off the end":  {func(file []byte) { order.PutUint64(page(file)[pageHeader+8:], 1<<40) }, "not in the file"},
		"another page": {func(file []byte) { order.PutUint64(page(file), branch+1) }, "not what was written"},
		"no end":       {func(file []byte) { page(file)[14] = 0x7F }, "not what was written"},
		"free pages that are none": {func(file []byte) {
			m, _ := f.newest()
			file[int(m.freelist)*size+14] = 0x7F
		}, "the list of free pages"},
		"too many": {func(file []byte) { page(file)[11] = 0xFF }, "damaged"},
		"the same page": {func(file []byte) {
			copy(page(file)[pageHeader+elementSize+8:][:8], page(file)[pageHeader+8:])
		}, "led to twice"},
		"nothing": {func([]byte) {}, ""},
	} {
		file := bytes.Clone(p.file)
		c.change(file)
		err := checkPages(bytes.NewReader(file), int64(len(file)))
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("a tree that leads to %s: %v, want %q", name, err, c.says)
		}
	}
}

// FuzzPageWalk: a file of any pages is walked to an end.
func FuzzPageWalk(f *testing.F) {
	whole, err := os.ReadFile(filepath.Join("testdata", "v1", dbFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[:1<<15])
	f.Add(whole[1<<14:])
	f.Fuzz(func(t *testing.T, file []byte) {
		var r io.ReaderAt = bytes.NewReader(file)
		_ = checkPages(r, int64(len(file)))
		p := newPageFile(r, int64(len(file)))
		w := newTreeWalk(p, inTree)
		if m, ok := p.newest(); ok {
			w.from(m.root)
			p.free(m)
		}
		for at := range p.heads {
			w.from(at)
			w.loose(at)
		}
		if len(w.found) > len(file) {
			t.Errorf("%d values in %d bytes", len(w.found), len(file))
		}
	})
}
