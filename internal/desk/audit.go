package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"slices"
	"time"

	"custos/internal/audit"
	"custos/internal/register"
	"custos/store"
)

// Trail lists the audit trail, the newest entry first; limit 0 means all.
func (s *Seat) Trail(limit int) ([]register.AuditRow, error) {
	rows := []register.AuditRow{}
	err := s.read(register.AuditRead, func(tx *store.Tx) error {
		for e, err := range tx.Audit() {
			if err != nil {
				return err
			}
			rows = append(rows, auditRow(e))
		}
		return nil
	})
	slices.Reverse(rows)
	if limit > 0 && len(rows) > limit {
		rows = rows[:limit]
	}
	return rows, err
}

func auditRow(e audit.Entry) register.AuditRow {
	row := register.AuditRow{
		Seq: e.Seq, At: time.UnixMilli(e.At).UTC(), Operator: e.Operator, Door: e.Door,
		Verb: register.Verb(e.Verb), Operation: register.ID(e.Operation), Note: e.Note, Unchecked: e.Unchecked,
	}
	for _, id := range e.Subjects {
		row.Subjects = append(row.Subjects, register.ID(id))
	}
	return row
}

// VerifyTrail walks the chain of the open store from the first entry to the
// head, past the gaps that repairs recorded. A break is an Internal error that
// says where.
func (s *Seat) VerifyTrail() (register.AuditVerdict, error) {
	var v register.AuditVerdict
	err := s.read(register.AuditRead, func(tx *store.Tx) error {
		trail := s.desk.db.Trail(tx)
		trail.Marks = []audit.Head{s.desk.db.AuditHead()}
		head, err := trail.Verify()
		v = verdict(head, trail.Gaps)
		return broken(err)
	})
	v.Intact = err == nil
	return v, err
}

// ExportTrail writes the audit trail to a file that can be verified without
// the store. It holds ids and operators' login names, nothing about a data
// subject, so it is no disclosure.
func (s *Seat) ExportTrail(ctx context.Context, to string) (register.AuditVerdict, error) {
	var v register.AuditVerdict
	out, err := s.files.newOut(to)
	if err != nil {
		return v, err
	}
	if v, err = s.writeTrail(ctx, out); err != nil {
		out.Drop()
		return v, err
	}
	return v, out.Keep()
}

func (s *Seat) writeTrail(ctx context.Context, out *outFile) (register.AuditVerdict, error) {
	if _, err := s.change(ctx, act{verb: register.AuditShare}, func(*store.Tx) error { return nil }); err != nil {
		return register.AuditVerdict{}, err
	}
	h := audit.Header{ExportedAt: s.desk.now().UnixMilli(), Head: s.desk.db.AuditHead()}
	err := s.read(register.AuditShare, func(tx *store.Tx) error {
		trail := s.desk.db.Trail(tx)
		h.Store, h.From, h.Gaps = trail.Store, trail.From, trail.Gaps
		return audit.WriteExport(out, h, upTo(trail.Entries, h.Head.Seq))
	})
	if err != nil {
		return register.AuditVerdict{}, broken(err)
	}
	_, err = out.settle()
	v := verdict(h.Head, h.Gaps)
	v.Intact = err == nil
	return v, err
}

// VerifyExport checks an exported trail on its own: it needs no store.
func VerifyExport(r io.Reader) (register.AuditVerdict, error) {
	report, err := audit.VerifyExport(r)
	if err != nil {
		return register.AuditVerdict{}, broken(err)
	}
	return proved(&report), nil
}

func proved(report *audit.Report) register.AuditVerdict {
	v := verdict(report.Head, report.Gaps)
	v.Entries, v.Intact = report.Entries, true
	for _, c := range report.Shown() {
		v.Shown = append(v.Shown, string(c))
	}
	for _, c := range report.NotShown() {
		v.Open = append(v.Open, string(c))
	}
	return v
}

// verdict counts the entries there are up to a head.
func verdict(h audit.Head, gaps []audit.Gap) register.AuditVerdict {
	v := register.AuditVerdict{Entries: h.Seq, Head: hex.EncodeToString(h.Hash[:])}
	for _, g := range gaps {
		if g.Last <= h.Seq {
			v.Gaps = append(v.Gaps, register.AuditGap{First: g.First, Last: g.Last})
			v.Entries -= g.Last - g.First + 1
		}
	}
	return v
}

// upTo ends a sequence at an entry, so that a commit made meanwhile does not
// lengthen an export.
func upTo(all iter.Seq2[audit.Entry, error], last uint64) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for e, err := range all {
			if err == nil && e.Seq > last || !yield(e, err) {
				return
			}
		}
	}
}

func broken(err error) error {
	var e *register.Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	return &register.Error{Kind: register.Internal, Msg: "the audit trail does not hold: " + err.Error(), Err: err}
}
