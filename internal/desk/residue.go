package desk

import (
	"context"
	"fmt"
	"slices"

	"custos/internal/register"
	"custos/store"
)

// ResidueScan searches everything held for values typed by the operator, in
// every variant: each record and former version, opened, and the raw bytes of
// the store's files. Where it names the case of an erasure the outcome is noted
// there, and a clean search completes the erasure. told may be nil. Errors:
// Invalid without a value, Denied, NotFound.
func (s *Seat) ResidueScan(
	ctx context.Context, in register.ResidueInput, told func(done, total int),
) (register.ResidueReport, error) {
	var none register.ResidueReport
	if err := s.allow(register.EraseData); err != nil {
		return none, err
	}
	if len(register.NeedlesOfValues(in.Values)) == 0 {
		return none, register.Errorf(register.Invalid, "value",
			"type what to look for: a full name, an email address, a number; nothing shorter than five letters")
	}
	if in.Ref != "" {
		r, err := s.request(in.Ref)
		if err != nil {
			return none, err
		}
		if _, done := r.Last(register.ErasedData); !done {
			return none, register.Errorf(register.Refused, "", "%s has erased nothing yet", r.Ref)
		}
		report, err := s.finishErased(ctx, &r, register.EraseInput{Values: in.Values}, told)
		return report.Residue, err
	}
	e, err := s.typed("", nil, in.Values)
	if err != nil {
		return none, err
	}
	return s.residue(ctx, e, told)
}

// typed is a search for values typed by hand. The case, where there is one, says
// what was kept.
func (s *Seat) typed(who register.ID, r *register.Request, values []string) (*erasing, error) {
	e := &erasing{}
	e.facts.Case, e.facts.Person = r, &register.Delegate{ID: who}
	e.facts.Needles = register.NeedlesOfValues(values)
	if len(e.facts.Needles) == 0 {
		return e, nil
	}
	var err error
	e.needles, err = readyNeedles(e.facts.Needles)
	return e, err
}

// residue searches the whole store for the values of an erasure, once the
// records are gone.
func (s *Seat) residue(ctx context.Context, e *erasing, told func(done, total int)) (register.ResidueReport, error) {
	report := register.ResidueReport{
		Looked: len(e.facts.Needles), Searched: len(e.facts.Needles) > 0,
		Residue: []register.ResidueFind{}, Explained: []register.ResidueFind{},
	}
	err := s.desk.db.View(func(tx *store.Tx) error {
		if err := s.leftOf(tx, e, &report); err != nil || !report.Searched {
			return err
		}
		return s.searchLeft(ctx, tx, e, &report, told)
	})
	if err != nil || !report.Searched {
		return report, err
	}
	return report, s.searchRaw(ctx, e, &report, told)
}

// leftOf finds records of the person's own that should be gone, whatever they say.
func (s *Seat) leftOf(tx *store.Tx, e *erasing, report *register.ResidueReport) error {
	who := e.facts.Person.ID
	if who == "" {
		return nil
	}
	held, err := tx.Held(who)
	if err != nil {
		return err
	}
	for _, h := range held {
		if len(h.Entries) == 0 || h.Collection == "requests" || h.Collection == "delegates" {
			continue
		}
		find := register.ResidueFind{Collection: h.Collection, What: fmt.Sprintf("%d records of the person", len(h.Entries))}
		if e.keeps(h.Collection) {
			find.Why = "kept by the plan"
			report.Explained = append(report.Explained, find)
			continue
		}
		report.Residue = append(report.Residue, find)
	}
	return nil
}

// keeps reports whether a choice of the case keeps the person's own records of a
// collection; the reduced record of the person goes with them.
func (e *erasing) keeps(collection string) bool {
	r := e.facts.Case
	if r == nil {
		return false
	}
	return collection == "delegates" && r.KeepsOwn() || slices.ContainsFunc(r.Keeps, func(c register.ErasureChoice) bool {
		return c.Record == "" && c.Collection == collection && c.Fate == register.ErasureKeeps
	})
}

func (s *Seat) searchLeft(
	ctx context.Context, tx *store.Tx, e *erasing, report *register.ResidueReport, told func(done, total int),
) error {
	hits, err := e.search(ctx, tx, func(done, total int) {
		report.Records = total
		if told != nil {
			told(done, total)
		}
	})
	if err != nil {
		return err
	}
	staff, err := logins(tx)
	if err != nil {
		return err
	}
	sorting := register.SortErasure(e.facts.Person.ID, e.facts.Needles, hits, staff)
	for i := range hits {
		h := &hits[i]
		find, explained := sorting.Residue(h, e.plan.Lines)
		find.Field = e.blot(find.Field) // people name the fields of a form
		if !explained && h.Subject != "" && h.Subject == e.facts.Person.ID && e.keeps(h.Collection) {
			find.Why, explained = "kept by the plan", true
		}
		if explained {
			report.Explained = append(report.Explained, find)
		} else {
			report.Residue = append(report.Residue, find)
		}
	}
	return nil
}

// searchRaw looks at the bytes of the files. Nothing readable may stand there,
// whoever's it is; needles that any words may hold are left out.
func (s *Seat) searchRaw(
	ctx context.Context, e *erasing, report *register.ResidueReport, told func(done, total int),
) error {
	alone := slices.DeleteFunc(slices.Clone(e.facts.Needles), func(n register.Needle) bool { return n.Cased || n.Beside })
	if len(alone) == 0 {
		return nil
	}
	ready, err := readyNeedles(alone)
	if err != nil {
		return err
	}
	hits, err := s.desk.db.RawSearch(ctx, ready, func(done, total int) {
		report.Bytes = total
		if told != nil {
			told(done, total)
		}
	})
	for _, h := range hits {
		report.Residue = append(report.Residue, register.ResidueFind{
			File: h.File, Offset: h.Offset, What: alone[h.Needle].What,
		})
	}
	return err
}

// recordErasure keeps what came of an erasure in numbers, and in its case.
func (s *Seat) recordErasure(ctx context.Context, report *register.ErasureReport) error {
	a := act{verb: register.EraseData, subjects: []register.ID{report.Delegate}, note: report.Ref + " searched"}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		made, err := tx.Erasures().Get(report.Ref)
		if err != nil {
			return err
		}
		made.Scrubbed = s.desk.now()
		if report.Residue.Searched {
			made.Scanned, made.Residue = made.Scrubbed, len(report.Residue.Residue)
		}
		made.Complete = report.Complete
		if err := tx.Erasures().Put(made); err != nil {
			return err
		}
		r, err := tx.Requests().Get(report.Ref)
		if err != nil {
			return err
		}
		if err := s.noteErasure(&r, report); err != nil {
			return err
		}
		return s.save(tx, &r)
	})
	return err
}

// noteErasure ticks the search off, or says in the case what is left to do.
func (s *Seat) noteErasure(r *register.Request, report *register.ErasureReport) error {
	e := register.RequestEvent{Kind: register.Noted, On: s.Today(), Text: report.Words}
	if t, ok := r.Task(register.TaskResidue); report.Complete && ok && !t.Finished && r.State() != register.ClosedCase {
		e.Kind, e.Task = register.TaskDone, t.ID
	}
	return s.add(r, e)
}
