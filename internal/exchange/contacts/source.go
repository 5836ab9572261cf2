// Package contacts reads the contact exports of other tools into rows of
// addresses and what each says about being written to. It knows which tool
// puts its opt-outs where: in a column, in a negative column, or in the name of
// the file. It never asks what is held, and never takes silence for a yes: that
// somebody has not opted out is no consent.
package contacts

import (
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// The formats. Generic is any table, with a mapping of its columns.
const (
	Mailchimp = "mailchimp"
	Brevo     = "brevo"
	Listmonk  = "listmonk"
	HubSpot   = "hubspot"
	Ghost     = "ghost"
	Generic   = "generic"
)

// Formats returns every format, generic last.
func Formats() []string { return []string{Mailchimp, Brevo, Listmonk, HubSpot, Ghost, Generic} }

// Source is a file of contacts and what is to be made of it.
type Source struct {
	File   string // its name matters: one tool says there who unsubscribed
	Format string // one of Formats; "": by the headings and the name
	Table  *table.Table
	// Columns says which column is which of Targets; empty: by the headings.
	// With columns the format is generic.
	Columns mapping.Mapping
	// Yes and No are the words of the consent column of a generic file, in any
	// case; where both are empty, the usual words of English.
	Yes, No []string

	// MapConsent says that the file's answers are answers to this question of
	// the profile. Without it no consent changes.
	MapConsent bool
	Purpose    string
	Channel    string
	Brand      string
	Notice     string // the notice whose wording people were shown; "": not known
	Kind       string // of the people added; "": contact, where the profile has it
}

// Reading is a file read.
type Reading struct {
	Format  string
	Rows    []register.ContactRow // one per data row of the file, in line order
	Notices []register.Problem    // repaired or set aside, nothing refused
}

// Detect tells the format by the headings and the name of a file.
func Detect(file string, columns []string) string {
	at := places(columns)
	for _, l := range layouts {
		if slices.ContainsFunc(l.marks, func(all []string) bool { return at.hasAll(all) }) {
			return l.format
		}
	}
	if status(file) != "" && at.hasAll([]string{"emailaddress"}) {
		return Mailchimp
	}
	return Generic
}

// Read reads every row of a file. A row that cannot be read, or whose answer is
// not understood, is refused with line, field and reason; the rest goes on. It
// returns an Invalid error for a file from which no row can be read, or whose
// answers are not to the question asked.
func Read(src Source) (Reading, error) {
	columns := src.Table.ColumnNames()
	format := src.Format
	switch {
	case len(src.Columns.Pairs) > 0 && format != "" && format != Generic:
		return Reading{}, register.Errorf(register.Invalid, "format",
			"%s files have columns of their own: a mapping goes with %s", format, Generic)
	case len(src.Columns.Pairs) > 0:
		format = Generic
	case format == "":
		format = Detect(src.File, columns)
	}
	r := reader{src: &src, at: places(columns), columns: columns}
	if err := r.settle(format); err != nil {
		return Reading{}, err
	}
	out := Reading{Format: format, Rows: make([]register.ContactRow, 0, src.Table.DataRows())}
	for _, n := range src.Table.Notices {
		out.Notices = append(out.Notices, register.Problem{Line: n.Line, Field: n.Field, Reason: n.Text})
	}
	for row := range src.Table.Rows() {
		out.Rows = append(out.Rows, r.contact(row))
	}
	for _, p := range src.Table.Problems {
		out.Rows = append(out.Rows, register.ContactRow{Line: p.Line,
			Refused: &register.Problem{Line: p.Line, Field: p.Field, Reason: p.Reason}})
	}
	slices.SortStableFunc(out.Rows, func(a, b register.ContactRow) int { return a.Line - b.Line })
	return out, nil
}

// status is what Mailchimp says in the name of an export: "subscribed",
// "unsubscribed", "cleaned", "nonsubscribed"; "" for another name.
func status(file string) string {
	name := strings.ToLower(filepath.Base(strings.ReplaceAll(file, `\`, "/")))
	for _, s := range []string{"subscribed", "unsubscribed", "cleaned", "nonsubscribed"} {
		if rest, ok := strings.CutPrefix(name, s+"_"); ok && strings.Contains(rest, "export") {
			return s
		}
	}
	return ""
}
