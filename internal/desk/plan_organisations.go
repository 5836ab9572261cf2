package desk

import (
	"slices"
	"strconv"

	"custos/internal/register"
	"custos/store"
)

// organisationJudge compares organisations of a file with those held: by URN,
// by company number, or by name and postcode where neither is given.
type organisationJudge struct {
	seat  *Seat
	tx    *store.Tx
	index map[string]register.ID
	seen  map[string]int
	links map[register.ID]register.Organisation // as the rows so far leave them
	told  []register.Problem
}

func newOrganisationJudge(s *Seat, tx *store.Tx) *organisationJudge {
	return &organisationJudge{
		seat: s, tx: tx, seen: map[string]int{}, links: map[register.ID]register.Organisation{},
	}
}

func (j *organisationJudge) notices() []register.Problem {
	told := j.told
	j.told = nil
	return told
}

func (j *organisationJudge) of(row register.Incoming) (register.PlannedRow, *register.Problem, error) {
	planned := register.PlannedRow{Incoming: row, Fate: register.FateNew}
	if row.AddsLink() {
		return j.link(planned)
	}
	key := identityOf(row.Organisation)
	if first, twice := j.seen[key]; twice {
		planned.Fate = register.FateDuplicate
		j.told = append(j.told, register.Problem{
			Line: row.Line, Field: "name", Reason: "the same organisation stands in line " + itoa(first)})
		return planned, nil, nil
	}
	j.seen[key] = row.Line
	id, err := j.held(key)
	if err != nil || id == "" {
		return planned, nil, err
	}
	old, err := j.tx.Organisations().Get(id)
	if err != nil {
		return planned, nil, err
	}
	changed := updatedOrganisation(old, row)
	planned.Target, planned.Seen, planned.Fields = id, old.Revision, changed.Changed(&old)
	planned.Fate = register.FateSame
	if len(planned.Fields) > 0 {
		planned.Fate = register.FateChanged
	}
	return planned, nil, nil
}

// identityOf names an organisation by the strongest thing its record has.
func identityOf(o *register.Organisation) string {
	switch {
	case o.URN != "":
		return "urn\x00" + o.URN
	case o.CompanyNumber != "":
		return "company\x00" + o.CompanyNumber
	case o.UKPRN != "":
		return "ukprn\x00" + o.UKPRN
	}
	return "name\x00" + store.Fold(o.Name) + "\x00" + store.Fold(o.Postcode)
}

// held finds the organisation a row means. The index is built at the first
// question, once for the file.
func (j *organisationJudge) held(key string) (register.ID, error) {
	if j.index == nil {
		j.index = map[string]register.ID{}
		for o, err := range j.tx.Organisations().All() {
			if err != nil {
				return "", err
			}
			j.index[identityOf(&o)] = o.ID
		}
	}
	return j.index[key], nil
}

func updatedOrganisation(old register.Organisation, row register.Incoming) register.Organisation {
	o := old
	for _, field := range row.Given {
		switch field {
		case "status":
			o.Status = row.Organisation.Status
		case "opened":
			o.Opened = row.Organisation.Opened
		case "closed":
			o.Closed = row.Organisation.Closed
		default:
			if value := row.Organisation.Value(field); value != "" {
				o.Set(field, value)
			}
		}
	}
	return o
}

// link plans one predecessor or successor for an organisation held. Several
// rows may add to the same organisation.
func (j *organisationJudge) link(planned register.PlannedRow) (register.PlannedRow, *register.Problem, error) {
	ids := j.seat.desk.db.OrganisationByURN(planned.Organisation.URN)
	if len(ids) != 1 {
		return planned, &register.Problem{Field: "urn", Reason: "no organisation with this URN is held"}, nil
	}
	o, known := j.links[ids[0]]
	if !known {
		var err error
		if o, err = j.tx.Organisations().Get(ids[0]); err != nil {
			return planned, nil, err
		}
	}
	planned.Target, planned.Seen, planned.Fate = o.ID, o.Revision, register.FateSame
	if link := planned.Organisation.Links[0]; !slices.Contains(o.Links, link) {
		o.Links = append(slices.Clone(o.Links), link)
		planned.Fields, planned.Fate = []string{register.FieldLinks}, register.FateChanged
	}
	j.links[o.ID] = o
	return planned, nil, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
