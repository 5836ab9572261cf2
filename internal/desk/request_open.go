package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// OpenRequest opens a case from a request received in any way. The clock runs
// from the day it reached anyone in the office (UK GDPR Art 12A). The page it
// returns names the cases that may be this one again. Errors: Invalid naming
// the part of the input, NotFound for the person, Refused for a date beyond the
// bank holidays or terms known.
func (s *Seat) OpenRequest(ctx context.Context, in register.RequestInput) (register.RequestPage, error) {
	var r register.Request
	var subjects []register.ID
	if in.Delegate != "" {
		subjects = append(subjects, in.Delegate)
	}
	_, err := s.change(ctx, act{verb: register.RequestOpen, subjects: subjects}, func(tx *store.Tx) (err error) {
		r, err = s.open(tx, in)
		return err
	})
	if err != nil {
		return register.RequestPage{}, err
	}
	return s.page(&r), nil
}

// open opens a case within a change.
func (s *Seat) open(tx *store.Tx, in register.RequestInput) (register.Request, error) {
	settings, err := tx.Settings().Get()
	if err != nil {
		return register.Request{}, err
	}
	r, err := s.begin(tx, in, &settings)
	if err != nil {
		return r, err
	}
	if r.Ref, err = nextRef(tx, &settings, in.Right, in.Received.Year()); err != nil {
		return r, err
	}
	if err := s.atOnce(tx, &r); err != nil {
		return r, err
	}
	tx.Note(r.Ref)
	return r, s.save(tx, &r)
}

// begin makes the case an input asks for, without a number.
func (s *Seat) begin(tx *store.Tx, in register.RequestInput, settings *register.Settings) (register.Request, error) {
	if err := s.checkIntake(tx, &in, settings); err != nil {
		return register.Request{}, err
	}
	r := register.Request{
		Right: in.Right, Nation: settings.Nation, Delegate: in.Delegate, How: in.How,
		Requester: strings.TrimSpace(in.Requester), Relation: strings.TrimSpace(in.Relation), Sender: in.Sender,
		Owner: s.operator.Name, Created: s.desk.now(),
	}
	if in.Delegate == "" {
		r.Name = strings.TrimSpace(in.Name)
	}
	return r, s.intake(&r, in)
}

// checkIntake refuses what no case can begin with. Where somebody else uses the
// right of a child who decides for themselves, it has the child's authority
// asked for.
func (s *Seat) checkIntake(tx *store.Tx, in *register.RequestInput, settings *register.Settings) error {
	if err := s.checkArrival(in, settings); err != nil {
		return err
	}
	var d register.Delegate
	if in.Delegate != "" {
		var err error
		if d, err = tx.Delegates().Get(in.Delegate); err != nil {
			return err
		}
		if d.Status == register.Erased {
			return register.Errorf(register.Refused, "delegate", "%s was erased: open the case under a name", d.ID)
		}
	}
	someoneElse := strings.TrimSpace(in.Requester) != ""
	capacity := settings.CapacityIn(in.Right, d.Born(), in.Received)
	switch {
	case !someoneElse && in.AuthorityNeeded:
		return register.Errorf(register.Invalid, "requester", "say who asks for the person, or ask for no authority")
	case someoneElse && capacity.Own:
		in.AuthorityNeeded, in.AuthorityWhy = true, register.AuthorityWhy
	case someoneElse && !in.AuthorityNeeded && strings.TrimSpace(in.Note) == "" && in.Right != calendar.EducationalRecord:
		return register.Errorf(register.Invalid, "authority",
			"somebody else asks: ask for their authority, or note why none is needed")
	}
	return nil
}

