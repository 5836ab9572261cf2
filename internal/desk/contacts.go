package desk

import (
	"context"

	contactfile "custos/internal/exchange/contacts"
	"custos/internal/register"
)

// ContactSource is a contact export of another tool and what is to be made of
// it.
type ContactSource = contactfile.Source

// contactKind is the kind of person an unknown contact becomes, where the
// profile has it and no other is named.
const contactKind = "contact"

// PlanContacts reads a contact export, compares it with what is held and says
// the fate of every row, and why. It writes nothing.
//
// People are matched by address; their details stay as they are. A consent
// changes only where the source maps the file's answers to a purpose and
// channel; without that, a row that says no is refused, so that no opt-out is
// lost. A no held, or a suppression, always wins over a yes in the file; a no in
// the file is always taken, and of two rows about one address the no counts.
// Where nobody is held, a no becomes a suppression and makes no person. Errors:
// Denied, Invalid for a question the profile does not ask and for a file that
// cannot answer it.
func (s *Seat) PlanContacts(ctx context.Context, src ContactSource) (*register.ContactPlan, error) {
	if err := s.allow(register.ImportApply); err != nil {
		return nil, err
	}
	settings := s.Settings()
	j := contactJudge{seat: s, src: &src, settings: &settings, asks: s.fileAnswers(&settings)}
	if err := j.settle(); err != nil {
		return nil, err
	}
	read, err := contactfile.Read(src)
	if err != nil {
		return nil, err
	}
	plan := &register.ContactPlan{
		File: baseName(src.File), Format: read.Format, Kind: j.kind, Mapped: src.MapConsent,
		Problems: []register.Problem{}, Notices: read.Notices, Rows: make([]register.PlannedContact, 0, len(read.Rows)),
	}
	if src.MapConsent {
		plan.Purpose, plan.Channel, plan.Brand, plan.Notice = src.Purpose, src.Channel, src.Brand, src.Notice
	}
	j.plan, j.rows = plan, read.Rows
	j.meet()
	for i := range j.rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		j.enter(i)
	}
	return plan, nil
}

// ApplyContacts carries a plan out as Apply does: a transaction per chunk of
// rows, all under one batch. Undoing it takes back the people it added, unless
// something else has come to rest on them, and puts a correction beside every
// yes it recorded for people who stay; a no, and a suppression, stays. Errors:
// Conflict naming the line where somebody answered since the plan was made.
func (s *Seat) ApplyContacts(ctx context.Context, plan *register.ContactPlan, told Progress) (register.Batch, error) {
	run := importRun{
		noun: "contacts", file: plan.File, rows: len(plan.Rows),
		fate:  func(i int) register.Fate { return plan.Rows[i].Fate },
		write: func(w *importer, i int) error { return w.contact(&plan.Rows[i]) },
	}
	return s.runImport(ctx, run, told)
}

// contact writes one planned row.
func (w *importer) contact(row *register.PlannedContact) error {
	if row.Fate != register.FateNew && row.Fate != register.FateChanged {
		return nil
	}
	who, err := w.newContact(row)
	if err != nil {
		return err
	}
	stops, err := w.stopsOf(row.Email, row.Phone)
	if err != nil {
		return err
	}
	if problem := erasedProblem(stops); problem != nil {
		return register.Errorf(register.Conflict, problem.Field, "line %d: %s; plan again", row.Line, problem.Reason)
	}
	for _, a := range row.Record {
		if a.Who == "" {
			a.Who = who
		}
		if err := w.recordFromFile(row.Line, a, stops); err != nil {
			return err
		}
	}
	w.stops = append(w.stops, row.Suppress...)
	return nil
}

func (w *importer) newContact(row *register.PlannedContact) (register.ID, error) {
	if row.Person == nil {
		return "", nil
	}
	return w.newPerson(row.Person)
}

func (w *importer) stopsOf(email, phone string) ([]register.Suppression, error) {
	stops, err := suppressedBy(w.tx, "email", email)
	if err != nil {
		return nil, err
	}
	more, err := suppressedBy(w.tx, "phone", phone)
	return append(stops, more...), err
}

// finish suppresses what the rows of a chunk ask for, all at its end: looking an
// address up among entries not yet written is dear.
func (w *importer) finish() error {
	for _, stop := range w.stops {
		if err := w.suppress(stop); err != nil {
			return err
		}
	}
	return nil
}

func (w *importer) suppress(stop register.PlannedStop) error {
	in := register.SuppressionInput{
		Channel: stop.Channel, Scope: stop.Scope, Source: "import",
		Reason: "said no, according to the " + evidenceOf(w.batch.ID),
	}
	if stop.Kind == "phone" {
		in.Phone = stop.Normal
	} else {
		in.Email = stop.Normal
	}
	_, err := w.seat.suppress(w.tx, in)
	if register.KindOf(err) == register.Conflict {
		return nil // suppressed since the plan was made
	}
	return err
}
