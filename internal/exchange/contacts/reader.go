package contacts

import (
	"strings"
	"unicode"

	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// headings finds columns by their names, whatever case and punctuation.
type headings map[string]int

func places(columns []string) headings {
	at := headings{}
	for i, c := range columns {
		if k := plain(c); k != "" {
			if _, taken := at[k]; !taken {
				at[k] = i
			}
		}
	}
	return at
}

func (h headings) hasAll(names []string) bool {
	for _, n := range names {
		if _, ok := h[n]; !ok {
			return false
		}
	}
	return true
}

// plain is a name without case, space and punctuation: "E-mail Address" gives
// "emailaddress".
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// reader reads the rows of one file.
type reader struct {
	src     *Source
	layout  layout
	at      headings
	columns []string
	words   Words
}

// settle chooses the layout and checks that the file can answer the question.
func (r *reader) settle(format string) error {
	var known bool
	for _, l := range layouts {
		if l.format == format {
			r.layout, known = l, true
		}
	}
	if format == Generic {
		if err := r.settleGeneric(); err != nil {
			return err
		}
		known = true
	}
	switch {
	case !known:
		return register.Errorf(register.Invalid, "format", "unknown format %q; known: %v", format, Formats())
	case !r.any(r.layout.email) && !r.any(r.layout.phone):
		return register.Errorf(register.Invalid, "file",
			"no column holds an email address or a phone number; its columns are %s", strings.Join(r.columns, ", "))
	case r.src.MapConsent && !r.layout.answersFor(r.src.Channel):
		return register.Errorf(register.Invalid, "channel", "a %s export answers for %s, not for %q",
			format, strings.Join(r.layout.channels, " and "), r.src.Channel)
	case r.src.MapConsent && format == Mailchimp && status(r.src.File) == "":
		return register.Errorf(register.Invalid, "file",
			"Mailchimp says who unsubscribed in the name of the file: keep it, such as unsubscribed_members_export_...csv")
	}
	return nil
}

func (r *reader) settleGeneric() error {
	m := r.src.Columns
	if len(m.Pairs) == 0 {
		m = mapping.Guess(r.columns, Targets())
	} else {
		var err error
		if m, err = m.For(r.src.File, r.columns, Targets()); err != nil {
			return register.Errorf(register.Invalid, "map", "%w", err)
		}
	}
	r.at = headings{}
	for i, c := range r.columns {
		if field, ok := m.Field(c); ok {
			r.at[field] = i
		}
	}
	if _, ok := r.at[fieldConsent]; !ok && r.src.MapConsent {
		return register.Errorf(register.Invalid, fieldConsent,
			"no column is mapped to %q, so there is no answer to record", fieldConsent)
	}
	var err error
	r.words, err = wordsOf(r.src.Yes, r.src.No)
	r.layout = generic
	return err
}

func (r *reader) any(names []string) bool {
	for _, n := range names {
		if _, ok := r.at[n]; ok {
			return true
		}
	}
	return false
}

// contact reads one row.
func (r *reader) contact(row table.Row) register.ContactRow {
	c := cells{reader: r, row: row}
	l := &r.layout
	out := register.ContactRow{
		Line: row.Line, Email: c.copied(l.email), Phone: c.copied(l.phone),
		Name: c.copied(l.name), Given: c.copied(l.given), Family: c.copied(l.family),
	}
	problem := unreachable(&out)
	if problem == nil {
		problem = l.answer(c, &out)
	}
	if problem != nil {
		problem.Line = row.Line
		return register.ContactRow{Line: row.Line, Refused: problem}
	}
	if out.Name == "" {
		out.Name = strings.TrimSpace(out.Given + " " + out.Family)
	}
	return out
}

func unreachable(c *register.ContactRow) *register.Problem {
	if c.Email != "" {
		_, err := register.NormalEmail(c.Email)
		return register.ProblemOf(err)
	}
	if c.Phone == "" {
		return &register.Problem{Field: register.FieldEmail, Reason: "the row has no address and no number"}
	}
	_, err := register.NormalPhone(c.Phone)
	return register.ProblemOf(err)
}

// cells is one row seen by the names of its columns.
type cells struct {
	*reader
	row table.Row
}

// text is the first filled cell under any of the names.
func (c cells) text(names ...string) string {
	for _, n := range names {
		if i, ok := c.at[n]; ok {
			if s := c.row.Text(i); s != "" {
				return s
			}
		}
	}
	return ""
}

func (c cells) copied(names []string) string { return strings.Clone(c.text(names...)) }

// heading is the column's own name, for a message.
func (c cells) heading(name string) string {
	if i, ok := c.at[name]; ok {
		return c.columns[i]
	}
	return name
}
