package desk

import (
	"context"
	"errors"
	"fmt"

	"custos/internal/register"
	"custos/store"
)

// chunk is how many rows go into one transaction of an import.
const chunk = 5000

// Progress is told after every transaction how many rows are done of how many.
type Progress func(done, total int)

// Apply carries a plan out: a transaction per chunk of rows, each with an audit
// entry, all under one batch that undoes them together. When ctx ends between
// two chunks the batch is marked stopped and what was written stays, to be
// undone or completed by importing the file again.
func (s *Seat) Apply(ctx context.Context, plan *register.Plan, told Progress) (register.Batch, error) {
	run := importRun{
		noun: plan.Noun, file: plan.File, rows: len(plan.Rows),
		fate:  func(i int) register.Fate { return plan.Rows[i].Fate },
		write: func(w *importer, i int) error { return w.write(plan.Rows[i]) },
	}
	return s.runImport(ctx, run, told)
}

// importRun is a plan of any sort on its way into the store.
type importRun struct {
	noun, file string
	rows       int
	fate       func(i int) register.Fate
	write      func(w *importer, i int) error
}

func (s *Seat) runImport(ctx context.Context, run importRun, told Progress) (register.Batch, error) {
	id, err := s.desk.ids.Next(register.BatchPrefix)
	if err != nil {
		return register.Batch{}, err
	}
	b := register.Batch{
		ID: id, Noun: run.noun, File: run.file, By: s.operator.Name, At: s.desk.now(), State: register.BatchRunning,
	}
	for start := 0; ; start += chunk {
		end := min(start+chunk, run.rows)
		if start > 0 && start >= end {
			return b, nil
		}
		if err := ctx.Err(); err != nil {
			return s.stop(&b, err)
		}
		if b.State = register.BatchRunning; start+chunk >= run.rows {
			b.State = register.BatchDone
		}
		if err := s.applyChunk(ctx, &b, run, start, end); err != nil {
			return b, err
		}
		if told != nil {
			told(end, run.rows)
		}
	}
}

func (s *Seat) applyChunk(ctx context.Context, b *register.Batch, run importRun, start, end int) error {
	next := *b
	for i := start; i < end; i++ {
		next.Counts.Tally(run.fate(i))
	}
	note := fmt.Sprintf("%s %s, %d of the rows", b.ID, b.Noun, end-start)
	_, err := s.change(ctx, act{verb: register.ImportApply, note: note, undoable: true}, func(tx *store.Tx) error {
		w, err := s.newImporter(tx, b)
		if err != nil {
			return err
		}
		for i := start; i < end; i++ {
			if err := run.write(w, i); err != nil {
				return err
			}
		}
		if err := w.finish(); err != nil {
			return err
		}
		next.Operations = append(b.Operations[:len(b.Operations):len(b.Operations)], tx.Operation())
		return tx.Batches().Put(next)
	})
	if err != nil {
		return err
	}
	*b = next
	return nil
}

// stop marks a cancelled batch. The caller's context has ended, so the mark is
// written without it.
func (s *Seat) stop(b *register.Batch, why error) (register.Batch, error) {
	b.State = register.BatchStopped
	if len(b.Operations) == 0 {
		return *b, why
	}
	a := act{verb: register.ImportApply, note: string(b.ID) + " stopped"}
	_, err := s.change(context.Background(), a, func(tx *store.Tx) error { return tx.Batches().Put(*b) })
	return *b, errors.Join(why, err)
}

// importer writes planned rows inside one transaction.
type importer struct {
	seat    *Seat
	tx      *store.Tx
	batch   *register.Batch
	ids     *register.IDs
	ledger  *ledger
	answers *fileAnswers
	source  register.Provenance
	stops   []register.PlannedStop // to be suppressed when the chunk ends
}

func (s *Seat) newImporter(tx *store.Tx, b *register.Batch) (*importer, error) {
	ids, err := s.desk.ids.Cluster()
	if err != nil {
		return nil, err
	}
	l, err := s.openLedger(tx)
	if err != nil {
		return nil, err
	}
	return &importer{
		seat: s, tx: tx, batch: b, ids: ids, ledger: l, answers: s.fileAnswers(&l.settings),
		source: register.Provenance{How: "import", Detail: sourceOf(b.ID), On: s.Today()},
	}, nil
}

