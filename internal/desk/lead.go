package desk

import (
	"slices"

	"custos/internal/register"
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
// sent, the columns of files.
func private(set register.Settings) register.Settings {
	set.Sequences, set.Mappings, set.RingsDue, set.Judgements, set.Told, set.Lost = nil, nil, nil, nil, nil, nil
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

// theirs has a list of people name the lead's own organisation alone: where else somebody belongs is not theirs to know.
func (s *Seat) theirs(all register.Rows[register.DelegateRow]) register.Rows[register.DelegateRow] {
	if !s.leadOnly() {
		return all
	}
	own, _ := s.desk.db.Organisation(s.Operator().Organisation)
	return ownPeople{all, own.Name}
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
