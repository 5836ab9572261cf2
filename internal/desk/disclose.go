package desk

import (
	"cmp"
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
	// told gives people and who was left out, where only writing tells.
	told func() (people []register.ID, left []register.ReasonCount)
	// still says whether what was written holds yet, before anything is recorded.
	still func(*store.Tx) error
	// proof looks at what was written, as it lies on the disk, before it is kept.
	proof func(written *outFile) error
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
	if d.ID == "" { // else it is printed in the file itself
		id, err := s.desk.ids.Next(register.DisclosurePrefix)
		if err != nil {
			return d, err
		}
		d.ID = id
	}
	out, err := s.files.newOut(to)
	if err != nil {
		return d, err
	}
	d.At, d.Count, d.PreparedBy = s.desk.now(), len(l.people), s.operator.Name
	d.Method = cmp.Or(d.Method, s.files.method(to, s.door))
	if d.AuditHead == "" { // else it is printed in the file itself
		s.marked(&d)
	}
	if err := s.record(ctx, l, &d, out); err != nil {
		out.Drop()
		return d, err
	}
	return d, nil
}

// marked keeps with a disclosure where the audit trail stands, just before the
// disclosure's own entry.
func (s *Seat) marked(d *register.Disclosure) register.AuditMark {
	mark := s.auditMark()
	d.AuditSeq, d.AuditHead = mark.Sequence, mark.Hash
	return mark
}

func (s *Seat) record(ctx context.Context, l leaving, d *register.Disclosure, out *outFile) error {
	if err := l.write(out); err != nil {
		return cmp.Or(out.full, err) // what a format says of it is no help
	}
	if l.told != nil {
		l.people, d.LeftOut = l.told()
		d.Count = len(l.people)
	}
	digest, err := out.settle()
	if err != nil {
		return err
	}
	d.Digest, d.Bytes = digest, out.size
	if l.proof != nil {
		if err := l.proof(out); err != nil {
			return err
		}
	}
	a := act{verb: l.verb, subjects: few(l.people), note: d.What + " " + string(d.ID), unchecked: d.Unchecked}
	if _, err := s.change(ctx, a, func(tx *store.Tx) error { return l.put(tx, d) }); err != nil {
		return err
	}
	return out.Keep()
}

// put records the disclosure, and everybody in it.
func (l *leaving) put(tx *store.Tx, d *register.Disclosure) error {
	if l.still != nil {
		if err := l.still(tx); err != nil {
			return err
		}
	}
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
}

// few returns the ids where the audit entry can name them all.
func few(ids []register.ID) []register.ID {
	const most = 8
	if len(ids) > most {
		return nil
	}
	return ids
}
