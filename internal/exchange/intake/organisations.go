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

// Organisations yields an organisation per row, in line order, the rows the
// reader refused among them. A table of links (URN, LinkURN ...) yields rows
// that add one link each to an organisation named by its URN.
func Organisations(t *table.Table, m mapping.Mapping) iter.Seq[register.Incoming] {
	at := columns(t, m)
	if _, links := at[fieldLinkURN]; links {
		return linkRows(t, at)
	}
	given := organisationFields(at)
	return merged(t, func(row table.Row) register.Incoming {
		in := register.Incoming{Line: row.Line, Given: given}
		o, problem := organisation(row, at, given)
		if problem != nil {
			problem.Line = row.Line
			in.Refused = problem
			return in
		}
		in.Organisation = o
		return in
	})
}

func organisationFields(at map[string]int) []string {
	var fields []string
	for f := range at {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return fields
}

// absent are what registers write for an empty cell.
var absent = []string{"NA", "N/A", "NOT APPLICABLE", "NULL"}

func organisation(row table.Row, at map[string]int, given []string) (*register.Organisation, *register.Problem) {
	o := &register.Organisation{Status: register.Open}
	for _, field := range given {
		text := row.Text(at[field])
		if slices.Contains(absent, strings.ToUpper(text)) {
			text = ""
		}
		if problem := setOrganisation(o, field, text); problem != nil {
			return nil, problem
		}
	}
	if slices.Contains(withheld, strings.ToUpper(o.Name)) {
		return nil, &register.Problem{Field: "name", Reason: "the file withholds the name"}
	}
	return o, register.ProblemOf(o.Validate())
}

func setOrganisation(o *register.Organisation, field, text string) *register.Problem {
	switch field {
	case fieldStatus:
		o.Status = statusOf(text)
	case fieldOpened, fieldClosed:
		on, problem := dateOf(field, text)
		if problem != nil {
			return problem
		}
		if field == fieldOpened {
			o.Opened = on
		} else {
			o.Closed = on
		}
	default:
		o.Set(field, strings.Clone(text))
	}
	return nil
}

// statusOf reads "Open", "Open, but proposed to close", "Closed", "Proposed to
// open" and the early-years register's "Active" and "Resigned".
func statusOf(text string) register.Status {
	text = strings.ToLower(text)
	switch {
	case strings.HasPrefix(text, "proposed"):
		return register.Proposed
	case strings.HasPrefix(text, "closed"), strings.HasPrefix(text, "resigned"), strings.HasPrefix(text, "cancelled"):
		return register.Closed
	}
	return register.Open
}

func dateOf(field, text string) (calendar.Date, *register.Problem) {
	if text == "" {
		return calendar.Date{}, nil
	}
	y, m, d, err := table.ParseDate(text)
	if err != nil {
		return calendar.Date{}, &register.Problem{Field: field, Reason: err.Error()}
	}
	return calendar.NewDate(y, monthOf(m), d), nil
}

func linkRows(t *table.Table, at map[string]int) iter.Seq[register.Incoming] {
	return merged(t, func(row table.Row) register.Incoming {
		cell := func(field string) string {
			if i, ok := at[field]; ok {
				return strings.Clone(row.Text(i))
			}
			return ""
		}
		in := register.Incoming{Line: row.Line, Given: []string{register.FieldLinks}}
		on, problem := dateOf(fieldLinkOn, cell(fieldLinkOn))
		link := register.SchoolLink{URN: cell(fieldLinkURN), Name: cell(fieldLinkName), Type: cell(fieldLinkType), On: on}
		o := register.Organisation{URN: cell("urn"), Links: []register.SchoolLink{link}}
		switch {
		case problem != nil:
			problem.Line = row.Line
			in.Refused = problem
		case o.URN == "":
			in.Refused = &register.Problem{Line: row.Line, Field: "urn", Reason: "the URN is empty"}
		case link.URN == "":
			in.Refused = &register.Problem{Line: row.Line, Field: fieldLinkURN, Reason: "the link's URN is empty"}
		default:
			in.Organisation = &o
		}
		return in
	})
}
