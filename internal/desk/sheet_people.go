package desk

import (
	"fmt"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Why a sheet leaves somebody out, beside the statuses.
const (
	hasAnswered = "answered"
	notAsked    = "not asked of them"
)

// leftOutReasons gives each reason in words, in the order they are told.
var leftOutReasons = []struct{ id, words string }{
	{string(register.Restricted), "the record is restricted"},
	{string(register.Deactivated), "the record is deactivated"},
	{string(register.Erased), "the person's data was erased"},
	{notAsked, "none of these questions is put to people of their kind"},
	{hasAnswered, "they have answered all of it"},
}

// leftOutWords tells counts of reasons in one line.
func leftOutWords(counts []register.ReasonCount) string {
	if len(counts) == 0 {
		return "there is nobody in the group"
	}
	said := make([]string, len(counts))
	for i, c := range counts {
		said[i] = fmt.Sprintf("%d: %s", c.Count, c.Words)
	}
	return strings.Join(said, "; ")
}

// SheetPeople says who a sheet would ask, in the order it would print them, how
// each question stands for them today, and who is left out and why. A lead gets
// only their organisation's people. Errors: Invalid naming the field, NotFound.
func (s *Seat) SheetPeople(in register.SheetInput) ([]register.SheetRow, error) {
	q, err := s.sheetQuestions(in)
	if err != nil {
		return nil, err
	}
	rows := []register.SheetRow{}
	err = s.read(register.DelegateRead, func(tx *store.Tx) error {
		ids, err := s.sheetGroup(tx, in)
		if err != nil {
			return err
		}
		for _, id := range ids {
			who, err := tx.Contactee(id, s.Today())
			if err != nil {
				return err
			}
			rows = append(rows, q.row(&who))
		}
		return nil
	})
	return rows, err
}

// sheetGroup returns the ids of the group, each once: as they were given, else
// by name.
func (s *Seat) sheetGroup(tx *store.Tx, in register.SheetInput) ([]register.ID, error) {
	switch {
	case in.Organisation != "":
		return s.membersToAsk(tx, in.Organisation)
	case in.Course != "":
		return s.bookedToAsk(tx, in.Course)
	}
	ids := unique(in.Delegates)
	for _, id := range ids {
		if _, err := s.visible(tx, id); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (s *Seat) membersToAsk(tx *store.Tx, org register.ID) ([]register.ID, error) {
	if _, err := tx.Organisations().Get(org); err != nil {
		return nil, err
	}
	if s.leadOnly() && org != s.Operator().Organisation {
		return nil, register.Errorf(register.NotFound, "", "organisations holds no %s", org)
	}
	return s.byName(register.Query{Within: org}, func(register.ID) bool { return true }), nil
}

func (s *Seat) bookedToAsk(tx *store.Tx, course register.ID) ([]register.ID, error) {
	if _, err := tx.Courses().Get(course); err != nil {
		return nil, err
	}
	booked := map[register.ID]bool{}
	for b, err := range tx.Bookings().All() {
		if err != nil {
			return nil, err
		}
		if b.Course == course && b.State != register.Cancelled {
			booked[b.Delegate] = true
		}
	}
	return s.byName(register.Query{}, func(id register.ID) bool { return booked[id] }), nil
}

// byName returns the people of a list that a sheet is for, in the list's order.
func (s *Seat) byName(q register.Query, wanted func(register.ID) bool) []register.ID {
	people := s.desk.db.People(s.scoped(q))
	var ids []register.ID
	for i := range people.Len() {
		if id := people.Row(i).ID; wanted(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// sheetQuestions are the questions of a sheet, looked up.
type sheetQuestions struct {
	settings    register.Settings
	keys        []register.ConsentKey
	purposes    []register.Purpose
	moment      register.Moment
	onlyUnasked bool
}

func (s *Seat) sheetQuestions(in register.SheetInput) (*sheetQuestions, error) {
	groups := 0
	for _, given := range []bool{len(in.Delegates) > 0, in.Organisation != "", in.Course != ""} {
		if given {
			groups++
		}
	}
	q := &sheetQuestions{settings: s.Settings(), keys: in.Keys, moment: register.At(s.Today()), onlyUnasked: in.OnlyUnasked}
	switch {
	case groups != 1:
		return nil, register.Errorf(register.Invalid, "delegates", "say who is asked: people, an organisation or a course, one of them")
	case len(in.Keys) == 0:
		return nil, register.Errorf(register.Invalid, "questions", "say what is asked: a purpose and a channel")
	}
	for _, key := range in.Keys {
		if _, err := register.NewContact(&q.settings, key, q.moment); err != nil {
			return nil, err
		}
		x, _ := q.settings.Profile.Purpose(key.Purpose)
		if !x.Asks() {
			return nil, register.Errorf(register.Invalid, "questions", "nobody is asked about %s: it is a service message", x.ID)
		}
		q.purposes = append(q.purposes, x)
	}
	return q, nil
}

// row says how the questions stand for one person.
func (q *sheetQuestions) row(who *register.Contactee) register.SheetRow {
	r := register.SheetRow{Delegate: who.Delegate, Name: who.Name}
	asks := false
	for i, key := range q.keys {
		put := isPut(&q.purposes[i], who)
		r.Asks = append(r.Asks, put)
		r.States = append(r.States, q.settings.Profile.Standing(who.Facts, key, q.moment).State)
		asks = asks || put
	}
	own := q.settings.CompetenceOf(who.Born).Own
	r.Parent = !own.IsZero() && q.moment.On.Before(own)
	switch {
	case who.Status != register.Active:
		r.LeftOut = string(who.Status)
	case !asks:
		r.LeftOut = notAsked
	case q.onlyUnasked && !r.NeverAsked():
		r.LeftOut = hasAnswered
	}
	return r
}

// isPut reports whether a person has a choice about a purpose. To ask where the
// law or a contract decides would promise a choice there is not.
func isPut(x *register.Purpose, who *register.Contactee) bool {
	rule, ok := x.BasisFor(who.Kind, who.Access)
	return ok && (rule.Basis == register.Consent || rule.Basis == register.LegitimateInterests)
}
