package desk

import (
	"context"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// add appends an event by this operator now and works the clock out anew.
func (s *Seat) add(r *register.Request, e register.RequestEvent) error {
	if err := s.note(r, e); err != nil {
		return err
	}
	return s.reckon(r)
}

// note appends an event by this operator now and leaves the clock as it is.
func (s *Seat) note(r *register.Request, e register.RequestEvent) error {
	if e.On.After(s.Today()) {
		return register.Errorf(register.Invalid, "on", "%s has not come yet", e.On)
	}
	e.Recorded, e.By = s.desk.now(), s.operator.Name
	return r.Add(e)
}

func (s *Seat) reckon(r *register.Request) error {
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
// came in, an extension, a note. Decisions, corrections and what is done to data
// have their own operations. Where another may approve, an extension counts
// once they have.
func (s *Seat) Progress(ctx context.Context, ref string, e register.RequestEvent) (register.RequestPage, error) {
	return s.ProgressAll(ctx, ref, []register.RequestEvent{e})
}

// ProgressAll records several things at once: all of them or none.
func (s *Seat) ProgressAll(ctx context.Context, ref string, events []register.RequestEvent) (register.RequestPage, error) {
	alone, err := s.alone()
	if err != nil {
		return register.RequestPage{}, err
	}
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
		a.unchecked = a.unchecked || alone && e.Kind == register.Extended
	}
	return s.step(ctx, ref, a, func(r *register.Request, _ *store.Tx) error {
		for _, e := range events {
			e = register.RequestEvent{Kind: e.Kind, On: e.On, Text: e.Text, Evidence: e.Evidence}
			record := s.add
			if e.Kind == register.Extended {
				record = func(r *register.Request, e register.RequestEvent) error { return s.prepare(r, e, alone) }
			}
			if err := record(r, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func progressVerb(kind register.RequestEventKind) (register.Verb, error) {
	switch kind {
	case register.IdentityAsked, register.IdentitySeen, register.AuthorityAsked, register.AuthoritySeen, register.AuthorityFailed,
		register.FeeAsked, register.FeePaid, register.ClarifyAsked, register.Clarified, register.Extended,
		register.Acknowledged, register.ProgressTold, register.LiftingTold:
		return register.RequestProgress, nil
	case register.Noted, register.Found:
		return register.RequestNote, nil
	case register.Replied:
		return register.RequestReply, nil
	case register.CaseClosed:
		return register.RequestClose, nil
	default:
		return "", register.Errorf(register.Invalid, "event", "%q is not recorded this way", kind)
	}
}

// step runs fn on a case inside one change and returns its page.
func (s *Seat) step(ctx context.Context, ref string, a act, fn func(*register.Request, *store.Tx) error) (register.RequestPage, error) {
	var r register.Request
	if held, err := s.request(ref); err == nil && held.Delegate != "" && !slices.Contains(a.subjects, held.Delegate) {
		a.subjects = append(a.subjects, held.Delegate)
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
