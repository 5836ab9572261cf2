package desk

import (
	"context"
	"io"
	"slices"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// eraseWithLetter writes the certificate beside its place, erases, and only then
// lets the certificate appear: one cannot be without the other.
func (s *Seat) eraseWithLetter(ctx context.Context, x *erasure, format, to string) error {
	id, err := s.desk.ids.Next(register.DisclosurePrefix)
	if err != nil {
		return err
	}
	l, err := s.certificate(x, id)
	if err != nil {
		return err
	}
	approved, _ := x.planned.facts.Case.Approval()
	record := register.Disclosure{
		ID: id, What: "certificate of erasure", Recipient: "data subject", Fields: []string{"name"}, Format: format,
		Encryption: "none", Request: x.planned.plan.Ref, ApprovedBy: approved.By, Unchecked: approved.Unchecked,
	}
	l.Audit = s.marked(&record)
	_, err = s.disclose(ctx, leaving{
		record: record,
		people: []register.ID{x.planned.plan.Delegate}, verb: register.EraseData,
		write: func(w io.Writer) error { return writeLetter(w, l, format) },
		still: func(tx *store.Tx) error { return x.still(ctx, tx) },
		also: func(tx *store.Tx) error {
			err := x.carryOut(tx)
			x.report.Certificate, x.record.Certificate = id, id
			if err == nil {
				err = tx.Erasures().Put(x.record)
			}
			return err
		},
	}, to)
	return err
}

// certificate is the letter to the person, as it stands before anything is done.
func (s *Seat) certificate(x *erasure, code register.ID) (letter.Letter, error) {
	f := &x.planned.facts
	var words register.LetterTemplate
	err := s.desk.db.View(func(tx *store.Tx) (err error) {
		words, err = template(tx, register.LetterErased)
		return err
	})
	values := f.Case.LetterValues(register.LetterErased, register.LetterFacts{
		Settings: f.Settings, Person: f.Person.Name, Operator: s.operator.Name, Today: s.Today(),
	})
	for name, own := range certificateValues(&x.planned.plan) {
		values[name] = own
	}
	return letter.Letter{
		Template: words, Values: values, Office: f.Settings.Office, Language: f.Settings.Profile.Language,
		Code: string(code), At: s.desk.now(), Unchecked: x.unchecked(),
	}, err
}

// certificateValues are what a certificate of erasure says of its own.
func certificateValues(p *register.ErasurePlan) map[string][]string {
	v := map[string][]string{
		"removed": p.Words(register.ErasureRemoves), "masked": p.Words(register.ErasureMasks), "kept": p.Words(register.ErasureKeeps),
		"backups": {p.Backups},
		"scan": {"After the erasure the whole of our records, and the bytes of the files they lie in, are searched for your name," +
			" addresses and numbers, however they are written. This certificate is sent only when that search has found nothing" +
			" that is yours but what is named here."},
	}
	var told []string
	for _, r := range p.Recipients {
		told = append(told, r.Name+", "+r.What)
	}
	slices.Sort(told)
	v["recipients"] = slices.Compact(told)
	return v
}
