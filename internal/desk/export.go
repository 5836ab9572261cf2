package desk

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/exchange"
	"custos/internal/exchange/table"
	"custos/internal/register"
	"custos/store"
)

// ExportInput says what leaves, where to, and to whom. Purpose and Recipient
// are of the profile; without a recipient the file stays in the office.
type ExportInput struct {
	Noun      string // delegates, organisations, requests, breaches, consents, mailing or profiling
	To        string // a file name ending in .csv, .xlsx or .json
	Purpose   string
	Recipient string
	Query     register.Query

	// A mailing list is for a purpose, a channel and where it has brands a brand.
	Channel, Brand string
	// OnBehalf is the recipient whose message the office sends itself: the list
	// stays here, and they get no name.
	OnBehalf string
	// Fields are the further fields of a mailing list, those profiling counts by,
	// by id, or what names people in the register of cases.
	Fields []string
	// As is the form: csv, xlsx or json as the file is called, and of consents also
	// one of iso27560, receipt27560 and kantara; "" goes by the name, and is csv
	// for Stream.
	As string
	// Person is whose consents these are, in place of Query.
	Person register.ID
}

// The nouns with a way of their own.
const (
	nounConsents  = "consents"
	nounMailing   = "mailing"
	nounProfiling = "profiling"
	nounRequests  = "requests"
	nounBreaches  = "breaches"
)

// Export writes a list to a file and records it as a disclosure with everybody
// in it. Restricted people are left out (UK GDPR Art 18(2)), and so is special
// category data; the disclosure counts who was left out and why. Errors:
// Invalid naming the part of the input, Refused for what may not leave, for a
// mailing list with nobody in it and for a file that exists, Denied, Conflict
// for a mailing list while the ledger does not come to rest.
func (s *Seat) Export(ctx context.Context, in ExportInput) (register.Disclosure, error) {
	if in.Noun == nounMailing {
		return s.exportMailing(ctx, in)
	}
	if err := needless(&in); err != nil {
		return register.Disclosure{}, err
	}
	switch in.Noun {
	case nounProfiling:
		return s.exportProfiling(ctx, in)
	case nounConsents:
		return s.exportConsents(ctx, in)
	}
	return s.exportTable(ctx, in)
}

// needless is what Export says of what only a mailing list takes.
func needless(in *ExportInput) error {
	for _, x := range []struct{ field, value string }{
		{"channel", in.Channel}, {"brand", in.Brand}, {"on_behalf", in.OnBehalf},
	} {
		if x.value != "" {
			return register.Errorf(register.Invalid, x.field, "only a mailing list takes this, not %s", in.Noun)
		}
	}
	switch {
	case len(in.Fields) > 0 && in.Noun != nounProfiling && in.Noun != nounRequests:
		return register.Errorf(register.Invalid, "field", "only a mailing list, profiling and requests take fields, not %s", in.Noun)
	case in.Person != "" && in.Noun != nounConsents:
		return register.Errorf(register.Invalid, "person", "only consents are written for one person, not %s", in.Noun)
	}
	return nil
}

// format is that of a table: what the file is called after, or what As says of one without a name.
func (in *ExportInput) format() (table.Format, error) {
	if in.To == Stream {
		format, err := exchange.FormatOf("." + cmp.Or(in.As, string(table.CSV)))
		if err != nil {
			return format, register.Errorf(register.Invalid, "as", "%s is written as csv, xlsx or json, not as %s", in.Noun, in.As)
		}
		return format, nil
	}
	format, err := exchange.FormatOf(filepath.Base(in.To))
	switch {
	case err != nil:
		return format, register.Errorf(register.Invalid, "to", "%w", err)
	case in.As != "" && !strings.EqualFold(in.As, string(format)):
		return format, register.Errorf(register.Invalid, "as", "the name says %s, which %s is not", format, in.As)
	}
	return format, nil
}

// exportTable writes what is a table and nothing else.
func (s *Seat) exportTable(ctx context.Context, in ExportInput) (register.Disclosure, error) {
	var d register.Disclosure
	format, err := in.format()
	if err != nil {
		return d, err
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
	d.LeftOut = l.leftOut.LeftOut
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
	leftOut register.ContactSummary
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
	case nounRequests:
		return s.listRequests(in)
	case nounBreaches:
		return s.listBreaches()
	}
	return nil, register.Errorf(register.Invalid, "noun",
		"what can be exported is delegates, organisations, requests, breaches, consents, mailing or profiling, not %q", in.Noun)
}

// listDelegates gives people with the fields of their kinds, special category
// ones left out. Whoever was erased under an address they still have does not
// leave the office.
func (s *Seat) listDelegates(in ExportInput, p *register.Profile) (*listing, error) {
	fields := plainFields(p)
	l := &listing{columns: append(append([]string{"id", "kind", "status"}, fields...), register.FieldOrganisation)}
	err := s.eachPerson(in, l, func(_ *store.Tx, row register.DelegateRow, d register.Delegate) error {
		if in.Recipient != "" && s.erasedAddress(d.ID) {
			l.leftOut.Tally(register.Verdict{Rule: register.RuleSuppressed})
			return nil
		}
		cells := []string{string(d.ID), d.Kind, string(d.Status)}
		for _, f := range fields {
			cells = append(cells, d.Value(f))
		}
		l.rows = append(l.rows, append(cells, row.Organisation))
		l.people = append(l.people, d.ID)
		return nil
	})
	l.leftOut.Sort()
	return l, err
}

// erasedAddress reports whether somebody's address is suppressed because it was
// erased with whoever had it.
func (s *Seat) erasedAddress(who register.ID) bool {
	p, _ := s.desk.db.Contactee(who)
	return slices.ContainsFunc(p.Suppressed, func(x register.Suppression) bool {
		return x.Scope == register.ScopeErased && x.Lifted.IsZero()
	})
}

// plainFields are the fields of all kinds once each, without special category
// data and what lives in memberships.
func plainFields(p *register.Profile) []string {
	var fields []string
	known := map[string]bool{register.FieldOrganisation: true, register.FieldAccess: true}
	for _, k := range p.Kinds {
		for _, f := range k.Fields {
			known[f.ID] = known[f.ID] || f.Special // of any kind
		}
	}
	for _, k := range p.Kinds {
		for _, f := range k.Fields {
			if !known[f.ID] {
				known[f.ID] = true
				fields = append(fields, f.ID)
			}
		}
	}
	return fields
}

// eachPerson visits the people a query lists, the restricted left out and
// counted.
func (s *Seat) eachPerson(
	in ExportInput, l *listing, visit func(*store.Tx, register.DelegateRow, register.Delegate) error,
) error {
	q := s.scoped(in.Query)
	q.Limit = 0
	rows := s.desk.db.People(q)
	return s.read(register.DelegateRead, func(tx *store.Tx) error {
		for i := range rows.Len() {
			row := rows.Row(i)
			if rule, out := notUsed(row.Status); out {
				l.leftOut.Tally(register.Verdict{Rule: rule})
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

// notUsed names the rule by which nobody of a status leaves the office.
func notUsed(status register.Status) (register.ContactRule, bool) {
	switch status {
	case register.Restricted:
		return register.RuleRestricted, true
	case register.Erased:
		return register.RuleErased, true
	default:
		return "", false
	}
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
