package desk

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"custos/internal/exchange/table"
	"custos/internal/register"
	"custos/store"
)

// mailing is a list of those who may be contacted today for a purpose by a
// channel, on its way out.
type mailing struct {
	seat     *Seat
	in       ExportInput
	settings register.Settings
	contact  *register.Contact
	fields   []string // of the record, beside the address
	record   register.Disclosure

	seen   ledgerMark
	people []addressee
	sum    register.ContactSummary
}

// addressee is somebody the list holds.
type addressee struct {
	id      register.ID
	name    string
	address string // email or phone; empty for post
}

// tries is how often a list is made anew because somebody answered meanwhile.
const tries = 3

// exportMailing writes a mailing list: nobody is in it who said no before it
// was disclosed.
func (s *Seat) exportMailing(ctx context.Context, in ExportInput) (register.Disclosure, error) {
	m := mailing{seat: s, in: in, settings: s.Settings()}
	format, err := in.format()
	if err != nil {
		return register.Disclosure{}, err
	}
	if err := s.allow(register.Disclose); err != nil {
		return register.Disclosure{}, err
	}
	if err := m.prepare(format); err != nil {
		return m.record, err
	}
	for range tries {
		var d register.Disclosure
		if d, err = m.make(ctx, format); !errors.Is(err, errAnswered) {
			return d, err
		}
	}
	return m.record, register.Errorf(register.Conflict, "",
		"people's answers changed while the list was made, %d times over; nothing was written, try again", tries)
}

// prepare settles what the list is for and which fields it has.
func (m *mailing) prepare(format table.Format) (err error) {
	p := &m.settings.Profile
	x, known := p.Purpose(m.in.Purpose)
	switch {
	case m.in.Purpose == "":
		return register.Errorf(register.Invalid, "purpose", "say for which purpose the list is")
	case known && len(x.Bases) == 0:
		return register.Errorf(register.Refused, "purpose",
			"the purpose %s has no lawful basis, so nobody may be contacted for it (UK GDPR Art 6(1))", x.ID)
	case x.Use:
		return register.Errorf(register.Refused, "purpose",
			"the purpose %s is a use people agree to; nothing is sent for it, so there is nobody to list", x.ID)
	}
	key := register.ConsentKey{Purpose: m.in.Purpose, Channel: m.in.Channel, Brand: m.in.Brand}
	if m.contact, err = register.NewContact(&m.settings, key, register.At(m.seat.Today())); err != nil {
		return err
	}
	if m.record, err = m.seat.exportRecord(m.in, p); err != nil {
		return err
	}
	if err := m.receiver(p, &x); err != nil {
		return err
	}
	if m.fields, err = m.columns(p, &x); err != nil {
		return err
	}
	m.record.What = "mailing list of " + x.Title + ", by " + m.in.Channel
	m.record.Channel, m.record.Brand, m.record.OnBehalf = m.in.Channel, m.in.Brand, m.in.OnBehalf
	m.record.Format, m.record.Encryption, m.record.Fields = string(format), "none", m.header()
	return nil
}

// receiver checks who gets the list. Only a processor of the purpose may have
// it: another controller has the office send its message, and gets no name.
func (m *mailing) receiver(p *register.Profile, x *register.Purpose) error {
	if m.in.OnBehalf != "" {
		if _, ok := p.Recipient(m.in.OnBehalf); !ok {
			return register.Errorf(register.Invalid, "on_behalf", "the profile %s has no recipient %q", p.Name, m.in.OnBehalf)
		}
		if !x.OnBehalf {
			return register.Errorf(register.Refused, "on_behalf",
				"people were not told that anything is sent on behalf of others for the purpose %s: %s", x.ID, instead(p))
		}
		if m.in.Recipient != "" {
			return register.Errorf(register.Refused, "recipient",
				"mail on behalf of %s is sent by the office itself and the list stays here: leave the recipient out",
				m.in.OnBehalf)
		}
	}
	if m.in.Recipient == "" {
		return nil
	}
	switch {
	case m.record.Role != "processor":
		return register.Errorf(register.Refused, "recipient",
			"%s is a %s, not a processor: it may not have the list; send its message on its behalf instead",
			m.in.Recipient, m.record.Role)
	case !slices.Contains(x.Recipients, m.in.Recipient):
		return register.Errorf(register.Refused, "recipient",
			"%s is not among the recipients of the purpose %s, as people were told them: %v", m.in.Recipient, x.ID, x.Recipients)
	}
	return nil
}

// instead says what there is to do for whoever has a message of others to send.
func instead(p *register.Profile) string {
	var sent []string
	for i := range p.Purposes {
		if p.Purposes[i].OnBehalf {
			sent = append(sent, p.Purposes[i].ID)
		}
	}
	if len(sent) == 0 {
		return "add a purpose that says so (on_behalf = true in the profile) and ask for it"
	}
	return "take one that says so instead: " + strings.Join(sent, ", ")
}

// ledgerMark is a moment of the ledger: when it has moved on, somebody may have
// said no.
type ledgerMark struct {
	changes                uint64
	consents, suppressions int
}

func (s *Seat) ledgerMark(tx *store.Tx) ledgerMark {
	return ledgerMark{s.desk.db.AuditHead().Seq, tx.Consents().Len(), tx.Suppressions().Len()}
}

// errAnswered says that the ledger moved on while a list was made.
var errAnswered = errors.New("the ledger changed while the list was made")

