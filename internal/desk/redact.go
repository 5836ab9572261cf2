package desk

import (
	"context"
	"strings"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// reselect changes what the pack of a case takes in or leaves out. The event it
// adds holds no words of the data, and an approved release becomes a draft.
func (s *Seat) reselect(
	ctx context.Context, ref, what string, fn func(*register.Request) error,
) (register.RequestPage, error) {
	if _, err := s.gathering(ref); err != nil {
		return register.RequestPage{}, err
	}
	a := act{verb: register.RequestSelect, note: what}
	return s.step(ctx, ref, a, func(r *register.Request, _ *store.Tx) error {
		e := register.RequestEvent{Kind: register.SelectionChanged, On: s.Today(), Text: what}
		if err := s.add(r, e); err != nil {
			return err
		}
		return fn(r)
	})
}

// Redact takes words out of the pack of a case wherever they stand in it. An
// approved release waits for its approval again. Errors: Invalid for words,
// code or reason that cannot stand, Refused for the person's own name and for
// words the reply is written with, Conflict for words marked already.
func (s *Seat) Redact(ctx context.Context, ref string, in register.RedactionInput) (register.RequestPage, error) {
	var none register.RequestPage
	in.Words, in.Reason = strings.TrimSpace(in.Words), strings.TrimSpace(in.Reason)
	if in.Code == "" {
		return none, register.Errorf(register.Invalid, "code", "say under which exemption")
	}
	if err := s.knownCode(in.Code); err != nil {
		return none, err
	}
	r, err := s.gathering(ref)
	if err != nil {
		return none, err
	}
	own, err := s.ownNames(r.Delegate)
	if err != nil {
		return none, err
	}
	if err := register.CheckRedaction(&in, own, s.fixedWords(&r)); err != nil {
		return none, err
	}
	id, err := s.desk.ids.Next(register.RedactionPrefix)
	if err != nil {
		return none, err
	}
	return s.reselect(ctx, ref, "words marked to be taken out, "+in.Code, func(r *register.Request) error {
		return r.Mark(register.Redaction{
			ID: id, Words: in.Words, Code: in.Code, Reason: in.Reason, By: s.operator.Name, At: s.desk.now(),
		})
	})
}

// Unredact takes a mark off again. Errors: NotFound, Invalid without a reason.
func (s *Seat) Unredact(ctx context.Context, ref string, id register.ID, why string) (register.RequestPage, error) {
	if strings.TrimSpace(why) == "" {
		return register.RequestPage{}, register.Errorf(register.Invalid, "reason", "say why the words may stand after all")
	}
	what := "mark " + string(id) + " taken off: " + strings.TrimSpace(why)
	return s.reselect(ctx, ref, what, func(r *register.Request) error { return r.Unmark(id) })
}

func (s *Seat) ownNames(who register.ID) (names []string, err error) {
	err = s.desk.db.View(func(tx *store.Tx) error {
		d, err := tx.Delegates().Get(who)
		names = d.OwnNames()
		return err
	})
	return names, err
}

// fixedWords are the texts every reply of the office is written with.
func (s *Seat) fixedWords(r *register.Request) []string {
	settings := s.Settings()
	settings.Profile.Complaint = settings.Complaint()
	return letter.FixedTexts(letter.Reply{
		Office: settings.Office, Profile: settings.Profile, On: s.Today(), Exemptions: settings.ExemptionList(),
		Request: register.Request{Ref: r.Ref, Right: r.Right, How: r.How, Events: r.Events[:1], Deadline: r.Deadline},
	})
}
