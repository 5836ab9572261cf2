package desk

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"custos/internal/register"
)

// listBreaches is the register of breaches, in the order the office became aware of them: the facts of each, its effects
// and what was done (UK GDPR Art 33(5)). Instants are RFC 3339 in UTC. Nobody is in it.
func (s *Seat) listBreaches() (*listing, error) {
	rows, err := s.Breaches()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b register.BreachRow) int {
		return cmp.Or(a.Aware.Compare(b.Aware), cmp.Compare(a.ID, b.ID))
	})
	l := &listing{columns: []string{
		"id", "aware", "what", "data", "people", "effects", "measures", "risk", "judged_by", "state", "due", "reported", "in_time",
		"reference", "late_because", "not_reported", "told", "not_told", "recorded", "recorded_by", "closed", "closed_by",
	}}
	for i := range rows {
		l.rows = append(l.rows, breachCells(&rows[i]))
	}
	return l, nil
}

func breachCells(b *register.BreachRow) []string {
	people, timely := "", ""
	if b.People > 0 {
		people = strconv.Itoa(b.People)
	}
	switch {
	case b.ReportedLate():
		timely = "no"
	case !b.Reported.IsZero():
		timely = "yes"
	}
	return []string{
		string(b.ID), instant(b.Aware), b.What, b.Data, people, b.Effects, b.Measures, string(b.Risk), b.JudgedBy,
		string(b.State), instant(b.Due), instant(b.Reported), timely, b.Reference, b.LateBecause, b.NotReported,
		instant(b.Told), b.NotTold, instant(b.Recorded), b.By, b.Closed.String(), b.ClosedBy,
	}
}

// instant is a time as a table has it; empty for none.
func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
