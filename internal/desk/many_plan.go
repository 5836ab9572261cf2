package desk

import (
	"context"
	"errors"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// PlanMany says of every record what it is and what it would become, or why it is refused. It writes nothing: a dry run
// and the preview are this call. Errors: Denied for somebody who may not do it with one record either; Invalid naming
// what the act asks for and was not given.
func (s *Seat) PlanMany(ctx context.Context, ids []register.ID, what register.Many) (register.ManyPlan, error) {
	plan := register.ManyPlan{What: what, Rows: []register.ManyRow{}}
	if err := s.allow(what.Verb()); what.Verb() != "" && err != nil {
		return plan, err
	}
	if err := s.checkMany(&what); err != nil {
		return plan, err
	}
	err := s.read(what.Verb(), func(tx *store.Tx) error {
		for _, id := range register.DistinctIDs(ids) {
			if err := ctx.Err(); err != nil {
				return err
			}
			row, _, err := s.manyRow(tx, id, &what)
			if err != nil {
				return err
			}
			plan.Counts.Tally(row.Outcome)
			plan.Rows = append(plan.Rows, row)
		}
		return nil
	})
	return plan, err
}

// checkMany refuses what could be done with no record at all, so that it is said once and not of each.
func (s *Seat) checkMany(what *register.Many) error {
	if err := what.Validate(); err != nil {
		return err
	}
	settings := s.Settings()
	switch what.Act {
	case register.ManyJoin, register.ManyLeave:
		if _, ok := s.desk.db.Organisation(what.Organisation); !ok {
			return register.Errorf(register.NotFound, "organisation", "no organisation has the id %s", what.Organisation)
		}
		return knownAccess(what.Access, &settings.Profile)
	case register.ManyTold:
		in := s.toldOf(what, 1)
		return checkTelling(&in, &settings.Profile, s.Today())
	default:
		return nil
	}
}

// manyRow is what becomes of one record, and the deed where it changes. A refusal is told in the row; an error is a
// fault of the store.
func (s *Seat) manyRow(tx *store.Tx, id register.ID, what *register.Many) (register.ManyRow, deed, error) {
	row := register.ManyRow{ID: id, Name: s.nameOf(id, what)}
	d, err := s.deedOf(tx, id, what)
	var e *register.Error
	switch {
	case err == nil:
		row.Outcome, row.Was, row.Becomes, row.Seen = register.ManyChanges, d.was, d.becomes, d.seen
	case !errors.As(err, &e) || e.Kind == register.Internal:
		return row, d, err
	case e.Kind == register.Conflict:
		row.Outcome, row.Reason = register.ManySame, e.Msg
	default:
		row.Outcome, row.Reason = register.ManyRefused, e.Msg
	}
	return row, d, nil
}

func (s *Seat) nameOf(id register.ID, what *register.Many) string {
	if !what.Cases() {
		row, _ := s.desk.db.Person(id)
		return row.Name
	}
	r, ok := s.desk.db.CaseByRef(string(id))
	if !ok || r.Delegate == "" {
		return r.Name
	}
	row, _ := s.desk.db.Person(r.Delegate)
	return row.Name
}

// deedOf works out what an act does with one record, by the rules of the single operation.
func (s *Seat) deedOf(tx *store.Tx, id register.ID, what *register.Many) (deed, error) {
	switch what.Act {
	case register.ManyDeactivate:
		return s.deactivating(tx, id, what.Reason)
	case register.ManyReactivate:
		return s.standing(tx, id, register.Active, what.Reason)
	case register.ManySet:
		return s.changing(tx, id, register.DelegateInput{
			Values: map[string]string{what.Field: what.Value}, Source: what.Source,
		})
	case register.ManyJoin:
		d, _, err := s.joining(tx, register.MembershipInput{
			Delegate: id, Organisation: what.Organisation, Role: what.Role, Access: what.Access, From: what.From,
			Source: what.Source,
		})
		return d, err
	case register.ManyLeave:
		return s.leaving(tx, id, what.Organisation)
	case register.ManyTold:
		return s.telling(tx, id, what)
	case register.ManyAssign:
		return s.working(tx, id, s.assigned(what.To, what.Text))
	case register.ManyNote:
		return s.working(tx, id, func(r *register.Request, _ *store.Tx) error {
			return s.add(r, register.RequestEvent{Kind: register.Noted, On: s.Today(), Text: strings.TrimSpace(what.Text)})
		})
	}
	return deed{}, register.Errorf(register.Invalid, "act", "what is done with many records is one of %v", register.ManyActs())
}

// working takes a case a step further.
func (s *Seat) working(tx *store.Tx, ref register.ID, step func(*register.Request, *store.Tx) error) (deed, error) {
	r, err := tx.Requests().Get(string(ref))
	if err != nil {
		return deed{}, err
	}
	d := deed{was: r.Owner, seen: r.Revision}
	before := len(r.Events)
	if err := step(&r, tx); err != nil {
		return deed{}, err
	}
	if d.becomes = r.Owner; d.becomes == d.was && len(r.Events) > before {
		d.was, d.becomes = "", r.Events[len(r.Events)-1].Text
	}
	d.write = func(tx *store.Tx) error { return s.save(tx, &r) }
	return d, nil
}

// telling counts a person among those told of a notice. Nothing is written about them.
func (s *Seat) telling(tx *store.Tx, id register.ID, what *register.Many) (deed, error) {
	d, err := tx.Delegates().Get(id)
	if err != nil {
		return deed{}, err
	}
	if d.Status == register.Erased {
		return deed{}, register.Errorf(register.Refused, "status", "%s was erased", id)
	}
	words := "told of " + what.Notice + " " + what.Version
	return deed{becomes: words, seen: d.Revision, write: func(*store.Tx) error { return nil }}, nil
}

// toldOf is the record of some people told of a notice.
func (s *Seat) toldOf(what *register.Many, people int) register.Telling {
	return register.Telling{
		Notice: what.Notice, Version: what.Version, How: what.How, On: s.orToday(what.On), People: people, By: s.operator.Name,
	}
}
