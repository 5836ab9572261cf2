package desk

import (
	"strings"

	"custos/internal/register"
	"custos/store"
)

// guarded runs a change and then looks at what it has written: whatever way it
// took, a restricted record is stored and nothing else (UK GDPR Art 18(2)).
func (s *Seat) guarded(v register.Verb, fn func(*store.Tx) error) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		for w := range tx.EachWritten() {
			if restricted, err := s.wasRestricted(tx, w.Subject); err != nil || !restricted {
				if err != nil {
					return err
				}
				continue
			}
			allowed, err := mayTouch(tx, v, w)
			if err != nil {
				return err
			}
			if !allowed {
				return restrictedError(w.Subject)
			}
		}
		return nil
	}
}

// wasRestricted reports whether somebody was restricted before the change. The
// read model answers for nearly everybody.
func (s *Seat) wasRestricted(tx *store.Tx, who register.ID) (bool, error) {
	if row, ok := s.desk.db.Person(who); !ok || row.Status != register.Restricted {
		return false, nil
	}
	d, err := tx.Before().Delegates().Get(who)
	if register.KindOf(err) == register.NotFound {
		return false, nil
	}
	return d.Status == register.Restricted, err
}

// mayTouch says which records of somebody restricted an operation may write:
// their cases, their noes, what goes to themselves, and the record itself where
// a case decided so.
func mayTouch(tx *store.Tx, v register.Verb, w store.Written) (bool, error) {
	if decidedInCase(v) {
		return true, nil
	}
	who, id, _ := strings.Cut(w.Key, "/")
	switch w.Collection {
	case "requests", "holds", "drafts":
		return true, nil
	case "consents":
		if w.Gone {
			return false, nil
		}
		e, err := tx.Consents().Get(register.ID(who), register.ID(id))
		return e.Act.No(), err
	case "disclosed":
		if w.Gone {
			return false, nil
		}
		d, err := tx.Disclosed().Get(register.ID(who), register.ID(id))
		return mayHave(v, d.Recipient), err
	}
	return false, nil
}

// Who gets a disclosure, beside the recipients of the profile.
const (
	dataSubject = "data subject"
	internal    = "internal" // it stays in the office
)

// decidedInCase names what a case of the person's own does to their record.
func decidedInCase(v register.Verb) bool {
	switch v {
	case register.RectifyData, register.RestrictData, register.RestrictEnd, register.EraseData, register.RequestApprove,
		register.RequestDecide:
		return true
	default:
		return false
	}
}

// mayHave says what may still be written to whom: replies to the person, and
// the letters of a case, which tell recipients of the restriction too.
func mayHave(v register.Verb, recipient string) bool {
	switch v {
	case register.RequestLetter, register.RequestHandOver:
		return true
	case register.RequestPack, register.RequestReply, register.ConsentWithdraw:
		return recipient == dataSubject || recipient == internal
	default:
		return false
	}
}

func restrictedError(who register.ID) error {
	return register.Errorf(register.Refused, "status",
		"%s is restricted: it may be stored and nothing else; a no may still be recorded, and the case goes on", who)
}
