package desk

import (
	"strings"

	"custos/internal/register"
	"custos/store"
)

// parted are the answers that go with the people an undo removes.
type parted struct {
	noes []departed
	err  error
}

// departed is a no, and the addresses of whoever said it.
type departed struct {
	said         register.ConsentEvent
	email, phone string
}

// add notes an event, by its key, before it goes.
func (p *parted) add(tx *store.Tx, key string) {
	if p.err != nil {
		return
	}
	who, id, _ := strings.Cut(key, "/")
	e, err := tx.Consents().Get(register.ID(who), register.ID(id))
	if err != nil || !e.Act.No() {
		p.err = err
		return
	}
	d, err := tx.Delegates().Get(register.ID(who))
	p.noes, p.err = append(p.noes, departed{e, d.Email, d.Phone}), err
}

// outlive suppresses the addresses of those an undo removed together with a no
// of theirs: the next import of the same people must not turn it into a yes. It
// keeps out the whole purpose, whichever brand the no was to.
func (s *Seat) outlive(tx *store.Tx, b *register.Batch, gone *parted) error {
	if gone.err != nil {
		return gone.err
	}
	for _, no := range gone.noes {
		for _, in := range register.Outlasting(&no.said, no.email, no.phone) {
			in.Source, in.Reason = "import", "said no, according to the "+evidenceOf(b.ID)
			if err := s.alsoSuppress(tx, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// alsoSuppress suppresses an address that can be: one that is none, or stands
// suppressed already, is nothing to stop at.
func (s *Seat) alsoSuppress(tx *store.Tx, in register.SuppressionInput) error {
	_, err := s.suppress(tx, in)
	if k := register.KindOf(err); err != nil && (k == register.Conflict || k == register.Invalid) {
		return nil
	}
	return err
}