// make decides, writes and discloses, unless somebody answers meanwhile.
func (m *mailing) make(ctx context.Context, format table.Format) (register.Disclosure, error) {
	s := m.seat
	err := s.desk.db.View(func(tx *store.Tx) error {
		m.seen = s.ledgerMark(tx)
		return nil
	})
	if err != nil {
		return m.record, err
	}
	if err := m.decide(ctx); err != nil {
		return m.record, err
	}
	d := m.record
	d.LeftOut = m.sum.LeftOut
	if len(m.people) == 0 {
		return d, m.empty()
	}
	l, err := m.list()
	if err != nil {
		return d, err
	}
	return s.disclose(ctx, leaving{
		record: d, people: l.people, verb: register.Disclose,
		write: func(w io.Writer) error { return l.write(format, w) },
		still: func(tx *store.Tx) error {
			if s.ledgerMark(tx) != m.seen {
				return errAnswered
			}
			return nil
		},
	}, m.in.To)
}

// decide asks the contact rules about everybody.
func (m *mailing) decide(ctx context.Context) error {
	m.people, m.sum = m.people[:0], register.ContactSummary{}
	const look = 256 // how many are visited between two looks at ctx
	n, spoken := 0, m.in.Channel == "phone" || m.in.Channel == "sms"
	noes := m.seat.noesShared(ctx, m.contact)
	m.seat.desk.db.EachContactee(m.seat.scoped(m.in.Query), func(p *register.Contactee) bool {
		if n++; n%look == 1 && ctx.Err() != nil {
			return false
		}
		v := noes.judge(m.contact, p)
		m.sum.Tally(v)
		if !v.Allowed {
			return true
		}
		if len(m.people) == 0 {
			m.record.Basis = v.Basis
		}
		a := addressee{id: p.Delegate, name: p.Name}
		switch {
		case m.in.Channel == "email":
			a.address = p.Email
		case spoken:
			a.address = p.Phone
		}
		m.people = append(m.people, a)
		return true
	})
	m.sum.Sort()
	return ctx.Err()
}

func (m *mailing) empty() error {
	why := register.Reasons(m.sum.LeftOut)
	if why == "" {
		why = "there is nobody in this part of the list"
	}
	return register.Errorf(register.Refused, "",
		"nobody may be contacted for %s by %s today, so nothing was written; left out: %s", m.in.Purpose, m.in.Channel, why)
}

// header names the columns.
func (m *mailing) header() []string {
	columns := []string{register.FieldName, register.FieldGiven}
	switch m.in.Channel {
	case "email":
		columns = append(columns, register.FieldEmail)
	case "phone", "sms":
		columns = append(columns, register.FieldPhone)
	}
	columns = append(columns, m.fields...)
	if m.in.Channel == "post" {
		columns = append(columns, register.FieldOrganisation)
	}
	return columns
}

// columns lists what else is read from the records: for post the address, and
// the fields asked for that the purpose covers.
func (m *mailing) columns(p *register.Profile, x *register.Purpose) ([]string, error) {
	var fields []string
	if m.in.Channel == "post" {
		fields = slices.DeleteFunc(plainFields(p), func(f string) bool { return !register.PostalField(f) })
	}
	for _, f := range m.in.Fields {
		if err := covered(p, x, f); err != nil {
			return nil, err
		}
		if !slices.Contains(fields, f) && !slices.Contains(m.header(), f) {
			fields = append(fields, f)
		}
	}
	return fields, nil
}

// covered returns an error for a field that a purpose may not use: special
// category data, which no list holds, and what people were told it does not use.
func covered(p *register.Profile, x *register.Purpose, field string) error {
	known := false
	for _, k := range p.Kinds {
		for _, f := range k.Fields {
			if f.ID != field {
				continue
			}
			known = true
			switch {
			case f.Special:
				return register.Errorf(register.Refused, "field",
					"%s is special category data: no list holds it (UK GDPR Art 9)", field)
			case !slices.Contains(x.Categories, f.Category):
				return register.Errorf(register.Refused, "field",
					"the purpose %s uses %s, not %s", x.ID, strings.Join(x.Categories, ", "), f.Category)
			}
		}
	}
	if !known {
		return register.Errorf(register.Invalid, "field", "the profile %s has no field %q", p.Name, field)
	}
	return nil
}

// list reads what the records add and puts the rows together, in the order of
// the store and shared among the processors.
func (m *mailing) list() (*listing, error) {
	slices.SortFunc(m.people, func(a, b addressee) int { return strings.Compare(string(a.id), string(b.id)) })
	l := &listing{
		columns: m.record.Fields, rows: make([][]string, len(m.people)), people: make([]register.ID, len(m.people)),
	}
	n, shares := len(m.people), min(runtime.GOMAXPROCS(0), len(m.people))
	errs := make([]error, shares)
	var wg sync.WaitGroup
	for i := range shares {
		wg.Go(func() { errs[i] = m.part(l, n*i/shares, n*(i+1)/shares) })
	}
	wg.Wait()
	return l, errors.Join(errs...)
}

// part makes some of the rows.
func (m *mailing) part(l *listing, from, to int) error {
	return m.seat.read(register.DelegateRead, func(tx *store.Tx) error {
		for i := from; i < to; i++ {
			a := &m.people[i]
			d, err := tx.Delegates().Get(a.id)
			if err != nil {
				return err
			}
			l.people[i], l.rows[i] = a.id, m.row(a, &d)
		}
		return nil
	})
}

func (m *mailing) row(a *addressee, d *register.Delegate) []string {
	cells := append(make([]string, 0, len(m.record.Fields)), a.name, d.Given)
	if a.address != "" {
		cells = append(cells, a.address)
	}
	for _, f := range m.fields {
		cells = append(cells, d.Value(f))
	}
	if m.in.Channel == "post" {
		row, _ := m.seat.desk.db.Person(a.id)
		cells = append(cells, row.Organisation)
	}
	return cells
}
