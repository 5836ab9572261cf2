package desk

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// certificateFormat returns the format a file name asks for.
func certificateFormat(to string) (string, error) {
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(to)), ".")
	if slices.Contains([]string{"pdf", "docx", "html", "txt"}, ext) {
		return ext, nil
	}
	return "", register.Errorf(register.Invalid, "certificate", "a certificate is a .pdf, .docx, .html or .txt file")
}

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
	_, err = s.disclose(ctx, leaving{
		record: register.Disclosure{
			ID: id, What: "certificate of erasure", Recipient: "data subject", Fields: []string{"name"}, Format: format,
			Encryption: "none", Request: x.planned.plan.Ref, ApprovedBy: approved.By, Unchecked: approved.Unchecked,
		},
		people: []register.ID{x.planned.plan.Delegate}, verb: register.EraseData,
		write: func(w io.Writer) error { return writeCertificate(w, l, format) },
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

func writeCertificate(w io.Writer, l letter.Letter, format string) error {
	switch format {
	case "pdf":
		return l.PDF(w)
	case "docx":
		return l.DOCX(w)
	case "html":
		return l.HTML(w)
	}
	text, err := l.Text()
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// certificate is the letter to the person, as it stands before anything is done.
func (s *Seat) certificate(x *erasure, code register.ID) (letter.Letter, error) {
	f := &x.planned.facts
	template := letter.DefaultTemplate(register.LetterErased)
	err := s.desk.db.View(func(tx *store.Tx) error {
		own, err := tx.Templates().Get(string(register.LetterErased))
		if err == nil {
			template = own
		}
		if register.KindOf(err) == register.NotFound {
			return nil
		}
		return err
	})
	values := f.Case.LetterValues(register.LetterErased, register.LetterFacts{
		Settings: f.Settings, Person: f.Person.Name, Operator: s.operator.Name, Today: s.Today(),
	})
	for name, words := range certificateValues(&x.planned.plan) {
		values[name] = words
	}
	return letter.Letter{
		Template: template, Values: values, Office: f.Settings.Office, Language: f.Settings.Profile.Language,
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
