package desk

import (
	"context"
	"fmt"
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// erasing is an erasure on its way: what is looked for, what was found, and what
// is to become of it. It is made anew from the store each time it matters.
type erasing struct {
	facts   register.ErasureFacts
	needles store.Needles
	sorting *register.ErasureSorting
	plan    register.ErasurePlan
}

// ErasurePlan says what the erasure of a case would remove, mask and keep, and
// why. It looks through everything held; told may be nil and hears how many
// records were read. Errors: Refused for a case that erases nothing or is about
// nobody yet, Denied, NotFound.
func (s *Seat) ErasurePlan(ctx context.Context, ref string, told func(done, total int)) (register.ErasurePlan, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return register.ErasurePlan{}, err
	}
	r, err := s.request(ref)
	if err != nil {
		return register.ErasurePlan{}, err
	}
	e, err := s.planErasure(ctx, r.Ref, told)
	if err != nil {
		return register.ErasurePlan{}, err
	}
	return e.plan, nil
}

func (s *Seat) planErasure(ctx context.Context, ref string, told func(done, total int)) (*erasing, error) {
	var e *erasing
	err := s.desk.db.View(func(tx *store.Tx) (err error) {
		e, err = s.planErasureIn(ctx, tx, ref, told)
		return err
	})
	return e, err
}

// planErasureIn makes the plan of a case as a transaction sees the store.
func (s *Seat) planErasureIn(ctx context.Context, tx *store.Tx, ref string, told func(done, total int)) (*erasing, error) {
	r, err := tx.Requests().Get(ref)
	if err != nil {
		return nil, err
	}
	e, err := s.gatherErasure(tx, &r)
	if err != nil {
		return nil, err
	}
	if e.facts.Hits, err = e.search(ctx, tx, told); err != nil {
		return nil, err
	}
	e.facts.Nameless = s.nameless(e.facts.Hits)
	e.sorting = register.SortErasure(e.facts.Person.ID, e.facts.Needles, e.facts.Hits, e.facts.Staff)
	e.plan = register.PlanErasure(e.facts)
	return e, nil
}

// mayErase refuses a case that erases nothing.
func mayErase(r *register.Request) error {
	switch {
	case r.Right != calendar.Erasure && r.Right != calendar.Withdrawal:
		return register.Errorf(register.Refused, "", "%s is not an erasure request", r.Ref)
	case r.Delegate == "":
		return register.Errorf(register.Refused, "", "%s: nobody is matched to the case yet", r.Ref)
	}
	if _, done := r.Last(register.ErasedData); done {
		return register.Errorf(register.Refused, "", "%s: the data was erased; there is nothing left to plan", r.Ref)
	}
	return nil
}

// gatherErasure reads what the plan needs to know of the person and the office.
func (s *Seat) gatherErasure(tx *store.Tx, r *register.Request) (*erasing, error) {
	if err := mayErase(r); err != nil {
		return nil, err
	}
	d, err := tx.Delegates().Get(r.Delegate)
	if err != nil {
		return nil, err
	}
	if d.Status == register.Erased {
		return nil, register.Errorf(register.Refused, "", "%s was erased already", d.ID)
	}
	settings, err := tx.Settings().Get()
	if err != nil {
		return nil, err
	}
	e := &erasing{facts: register.ErasureFacts{
		Case: r, Person: &d, On: s.Today(), Settings: &settings, Needles: register.NeedlesOf(&d),
	}}
	if e.needles, err = readyNeedles(e.facts.Needles); err != nil {
		return nil, err
	}
	return e, s.gatherHeld(tx, e)
}

func (s *Seat) gatherHeld(tx *store.Tx, e *erasing) (err error) {
	f, who := &e.facts, e.facts.Person.ID
	if f.Held, err = tx.Held(who); err != nil {
		return err
	}
	if f.Holds, err = holdsOf(tx, who); err != nil {
		return err
	}
	for x, err := range tx.Disclosed().Of(who) {
		if err != nil {
			return err
		}
		f.Had = append(f.Had, x)
	}
	for x, err := range tx.Requests().Of(who) {
		if err != nil {
			return err
		}
		f.Cases = append(f.Cases, x.Row(f.On, ""))
	}
	if f.Staff, err = logins(tx); err != nil {
		return err
	}
	for b, err := range tx.Backups().All() {
		if err != nil {
			return err
		}
		f.Backups = append(f.Backups, b)
	}
	p, events, err := s.asked(tx, who)
	if err != nil {
		return err
	}
	f.Noes = f.Settings.Profile.StandingNoes(events, register.At(f.On))
	f.Grounds = f.Settings.Profile.Grounds(&p, register.At(f.On))
	return nil
}

