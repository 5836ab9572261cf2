package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"custos/internal/letter"
	"custos/internal/register"
	"custos/store"
)

// portable returns what a person may take with them (UK GDPR Art 20), without
// the records a choice leaves out.
func (s *Seat) portable(reply *letter.Reply, found *register.Findings) (*letter.Export, error) {
	settings := s.Settings()
	in := register.PortableInput{On: s.Today(), Access: reply.Access, Held: reply.Holdings, Profile: &settings.Profile}
	in.Names = register.Names{Profile: &settings.Profile, Organisation: func(id register.ID) string {
		row, _ := s.desk.db.Organisation(id)
		return row.Name
	}}
	var data register.Portable
	err := s.desk.db.View(func(tx *store.Tx) error {
		in.Names.Course = func(id register.ID) (register.Course, bool) {
			c, err := tx.Courses().Get(id)
			return c, err == nil
		}
		if err := s.fillPortable(tx, reply.Request.Delegate, &in); err != nil {
			return err
		}
		data = register.PortableData(&in)
		return nil
	})
	data.Values = slices.DeleteFunc(data.Values, func(v register.PortableValue) bool {
		return !found.TakesIn(v.Collection, v.Record)
	})
	x := letter.NewExport(*reply, data)
	return &x, err
}

func (s *Seat) fillPortable(tx *store.Tx, who register.ID, in *register.PortableInput) (err error) {
	if in.Person, err = tx.Delegates().Get(who); err != nil {
		return err
	}
	if in.Consents, err = consentsOf(tx, who); err != nil {
		return err
	}
	for b, err := range tx.Bookings().Of(who) {
		if err != nil {
			return err
		}
		in.Bookings = append(in.Bookings, b)
	}
	return nil
}

// exported are the fields of an export, each once.
func (p *packing) exported() []string {
	fields := []string{}
	for _, v := range p.export.Values {
		if !slices.Contains(fields, v.Field) {
			fields = append(fields, v.Field)
		}
	}
	return fields
}

// exportFiles are the files of an export for the person.
func (p *packing) exportFiles() ([]packFile, error) {
	var page bytes.Buffer
	if err := letter.RenderExport(&page, *p.export); err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(p.export, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", letter.PortableData, err)
	}
	values := p.export.Table()
	rows, err := sectionFile(&values)
	rows.name = letter.PortableTable
	return []packFile{
		{letter.PageFile, page.Bytes(), ""}, {letter.PortableData, append(data, '\n'), ""}, rows,
	}, err
}
