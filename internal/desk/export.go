package desk

import (
	"context"
	"io"
	"path/filepath"

	"custos/internal/exchange"
	"custos/internal/exchange/table"
	"custos/internal/register"
	"custos/store"
)

// ExportInput says what leaves, where to, and to whom. Purpose and Recipient
// are of the profile; without a recipient the file stays in the office.
type ExportInput struct {
	Noun      string // delegates, organisations, requests or consents
	To        string // a file name ending in .csv, .xlsx or .json
	Purpose   string
	Recipient string
	Query     register.Query
}

// Export writes a list to a file and records it as a disclosure with everybody
// in it. Restricted people are left out (UK GDPR Art 18(2)), and so is special
// category data.
func (s *Seat) Export(ctx context.Context, in ExportInput) (register.Disclosure, error) {
	var d register.Disclosure
	format, err := exchange.FormatOf(filepath.Base(in.To))
	if err != nil {
		return d, register.Errorf(register.Invalid, "to", "%w", err)
	}
	settings := s.Settings()
	if d, err = s.exportRecord(in, &settings.Profile); err != nil {
		return d, err
	}
	l, err := s.list(in, &settings.Profile)
	if err != nil {
		return d, err
	}
	d.What, d.Format, d.Fields, d.Encryption = in.Noun+" list", string(format), l.columns, "none"
	return s.disclose(ctx, leaving{
		record: d, people: l.people, verb: register.Disclose,
		write: func(w io.Writer) error { return l.write(format, w) },
	}, in.To)
}

func (s *Seat) exportRecord(in ExportInput, p *register.Profile) (register.Disclosure, error) {
	d := register.Disclosure{Recipient: "internal", Purpose: in.Purpose}
	if in.Purpose != "" {
		x, ok := p.Purpose(in.Purpose)
		if !ok {
			return d, register.Errorf(register.Invalid, "purpose", "the profile %s has no purpose %q", p.Name, in.Purpose)
		}
		if len(x.Bases) > 0 {
			d.Basis = x.Bases[0].Basis
		}
	}
	if in.Recipient != "" {
		r, ok := p.Recipient(in.Recipient)
		if !ok {
			return d, register.Errorf(register.Invalid, "recipient", "the profile %s has no recipient %q", p.Name, in.Recipient)
		}
		if d.Basis == "" {
			return d, register.Errorf(register.Invalid, "purpose", "say for which purpose %s receives this", in.Recipient)
		}
		d.Recipient, d.Role = r.ID, r.Role
	}
	d.Unchecked = true // a list is prepared and released by one person; the record says so
	return d, nil
}

// listing is a table about to be written, and who is in it.
type listing struct {
	columns []string
	rows    [][]string
	people  []register.ID
}

func (l *listing) write(f table.Format, w io.Writer) error {
	out, err := exchange.NewWriter(f, w)
	if err != nil {
		return err
	}
	columns := make([]table.Column, len(l.columns))
	for i, name := range l.columns {
		columns[i] = table.Column{Name: name, Index: i}
	}
	if err := out.WriteHeader(columns); err != nil {
		return err
	}
	for _, row := range l.rows {
		if err := out.WriteRow(row); err != nil {
			return err
		}
	}
	return out.Close()
}

func (s *Seat) list(in ExportInput, p *register.Profile) (*listing, error) {
	switch in.Noun {
	case "delegates":
		return s.listDelegates(in, p)
	case "organisations":
		return s.listOrganisations(in)
	case "requests":
		return s.listRequests()
	case "consents":
		return s.listConsents(in)
	}
	return nil, register.Errorf(register.Invalid, "noun", "what can be exported is delegates, organisations, requests or consents, not %q", in.Noun)
}

// listDelegates gives people with the fields of their kinds, special category
// ones left out.
func (s *Seat) listDelegates(in ExportInput, p *register.Profile) (*listing, error) {
	fields := plainFields(p)
	l := &listing{columns: append(append([]string{"id", "kind", "status"}, fields...), register.FieldOrganisation)}
	err := s.eachPerson(in, func(_ *store.Tx, row register.DelegateRow, d register.Delegate) error {
		cells := []string{string(d.ID), d.Kind, string(d.Status)}
		for _, f := range fields {
			cells = append(cells, d.Value(f))
		}
		l.rows = append(l.rows, append(cells, row.Organisation))
		l.people = append(l.people, d.ID)
		return nil
	})
	return l, err
}

