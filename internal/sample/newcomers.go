package sample

import (
	"bytes"
	"context"
	"slices"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/exchange/table"
	"custos/internal/register"
)

const (
	newcomersFile = "new-delegates.csv"
	newcomersSeed = 2
)

// takeIn imports a small file with two flaws, as an officer does: read, mapped,
// planned, applied. It returns the first person of the file.
func (j *mainJob) takeIn(ctx context.Context) (register.ID, error) {
	orgs, err := j.employers()
	if err != nil {
		return "", err
	}
	data, first, err := newcomers(newPeople(newcomersSeed, j.profile, j.seat.Today(), orgs), j.kind)
	if err != nil {
		return "", err
	}
	t, err := exchange.Read(newcomersFile, data)
	if err != nil {
		return "", err
	}
	m := mapping.Guess(t.ColumnNames(), intake.DelegateTargets(j.profile, j.kind.ID))
	j.say("Reads %s: %d columns, %d of them recognised.", newcomersFile, len(t.ColumnNames()), len(m.Pairs))
	plan, err := j.seat.Plan(ctx, desk.Incoming{
		Noun: "delegates", File: newcomersFile, Rows: intake.People(t, m, j.profile, j.kind.ID), Notices: intake.Notices(t),
	})
	if err != nil {
		return "", err
	}
	c := plan.Counts
	j.say("  Plan: %d rows, %d new, %d changed, %d the same, %d twice in the file, %d refused.",
		c.Rows, c.New, c.Changed, c.Same, c.Duplicate, c.Refused)
	for _, p := range append(slices.Clone(plan.Problems), plan.Notices...) {
		j.say("  Line %d, %s: %s.", p.Line, p.Field, p.Reason)
	}
	b, err := j.seat.Apply(ctx, plan, nil)
	if err != nil {
		return "", err
	}
	j.say("  Imported as batch %s, which can be undone as a whole.", b.ID)
	return j.find(first)
}

// employers are the first organisations held, as far as a file may name them.
func (j *mainJob) employers() ([]register.Organisation, error) {
	rows, err := j.seat.Organisations(register.Query{})
	if err != nil {
		return nil, err
	}
	var all []register.Organisation
	for i := range min(rows.Len(), 50) {
		if row := rows.Row(i); row.URN != "" {
			all = append(all, register.Organisation{Name: row.Name, URN: row.URN, Type: row.Type, Status: row.Status})
		}
	}
	return all, nil
}

// newcomers makes up the file: four people, the first of them a second time,
// and one whose address is none. It returns the first of them too.
func newcomers(g *people, kind *register.PersonKind) ([]byte, *register.Delegate, error) {
	var rows []register.Incoming
	for i := range 4 {
		row := g.of(kind, i+2)
		row.Delegate.Email = handle(row.Delegate.Name) + string(rune('a'+i)) + "@newcomers.example"
		rows = append(rows, row)
	}
	broken := g.of(kind, 7)
	broken.Delegate.Email = "at the school office"
	data, err := csvOf(append(rows, rows[0], broken), kind)
	return data, rows[0].Delegate, err
}

// csvOf writes people as a file with the mandatory fields of their kind.
func csvOf(rows []register.Incoming, kind *register.PersonKind) ([]byte, error) {
	heads := []string{"Name", "Email", "School URN"}
	fields := []string{register.FieldName, register.FieldEmail, register.FieldOrganisation}
	for _, f := range kind.Fields {
		if f.Mandatory && !slices.Contains(fields, f.ID) {
			heads, fields = append(heads, f.Title), append(fields, f.ID)
		}
	}
	var b bytes.Buffer
	w, err := exchange.NewWriter(table.CSV, &b)
	if err != nil {
		return nil, err
	}
	columns := make([]table.Column, len(heads))
	for i, name := range heads {
		columns[i] = table.Column{Name: name, Index: i}
	}
	if err := w.WriteHeader(columns); err != nil {
		return nil, err
	}
	for _, row := range rows {
		var cells []string
		for _, id := range fields {
			switch id {
			case register.FieldOrganisation:
				cells = append(cells, row.EmployerURN)
			case register.FieldAccess:
				cells = append(cells, row.Access)
			default:
				cells = append(cells, row.Delegate.Value(id))
			}
		}
		if err := w.WriteRow(cells); err != nil {
			return nil, err
		}
	}
	err = w.Close() // writes out what is buffered
	return b.Bytes(), err
}

// find returns the record of somebody by name and address.
func (j *mainJob) find(d *register.Delegate) (register.ID, error) {
	rows, err := j.seat.Delegates(register.Query{Filter: d.Name})
	if err != nil {
		return "", err
	}
	for i := range rows.Len() {
		if row := rows.Row(i); row.Email == d.Email {
			return row.ID, nil
		}
	}
	return "", register.Errorf(register.NotFound, "", "the person just imported is not in the list")
}
