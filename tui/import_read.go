package tui

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// importDesk plans imports, carries them out and takes them back.
type importDesk interface {
	Batches() ([]register.Batch, error)
	Plan(ctx context.Context, in Incoming) (*register.Plan, error)
	Apply(ctx context.Context, plan *register.Plan, told func(done, total int)) (register.Batch, error)
	UndoImport(ctx context.Context, id register.ID) (register.Undone, error)
	RememberMapping(ctx context.Context, fingerprint string, columns map[string]string) error
}

// Incoming is a file read to register values, not yet compared with anything.
type Incoming struct {
	Noun    string // delegates or organisations
	File    string
	Rows    iter.Seq[register.Incoming]
	Notices []register.Problem
	Strict  bool // refuse people whose record would be incomplete
}

// What can be imported.
const (
	nounDelegates     = "delegates"
	nounOrganisations = "organisations"
)

// incomingFile is a file somebody wants to import: its table, and which column is which field.
type incomingFile struct {
	noun    string
	kind    string // of person; empty for organisations
	strict  bool
	profile register.Profile
	table   *table.Table
	targets []mapping.Target
	mapping mapping.Mapping
	from    string // who said which column is which: guessed, remembered or chosen
}

// readIncoming reads a file. A file that is no table is an Invalid error about the field "file".
func readIncoming(name string, data []byte, f incomingFile, settings register.Settings) (*incomingFile, error) {
	t, err := exchange.Read(filepath.Base(name), data)
	if err != nil {
		return nil, register.Errorf(register.Invalid, "file", "%w", err)
	}
	f.table, f.profile, f.targets = t, settings.Profile, intake.OrganisationTargets()
	if f.noun == nounDelegates {
		f.targets = intake.DelegateTargets(&f.profile, f.kind)
	}
	f.mapping, f.from = mapping.Guess(t.ColumnNames(), f.targets), "guessed from the headings"
	if known, ok := settings.Mappings[f.fingerprint()]; ok {
		if m, err := recalled(known).For(t.Name, t.ColumnNames(), f.targets); err == nil {
			f.mapping, f.from = m, "as for an earlier file of this layout"
		}
	}
	return &f, nil
}

// fingerprint names the layout under which the mapping is remembered; empty for a file without headings.
func (f *incomingFile) fingerprint() string {
	if f.table.HeaderLine == 0 {
		return ""
	}
	return f.noun + ":" + mapping.Fingerprint(f.table.ColumnNames())
}

func recalled(fields map[string]string) mapping.Mapping {
	var m mapping.Mapping
	for column, field := range fields {
		m.Pairs = append(m.Pairs, mapping.Pair{Column: column, Field: field})
	}
	return m
}

// columns is the mapping as it is remembered.
func (f *incomingFile) columns() map[string]string {
	fields := map[string]string{}
	for _, p := range f.mapping.Pairs {
		fields[p.Column] = p.Field
	}
	return fields
}

// assign says that a column is a field, or none when field is empty. A field taken from another column leaves that one
// without.
func (f *incomingFile) assign(column, field string) {
	chosen := mapping.Mapping{}
	for _, name := range f.table.ColumnNames() {
		was, _ := f.mapping.Field(name)
		switch {
		case name == column:
			was = field
		case was == field:
			was = ""
		}
		if was == "" {
			chosen.Unmapped = append(chosen.Unmapped, name)
			continue
		}
		chosen.Pairs = append(chosen.Pairs, mapping.Pair{Column: name, Field: was, Confidence: 1})
	}
	f.mapping, f.from = chosen, "chosen here"
}

// incoming is the file for the desk; told hears how many rows have been taken.
func (f *incomingFile) incoming(told func(done, total int)) Incoming {
	rows := intake.Organisations(f.table, f.mapping)
	if f.noun == nounDelegates {
		rows = intake.People(f.table, f.mapping, &f.profile, f.kind)
	}
	total := f.table.DataRows()
	counted := func(yield func(register.Incoming) bool) {
		done := 0
		for row := range rows {
			if done++; done%500 == 0 {
				told(done, total)
			}
			if !yield(row) {
				return
			}
		}
	}
	return Incoming{Noun: f.noun, File: f.table.Name, Rows: counted, Notices: intake.Notices(f.table), Strict: f.strict}
}

// lacks says which field an import cannot do without, where no column is it.
func (f *incomingFile) lacks() string {
	names := []string{"name", "link_urn"}
	if f.noun == nounDelegates {
		names = []string{register.FieldName, register.FieldGiven, register.FieldFamily}
	}
	if slices.ContainsFunc(f.mapping.Pairs, func(p mapping.Pair) bool { return slices.Contains(names, p.Field) }) {
		return ""
	}
	return "No column is the name: press m and say which."
}

// reading says in a sentence how the file was read.
func (f *incomingFile) reading() string {
	t := f.table
	parts := []string{strings.ToUpper(string(t.Format))}
	if t.Sheet != "" {
		parts = append(parts, fmt.Sprintf("worksheet %q", t.Sheet))
	}
	if t.Encoding != "" {
		parts = append(parts, t.Encoding)
	}
	if d := delimiterWord(t.Delimiter); d != "" {
		parts = append(parts, d)
	}
	if t.HeaderLine > 0 {
		parts = append(parts, fmt.Sprintf("headings in line %d", t.HeaderLine))
	} else {
		parts = append(parts, "no headings")
	}
	parts = append(parts, count(len(t.Columns), "column"), count(t.DataRows(), "row"))
	if t.Blank > 0 {
		parts = append(parts, count(t.Blank, "blank row")+" passed over")
	}
	return f.table.Name + ": " + strings.Join(parts, ", ")
}

func delimiterWord(r rune) string {
	switch r {
	case 0:
		return ""
	case ',':
		return "commas"
	case ';':
		return "semicolons"
	case '\t':
		return "tabs"
	case '|':
		return "bars"
	}
	return fmt.Sprintf("split at %q", r)
}
