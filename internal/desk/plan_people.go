package desk

import (
	"slices"
	"strings"

	"custos/internal/register"
	"custos/store"
)

// peopleJudge compares people of a file with those held and with each other.
// The same person is one with the same email and name, or, where the row or
// the record has no email, the same name at the same organisation.
type peopleJudge struct {
	seat    *Seat
	tx      *store.Tx
	profile *register.Profile
	strict  bool
	byEmail map[string][]register.DelegateRow
	byName  map[string][]register.DelegateRow
	seen    map[string]int         // identity in the file: its first line
	hit     map[register.ID]int    // record already matched: its line
	orgs    map[string]register.ID // employers looked up so far
	stops   *stopList
	asks    *fileAnswers
	told    []register.Problem
}

func newPeopleJudge(s *Seat, tx *store.Tx, settings *register.Settings, strict bool) *peopleJudge {
	j := &peopleJudge{
		seat: s, tx: tx, profile: &settings.Profile, strict: strict,
		stops: newStopList(s.desk.db), asks: s.fileAnswers(settings),
		byEmail: map[string][]register.DelegateRow{}, byName: map[string][]register.DelegateRow{},
		seen: map[string]int{}, hit: map[register.ID]int{}, orgs: map[string]register.ID{},
	}
	rows := s.desk.db.People(register.Query{})
	for i := range rows.Len() {
		row := rows.Row(i)
		if email, err := register.NormalEmail(row.Email); err == nil {
			j.byEmail[email] = append(j.byEmail[email], row)
		}
		name := store.Fold(row.Name)
		j.byName[name] = append(j.byName[name], row)
	}
	return j
}

func (j *peopleJudge) notices() []register.Problem {
	told := j.told
	j.told = nil
	return told
}

func (j *peopleJudge) tell(line int, field, text string) {
	j.told = append(j.told, register.Problem{Line: line, Field: field, Reason: text})
}

func (j *peopleJudge) of(row register.Incoming) (register.PlannedRow, *register.Problem, error) {
	planned := register.PlannedRow{Incoming: row, Fate: register.FateNew}
	if problem := register.ProblemOf(knownAccess(row.Access, j.profile)); problem != nil {
		return planned, problem, nil
	}
	employer, problem := j.employer(row)
	if problem != nil {
		return planned, problem, nil
	}
	planned.Employer = employer
	stops := j.stops.of(row.Delegate.Email, row.Delegate.Phone)
	if problem := erasedProblem(stops); problem != nil {
		return planned, problem, nil
	}
	if len(stops) > 0 {
		j.tell(row.Line, stopField(stops[0].Kind), "is suppressed and will not be contacted")
	}
	if first, twice := j.identity(row, employer); twice {
		planned.Fate = register.FateDuplicate
		j.tell(row.Line, register.FieldName, "the same person stands in line "+itoa(first))
		return planned, splitNo(&planned, first), nil
	}
	held, found := j.match(row, employer)
	if !found {
		problem := j.incomplete(row, employer)
		if problem == nil {
			problem = j.answers(&planned, &register.Contactee{
				Kind: row.Delegate.Kind, Status: register.Active, Born: row.Delegate.Born(), Suppressed: stops,
			})
		}
		return planned, problem, nil
	}
	return j.compare(planned, held, stops)
}

// employer finds the organisation a row names. An unknown one is told, not
// refused: the person is kept without a membership, and listed as incomplete.
func (j *peopleJudge) employer(row register.Incoming) (register.ID, *register.Problem) {
	key := row.EmployerURN + "\x00" + row.EmployerName
	if key == "\x00" {
		return "", nil
	}
	id, known := j.orgs[key]
	if !known {
		id = j.lookUp(row)
		j.orgs[key] = id
	}
	if id == "" {
		j.tell(row.Line, register.FieldOrganisation, "the organisation is not held, or not by one name: no membership is made")
	}
	return id, nil
}

func (j *peopleJudge) lookUp(row register.Incoming) register.ID {
	db := j.seat.desk.db
	if row.EmployerURN != "" {
		if ids := db.OrganisationByURN(row.EmployerURN); len(ids) == 1 {
			return ids[0]
		}
	}
	if row.EmployerName != "" {
		if ids := db.OrganisationByName(store.Fold(row.EmployerName)); len(ids) == 1 {
			return ids[0]
		}
	}
	return ""
}

// identity reports the line where the same person stood earlier in the file.
func (j *peopleJudge) identity(row register.Incoming, employer register.ID) (int, bool) {
	email, _ := register.NormalEmail(row.Delegate.Email)
	key := strings.Join([]string{email, store.Fold(row.Delegate.Name)}, "\x00")
	if email == "" {
		key += "\x00" + string(employer)
	}
	first, twice := j.seen[key]
	if !twice {
		j.seen[key] = row.Line
	}
	return first, twice
}

