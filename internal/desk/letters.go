package desk

import (
	"context"
	"fmt"
	"io"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// letterFormat returns the format a letter's file name asks for, and an
// Invalid error for any but .pdf and .html.
func letterFormat(to string) (string, error) {
	switch ext := ending(to, "pdf"); ext {
	case ".pdf", ".html":
		return ext[1:], nil
	}
	return "", register.Errorf(register.Invalid, "letter", "a letter is a .pdf or an .html file")
}

// checkLetter returns why a letter could not be written to a place, before
// anything is changed on its account.
func (s *Seat) checkLetter(to string) error {
	if _, err := letterFormat(to); err != nil {
		return err
	}
	return s.files.Free(to)
}

// writeWithdrawal writes the reply to a withdrawal that is recorded already, and
// records it as a disclosure to the person.
func (s *Seat) writeWithdrawal(ctx context.Context, who register.ID, done register.Withdrawal, to string) error {
	format, err := letterFormat(to)
	if err != nil {
		return err
	}
	record := register.Disclosure{
		What: "withdrawal reply", Recipient: "data subject", Fields: []string{"name", "consents"}, Format: format,
		Encryption: "none",
	}
	reply := letter.WithdrawalReply{
		Settings: s.Settings(), Code: done.Events[0].ID, At: s.desk.now(), Withdrawal: done, Audit: s.marked(&record),
	}
	err = s.desk.db.View(func(tx *store.Tx) error {
		d, err := tx.Delegates().Get(who)
		reply.Person = d.Name
		return err
	})
	if err != nil {
		return err
	}
	_, err = s.disclose(ctx, leaving{
		record: record,
		people: []register.ID{who}, verb: register.ConsentWithdraw,
		write: func(w io.Writer) error {
			if format == "pdf" {
				return reply.PDF(w)
			}
			return reply.HTML(w)
		},
	}, to)
	if err != nil {
		return fmt.Errorf("the withdrawal is recorded, but not the letter: %w", err)
	}
	return nil
}
