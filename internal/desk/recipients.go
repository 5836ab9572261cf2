package desk

import (
	"context"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Recipients lists who outside the office had the person's data and is to be
// told of what the case did (UK GDPR Art 19), and whether they were: for a
// rectification those who had the value that was wrong, else everybody. Drafts,
// what stayed in the office and what went to the person are no disclosures to
// others. It is also the answer where the person asks who they are.
func (s *Seat) Recipients(ref string) ([]register.RecipientRow, error) {
	rows := []register.RecipientRow{}
	err := s.read(register.RequestRead, func(tx *store.Tx) error {
		r, err := tx.Requests().Get(strings.ToUpper(ref))
		if err != nil {
			return err
		}
		found, err := recipientsOf(tx, &r)
		rows = append(rows, found...)
		return err
	})
	return rows, err
}

func recipientsOf(tx *store.Tx, r *register.Request) ([]register.RecipientRow, error) {
	settings, err := tx.Settings().Get()
	if err != nil {
		return nil, err
	}
	var d register.Delegate
	var made []register.DisclosureMade
	if r.Delegate != "" {
		if d, err = tx.Delegates().Get(r.Delegate); err != nil && register.KindOf(err) != register.NotFound {
			return nil, err
		}
		if made, err = disclosuresOf(tx, r.Delegate); err != nil {
			return nil, err
		}
	}
	return r.RecipientsOf(&d, made, &settings.Profile), nil
}

// disclosuresOf joins what was disclosed of a person with the disclosures.
func disclosuresOf(tx *store.Tx, who register.ID) ([]register.DisclosureMade, error) {
	var made []register.DisclosureMade
	for x, err := range tx.Disclosed().Of(who) {
		if err != nil {
			return nil, err
		}
		d, err := tx.Disclosures().Get(x.Disclosure)
		if err != nil && register.KindOf(err) != register.NotFound {
			return nil, err
		}
		made = append(made, register.DisclosureMade{Disclosure: d, To: x})
	}
	return made, nil
}

// TellRecipient records that a recipient was told, or that telling them is
// impossible or disproportionate and why. With the last of them the task is
// done. Errors: Invalid naming the field, NotFound for one that had nothing,
// Conflict for one told already, Refused while there is nothing to tell.
func (s *Seat) TellRecipient(ctx context.Context, ref string, in register.TellInput) (register.RequestPage, error) {
	if err := in.Validate(); err != nil {
		return register.RequestPage{}, err
	}
	if in.On.IsZero() {
		in.On = s.Today()
	}
	return s.step(ctx, ref, act{verb: register.RequestProgress, note: "recipient told"}, func(r *register.Request, tx *store.Tx) error {
		if err := mayBeTold(tx, r, in.Recipient); err != nil {
			return err
		}
		e := register.RequestEvent{Kind: register.RecipientTold, On: in.On, To: in.Recipient, Text: strings.TrimSpace(in.How)}
		if in.Unable != "" {
			e.Grounds = []string{in.Unable}
		}
		if err := s.add(r, e); err != nil {
			return err
		}
		return s.recipientsDone(tx, r, in.On)
	})
}

func mayBeTold(tx *store.Tx, r *register.Request, who string) error {
	rows, err := recipientsOf(tx, r)
	if err != nil {
		return err
	}
	for _, row := range rows {
		switch {
		case row.Recipient == who && !row.Told.IsZero():
			return register.Errorf(register.Conflict, "recipient", "%s was told on %s already", who, row.Told)
		case row.Recipient == who:
			return nil
		}
	}
	return register.Errorf(register.NotFound, "recipient", "%s had none of what this case is about", who)
}

// taskRecipients is the task of Art 19.
const taskRecipients = "recipients"

// recipientsDone ticks the task when nobody is left to be told.
func (s *Seat) recipientsDone(tx *store.Tx, r *register.Request, on calendar.Date) error {
	rows, err := recipientsOf(tx, r)
	if err != nil {
		return err
	}
	for i := range rows {
		if !rows[i].Settled() {
			return nil
		}
	}
	task, ok := r.Task(taskRecipients)
	if !ok || task.Finished || r.State() == register.ClosedCase {
		return nil
	}
	return s.add(r, register.RequestEvent{Kind: register.TaskDone, On: on, Task: taskRecipients})
}

// keepRecipients writes into a case who had the person's data, before an erasure
// takes the disclosures with it.
func keepRecipients(tx *store.Tx, r *register.Request) (err error) {
	r.Recipients, err = recipientsOf(tx, r)
	return err
}
