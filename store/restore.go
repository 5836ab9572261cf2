package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
)

// RestoreInput says what is restored and where to.
type RestoreInput struct {
	Backup     string // manifest, data file, or a folder, of which the newest backup is taken
	To         string // a folder that does not exist or is empty
	Credential Credential
	// WithoutLedger restores although the ledger is missing, damaged or too old: what is whole of it is done again, and
	// what was refused, restricted and erased beyond that is not known to the copy. It is audited.
	WithoutLedger bool
}

// The kinds of what is done again on a restored copy.
const (
	RedoErasure     = "erasure"     // by case number
	RedoMerge       = "merge"       // by the id of whom the record was joined into
	RedoSuppression = "suppression" // by id
	RedoNo          = "no"          // by consent event
	RedoRestriction = "restriction" // by person
	RedoMask        = "mask"        // collection/key of records of others
	RedoPerson      = "person"      // people unknown to the backup, who are there with their no
)

// RedoKinds returns the kinds, in the order reports tell them.
func RedoKinds() []string {
	return []string{RedoErasure, RedoMask, RedoMerge, RedoSuppression, RedoNo, RedoPerson, RedoRestriction}
}

// RestoreReport is what a restore did.
type RestoreReport struct {
	Backup  Manifest
	To      string
	Records int // in the restored store, former versions and audit entries included
	// Dark are the people of the backup whose key is gone; nothing of them was restored.
	Dark        []register.ID
	DarkRecords int
	Redone      map[string][]string // ids by kind: see RedoErasure
	Undo        int                 // former versions dropped, where an erasure was done again
	Through     uint64              // the audit sequence up to which the ledger knew; 0: there was none
	LedgerLost  string              // what was wrong with the ledger, where that was accepted
	At          time.Time           // UTC; of the restore
	Audit       uint64              // sequence of the entry about it
	// Missing is how many audit entries the ledger knows of beyond the backup's: changes that are lost, but for what was
	// done again.
	Missing uint64
}

// restoring is a restore on its way.
type restoring struct {
	in     RestoreInput
	opts   Options
	proof  *proof
	keys   *keyring // the copy is sealed under
	ring   *ring    // of those keys
	root   string   // folder the store is built in
	redo   redoing
	report RestoreReport
}

// Restore makes a store of a backup, in a folder that does not exist or is empty. What the ledger beside the backup says
// was refused, suppressed, restricted, merged or erased since is done again before anybody can look; records of people
// whose key is gone are left out. The copy is verified like any store at its opening, and put in its place whole or not at
// all. It opens with the passphrases of the key ring, and goes on where the backup stopped; its audit trail says so.
//
// Errors: Conflict (the folder is not empty; the backup is of a newer format), NotFound (no backup there), Refused (wrong
// passphrase; network file system; no room; the ledger is missing or damaged, Field "ledger"), *Damage for a backup that
// is not whole, the context's.
func Restore(ctx context.Context, in RestoreInput, o Options) (RestoreReport, error) {
	o.ReadOnly, o.Salvage, o.AcceptOlder = false, false, false
	r := &restoring{in: in, opts: o}
	to, err := filepath.Abs(in.To)
	if err != nil {
		return r.report, register.Errorf(register.Invalid, "store", "%w", err)
	}
	if err := vacant(to); err != nil {
		return r.report, err
	}
	if err := r.prove(ctx); err != nil {
		return r.report, err
	}
	defer r.proof.wipe()
	parent := filepath.Dir(to)
	if err := r.makeRoom(parent); err != nil {
		return r.report, err
	}
	defer func() { _ = os.RemoveAll(r.root) }()
	for _, step := range []func(context.Context) error{r.build, r.tell, r.verify} {
		if err := step(ctx); err != nil {
			return r.report, err
		}
	}
	r.report.To = to
	return r.report, moveInto(r.root, to, parent)
}

// prove opens the backup and reads all of it before anything is built.
func (r *restoring) prove(ctx context.Context) error {
	p, err := findProof(r.in.Backup)
	if err != nil {
		return err
	}
	r.proof, p.told = p, r.opts.progress
	if len(p.report.Findings) > 0 || !p.loadRing() {
		return badBackup("the backup cannot be restored", p.report.Findings)
	}
	if newest := r.opts.formats(); p.m.Format > int(newest) {
		return register.Errorf(register.Conflict, "format",
			"the backup has format %d, made by a newer program; this one knows formats up to %d", p.m.Format, newest)
	}
	if err := p.unlock(r.in.Credential); err != nil {
		return err
	}
	if p.outdated != nil {
		p.wipe()
		return register.Errorf(register.Refused, "passphrase",
			"the store was sealed anew since; what was erased since is known to today's keys alone: %w", p.outdated)
	}
	if r.keys, r.ring = p.k, p.ring; p.now != nil {
		r.keys, r.ring = p.now.keys, p.now.ring
	}
	if err := r.judge(ctx); err != nil {
		p.wipe()
		return err
	}
	return nil
}

