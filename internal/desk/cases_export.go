package desk

import (
	"slices"
	"strconv"
	"strings"

	"custos/internal/register"
)

// caseNamed is what brings the person into the register of cases.
var caseNamed = []string{"delegate", "name", "requester"}

// listRequests is the register of cases, in the order they came in. It names
// nobody unless a field asks for that, and then it leaves the restricted out.
func (s *Seat) listRequests(in ExportInput) (*listing, error) {
	if err := s.allow(register.RequestRead); err != nil {
		return nil, err
	}
	for _, f := range in.Fields {
		if !slices.Contains(caseNamed, f) {
			return nil, register.Errorf(register.Invalid, "field", "a register of cases may have the fields %v beside its own, not %q", caseNamed, f)
		}
	}
	l := &listing{columns: append([]string{
		"ref", "right", "kind", "state", "received", "how", "due", "last_lawful", "extended", "outcome", "grounds", "decided", "replied",
		"in_time", "days_taken", "closed", "duplicate_of", "owner",
	}, in.Fields...)}
	for _, r := range s.desk.db.RequestList() {
		if row, ok := s.desk.db.Person(r.Delegate); ok && row.Status == register.Restricted && len(in.Fields) > 0 {
			l.leftOut.Tally(register.Verdict{Rule: register.RuleRestricted})
			continue
		}
		l.rows = append(l.rows, append(s.caseCells(&r), s.caseNames(&r, in.Fields)...))
		if r.Delegate != "" && len(in.Fields) > 0 {
			l.people = append(l.people, r.Delegate)
		}
	}
	l.people = unique(l.people)
	l.leftOut.Sort()
	return l, nil
}

func (s *Seat) caseCells(r *register.Request) []string {
	kind, _ := register.KindOfCase(r.Right)
	decided, _ := r.Last(register.Decided)
	replied, _ := r.Last(register.Replied)
	closed, _ := r.Last(register.CaseClosed)
	duplicate, _ := r.Last(register.Duplicate)
	days, extended := "", "no"
	if n, ok := r.DaysTaken(); ok {
		days = strconv.Itoa(n)
	}
	if r.Inputs.Extended {
		extended = "yes"
	}
	return []string{
		r.Ref, string(r.Right), kind.Title, string(r.State()), r.Received().String(), r.How, r.Deadline.Due.String(),
		r.Deadline.LastLawful.String(), extended, string(decided.Outcome), strings.Join(decided.Grounds, " "), decided.On.String(),
		replied.On.String(), string(r.Timely(s.Today())), days, closed.On.String(), duplicate.Case, r.Owner,
	}
}

func (s *Seat) caseNames(r *register.Request, fields []string) []string {
	cells := make([]string, len(fields))
	for i, f := range fields {
		switch f {
		case "delegate":
			cells[i] = string(r.Delegate)
		case "name":
			cells[i] = s.who(r)
		case "requester":
			cells[i] = r.Requester
		}
	}
	return cells
}
