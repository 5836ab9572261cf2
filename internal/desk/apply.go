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
	id, err := s.desk.ids.Next(register.BatchPrefix)
	if err != nil {
		return register.Batch{}, err
	}
	b := register.Batch{
		ID: id, Noun: plan.Noun, File: plan.File, By: s.operator.Name, At: s.desk.now(), State: register.BatchRunning,
	}
	rows := plan.Rows
	for start := 0; ; start += chunk {
		part := rows[min(start, len(rows)):min(start+chunk, len(rows))]
		if start > 0 && len(part) == 0 {
			return b, nil
		}
		if err := ctx.Err(); err != nil {
			return s.stop(&b, err)
		}
		if b.State = register.BatchRunning; start+chunk >= len(rows) {
			b.State = register.BatchDone
		}
		if err := s.applyChunk(ctx, &b, part); err != nil {
			return b, err
		}
		if told != nil {
			told(start+len(part), len(rows))
		}
	}
}

func (s *Seat) applyChunk(ctx context.Context, b *register.Batch, rows []register.PlannedRow) error {
	next := *b
	for _, row := range rows {
		next.Counts.Tally(row.Fate)
	}
	note := fmt.Sprintf("%s %s, %d of the rows", b.ID, b.Noun, len(rows))
	_, err := s.change(ctx, act{verb: register.ImportApply, note: note, undoable: true}, func(tx *store.Tx) error {
		ids, err := s.desk.ids.Cluster()
		if err != nil {
			return err
		}
		w := importer{seat: s, tx: tx, ids: ids, source: register.Provenance{
			How: "import", Detail: "batch " + string(b.ID), On: s.Today(),
		}}
		if w.settings, err = tx.Settings().Get(); err != nil {
			return err
		}
		for _, row := range rows {
			if err := w.write(row); err != nil {
				return err
			}
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
	seat     *Seat
	tx       *store.Tx
	ids      *register.IDs
	settings register.Settings
	source   register.Provenance
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
	var d register.Delegate
	now := w.seat.desk.now()
	if row.Fate == register.FateNew {
		id, err := w.ids.Next(register.DelegatePrefix)
		if err != nil {
			return err
		}
		d = row.Delegate.Clone()
		d.ID, d.Created, d.Revision, d.Sources = id, now, 0, []register.Provenance{w.source}
	} else {
		old, err := w.tx.Delegates().Get(row.Target)
		if err != nil {
			return err
		}
		if old.Revision != row.Seen {
			return changedSince(row)
		}
		d = updated(old, row.Incoming)
		source := w.source
		source.Fields = d.Changed(&old)
		d.Sources = append(d.Sources, source)
	}
	d.Updated, d.Revision = now, d.Revision+1
	if err := w.tx.Delegates().Put(d); err != nil {
		return err
	}
	return w.membership(d.ID, row)
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
		o.Sources = append(o.Sources[:len(o.Sources):len(o.Sources)], source)
	}
	o.Updated, o.Revision = now, o.Revision+1
	return w.tx.Organisations().Put(o)
}

func changedSince(row register.PlannedRow) error {
	return register.Errorf(register.Conflict, "", "line %d: %s was changed since the plan was made; plan again",
		row.Line, row.Target)
}
