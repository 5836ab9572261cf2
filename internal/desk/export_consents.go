package desk

import (
	"context"
	"io"
	"strings"

	"custos/internal/exchange/consentfile"
	"custos/internal/exchange/table"
	"custos/internal/register"
	"custos/store"
)

// ledgerOut is the ledger of consents on its way out.
type ledgerOut struct {
	seat   *Seat
	in     ExportInput
	office consentfile.Office
	people []register.ID
	left   listing // who is left out
}

// exportConsents writes the ledger, or one person's part of it, person by
// person: as a table, or in one of the standards.
func (s *Seat) exportConsents(ctx context.Context, in ExportInput) (register.Disclosure, error) {
	var d register.Disclosure
	form, err := formOf(&in)
	if err != nil {
		return d, err
	}
	settings := s.Settings()
	if d, err = s.exportRecord(in, &settings.Profile); err != nil {
		return d, err
	}
	if form == string(consentfile.Receipt) {
		if in.Person == "" {
			return d, register.Errorf(register.Invalid, "person", "a receipt is for one person; say for whom")
		}
		if in.Recipient == "" {
			d.Recipient = "data subject"
		}
	}
	d.What, d.Format, d.Fields, d.Encryption = in.Noun+" list", form, consentfile.Columns(), "none"
	l := ledgerOut{seat: s, in: in, office: consentfile.Office{
		Controller: settings.Office, Profile: &settings.Profile, At: s.desk.now(),
	}}
	if err := s.allow(register.DelegateRead); err != nil {
		return d, err
	}
	return s.disclose(ctx, leaving{
		record: d, verb: register.Disclose,
		write: func(w io.Writer) error { return l.write(form, w) },
		told: func() ([]register.ID, []register.ReasonCount) {
			l.left.leftOut.Sort()
			return l.people, l.left.leftOut.LeftOut
		},
	}, in.To)
}

// formOf settles the form of the file, which must agree with its name.
func formOf(in *ExportInput) (string, error) {
	as := strings.ToLower(in.As)
	form, known := consentfile.ParseFormat(as)
	if in.To == Stream && known == nil {
		return string(form), nil
	}
	named := *in
	if in.To != Stream {
		named.As = ""
	}
	byName, err := named.format()
	if err != nil {
		return "", err
	}
	if as == "" || as == string(byName) {
		return string(byName), nil
	}
	if as != string(table.XLSX) && known != nil {
		return "", known
	}
	if as == string(table.XLSX) || form.Ending() != "."+string(byName) {
		return "", register.Errorf(register.Invalid, "to", "the name says %s, which %s is not", byName, as)
	}
	return as, nil
}

func (l *ledgerOut) write(form string, w io.Writer) error {
	if form == string(table.XLSX) {
		return l.writeSheet(w)
	}
	out, err := consentfile.NewWriter(consentfile.Format(form), w, l.office)
	if err != nil {
		return err
	}
	if err := l.each(out.Write); err != nil {
		return err
	}
	return out.Close()
}

func (l *ledgerOut) writeSheet(w io.Writer) error {
	sheet := listing{columns: consentfile.Columns()}
	err := l.each(func(e register.ConsentEvent) error {
		sheet.rows = append(sheet.rows, consentfile.Row(&e))
		return nil
	})
	if err != nil {
		return err
	}
	return sheet.write(table.XLSX, w)
}

// each visits every event, those of a person together.
func (l *ledgerOut) each(visit func(register.ConsentEvent) error) error {
	if l.in.Person != "" {
		return l.seat.read(register.DelegateRead, func(tx *store.Tx) error {
			d, err := l.seat.visible(tx, l.in.Person)
			if err != nil {
				return err
			}
			if rule, out := notUsed(d.Status); out {
				return register.Errorf(register.Refused, "person", "%s", rule.Words())
			}
			return l.person(tx, d.ID, visit)
		})
	}
	return l.seat.eachPerson(l.in, &l.left, func(tx *store.Tx, row register.DelegateRow, _ register.Delegate) error {
		return l.person(tx, row.ID, visit)
	})
}

func (l *ledgerOut) person(tx *store.Tx, who register.ID, visit func(register.ConsentEvent) error) error {
	events, err := consentsOf(tx, who)
	for _, e := range events {
		if err := visit(e); err != nil {
			return err
		}
	}
	if len(events) > 0 {
		l.people = append(l.people, who)
	}
	return err
}
