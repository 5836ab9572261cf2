package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// OpenRequest opens a case from a request received in any way. The clock runs
// from the day it reached anyone in the office (UK GDPR Art 12A).
func (s *Seat) OpenRequest(ctx context.Context, in register.RequestInput) (register.RequestPage, error) {
	var r register.Request
	var subjects []register.ID
	if in.Delegate != "" {
		subjects = append(subjects, in.Delegate)
	}
	_, err := s.change(ctx, act{verb: register.RequestOpen, subjects: subjects}, func(tx *store.Tx) error {
		settings, err := tx.Settings().Get()
		if err != nil {
			return err
		}
		if err := s.checkIntake(tx, in); err != nil {
			return err
		}
		r = register.Request{
			Right: in.Right, Nation: settings.Nation, Delegate: in.Delegate, How: in.How,
			Requester: in.Requester, Owner: s.operator.Name, Created: s.desk.now(),
		}
		if in.Delegate == "" {
			r.Name = strings.TrimSpace(in.Name)
		}
		if err := s.intake(&r, in); err != nil {
			return err
		}
		if r.Ref, err = nextRef(tx, &settings, in.Right, in.Received.Year()); err != nil {
			return err
		}
		tx.Note(r.Ref)
		return s.save(tx, &r)
	})
	if err != nil {
		return register.RequestPage{}, err
	}
	return s.page(&r), nil
}

func (s *Seat) checkIntake(tx *store.Tx, in register.RequestInput) error {
	switch {
	case in.Received.IsZero():
		return register.Errorf(register.Invalid, "received", "give the day the request reached anyone in the office")
	case in.Received.After(s.Today()):
		return register.Errorf(register.Invalid, "received", "%s has not come yet", in.Received)
	case !slices.Contains(register.Intakes(), in.How):
		return register.Errorf(register.Invalid, "how", "a request comes by one of %v", register.Intakes())
	case in.Delegate == "" && strings.TrimSpace(in.Name) == "":
		return register.Errorf(register.Invalid, "delegate", "say whose data is asked for: a person held, or a name")
	case in.Requester != "" && !in.AuthorityNeeded && in.Note == "":
		return register.Errorf(register.Invalid, "authority",
			"somebody else asks: ask for their authority, or note why none is needed")
	case in.Delegate == "":
		return nil
	}
	_, err := tx.Delegates().Get(in.Delegate)
	return err
}

// intake adds the events a new case begins with.
func (s *Seat) intake(r *register.Request, in register.RequestInput) error {
	events := []register.RequestEvent{{Kind: register.Received, On: in.Received, Text: in.How}}
	if in.IdentityNeeded {
		events = append(events, register.RequestEvent{Kind: register.IdentityAsked, On: in.Received})
	}
	if in.AuthorityNeeded {
		events = append(events, register.RequestEvent{Kind: register.AuthorityAsked, On: in.Received})
	}
	if in.Note != "" {
		events = append(events, register.RequestEvent{Kind: register.Noted, On: s.Today(), Text: in.Note})
	}
	for _, e := range events {
		if err := s.add(r, e); err != nil {
			return err
		}
	}
	return nil
}

// add appends an event by this operator now and works the clock out anew.
func (s *Seat) add(r *register.Request, e register.RequestEvent) error {
	if e.On.After(s.Today()) {
		return register.Errorf(register.Invalid, "on", "%s has not come yet", e.On)
	}
	e.Recorded, e.By = s.desk.now(), s.operator.Name
	if err := r.Add(e); err != nil {
		return err
	}
	clocks, err := s.desk.clocks()
	if err != nil {
		return err
	}
	return r.Reckon(clocks)
}

func (s *Seat) save(tx *store.Tx, r *register.Request) error {
	r.Revision++
	return tx.Requests().Put(*r)
}

// nextRef gives out the next case number of a right in a year, from the
// store's own sequence so that none is given twice.
func nextRef(tx *store.Tx, settings *register.Settings, right calendar.Right, year int) (string, error) {
	series := register.CaseSeries(right, year)
	sequences := map[string]int{}
	for k, v := range settings.Sequences {
		sequences[k] = v
	}
	sequences[series]++
	settings.Sequences = sequences
	return register.CaseRef(right, year, sequences[series]), tx.Settings().Put(*settings)
}

// Progress records something that happened to a case: what was asked for or
// came in, an extension, a note. Decisions, replies and packs have their own
// operations.
func (s *Seat) Progress(ctx context.Context, ref string, e register.RequestEvent) (register.RequestPage, error) {
	return s.ProgressAll(ctx, ref, []register.RequestEvent{e})
}

