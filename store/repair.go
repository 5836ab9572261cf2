package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/internal/vault"
)

// RepairInput says what is to be repaired, and where the repaired store is to lie.
type RepairInput struct {
	From       string // the folder of the damaged store; it is only read
	To         string // a folder that does not exist, or is empty
	Credential Credential
	Ring       string // the ring file of a backup, for key slots and keys that are destroyed; may be empty
}

// RepairReport is what a repair found and kept.
type RepairReport struct {
	Store     string         // id
	Path      string         // of the repaired store
	Recovered map[string]int // records taken, by bucket
	Expected  map[string]int // records there were by the sealed state, by bucket; nil where no state was found
	Lost      []Finding      // records that are gone, by collection and id; numbers where the ids are not known
	Ambiguous []Finding      // records of which several versions were found and none was taken
	Damage    []Finding      // what was destroyed, and how it was got round
	Gaps      []audit.Gap    // entries that the audit trail has lost, now and in repairs before
	Audit     audit.Head     // after the entry that tells of the repair
	Whole     bool           // proved by the sealed digest: every record is there, in its last version
	Took      time.Duration  // by the clock of the options
}

// Repair makes a sound store in a new folder of all that is intact in a damaged one. It reads the pages itself, takes
// every record that opens in its place, and lists what is lost; the damaged folder is only read. The new store is
// verified from end to end before it gets its name, and its audit trail tells of the repair.
//
// Errors: NotFound (no store there, no ring), Conflict (To is not empty), Refused (wrong passphrase, no key slot left, too
// little room, network file system), Locked (somebody has the damaged store open), Invalid with Field "store" (no trace
// of a store in the file).
func Repair(ctx context.Context, in RepairInput, o Options) (RepairReport, error) {
	began := o.Now()
	to, err := filepath.Abs(in.To)
	if err != nil {
		return RepairReport{}, register.Errorf(register.Invalid, "store", "%w", err)
	}
	if err := vacant(to); err != nil {
		return RepairReport{}, err
	}
	parent := filepath.Dir(to)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return RepairReport{}, refusedFolder(parent, err)
	}
	if err := o.checkNetwork(parent); err != nil {
		return RepairReport{}, err
	}
	temp, err := os.MkdirTemp(parent, ".custos-repair-")
	if err != nil {
		return RepairReport{}, refusedFolder(parent, err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	s, err := salvageInto(ctx, temp, in, &o)
	if err != nil {
		return RepairReport{}, err
	}
	defer s.wipe()
	head, err := s.finish(ctx, temp, in.Credential, o)
	if err != nil {
		return RepairReport{}, err
	}
	if err := moveInto(temp, to, parent); err != nil {
		return RepairReport{}, err
	}
	report := s.report()
	report.Path, report.Audit, report.Took = to, head, o.Now().Sub(began)
	return report, nil
}

// salvageInto makes a store of what is intact in a damaged one, in a folder that exists. The caller wipes the keys.
func salvageInto(ctx context.Context, dir string, in RepairInput, o *Options) (*salvage, error) {
	path := filepath.Join(in.From, dbFile)
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, register.Errorf(register.NotFound, "store", "there is no store in %s", in.From)
	case err != nil:
		return nil, register.Errorf(register.Refused, "store", "%w", err)
	}
	defer func() { _ = f.Close() }()
	l, err := lockForReading(in.From)
	if err != nil {
		return nil, err
	}
	defer l.release()
	info, err := f.Stat()
	if err != nil {
		return nil, register.Errorf(register.Internal, "store", "%w", err)
	}
	if info.Size() < leastSize {
		return nil, register.Errorf(register.Invalid, "store", "%s has %d bytes: it is not a Custos store", dbFile, info.Size())
	}
	if err := o.needSpace(dir, 2*info.Size()); err != nil {
		return nil, err
	}
	s := &salvage{ctx: ctx, progress: o.progress, head: func(k *vault.Key) []byte {
		head, _ := readHead(in.From, k)
		return head
	}}
	if s.ring, err = readLooseRing(in.Ring); err != nil {
		return nil, err
	}
	if err = s.run(f, info.Size(), in.Credential); err == nil {
		err = s.build(dir)
	}
	if err != nil {
		s.wipe()
		return nil, err
	}
	return s, nil
}

func (s *salvage) wipe() {
	if s.keys != nil {
		s.keys.wipe()
	}
	s.state.wipe()
}

// finish opens the new store for the entry that tells of the repair, and has the whole of it verified.
func (s *salvage) finish(ctx context.Context, dir string, c Credential, o Options) (audit.Head, error) {
	o.ReadOnly, o.Salvage, o.AcceptOlder = false, false, false
	keys := *s.keys // closing wipes them
	db, err := openVerified(dir, &keys, c.Operator, nil, o)
	if err != nil {
		return audit.Head{}, err
	}
	who := c.Operator
	if who == "" {
		who = "recovery key"
	}
	change := Change{Operator: who, Door: "store", Verb: register.StoreRepair, Note: s.summary()}
	_, err = db.Update(ctx, change, func(*Tx) error { return nil })
	head := db.AuditHead()
	if err := errors.Join(err, db.Close()); err != nil {
		return head, err
	}
	return head, verifyFolder(ctx, dir, &s.keys.root, o)
}

// summary is what the audit trail says of the repair: numbers alone.
func (s *salvage) summary() string {
	n := 0
	for _, of := range s.recovered() {
		n += of
	}
	return fmt.Sprintf("%s recovered, %s lost, %d in doubt, %s in the audit trail",
		count(uint64(n), "record", "records"), count(uint64(s.numberLost()), "record", "records"), len(s.ambiguous),
		count(uint64(len(s.state.Gaps)), "gap", "gaps"))
}

// numberLost is how many records are gone: by the sealed state where that is known, else those that are listed.
func (s *salvage) numberLost() int {
	listed := 0
	for _, f := range s.lost {
		if f.ID != "" {
			listed++
		}
	}
	if !s.exact {
		return listed
	}
	lost, got := 0, s.recovered()
	for bucket, want := range s.state.Counts {
		lost += max(0, want-got[bucket])
	}
	return max(0, lost-len(s.ambiguous))
}

func (s *salvage) report() RepairReport {
	r := RepairReport{Store: s.keys.id, Recovered: s.recovered(), Lost: s.lost, Ambiguous: s.ambiguous, Damage: s.damage,
		Gaps: slices.Clone(s.state.Gaps), Whole: s.whole}
	if s.exact {
		r.Expected = maps.Clone(s.state.Counts)
	}
	return r
}

// verifyFolder has the store in a folder verified from end to end, with a key at hand.
func verifyFolder(ctx context.Context, dir string, root *vault.Key, o Options) error {
	info, err := os.Stat(filepath.Join(dir, dbFile))
	if err != nil {
		return register.Errorf(register.Internal, "store", "%w", err)
	}
	s, err := startSession(ctx, dir, info.Size(), &o)
	if err != nil {
		return err
	}
	if _, err := s.opening(); err != nil {
		return err
	}
	report, err := s.verify(root)
	if err != nil {
		return err
	}
	_, err = judge(report, o.AcceptOlder)
	return err
}
