package desk

import (
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// noOrganisation is whose people a lead knows who was given none: nobody's.
const noOrganisation register.ID = "-"

// unlimited lets a list be narrowed to one organisation before it is cut short.
func (s *Seat) unlimited(q register.Query) register.Query {
	if s.isLead() {
		q.Limit = 0
	}
	return q
}

// ours narrows a list of organisations to the one that a lead knows.
func (s *Seat) ours(all register.Rows[register.OrganisationRow]) register.Rows[register.OrganisationRow] {
	if !s.isLead() {
		return all
	}
	own := s.Operator().Organisation
	for i := range all.Len() {
		if row := all.Row(i); row.ID == own {
			return oneRow{row}
		}
	}
	return oneRow{}
}

// oneRow is a list of one organisation or none.
type oneRow []register.OrganisationRow

func (r oneRow) Len() int                           { return len(r) }
func (r oneRow) Row(i int) register.OrganisationRow { return r[i] }
func (oneRow) More() bool                           { return false }

// private takes out of the settings what tells how much there is of others: the numbers of cases, what was judged and
// sent, the columns of files; and what tells of the office's machine.
func private(set register.Settings) register.Settings {
	set.Sequences, set.Mappings, set.RingsDue, set.Judgements, set.Told, set.Lost = nil, nil, nil, nil, nil, nil
	set.BackupTo, set.Exports = "", ""
	return set
}

// noted takes out of a note what a lead does not know.
func (s *Seat) noted(n register.Note) register.Note {
	if !s.isLead() {
		return n
	}
	known, err := s.acquainted()
	own := s.Operator().Organisation
	n.IDs = slices.DeleteFunc(slices.Clone(n.IDs), func(id register.ID) bool { return err != nil || id != own && !known(id) })
	if n.Operator != s.operator.Name {
		n.Operator = ""
	}
	if len(n.IDs) == 0 && n.Verb != register.PresenceMoved {
		n.Verb = ""
	}
	return n
}

// people lists the people of a query the operator may know. To a lead these are of their own organisation, and nothing of
// where else somebody belongs is named, found by its words or told by the order.
func (s *Seat) people(q register.Query) register.Rows[register.DelegateRow] {
	if !s.leadOnly() {
		return s.desk.db.People(q)
	}
	q = s.scoped(q)
	if q.Sort == "organisation" {
		q.Sort = "name"
	}
	own, _ := s.desk.db.Organisation(q.Within)
	words, most := strings.Fields(store.Fold(q.Filter)), q.Limit
	if len(words) == 0 {
		return ownPeople{s.desk.db.People(q), own.Name}
	}
	q.Filter, q.Limit = "", 0
	all := ownPeople{s.desk.db.People(q), own.Name}
	var found foundPeople
	for i := range all.Len() {
		row := all.Row(i)
		text := store.Fold(row.Name + " " + row.Email + " " + row.Organisation + " " + strings.ReplaceAll(row.Phone, " ", ""))
		if row.Status == register.Erased || !says(text, words) {
			continue
		}
		if found.more = most > 0 && len(found.rows) == most; found.more {
			break
		}
		found.rows = append(found.rows, row)
	}
	return found
}

// ownPeople are people of one organisation.
type ownPeople struct {
	register.Rows[register.DelegateRow]
	organisation string
}

func (r ownPeople) Row(i int) register.DelegateRow {
	row := r.Rows.Row(i)
	row.Organisation = r.organisation
	return row
}

// foundPeople are those of them that words were found in.
type foundPeople struct {
	rows []register.DelegateRow
	more bool
}

func (r foundPeople) Len() int                       { return len(r.rows) }
func (r foundPeople) Row(i int) register.DelegateRow { return r.rows[i] }
func (r foundPeople) More() bool                     { return r.more }