// plainFields are the fields of all kinds once each, without special category
// data and what lives in memberships.
func plainFields(p *register.Profile) []string {
	var fields []string
	known := map[string]bool{register.FieldOrganisation: true, register.FieldAccess: true}
	for _, k := range p.Kinds {
		for _, f := range k.Fields {
			if !f.Special && !known[f.ID] {
				known[f.ID] = true
				fields = append(fields, f.ID)
			}
		}
	}
	return fields
}

// eachPerson visits the people a query lists, the restricted left out.
func (s *Seat) eachPerson(in ExportInput, visit func(*store.Tx, register.DelegateRow, register.Delegate) error) error {
	q := s.scoped(in.Query)
	q.Limit = 0
	rows := s.desk.db.People(q)
	return s.read(register.DelegateRead, func(tx *store.Tx) error {
		for i := range rows.Len() {
			row := rows.Row(i)
			if row.Status == register.Restricted || row.Status == register.Erased {
				continue
			}
			d, err := tx.Delegates().Get(row.ID)
			if err != nil {
				return err
			}
			if err := visit(tx, row, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Seat) listOrganisations(in ExportInput) (*listing, error) {
	fields := register.OrganisationFields()
	l := &listing{columns: append(append([]string{"id", "status"}, fields...), "opened", "closed")}
	q := in.Query
	q.Limit = 0
	rows := s.desk.db.Organisations(q)
	err := s.read(register.OrganisationRead, func(tx *store.Tx) error {
		for i := range rows.Len() {
			o, err := tx.Organisations().Get(rows.Row(i).ID)
			if err != nil {
				return err
			}
			cells := []string{string(o.ID), string(o.Status)}
			for _, f := range fields {
				cells = append(cells, o.Value(f))
			}
			l.rows = append(l.rows, append(cells, o.Opened.String(), o.Closed.String()))
		}
		return nil
	})
	return l, err
}

func (s *Seat) listRequests() (*listing, error) {
	l := &listing{columns: []string{"ref", "right", "state", "received", "due", "last_lawful", "pressure", "delegate", "name", "owner"}}
	rows, err := s.Requests("", s.Today())
	for _, r := range rows {
		l.rows = append(l.rows, []string{r.Ref, string(r.Right), string(r.State), r.Received.String(), r.Due.String(),
			r.LastLawful.String(), string(r.Pressure), string(r.Delegate), r.Name, r.Owner})
		if r.Delegate != "" {
			l.people = append(l.people, r.Delegate)
		}
	}
	l.people = unique(l.people)
	return l, err
}

func (s *Seat) listConsents(in ExportInput) (*listing, error) {
	l := &listing{columns: []string{"id", "delegate", "purpose", "channel", "brand", "state", "at", "recorded", "recorded_by",
		"method", "evidence", "notice", "notice_version", "wording_digest", "given_by", "authority", "corrects"}}
	err := s.eachPerson(in, func(tx *store.Tx, row register.DelegateRow, _ register.Delegate) error {
		events, err := consentsOf(tx, row.ID)
		for _, e := range events {
			l.rows = append(l.rows, []string{string(e.ID), string(e.Delegate), e.Purpose, e.Channel, e.Brand, string(e.Act),
				instant(e.At), instant(e.Recorded), e.RecordedBy, e.Method, e.Evidence, e.Notice, e.NoticeVersion,
				e.WordingDigest, e.GivenBy, e.Authority, string(e.Corrects)})
		}
		if len(events) > 0 {
			l.people = append(l.people, row.ID)
		}
		return err
	})
	return l, err
}

func unique(ids []register.ID) []register.ID {
	known := map[register.ID]bool{}
	var once []register.ID
	for _, id := range ids {
		if !known[id] {
			known[id] = true
			once = append(once, id)
		}
	}
	return once
}
