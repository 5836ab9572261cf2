package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

// columns is which column of a file is which field, and who said so.
type columns struct {
	mapping     mapping.Mapping
	from        string // guessed, remembered, or the file of --map
	settled     bool   // by a person, in this run
	fingerprint string // of the headings; "" for a file without any
}

// fileColumns settles the mapping: --map, else what was remembered for these headings, else a guess.
func (a *app) fileColumns(in *importInput, t *table.Table, settings *register.Settings) (columns, error) {
	names, targets := t.ColumnNames(), intake.OrganisationTargets()
	if in.noun == "delegates" {
		targets = intake.DelegateTargets(&settings.Profile, in.kind)
	}
	var c columns
	if t.HeaderLine > 0 {
		c.fingerprint = mapping.Fingerprint(names)
	}
	if in.mapFile != "" {
		m, err := a.readMapping(in.mapFile, names, targets)
		if err != nil {
			return c, err
		}
		c.mapping, c.from, c.settled = m, baseName(in.mapFile), true
		return c, in.enough(t, m)
	}
	c.mapping, c.from = mapping.Guess(names, targets), "guessed"
	// What was remembered for another kind of import may name fields this one has not: then the guess stands.
	if before, ok := settings.Mappings[c.fingerprint]; ok && c.fingerprint != "" {
		if m, err := recalled(before).For("remembered", names, targets); err == nil {
			c.mapping, c.from = m, "remembered"
		}
	}
	return c, in.enough(t, c.mapping)
}

func (a *app) readMapping(file string, names []string, targets []mapping.Target) (mapping.Mapping, error) {
	data, err := a.readSmall(file)
	if err != nil {
		return mapping.Mapping{}, err
	}
	m, err := mapping.Parse(baseName(file), data)
	if err != nil {
		return m, err
	}
	return m.For(baseName(file), names, targets)
}

// recalled is a mapping as it was remembered, column name to field.
func recalled(fields map[string]string) mapping.Mapping {
	var m mapping.Mapping
	for column, field := range fields {
		m.Pairs = append(m.Pairs, mapping.Pair{Column: column, Field: field})
	}
	slices.SortFunc(m.Pairs, func(a, b mapping.Pair) int { return strings.Compare(a.Column, b.Column) })
	return m
}

// pairs is a mapping as it is remembered.
func pairs(m mapping.Mapping) map[string]string {
	fields := map[string]string{}
	for _, p := range m.Pairs {
		fields[p.Column] = p.Field
	}
	return fields
}

// enough refuses a mapping from which no row could be read.
func (in *importInput) enough(t *table.Table, m mapping.Mapping) error {
	has := func(fields ...string) bool {
		return slices.ContainsFunc(m.Pairs, func(p mapping.Pair) bool { return slices.Contains(fields, p.Field) })
	}
	file := filepath.Base(t.Name)
	switch {
	case in.format == formatGIAS && !has("urn"):
		return fmt.Errorf("%s is no extract of the school register: it has no column for the URN", file)
	case in.noun == "organisations" && !has("name", "link_urn"),
		in.noun == "delegates" && !has(register.FieldName, register.FieldGiven, register.FieldFamily):
		return fmt.Errorf("%s has no column for the name; its columns are %s: say which is which with --map",
			file, strings.Join(t.ColumnNames(), ", "))
	}
	return nil
}