func (j *peopleJudge) match(row register.Incoming, employer register.ID) (register.DelegateRow, bool) {
	name := store.Fold(row.Delegate.Name)
	if email, err := register.NormalEmail(row.Delegate.Email); err == nil {
		for _, held := range j.byEmail[email] {
			if store.Fold(held.Name) == name {
				return held, true
			}
		}
		if others := j.byEmail[email]; len(others) > 0 {
			j.tell(row.Line, register.FieldEmail, "shares its email with "+string(others[0].ID)+", held under another name")
		}
	}
	var found []register.DelegateRow
	for _, held := range j.byName[name] {
		if (held.Email == "" || row.Delegate.Email == "") && j.worksAt(held.ID, employer) {
			found = append(found, held)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return register.DelegateRow{}, false
}

func (j *peopleJudge) worksAt(who, employer register.ID) bool {
	if employer == "" {
		return true
	}
	_, member, err := j.seat.current(j.tx, who, employer)
	return err == nil && member
}

func (j *peopleJudge) incomplete(row register.Incoming, employer register.ID) *register.Problem {
	if !j.strict {
		return nil
	}
	var m *register.Membership
	if employer != "" {
		m = &register.Membership{Access: row.Access}
	}
	if missing := j.profile.Missing(row.Delegate, m); len(missing) > 0 {
		return &register.Problem{Field: missing[0].Field, Reason: "mandatory and empty: " + missing[0].Consequence}
	}
	return nil
}

// compare plans what a row changes in the record held. An empty cell changes
// nothing: a file that lacks a value does not say the value is wrong.
func (j *peopleJudge) compare(planned register.PlannedRow, held register.DelegateRow, stops []register.Suppression,
) (register.PlannedRow, *register.Problem, error) {
	if line, twice := j.hit[held.ID]; twice {
		if problem := splitNo(&planned, line); problem != nil {
			return planned, problem, nil
		}
		planned.Fate, planned.Target = register.FateDuplicate, held.ID
		j.tell(planned.Line, register.FieldName, "matches the same record as line "+itoa(line))
		return planned, nil, nil
	}
	j.hit[held.ID] = planned.Line
	if held.Status == register.Restricted {
		return planned, restrictedRow(&planned), nil
	}
	old, err := j.tx.Delegates().Get(held.ID)
	if err != nil {
		return planned, nil, err
	}
	changed := updated(old, planned.Incoming)
	planned.Target, planned.Seen = held.ID, old.Revision
	planned.Fields = changed.Changed(&old)
	joins, err := j.joins(planned)
	if err != nil {
		return planned, nil, err
	}
	if joins {
		planned.Fields = append(planned.Fields, register.FieldOrganisation)
	}
	if len(planned.Answers) > 0 {
		p, err := answering(j.tx, held.ID, stops)
		if err != nil {
			return planned, nil, err
		}
		if problem := j.answers(&planned, &p); problem != nil {
			return planned, problem, nil
		}
	}
	planned.Fate = register.FateSame
	if len(planned.Fields) > 0 || len(planned.Record) > 0 {
		planned.Fate = register.FateChanged
	}
	return planned, nil, nil
}

// restrictedRow refuses a row about somebody restricted, and tells of a no in
// it: that may be recorded all the same, and must not be lost.
func restrictedRow(planned *register.PlannedRow) *register.Problem {
	p := &register.Problem{Reason: "the record is restricted: it may be stored and nothing else"}
	if slices.ContainsFunc(planned.Answers, func(f register.FileAnswer) bool { return f.Act.No() }) {
		p.Field, p.Reason = "consent", p.Reason+"; the row says no, so record that by hand"
	}
	return p
}

// updated returns the record with the row's non-empty values.
func updated(old register.Delegate, row register.Incoming) register.Delegate {
	d := old.Clone()
	for _, field := range row.Given {
		if value := row.Delegate.Value(field); value != "" {
			d.Set(field, value)
		}
	}
	return d
}

// joins reports whether the row makes or changes a membership.
func (j *peopleJudge) joins(p register.PlannedRow) (bool, error) {
	if p.Employer == "" {
		return false, nil
	}
	m, member, err := j.seat.current(j.tx, p.Target, p.Employer)
	if err != nil || !member {
		return !member, err
	}
	return p.Role != "" && p.Role != m.Role || p.Access != "" && p.Access != m.Access, nil
}