func (s *Seat) checkArrival(in *register.RequestInput, settings *register.Settings) error {
	if _, err := register.ParseCase(string(in.Right)); err != nil {
		return err
	}
	switch {
	case in.Received.IsZero():
		return register.Errorf(register.Invalid, "received", "give the day the request reached anyone in the office")
	case in.Received.After(s.Today()):
		return register.Errorf(register.Invalid, "received", "%s has not come yet", in.Received)
	case !slices.Contains(register.Intakes(), in.How):
		return register.Errorf(register.Invalid, "how", "a request comes by one of %v", register.Intakes())
	case in.Delegate == "" && strings.TrimSpace(in.Name) == "":
		return register.Errorf(register.Invalid, "delegate", "say whose data is asked for: a person held, or a name")
	case in.Right == calendar.EducationalRecord && settings.Terms == "":
		return register.Errorf(register.Refused, "right", "%w", errNoTerms)
	}
	return nil
}

var errNoTerms = errors.New("the time for an educational record is counted in school days: give the school's terms first, in the" +
	" settings, one term per line as first day,last day (2026-09-03,2026-10-23)")

// intake adds the events a new case begins with.
func (s *Seat) intake(r *register.Request, in register.RequestInput) error {
	why := strings.TrimSpace(in.Identity)
	events := []register.RequestEvent{{Kind: register.Received, On: in.Received, Text: in.How}}
	switch {
	case in.IdentityNeeded:
		events = append(events, register.RequestEvent{Kind: register.IdentityAsked, On: in.Received, Text: why})
	case why != "":
		events = append(events, register.RequestEvent{
			Kind: register.Noted, On: in.Received, Text: "Proof of identity is not asked for: " + why,
		})
	}
	if in.AuthorityNeeded {
		events = append(events, register.RequestEvent{Kind: register.AuthorityAsked, On: in.Received, Text: in.AuthorityWhy})
	}
	if note := strings.TrimSpace(in.Note); note != "" {
		events = append(events, register.RequestEvent{Kind: register.Noted, On: s.Today(), Text: note})
	}
	for _, e := range events {
		if err := s.note(r, e); err != nil {
			return err
		}
	}
	return s.reckon(r) // once: the dates in between were told to nobody
}

// Match says whose data a case is about that was opened under a name only, or
// about somebody else. What was selected for the one it was about before is
// dropped. It is Refused for a decided case, which stays with the person it was
// decided for, and where who asks was proved for somebody else.
func (s *Seat) Match(ctx context.Context, ref string, who register.ID) (register.RequestPage, error) {
	return s.step(ctx, ref, act{verb: register.RequestMatch, subjects: []register.ID{who}}, func(r *register.Request, tx *store.Tx) error {
		d, err := tx.Delegates().Get(who)
		if err != nil {
			return err
		}
		if d.Status == register.Erased {
			return register.Errorf(register.Refused, "delegate", "%s was erased: nothing is held that the case could be about", who)
		}
		if err := s.duplicatesAgree(tx, r.Ref, who); err != nil {
			return err
		}
		err = s.add(r, register.RequestEvent{
			Kind: register.MatchedTo, On: s.Today(), Text: "matched to " + string(who),
			Change: &register.ValueChange{Field: "delegate", Before: string(r.Delegate), After: string(who)},
		})
		if err != nil {
			return err
		}
		r.Delegate, r.Name = who, ""
		r.Choices, r.Documents, r.Redactions, r.Keeps = nil, nil, nil, nil
		if err := s.askChild(tx, r, &d); err != nil {
			return err
		}
		return s.atOnce(tx, r)
	})
}

// askChild has the child's authority asked for, where a case turns out to be
// about a child who decides for themselves.
func (s *Seat) askChild(tx *store.Tx, r *register.Request, d *register.Delegate) error {
	settings, err := tx.Settings().Get()
	if err != nil {
		return err
	}
	_, asked := r.Last(register.AuthorityAsked)
	if r.Requester == "" || asked || !settings.CapacityIn(r.Right, d.Born(), r.Received()).Own {
		return nil
	}
	return s.add(r, register.RequestEvent{Kind: register.AuthorityAsked, On: s.Today(), Text: register.AuthorityWhy})
}
