package desk

import (
	"fmt"
	"time"

	"custos/internal/register"
	"custos/store"
)

// fileAnswers judges what files say against the ledger. Every import records
// answers through it and through nothing else.
type fileAnswers struct {
	settings *register.Settings
	moment   register.Moment
	now      time.Time
	asked    map[register.ConsentKey]*register.Contact
}

func (s *Seat) fileAnswers(settings *register.Settings) *fileAnswers {
	return &fileAnswers{settings, register.At(s.Today()), s.desk.now(), map[register.ConsentKey]*register.Contact{}}
}

// question returns an Invalid error for a question the profile does not ask.
func (a *fileAnswers) question(key register.ConsentKey) (*register.Contact, error) {
	if c := a.asked[key]; c != nil {
		return c, nil
	}
	c, err := register.NewContact(a.settings, key, a.moment)
	if err == nil {
		a.asked[key] = c
	}
	return c, err
}

func (a *fileAnswers) judge(p *register.Contactee, f register.FileAnswer) (register.FileVerdict, *register.Problem) {
	c, err := a.question(f.Key)
	if err != nil {
		return register.FileVerdict{}, register.ProblemOf(err)
	}
	return c.FromFile(p, f, a.now)
}

// stopList finds what keeps an address from use.
type stopList struct {
	hash   func(kind, normal string) string
	byHash map[string][]register.Suppression
}

func newStopList(db *store.DB) *stopList {
	l := &stopList{db.AddressHash, map[string][]register.Suppression{}}
	for _, s := range db.Suppressions() {
		if s.Lifted.IsZero() {
			l.byHash[s.Hash] = append(l.byHash[s.Hash], s)
		}
	}
	return l
}

// of returns the suppressions of an address and a number, either of which may
// be empty or malformed.
func (l *stopList) of(email, phone string) []register.Suppression {
	if len(l.byHash) == 0 {
		return nil
	}
	var found []register.Suppression
	if normal, err := register.NormalEmail(email); err == nil {
		found = append(found, l.byHash[l.hash("email", normal)]...)
	}
	if normal, err := register.NormalPhone(phone); err == nil {
		found = append(found, l.byHash[l.hash("phone", normal)]...)
	}
	return found
}

// erasedProblem refuses an address that was erased: nobody is taken in again
// under it by an import.
func erasedProblem(stops []register.Suppression) *register.Problem {
	for _, s := range stops {
		if s.Scope == register.ScopeErased {
			return &register.Problem{Field: stopField(s.Kind), Reason: "it was erased, and an import does not take it in again"}
		}
	}
	return nil
}

func stopField(kind string) string {
	if kind == "phone" {
		return register.FieldPhone
	}
	return register.FieldEmail
}

// answering gathers what the rules need of a person as a transaction sees them,
// with the suppressions of the addresses held and of those in the file.
func answering(tx *store.Tx, who register.ID, stops []register.Suppression) (register.Contactee, error) {
	d, err := tx.Delegates().Get(who)
	if err != nil {
		return register.Contactee{}, err
	}
	events, err := consentsOf(tx, who)
	p := register.Contactee{
		Delegate: who, Kind: d.Kind, Status: d.Status, Email: d.Email, Phone: d.Phone, Born: d.Born(),
		Facts: register.Facts(events), Suppressed: stops,
	}
	if err != nil {
		return p, err
	}
	for kind, address := range map[string]string{"email": d.Email, "phone": d.Phone} {
		more, err := suppressedBy(tx, kind, address)
		if err != nil {
			return p, err
		}
		p.Suppressed = append(p.Suppressed, more...)
	}
	return p, nil
}

func suppressedBy(tx *store.Tx, kind, address string) ([]register.Suppression, error) {
	normal, err := normalOf(kind, address)
	if err != nil {
		return nil, nil // nothing is kept of what cannot be an address
	}
	return tx.SuppressedBy(kind, normal)
}

func normalOf(kind, address string) (string, error) {
	if kind == "phone" {
		return register.NormalPhone(address)
	}
	return register.NormalEmail(address)
}

// recordFromFile adds a planned answer to the ledger. A yes is judged once more:
// somebody may have said no since the plan was made.
func (w *importer) recordFromFile(line int, a register.PlannedAnswer, stops []register.Suppression) error {
	if a.Act.Yes() {
		p, err := answering(w.tx, a.Who, stops)
		if err != nil {
			return err
		}
		if v, problem := w.answers.judge(&p, a.FileAnswer); problem != nil || v.Record == nil {
			return register.Errorf(register.Conflict, "",
				"line %d: %s answered, or was suppressed, since the plan was made; plan again", line, a.Who)
		}
	}
	_, err := w.ledger.record(register.ConsentInput{
		Delegate: a.Who, Purpose: a.Key.Purpose, Channel: a.Key.Channel, Brand: a.Key.Brand, Act: a.Act, At: a.At,
		Method: "imported", Notice: a.Notice, Evidence: w.evidence(line, a.Evidence),
	})
	return err
}

// evidence says where an answer stands: the batch, by which undo knows its own
// events, the file and the line.
func (w *importer) evidence(line int, more string) string {
	text := fmt.Sprintf("%s, %s, line %d", evidenceOf(w.batch.ID), w.batch.File, line)
	if more != "" {
		text += ": " + more
	}
	return text
}

func evidenceOf(batch register.ID) string { return "import " + string(batch) }