// judge proves the backup, and says whether what was found allows a restore.
func (r *restoring) judge(ctx context.Context) error {
	p := r.proof
	if !p.authentic() {
		return badBackup("the backup cannot be restored", p.report.Findings)
	}
	report, err := p.run(ctx)
	if err != nil {
		return err
	}
	name, _ := p.ledger()
	found := slices.Clone(report.Findings)
	found = slices.DeleteFunc(found, func(f Finding) bool { return f.Where == name })
	if len(found) > 0 {
		return badBackup("the backup cannot be restored", found)
	}
	if p.ledgerBad != "" && !r.in.WithoutLedger {
		return register.Errorf(register.Refused, "ledger", "%s beside the backup cannot be relied on: %s. It says what was "+
			"refused and erased since; find a copy of it, or say that the backup is to be restored without", name, p.ledgerBad)
	}
	r.report = RestoreReport{Backup: p.m, Redone: map[string][]string{}, Through: report.Through, LedgerLost: p.ledgerBad}
	if report.Through > p.m.AuditSeq {
		r.report.Missing = report.Through - p.m.AuditSeq
	}
	return nil
}

// makeRoom makes the folder the store is built in, beside its place.
func (r *restoring) makeRoom(parent string) error {
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return refusedFolder(parent, err)
	}
	if err := r.opts.checkNetwork(parent); err != nil {
		return err
	}
	size := r.proof.m.Bytes + int64(len(r.ring.entries))
	if err := r.opts.needSpace(parent, size+size/2); err != nil { // pages are never full
		return err
	}
	temp, err := os.MkdirTemp(parent, ".custos-new-")
	if err != nil {
		return refusedFolder(parent, err)
	}
	r.root = temp
	return nil
}

// tell opens the new store, which makes its head file and brings its format up to date, and writes into its audit trail
// what it is.
func (r *restoring) tell(ctx context.Context) error {
	k := *r.keys // closing wipes it
	db, err := openVerified(r.root, &k, r.in.Credential.Operator, nil, r.opts)
	if err != nil {
		return err
	}
	who := r.in.Credential.Operator
	if who == "" {
		if who, err = db.soleOperator(); err != nil || r.in.Credential.Recovery != "" || who == "" {
			who = "recovery key"
		}
	}
	c := Change{Operator: who, Door: "store", Verb: register.StoreRestore, Note: r.note()}
	receipt, err := db.Update(ctx, c, func(*Tx) error { return nil })
	r.report.At, r.report.Audit = receipt.At, receipt.Seq
	return errors.Join(err, db.Close())
}

// note is what the audit trail says of a restore: instants and counts.
func (r *restoring) note() string {
	m := &r.proof.m
	parts := []string{fmt.Sprintf("backup of %s at entry %d", m.At.Format(time.RFC3339), m.AuditSeq)}
	for _, kind := range RedoKinds() {
		if n := len(r.report.Redone[kind]); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", kind, n))
		}
	}
	parts = append(parts, fmt.Sprintf("dark people %d, ledger to entry %d", len(r.report.Dark), r.report.Through))
	if r.report.LedgerLost != "" {
		parts = append(parts, "restored without a whole ledger")
	}
	return strings.Join(parts, ", ")
}

// verify has the new store verified as any is before it is opened.
func (r *restoring) verify(ctx context.Context) error {
	info, err := os.Stat(filepath.Join(r.root, dbFile))
	if err != nil {
		return register.Errorf(register.Internal, "store", "%w", err)
	}
	s, err := startSession(ctx, r.root, info.Size(), &r.opts)
	if err != nil {
		return err
	}
	if _, err := s.opening(); err != nil {
		return err
	}
	report, err := s.verify(&r.keys.root)
	if err != nil {
		return err
	}
	for _, n := range report.Records {
		r.report.Records += n
	}
	_, err = judge(report, false)
	return err
}
