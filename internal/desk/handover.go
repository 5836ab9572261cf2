package desk

import (
	"context"
	"encoding/hex"
	"io"
	"strings"

	"custos/internal/exchange/handover"
	"custos/internal/exchange/sealed"
	"custos/internal/register"
	"custos/store"
)

// elsewhere is who a case is handed over to, as a recipient.
const elsewhere = "data protection officer elsewhere"

// HandOver writes a case with what is held on the person as a sealed file, for a
// data protection officer on another machine who decides there and sends the
// decision back. It is recorded in the case and as a disclosure. Errors: Invalid
// for no question or no key, Refused for a case that is decided or a file that
// exists.
func (s *Seat) HandOver(ctx context.Context, ref string, in register.HandOverInput) (register.Disclosure, error) {
	var d register.Disclosure
	if err := s.allow(register.RequestHandOver); err != nil {
		return d, err
	}
	r, err := s.request(ref)
	if err != nil {
		return d, err
	}
	if err := mayHandOver(&r, in); err != nil {
		return d, err
	}
	h, err := s.handed(&r, in.Question)
	if err != nil {
		return d, err
	}
	var people []register.ID
	if r.Delegate != "" {
		people = append(people, r.Delegate)
	}
	d = register.Disclosure{
		What: "case handed over for advice", Recipient: elsewhere, Fields: []string{"everything held"}, Format: "custos",
		Encryption: in.Encryption(), Request: r.Ref, AuditSeq: h.Audit.Sequence, AuditHead: h.Audit.Hash,
	}
	e := register.RequestEvent{
		Kind: register.HandedOver, On: s.Today(), Text: strings.TrimSpace(in.Question), To: elsewhere, Covers: h.Digest,
	}
	return s.disclose(ctx, leaving{
		record: d, people: people, verb: register.RequestHandOver,
		write: func(w io.Writer) error { return handover.WriteCase(w, h, sealKey(in)) },
		also:  func(tx *store.Tx) error { return s.enter(tx, r.Ref, e) },
	}, in.To)
}

func mayHandOver(r *register.Request, in register.HandOverInput) error {
	_, decided := r.Last(register.Decided)
	switch {
	case r.Visit != nil:
		return register.Errorf(register.Refused, "", "%s is another office's case: send it back with the advice", r.Ref)
	case decided || r.State() == register.ClosedCase:
		return register.Errorf(register.Refused, "", "%s is decided: there is nothing left to advise on", r.Ref)
	case strings.TrimSpace(in.Question) == "":
		return register.Errorf(register.Invalid, "question", "say what is asked of whoever advises")
	}
	return in.Validate()
}

// handed gathers the case as it leaves.
func (s *Seat) handed(r *register.Request, question string) (register.HandOver, error) {
	h := register.HandOver{
		Office: s.Settings().Office, By: s.operator.Name, At: s.desk.now(), Question: strings.TrimSpace(question),
		Person: s.who(r), Case: r.Handed(), Audit: s.auditMark(),
	}
	h.Digest = h.Case.Digest()
	if r.Delegate == "" {
		return h, nil
	}
	err := s.read(register.RequestRead, func(tx *store.Tx) (err error) {
		h.Held, err = tx.Held(r.Delegate)
		return err
	})
	return h, err
}

func (s *Seat) auditMark() register.AuditMark {
	head := s.desk.db.AuditHead()
	return register.AuditMark{Sequence: head.Seq, Hash: hex.EncodeToString(head.Hash[:])}
}

// enter adds an event to a case inside a change.
func (s *Seat) enter(tx *store.Tx, ref string, e register.RequestEvent) error {
	r, err := tx.Requests().Get(ref)
	if err != nil {
		return err
	}
	if err := s.add(&r, e); err != nil {
		return err
	}
	return s.save(tx, &r)
}

// TakeIn opens another office's case here, to be looked at and decided. The
// person is nobody's record here. Errors: Denied for a wrong password or key,
// Invalid for another file, Conflict for one that was taken in before.
func (s *Seat) TakeIn(ctx context.Context, data []byte, with sealed.Key) (register.RequestPage, error) {
	var none register.RequestPage
	if err := s.allow(register.RequestAdvise); err != nil {
		return none, err
	}
	h, err := handover.ReadCase(data, with)
	if err != nil {
		return none, err
	}
	r, err := h.Visiting()
	if err != nil {
		return none, err
	}
	for _, x := range s.desk.db.RequestList() {
		if x.Visit != nil && x.Visit.Digest == h.Digest && x.Visit.Office == h.Office {
			return none, register.Errorf(register.Conflict, "", "this was taken in before, as %s", x.Ref)
		}
	}
	r.Owner, r.Created, r.Revision = s.operator.Name, s.desk.now(), 0
	_, err = s.change(ctx, act{verb: register.RequestAdvise}, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if r.Ref, err = nextRef(tx, &settings, r.Right, s.Today().Year()); err != nil {
			return err
		}
		tx.Note(r.Ref + " taken in, SHA-256 " + h.Digest)
		return s.save(tx, &r)
	})
	if err != nil {
		return none, err
	}
	return s.page(&r), nil
}

func sealKey(in register.HandOverInput) sealed.Key {
	return sealed.Key{Password: in.Password, Recipients: in.Recipients}
}
