package intake

import (
	"iter"
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// columns finds, for each mapped field, the place of its column.
func columns(t *table.Table, m mapping.Mapping) map[string]int {
	at := map[string]int{}
	names := t.ColumnNames()
	for _, p := range m.Pairs {
		if i := slices.Index(names, p.Column); i >= 0 {
			at[p.Field] = i
		}
	}
	return at
}

// People yields a person per row of the table, in line order, the rows the
// reader refused among them. Kind is the kind of person of the profile that
// all rows are.
func People(t *table.Table, m mapping.Mapping, p *register.Profile, kind string) iter.Seq[register.Incoming] {
	at := columns(t, m)
	k, _ := p.Kind(kind)
	answers := newAnswerReader(t, at)
	given := delegateFields(at)
	return merged(t, func(row table.Row) register.Incoming {
		in := register.Incoming{Line: row.Line, Given: given}
		cell := func(field string) string {
			if i, ok := at[field]; ok {
				return strings.Clone(row.Text(i))
			}
			return ""
		}
		d := register.Delegate{Kind: kind, Status: register.Active}
		for _, field := range given {
			value, problem := readValue(&k, field, cell(field))
			if problem != "" {
				in.Refused = &register.Problem{Line: row.Line, Field: field, Reason: problem}
				return in
			}
			d.Set(field, value)
		}
		if d.Name == "" {
			d.Name = strings.TrimSpace(d.Given + " " + d.Family)
		}
		in.EmployerURN, in.EmployerName = cell(EmployerURN), cell(EmployerName)
		in.Role, in.Access = cell(Role), strings.ToLower(cell(Access))
		problem := unreadable(&d, p)
		if problem == nil {
			in.Answers, problem = answers.read(row)
		}
		if problem != nil {
			problem.Line = row.Line
			in.Refused = problem
			return in
		}
		in.Delegate = &d
		return in
	})
}

// delegateFields lists the mapped fields that are values of the person, sorted
// so that a row's first problem is always the same.
func delegateFields(at map[string]int) []string {
	var fields []string
	for f := range at {
		switch f {
		case EmployerURN, EmployerName, Role, Access:
		default:
			fields = append(fields, f)
		}
	}
	slices.Sort(fields)
	return fields
}

// readValue brings a cell into the form its field is kept in.
func readValue(k *register.PersonKind, field, text string) (value, problem string) {
	for _, f := range k.Fields {
		if f.ID != field || text == "" {
			continue
		}
		switch f.Type {
		case "date":
			y, m, d, err := table.ParseDate(text)
			if err != nil {
				return "", err.Error()
			}
			return calendar.NewDate(y, monthOf(m), d).String(), ""
		case "choice":
			for _, o := range f.Options {
				if strings.EqualFold(o, text) {
					return o, ""
				}
			}
		}
	}
	return text, ""
}

// withheld are what registers write where they give no name.
var withheld = []string{"REDACTED", "WITHHELD"}

func unreadable(d *register.Delegate, p *register.Profile) *register.Problem {
	switch {
	case d.Name == "":
		return &register.Problem{Field: register.FieldName, Reason: "the name is empty"}
	case slices.Contains(withheld, strings.ToUpper(d.Name)):
		return &register.Problem{Field: register.FieldName, Reason: "the file withholds the name"}
	}
	return register.ProblemOf(d.Validate(p))
}
