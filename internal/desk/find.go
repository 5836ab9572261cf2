package desk

import (
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// Find finds records by the words in them: cases by number, people and organisations as their lists do, then the cases
// of those people, at most so many of each. It tells of what the operator may know, and reads memory only. Fewer than two letters find nothing.
func (s *Seat) Find(words string, each int) []register.HomeLine {
	words = strings.TrimSpace(words)
	if len(words) < 2 || each <= 0 {
		return nil
	}
	var people []register.HomeLine
	if s.May(register.DelegateRead) {
		rows := s.people(register.Query{Filter: words, Limit: each})
		for i := range min(each, rows.Len()) {
			row := rows.Row(i)
			people = append(people, personLine(&row))
		}
	}
	bodies := s.findOrganisations(words, each)
	if !s.May(register.RequestRead) {
		return slices.Concat(people, bodies)
	}
	numbered := s.numbered(words, each)
	return slices.Concat(numbered, people, bodies, s.casesOf(people, numbered, each))
}

func (s *Seat) findOrganisations(words string, each int) []register.HomeLine {
	if !s.May(register.OrganisationRead) {
		return nil
	}
	if s.leadOnly() && s.May(register.DelegateRead) {
		return s.ownOrganisation(words)
	}
	var lines []register.HomeLine
	rows := s.desk.db.Organisations(register.Query{Filter: words, Limit: each})
	for i := range min(each, rows.Len()) {
		row := rows.Row(i)
		lines = append(lines, organisationLine(&row))
	}
	return lines
}

// ownOrganisation is that of a lead, where its name holds every word.
func (s *Seat) ownOrganisation(words string) []register.HomeLine {
	row, held := s.desk.db.Organisation(s.Operator().Organisation)
	if !held || !says(store.Fold(row.Name), strings.Fields(store.Fold(words))) {
		return nil
	}
	return []register.HomeLine{organisationLine(&row)}
}

// numbered finds cases by their numbers, and those of people who are not held by the name on the case.
func (s *Seat) numbered(words string, each int) []register.HomeLine {
	var lines []register.HomeLine
	number, folded := strings.ToUpper(words), strings.Fields(store.Fold(words))
	all := s.desk.db.Cases()
	for i := 0; i < all.Len() && len(lines) < each; i++ {
		e := all.Row(i)
		if strings.Contains(e.Ref, number) || e.Delegate == "" && says(store.Fold(e.Name), folded) {
			row := e.On(s.Today(), s.named(e.Delegate, e.Name))
			lines = append(lines, caseLine(&row))
		}
	}
	return lines
}

// casesOf are cases of people found, without those found already.
func (s *Seat) casesOf(people, already []register.HomeLine, each int) []register.HomeLine {
	var lines []register.HomeLine
	for _, p := range people {
		for _, e := range s.desk.db.CasesOf(register.ID(p.ID)) {
			if len(already)+len(lines) >= each {
				return lines
			}
			if slices.ContainsFunc(already, func(l register.HomeLine) bool { return l.ID == e.Ref }) {
				continue
			}
			row := e.On(s.Today(), p.Name)
			lines = append(lines, caseLine(&row))
		}
	}
	return lines
}

// says reports whether a folded text has every one of some folded words.
func says(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return len(words) > 0
}

func personLine(row *register.DelegateRow) register.HomeLine {
	line := register.HomeLine{Opens: register.OpensPerson, ID: string(row.ID), What: "Person", Name: row.Name, Kind: row.Organisation}
	if row.Status != register.Active {
		line.Words = strings.ToUpper(string(row.Status))
	}
	return line
}

func organisationLine(row *register.OrganisationRow) register.HomeLine {
	line := register.HomeLine{Opens: register.OpensOrganisation, ID: string(row.ID), What: "Organisation", Name: row.Name}
	if row.Status != register.Open {
		line.Words = strings.ToUpper(string(row.Status))
	}
	return line
}
