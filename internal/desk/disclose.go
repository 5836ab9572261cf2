package desk

import (
	"context"
	"io"

	"custos/internal/register"
	"custos/store"
)

// leaving is a file about to leave the office.
type leaving struct {
	record register.Disclosure // what, to whom, on what basis, which fields
	people []register.ID
	verb   register.Verb
	write  func(io.Writer) error
	also   func(*store.Tx) error // recorded in the same transaction
}

// disclose is the one way out for personal data: the file is written beside
// its place, its digest and everybody in it are recorded in one transaction,
// and only then does it appear under its name. It answers later who has had
// whose data (UK GDPR Art 15(1)(c), Art 19).
func (s *Seat) disclose(ctx context.Context, l leaving, to string) (register.Disclosure, error) {
	d := l.record
	if err := s.allow(l.verb); err != nil {
		return d, err
	}
	id, err := s.desk.ids.Next(register.DisclosurePrefix)
	if err != nil {
		return d, err
	}
	out, err := newOutFile(to)
	if err != nil {
		return d, err
	}
	d.ID, d.At, d.Count, d.Method = id, s.desk.now(), len(l.people), "file"
	d.PreparedBy = s.operator.Name
	if err := s.record(ctx, l, &d, out); err != nil {
		out.Drop()
		return d, err
	}
	return d, nil
}

func (s *Seat) record(ctx context.Context, l leaving, d *register.Disclosure, out *outFile) error {
	if err := l.write(out); err != nil {
		return err
	}
	digest, err := out.settle()
	if err != nil {
		return err
	}
	d.Digest, d.Bytes = digest, out.size
	a := act{verb: l.verb, subjects: few(l.people), note: d.What + " " + string(d.ID), unchecked: d.Unchecked}
	_, err = s.change(ctx, a, func(tx *store.Tx) error {
		if err := tx.Disclosures().Put(*d); err != nil {
			return err
		}
		for _, who := range l.people {
			err := tx.Disclosed().Put(register.DisclosedTo{
				Delegate: who, Disclosure: d.ID, At: d.At, What: d.What, Recipient: d.Recipient, Fields: d.Fields,
			})
			if err != nil {
				return err
			}
		}
		if l.also != nil {
			return l.also(tx)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.Keep()
}

// few returns the ids where the audit entry can name them all.
func few(ids []register.ID) []register.ID {
	const most = 8
	if len(ids) > most {
		return nil
	}
	return ids
}