func (w *importer) write(row register.PlannedRow) error {
	switch row.Fate {
	case register.FateNew, register.FateChanged:
	case register.FateSame, register.FateDuplicate, register.FateRefused:
		return nil
	}
	if row.Organisation != nil {
		return w.organisation(row)
	}
	return w.person(row)
}

func (w *importer) person(row register.PlannedRow) error {
	who := row.Target
	var err error
	if row.Fate == register.FateNew {
		who, err = w.newPerson(row.Delegate)
	} else {
		err = w.changePerson(row)
	}
	if err != nil {
		return err
	}
	if err := w.membership(who, row); err != nil {
		return err
	}
	return w.answersOf(who, row)
}

// newPerson keeps somebody a file brings in.
func (w *importer) newPerson(from *register.Delegate) (register.ID, error) {
	id, err := w.ids.Next(register.DelegatePrefix)
	if err != nil {
		return "", err
	}
	d := from.Clone()
	d.ID, d.Created, d.Revision, d.Sources = id, w.seat.desk.now(), 1, []register.Provenance{w.source}
	d.Updated = d.Created
	return id, w.tx.Delegates().Put(d)
}

func (w *importer) changePerson(row register.PlannedRow) error {
	old, err := w.tx.Delegates().Get(row.Target)
	if err != nil {
		return err
	}
	if old.Revision != row.Seen {
		return changedSince(row)
	}
	d := updated(old, row.Incoming)
	source := w.source
	if source.Fields = d.Changed(&old); len(source.Fields) == 0 && len(row.Fields) == 0 {
		return nil // only answers are new
	}
	d.Sources = register.AddSource(d.Sources, source)
	d.Updated, d.Revision = w.seat.desk.now(), d.Revision+1
	return w.tx.Delegates().Put(d)
}

// answersOf adds what a row says to the ledger.
func (w *importer) answersOf(who register.ID, row register.PlannedRow) error {
	for _, a := range row.Record {
		a.Who = who
		if err := w.recordFromFile(row.Line, a, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *importer) membership(who register.ID, row register.PlannedRow) error {
	if row.Employer == "" {
		return nil
	}
	m, member, err := register.Membership{}, false, error(nil)
	if row.Fate != register.FateNew {
		if m, member, err = w.seat.current(w.tx, who, row.Employer); err != nil {
			return err
		}
	}
	if !member {
		id, err := w.ids.Next(register.MembershipPrefix)
		if err != nil {
			return err
		}
		m = register.Membership{ID: id, Delegate: who, Organisation: row.Employer, From: w.seat.Today(), Source: w.source}
	}
	if row.Role != "" {
		m.Role = row.Role
	}
	if row.Access != "" {
		m.Access = row.Access
	}
	return w.tx.Memberships().Put(m)
}

func (w *importer) organisation(row register.PlannedRow) error {
	var o register.Organisation
	now := w.seat.desk.now()
	if row.Fate == register.FateNew {
		id, err := w.ids.Next(register.OrganisationPrefix)
		if err != nil {
			return err
		}
		o = *row.Organisation
		o.ID, o.Created, o.Sources = id, now, []register.Provenance{w.source}
	} else {
		old, err := w.tx.Organisations().Get(row.Target)
		if err != nil {
			return err
		}
		if old.Revision != row.Seen && !row.AddsLink() {
			return changedSince(row)
		}
		if o = updatedOrganisation(old, row.Incoming); row.AddsLink() {
			o.Links = append(o.Links[:len(o.Links):len(o.Links)], row.Organisation.Links...)
		}
		source := w.source
		source.Fields = row.Fields
		o.Sources = register.AddSource(o.Sources, source)
	}
	o.Updated, o.Revision = now, o.Revision+1
	return w.tx.Organisations().Put(o)
}

func changedSince(row register.PlannedRow) error {
	return register.Errorf(register.Conflict, "", "line %d: %s was changed since the plan was made; plan again",
		row.Line, row.Target)
}
