package desk

import (
	"fmt"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// office adds what is no case: breaches, records, imports, backups, the operator's passphrase, and who is here.
func (d *workday) office() error {
	if err := d.breaches(); err != nil {
		return err
	}
	d.records()
	if err := d.imports(); err != nil {
		return err
	}
	d.backups()
	if d.seat.MustChange() {
		d.add(register.HomeOffice, register.HomeLine{
			Opens: register.OpensPassphrase, What: "Your passphrase", Words: "CHANGE IT: somebody else has seen it",
			Pressure: register.Late,
		})
	}
	for _, p := range d.seat.Present() {
		if p.Operator == d.seat.operator.Name {
			continue
		}
		d.add(register.HomeHere, d.seat.presentLine(&p))
	}
	return nil
}

func (d *workday) breaches() error {
	if !d.seat.May(register.BreachRead) {
		return nil
	}
	rows, err := d.seat.Breaches()
	for i := range rows {
		b := &rows[i]
		if b.State == register.BreachClosed {
			continue
		}
		d.add(register.HomeBreaches, register.HomeLine{
			Opens: register.OpensBreach, ID: string(b.ID), What: "Breach", Name: b.What, Due: calendar.LondonDate(b.Due),
			Words: b.Words, Pressure: b.Pressure,
		})
	}
	return err
}

// records adds the people to ask again and the records that lack something.
func (d *workday) records() {
	h := d.home
	if h.Outlook != nil && h.Outlook.AskAgain > 0 && d.seat.May(register.ConsentRecord) {
		d.add(register.HomeOffice, register.HomeLine{
			Opens: register.OpensRefresh, What: "Ask again", Words: counted(h.Outlook.AskAgain, "answer") + " to be renewed",
		})
	}
	if h.Incomplete > 0 && (d.seat.May(register.DelegateChange) || d.seat.leadOnly()) {
		d.add(register.HomeOffice, register.HomeLine{
			Opens: register.OpensIncomplete, What: "Incomplete", Words: counted(h.Incomplete, "record") + " lacking a field",
		})
	}
}

func (d *workday) imports() error {
	if !d.seat.May(register.ImportApply) {
		return nil
	}
	batches, err := d.seat.desk.refused()
	for i := range batches {
		b := &batches[i]
		on := calendar.LondonDate(b.At)
		if on.DaysUntil(d.home.Today) > refusedDays {
			break
		}
		d.add(register.HomeOffice, register.HomeLine{
			Opens: register.OpensImports, ID: string(b.ID), What: "Import", Name: b.File, Due: on,
			Words: fmt.Sprintf("%s refused of %s", counted(b.Counts.Refused, "row"), register.Count(b.Counts.Rows)),
		})
	}
	return err
}

// backups adds what those may see to who make them.
func (d *workday) backups() {
	k := &d.home.Safe
	if !d.seat.May(register.BackupMake) {
		return
	}
	line := register.HomeLine{Opens: register.OpensBackups, What: "Backups", Pressure: register.Late}
	if k.Overdue() {
		line.Words = "NONE YET"
		if k.Days >= 0 {
			line.Words = "LATE: the last is " + counted(k.Days, "day") + " old"
		}
		line.Name = k.Trouble
		d.add(register.HomeOffice, line)
	}
	if n := len(k.Waiting); n > 0 {
		line.Words, line.Name = counted(n, "folder")+" behind", strings.Join(k.Waiting, ", ")
		line.Pressure = register.Soon
		d.add(register.HomeOffice, line)
	}
}

// presentLine says who is where.
func (s *Seat) presentLine(p *register.Presence) register.HomeLine {
	line := register.HomeLine{What: p.Operator, Kind: p.Door, Words: p.Doing}
	if at, ok := s.recall(p.At); ok {
		line.Opens, line.ID, line.Name = at.Opens, at.ID, strings.TrimSpace(at.What+" "+at.Name)
	}
	return line
}

// Recall tells of records what a list shows of them, in their order, without those that are gone or that the operator
// may not know of. It reads memory only.
func (s *Seat) Recall(pins []register.Pin) []register.HomeLine {
	lines := make([]register.HomeLine, 0, len(pins))
	for _, p := range pins {
		if line, ok := s.recall(p); ok {
			lines = append(lines, line)
		}
	}
	return lines
}

func (s *Seat) recall(p register.Pin) (register.HomeLine, bool) {
	if !s.knows(p) {
		return register.HomeLine{}, false
	}
	switch p.Kind {
	case register.PinCase:
		r, ok := s.desk.db.CaseByRef(p.ID)
		row := r.Row(s.Today(), s.named(r.Delegate, r.Name))
		return caseLine(&row), ok
	case register.PinOrganisation:
		row, ok := s.desk.db.Organisation(register.ID(p.ID))
		return organisationLine(&row), ok
	case register.PinPerson:
		row, ok := s.desk.db.Person(register.ID(p.ID))
		return personLine(&row), ok
	}
	return register.HomeLine{}, false
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return register.Count(n) + " " + thing + "s"
}
