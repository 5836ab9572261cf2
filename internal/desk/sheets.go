package desk

import (
	"context"
	"io"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// ConsentSheet writes a request for consent on paper, a list to sign or a form
// for each person, and records it as a print that stays in the office. With
// RecordAsked the ledger says of everybody on it that they were asked, with the
// sheet's id as evidence, in the same change. The restricted, the deactivated
// and the erased are left out and counted. Errors: Invalid naming the field,
// NotFound, Refused where nobody is left to ask, and those of Export.
func (s *Seat) ConsentSheet(ctx context.Context, in register.SheetInput) (register.Disclosure, error) {
	var none register.Disclosure
	if err := s.allow(register.ConsentSheet); err != nil {
		return none, err
	}
	if ending(in.To, "pdf") != ".pdf" {
		return none, register.Errorf(register.Invalid, "to", "a sheet is a .pdf file")
	}
	rows, err := s.SheetPeople(in)
	if err != nil {
		return none, err
	}
	p := printOf(in, rows)
	if len(p.people) == 0 {
		return none, register.Errorf(register.Refused, "", "nobody is left to ask: %s", leftOutWords(p.leftOut))
	}
	if p.asking, err = s.asking(in); err != nil {
		return none, err
	}
	return s.disclose(ctx, leaving{
		record: p.record(), people: p.ids, verb: register.ConsentSheet, write: p.write,
		also: func(tx *store.Tx) error { return s.sheetGoesOut(tx, p) },
	}, in.To)
}

// asking is what the paper says, under an id of its own.
func (s *Seat) asking(in register.SheetInput) (letter.Asking, error) {
	a := letter.Asking{Settings: s.Settings(), Title: in.Title, Keys: in.Keys, At: s.desk.now(), Audit: s.auditMark()}
	var err error
	if a.Title == "" {
		if a.Title, err = s.sheetTitle(in); err != nil {
			return a, err
		}
	}
	a.Code, err = s.desk.ids.Next(register.DisclosurePrefix)
	return a, err
}

func (s *Seat) sheetTitle(in register.SheetInput) (title string, err error) {
	if in.Organisation != "" {
		row, _ := s.desk.db.Organisation(in.Organisation)
		return row.Name, nil
	}
	if in.Course == "" {
		return "", nil
	}
	err = s.desk.db.View(func(tx *store.Tx) error {
		c, err := tx.Courses().Get(in.Course)
		title = c.Title + ", " + c.Starts.Long()
		return err
	})
	return title, err
}

// sheetPrint is a sheet about to be printed.
type sheetPrint struct {
	asking  letter.Asking
	people  []letter.Person
	ids     []register.ID
	leftOut []register.ReasonCount
	forms   bool
	asked   bool // the ledger says that they were asked
}

func printOf(in register.SheetInput, rows []register.SheetRow) *sheetPrint {
	p := &sheetPrint{forms: in.Forms, asked: in.RecordAsked}
	counts := map[string]int{}
	for _, r := range rows {
		if r.LeftOut != "" {
			counts[r.LeftOut]++
			continue
		}
		p.ids = append(p.ids, r.Delegate)
		p.people = append(p.people, letter.Person{Delegate: r.Delegate, Name: r.Name, Asks: r.Asks, Parent: r.Parent})
	}
	for _, why := range leftOutReasons {
		if n := counts[why.id]; n > 0 {
			p.leftOut = append(p.leftOut, register.ReasonCount{Rule: register.ContactRule(why.id), Words: why.words, Count: n})
		}
	}
	return p
}

func (p *sheetPrint) record() register.Disclosure {
	d := register.Disclosure{
		ID: p.asking.Code, What: "consent sheet", Recipient: "internal", Method: "print", Fields: []string{register.FieldName},
		Format: "pdf", Encryption: "none", Unchecked: true, LeftOut: p.leftOut,
		AuditSeq: p.asking.Audit.Sequence, AuditHead: p.asking.Audit.Hash,
	}
	if p.forms {
		d.What = "consent forms"
	}
	return d
}

func (p *sheetPrint) write(w io.Writer) error {
	if p.forms {
		return letter.Forms(w, p.asking, p.people)
	}
	return letter.Sheet(w, p.asking, p.people)
}

// sheetGoesOut checks that nobody on the sheet was restricted while it was
// written, and records that they were asked.
func (s *Seat) sheetGoesOut(tx *store.Tx, p *sheetPrint) error {
	l, err := s.openLedger(tx)
	if err != nil {
		return err
	}
	for i := range p.people {
		if _, err := s.live(tx, p.ids[i]); err != nil {
			return err
		}
		if err := l.askedOnPaper(p, &p.people[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) askedOnPaper(p *sheetPrint, who *letter.Person) error {
	if !p.asked {
		return nil
	}
	for i, key := range p.asking.Keys {
		if !who.Asks[i] {
			continue
		}
		_, err := l.record(register.ConsentInput{
			Delegate: who.Delegate, Purpose: key.Purpose, Channel: key.Channel, Brand: key.Brand, Act: register.Asked,
			At: p.asking.At, Method: "paper", Evidence: string(p.asking.Code),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
