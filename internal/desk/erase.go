package desk

import (
	"context"
	"fmt"
	"reflect"

	"custos/internal/register"
	"custos/store"
)

// Erase carries out the approved erasure of a case: everything of the person is
// removed but the skeletons of their cases and a tombstone, their addresses and
// noes are suppressed, mentions elsewhere are masked, freed pages are scrubbed,
// and the whole store is searched for what may be left. It cannot be undone.
//
// The certificate is written first: where it cannot be, nothing is erased. Then
// all records change in one transaction. Where the program ends before scrub and
// search are done, the same call again completes them; since nobody knows the
// person's values by then, it asks for them in Values.
//
// Errors: Refused, naming what stands in the way: no approved decision, a plan
// that is another than the approved one, a standing hold, another case of the
// person. The report says what was found afterwards; a store in which something
// was left behind is no error but not Complete.
func (s *Seat) Erase(
	ctx context.Context, ref string, in register.EraseInput, told func(done, total int),
) (register.ErasureReport, error) {
	var none register.ErasureReport
	if err := s.allow(register.EraseData); err != nil {
		return none, err
	}
	r, err := s.request(ref)
	if err != nil {
		return none, err
	}
	if _, done := r.Last(register.ErasedData); done {
		return s.finishErased(ctx, &r, in, told)
	}
	format := ""
	if in.Certificate != "" {
		if format, err = caseLetterFormat("certificate", in.Certificate, ""); err != nil {
			return none, err
		}
	}
	e, err := s.planErasure(ctx, r.Ref, told)
	if err == nil {
		err = e.ready()
	}
	if err == nil {
		err = s.desk.pause("records")
	}
	if err != nil {
		return none, err
	}
	done := &erasure{seat: s, planned: e}
	if in.Certificate == "" {
		err = s.eraseRecords(ctx, done)
	} else {
		err = s.eraseWithLetter(ctx, done, format, in.Certificate)
	}
	if err != nil {
		return none, err
	}
	s.desk.remember(r.Ref, e)
	return s.finishErasure(ctx, done.report, e, told)
}

// ready returns why the erasure may not run, if it may not.
func (e *erasing) ready() error {
	r := e.facts.Case
	decided, ok := r.Last(register.Decided)
	switch _, approved := r.Approval(); {
	case !ok || decided.Outcome == register.Refuse || !approved:
		return register.Errorf(register.Refused, "", "an erasure needs an approved decision to erase")
	case len(e.plan.Blocked) > 0:
		return register.Errorf(register.Refused, "", "%s", e.plan.Blocked[0])
	case !e.plan.Approved:
		return register.Errorf(register.Refused, "", "what would be kept or masked has changed since it was approved:"+
			" look at the plan again, confirm it, and have it approved anew")
	}
	return nil
}

// erasure is an erasure being carried out.
type erasure struct {
	seat    *Seat
	planned *erasing // as it was shown, and as the certificate says
	now     *erasing // as the transaction sees it
	report  register.ErasureReport
	record  register.Erasure
}

func (s *Seat) eraseRecords(ctx context.Context, x *erasure) error {
	a := act{verb: register.EraseData, subjects: []register.ID{x.planned.plan.Delegate}, unchecked: x.unchecked()}
	_, err := s.change(ctx, a, func(tx *store.Tx) error {
		if err := x.still(ctx, tx); err != nil {
			return err
		}
		return x.carryOut(tx)
	})
	return err
}

func (x *erasure) unchecked() bool {
	approved, _ := x.planned.facts.Case.Approval()
	return approved.Unchecked
}

// still plans again inside the transaction: what was shown and printed is what
// is done, or nothing is.
func (x *erasure) still(ctx context.Context, tx *store.Tx) (err error) {
	if x.now, err = x.seat.planErasureIn(ctx, tx, x.planned.plan.Ref, nil); err != nil {
		return err
	}
	if err := x.now.ready(); err != nil {
		return err
	}
	if !reflect.DeepEqual(x.now.plan, x.planned.plan) {
		return register.Errorf(register.Conflict, "", "something was recorded meanwhile: run the erasure again")
	}
	return nil
}

// finishErasure scrubs and searches, and records what came of it.
func (s *Seat) finishErasure(
	ctx context.Context, report register.ErasureReport, e *erasing, told func(done, total int),
) (register.ErasureReport, error) {
	if err := s.desk.pause("scrub"); err != nil {
		return report, err
	}
	scrubbed, err := s.desk.db.Scrub(ctx)
	if err != nil {
		return report, fmt.Errorf("the records are erased, but freed pages are not scrubbed; run it again: %w", err)
	}
	report.Pages = scrubbed.Pages
	if err := s.darken(ctx, &report); err != nil {
		return report, fmt.Errorf("the records are erased, but the backups are not looked after; run it again: %w", err)
	}
	if err := s.desk.pause("scan"); err != nil {
		return report, err
	}
	if report.Residue, err = s.residue(ctx, e, told); err != nil {
		return report, fmt.Errorf("the records are erased, but the search for what is left did not end; run it again: %w", err)
	}
	report.Complete = report.Residue.Searched && len(report.Residue.Residue) == 0
	report.Words = erasureWords(&report)
	if err := s.recordErasure(ctx, &report); err != nil {
		return report, err
	}
	if report.Complete {
		s.desk.forget(report.Ref)
	}
	return report, nil
}

// finishErased completes an erasure whose records are gone already.
func (s *Seat) finishErased(
	ctx context.Context, r *register.Request, in register.EraseInput, told func(done, total int),
) (register.ErasureReport, error) {
	var report register.ErasureReport
	if in.Certificate != "" {
		return report, register.Errorf(register.Refused, "certificate",
			"the data is erased: nobody knows any more to whom a certificate would go")
	}
	var made register.Erasure
	err := s.desk.db.View(func(tx *store.Tx) (err error) {
		made, err = tx.Erasures().Get(r.Ref)
		return err
	})
	if err != nil {
		return report, err
	}
	report = made.Report()
	report.Resumed = true
	if made.Complete && len(in.Values) == 0 {
		err := s.darken(ctx, &report)
		report.Words = erasureWords(&report)
		return report, err
	}
	e := s.desk.remembered(r.Ref)
	if e == nil || len(in.Values) > 0 {
		if e, err = s.typed(made.Delegate, r, in.Values); err != nil {
			return report, err
		}
	}
	return s.finishErasure(ctx, report, e, told)
}

// erasureWords sum a report up.
func erasureWords(r *register.ErasureReport) string {
	return searchWords(r) + " " + r.Backups
}

func searchWords(r *register.ErasureReport) string {
	switch n := len(r.Residue.Residue); {
	case r.Complete:
		return "COMPLETE: everything planned was done, and nothing of the person was found afterwards."
	case n > 0:
		return fmt.Sprintf("NOT COMPLETE: %d places still hold something of the person. Clear them by hand, then search again."+
			" Do not send the certificate before.", n)
	}
	return "NOT COMPLETE: records are erased and freed pages scrubbed, but the search needs the person's values:" +
		" type their name, addresses and numbers. Do not send the certificate before."
}
