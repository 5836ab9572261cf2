package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"custos/internal/exchange/consentfile"
	"custos/internal/register"
	"custos/store"
)

// LedgerSource is a file of consent records to be read back.
type LedgerSource struct {
	Name   string // of the file, for messages and the batch
	Format string // one of consentfile.Formats
	Read   io.Reader
}

// mostUnseekable is how many bytes are read of what cannot be read twice.
const mostUnseekable = 64 << 20

// ImportLedger reads consent records back into the ledger. Each keeps the
// instants it happened and was recorded at, and its method, so that nothing
// counts as newer for being imported. What is held already is the same; what
// contradicts it, is about nobody held here, or would let a no that is held
// stand no longer, is refused and named, and the rest imported: a transaction
// for every 5,000 records, all of them one batch. With dry nothing is written.
//
// Errors: Invalid for a format nobody knows and for a file that cannot be read
// to its end, of which then nothing is imported; Denied; those of the store. A
// ctx that ends stops between two transactions; reading the file again goes on.
func (s *Seat) ImportLedger(ctx context.Context, in LedgerSource, dry bool) (register.LedgerImport, error) {
	l := ledgerIn{seat: s, dry: dry, fresh: map[register.ID]bool{}}
	l.out = register.LedgerImport{File: in.Name, Format: in.Format, Problems: []register.Problem{}}
	if err := s.allow(register.ConsentImport); err != nil {
		return l.out, err
	}
	form, err := consentfile.ParseFormat(in.Format)
	if err != nil {
		return l.out, err
	}
	file, err := readTwice(in.Read)
	if err != nil {
		return l.out, err
	}
	if err := l.count(form, file); err != nil {
		return l.out, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return l.out, fmt.Errorf("the file cannot be read again: %w", err)
	}
	if dry {
		err = s.read(register.ConsentImport, func(tx *store.Tx) error {
			return l.each(form, file, func() error { return l.take(tx) })
		})
		return l.out, err
	}
	return l.out, l.apply(ctx, form, file)
}

// readTwice makes a file that can be read from its beginning again.
func readTwice(r io.Reader) (io.ReadSeeker, error) {
	if file, ok := r.(io.ReadSeeker); ok {
		return file, nil
	}
	data, err := io.ReadAll(io.LimitReader(r, mostUnseekable+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the records cannot be read: %w", err)
	case len(data) > mostUnseekable:
		return nil, register.Errorf(register.Invalid, "file",
			"more than %d MB came in; give the name of a file", mostUnseekable>>20)
	}
	return bytes.NewReader(data), nil
}

// ledgerIn is a file of records on its way into the ledger.
type ledgerIn struct {
	seat  *Seat
	dry   bool
	out   register.LedgerImport
	total int // events in the file
	batch register.Batch
	rows  []consentfile.Entry // not taken yet; those of a person are together
	fresh map[register.ID]bool
}

// count reads the file once, to know that it can be read to its end.
func (l *ledgerIn) count(form consentfile.Format, file io.Reader) error {
	err := consentfile.Read(form, file, func(consentfile.Entry) { l.total++ })
	if err != nil {
		return &register.Error{Kind: register.Invalid, Field: "file",
			Msg: l.out.File + ": " + err.Error() + "; nothing was imported", Err: err}
	}
	return nil
}

// each gives take the records by some thousands, never parting those of one
// person that stand together.
func (l *ledgerIn) each(form consentfile.Format, file io.Reader, take func() error) error {
	var failed error
	err := consentfile.Read(form, file, func(e consentfile.Entry) {
		if n := len(l.rows); failed == nil && n >= chunk && l.rows[n-1].Event.Delegate != e.Event.Delegate {
			failed = take()
			l.rows = l.rows[:0]
		}
		if failed == nil {
			l.rows = append(l.rows, e)
		}
	})
	if err = errors.Join(failed, err); err != nil {
		return err
	}
	return take()
}

func (l *ledgerIn) apply(ctx context.Context, form consentfile.Format, file io.Reader) error {
	id, err := l.seat.desk.ids.Next(register.BatchPrefix)
	if err != nil {
		return err
	}
	l.batch = register.Batch{
		ID: id, Noun: nounConsents, File: l.out.File, By: l.seat.operator.Name, At: l.seat.desk.now(),
		State: register.BatchRunning,
	}
	err = l.each(form, file, func() error {
		if err := ctx.Err(); err != nil {
			_, err = l.seat.stop(&l.batch, err)
			return err
		}
		return l.write(ctx)
	})
	if len(l.batch.Operations) > 0 {
		l.out.Batch = &l.batch
	}
	return err
}

// write takes the waiting records in one transaction. One that adds nothing is
// none, unless it ends the batch.
func (l *ledgerIn) write(ctx context.Context) error {
	was, next := l.out, l.batch
	_, err := l.seat.change(ctx, act{verb: register.ConsentImport, undoable: true}, func(tx *store.Tx) error {
		if err := l.take(tx); err != nil {
			return err
		}
		if l.out.Rows == l.total {
			next.State = register.BatchDone
		}
		added := l.out.New - was.New
		if added == 0 && (len(next.Operations) == 0 || next.State != register.BatchDone) {
			return errNothingGood
		}
		tx.Note(fmt.Sprintf("%s %s, %d new, %d the same, %d refused", next.ID, next.Noun,
			added, l.out.Same-was.Same, l.out.Refused-was.Refused))
		next.Operations = append(next.Operations[:len(next.Operations):len(next.Operations)], tx.Operation())
		next.Counts = register.Counts{Rows: l.out.Rows, New: l.out.New, Same: l.out.Same, Refused: l.out.Refused}
		return tx.Batches().Put(next)
	})
	switch {
	case err == nil:
		l.batch = next
	case !errors.Is(err, errNothingGood):
		l.out = was
		return err
	}
	return nil
}

// take sorts the waiting records into new, same and refused, person by person,
// and adds the new ones.
func (l *ledgerIn) take(tx *store.Tx) error {
	led, err := l.seat.openLedger(tx)
	if err != nil {
		return err
	}
	for from := 0; from < len(l.rows); {
		to := from + 1
		for to < len(l.rows) && l.rows[to].Event.Delegate == l.rows[from].Event.Delegate {
			to++
		}
		if err := l.person(led, l.rows[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// refuse counts a record that cannot be taken, and names it.
func (l *ledgerIn) refuse(place int, err error) {
	p := register.ProblemOf(err)
	p.Line = place
	l.out.Refused++
	l.out.Problems = append(l.out.Problems, *p)
}