// ProgressAll records several things at once: all of them or none.
func (s *Seat) ProgressAll(ctx context.Context, ref string, events []register.RequestEvent) (register.RequestPage, error) {
	a := act{}
	for _, e := range events {
		verb, err := progressVerb(e.Kind)
		if err != nil {
			return register.RequestPage{}, err
		}
		if err := s.allow(verb); err != nil {
			return register.RequestPage{}, err
		}
		a.verb, a.note = verb, strings.TrimSpace(a.note+" "+string(e.Kind))
	}
	return s.step(ctx, ref, a, func(r *register.Request, _ *store.Tx) error {
		for _, e := range events {
			if err := s.add(r, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func progressVerb(kind register.RequestEventKind) (register.Verb, error) {
	switch kind {
	case register.IdentityAsked, register.IdentitySeen, register.AuthorityAsked, register.AuthoritySeen,
		register.FeeAsked, register.FeePaid, register.ClarifyAsked, register.Clarified, register.Extended, register.LiftingTold:
		return register.RequestProgress, nil
	case register.Noted:
		return register.RequestNote, nil
	case register.Replied:
		return register.RequestReply, nil
	case register.CaseClosed:
		return register.RequestClose, nil
	case register.Received, register.Decided, register.Approved, register.Packed:
	}
	return "", register.Errorf(register.Invalid, "event", "%q is not recorded this way", kind)
}

// step runs fn on a case inside one change and returns its page.
func (s *Seat) step(ctx context.Context, ref string, a act, fn func(*register.Request, *store.Tx) error) (register.RequestPage, error) {
	var r register.Request
	if held, err := s.request(ref); err == nil && held.Delegate != "" {
		a.subjects = []register.ID{held.Delegate}
	}
	a.note = strings.TrimSpace(ref + " " + a.note)
	_, err := s.change(ctx, a, func(tx *store.Tx) (err error) {
		if r, err = tx.Requests().Get(ref); err != nil {
			return err
		}
		if err := fn(&r, tx); err != nil {
			return err
		}
		return s.save(tx, &r)
	})
	if err != nil {
		return register.RequestPage{}, err
	}
	return s.page(&r), nil
}

// Match says whose data a case is about that was opened under a name only. A
// case that is decided stays with the person it was decided for.
func (s *Seat) Match(ctx context.Context, ref string, who register.ID) (register.RequestPage, error) {
	return s.step(ctx, ref, act{verb: register.RequestMatch, subjects: []register.ID{who}}, func(r *register.Request, tx *store.Tx) error {
		if _, err := tx.Delegates().Get(who); err != nil {
			return err
		}
		if _, decided := r.Last(register.Decided); decided {
			return register.Errorf(register.Refused, "", "%s is decided: it stays with the person it was decided for", r.Ref)
		}
		if r.Delegate == who {
			return register.Errorf(register.Conflict, "delegate", "%s is already matched to %s", r.Ref, who)
		}
		r.Delegate, r.Name = who, ""
		return s.add(r, register.RequestEvent{Kind: register.Noted, On: s.Today(), Text: "matched to " + string(who)})
	})
}

// Decide records the outcome and its reasons. In an office with one person who
// may approve, that person's decision stands at once and the record says that
// nobody second-checked it; from the second on, another must approve.
func (s *Seat) Decide(ctx context.Context, ref string, on calendar.Date, out register.Outcome, reason string) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
	a := act{verb: register.RequestDecide, note: string(out), unchecked: alone}
	return s.step(ctx, ref, a, func(r *register.Request, _ *store.Tx) error {
		e := register.RequestEvent{Kind: register.Decided, On: on, Outcome: out, Text: reason, Unchecked: alone}
		if err := s.add(r, e); err != nil || !alone {
			return err
		}
		return s.add(r, register.RequestEvent{Kind: register.Approved, On: on, Unchecked: true})
	})
}

// Approve confirms a decision somebody else prepared. It is Denied to the one
// who prepared it, unless nobody else could.
func (s *Seat) Approve(ctx context.Context, ref string, on calendar.Date) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
	held, err := s.request(ref)
	if err != nil {
		return register.RequestPage{}, err
	}
	if approved, ok := held.Last(register.Approved); ok && approved.Unchecked && alone {
		return s.page(&held), nil // the decision of an office of one stands already
	}
	return s.step(ctx, ref, act{verb: register.RequestApprove, unchecked: alone}, func(r *register.Request, _ *store.Tx) error {
		if decided, ok := r.Last(register.Decided); ok && decided.By == s.operator.Name && !alone {
			return register.Errorf(register.Denied, "", "%s prepared this decision: another operator approves it", s.operator.Name)
		}
		return s.add(r, register.RequestEvent{Kind: register.Approved, On: on, Unchecked: alone})
	})
}

// alone reports whether this operator is the only one who may approve.
func (s *Seat) alone() (bool, error) {
	others := 0
	err := s.desk.db.View(func(tx *store.Tx) error {
		for op, err := range tx.Operators().All() {
			if err != nil {
				return err
			}
			if op.Name != s.operator.Name && op.May(register.RequestApprove) {
				others++
			}
		}
		return nil
	})
	return others == 0 && s.May(register.RequestApprove), err
}