func logins(tx *store.Tx) ([]string, error) {
	var all []string
	for op, err := range tx.Operators().All() {
		if err != nil {
			return nil, err
		}
		all = append(all, op.Name)
	}
	return all, nil
}

func readyNeedles(all []register.Needle) (store.Needles, error) {
	ready := make([]store.Needle, len(all))
	for i, n := range all {
		ready[i] = store.Needle{Text: n.Text, Kind: store.TextNeedle}
		if n.Digits {
			ready[i].Kind = store.DigitsNeedle
		}
	}
	return store.NewNeedles(ready)
}

// search finds every text in which a value of the person stands.
func (e *erasing) search(ctx context.Context, tx *store.Tx, told func(done, total int)) ([]register.ErasureHit, error) {
	found, err := tx.Search(ctx, e.needles, told)
	if err != nil {
		return nil, err
	}
	return e.hits(found), nil
}

// finds tells where in a text values of the person stand.
func (e *erasing) finds(text string) []register.NeedleFind {
	var all []register.NeedleFind
	for _, f := range e.needles.Finds(text) {
		all = append(all, register.NeedleFind{Needle: f.Needle, From: f.From, To: f.To})
	}
	return register.Counting(e.facts.Needles, text, all)
}

// blot takes every value of the person out of a text that is no colleague's login.
func (e *erasing) blot(text string) string {
	if slices.Contains(e.facts.Staff, text) {
		return text
	}
	return register.MaskFinds(text, e.finds(text))
}

// hits puts the finds of one text together, and leaves out those that do not
// mean the person.
func (e *erasing) hits(found []store.Hit) []register.ErasureHit {
	var all []register.ErasureHit
	for i := range found {
		x := &found[i]
		h := register.ErasureHit{
			Collection: x.Bucket, Record: x.Key, Subject: x.Subject, Of: x.Of, Operation: x.Operation(), Field: x.Field, Text: x.Value,
		}
		if n := len(all); n > 0 && all[n-1].SameText(&h) {
			continue
		}
		if h.Finds = e.finds(x.Value); len(h.Finds) > 0 {
			all = append(all, h)
		}
	}
	return all
}

// nameless lists the cases not closed that are matched to nobody and under a
// name of the person.
func (s *Seat) nameless(hits []register.ErasureHit) []register.RequestRow {
	var rows []register.RequestRow
	for i := range hits {
		h := &hits[i]
		if h.Collection != "requests" || h.Subject != "" || h.Field != "name" {
			continue
		}
		r, err := s.request(h.Record)
		if err == nil && r.Visit == nil && r.State() != register.ClosedCase {
			rows = append(rows, r.Row(s.Today(), ""))
		}
	}
	return rows
}

// KeepInErasure records what the erasure of a case keeps or masks otherwise than
// planned, and why; with no choices it says that the plan was looked at again.
// Either way an approval has to be given anew, for what is planned now. Errors:
// Invalid naming what is missing, NotFound for what the plan does not speak of,
// Refused after the reply.
func (s *Seat) KeepInErasure(ctx context.Context, ref string, choices []register.ErasureChoice) (register.RequestPage, error) {
	held, err := s.request(ref)
	if err != nil {
		return register.RequestPage{}, err
	}
	a := act{verb: register.RequestSelect, note: fmt.Sprintf("%d choices", len(choices))}
	return s.step(ctx, held.Ref, a, func(r *register.Request, tx *store.Tx) error {
		e, err := s.planErasureIn(ctx, tx, r.Ref, nil)
		if err != nil {
			return err
		}
		for i := range choices {
			choices[i].By, choices[i].At = s.operator.Name, s.desk.now()
		}
		if err := r.KeepInErasure(&e.plan, choices); err != nil {
			return err
		}
		return s.add(r, register.RequestEvent{Kind: register.SelectionChanged, On: s.Today(), Text: a.note})
	})
}

// coverPlan binds the approval of an erasure to what is planned at that moment.
func (s *Seat) coverPlan(tx *store.Tx, r *register.Request) error {
	decided, _ := r.Last(register.Decided)
	if mayErase(r) != nil || decided.Outcome == register.Refuse {
		return nil
	}
	e, err := s.gatherErasure(tx, r)
	if err != nil || r.Right == calendar.Withdrawal && len(e.facts.Grounds) > 0 {
		return err
	}
	if e.facts.Hits, err = e.search(context.Background(), tx, nil); err != nil {
		return err
	}
	plan := register.PlanErasure(e.facts)
	r.ErasurePlan = plan.Digest
	return nil
}
