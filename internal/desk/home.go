package desk

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

const (
	chartWeeks  = 12
	mostLines   = 100 // of a section; its count tells of all
	refusedDays = 14  // how long rows an import refused are told of
)

// Home answers what must be done today: what the operator may act on, or at least see. It reads memory only; what is
// counted over everybody is as Recount found it last.
func (s *Seat) Home() (register.Home, error) {
	if err := s.allow(register.SettingsRead); err != nil {
		return register.Home{}, err
	}
	settings := s.Settings()
	h := register.Home{Today: s.Today(), Office: settings.Office, Profile: settings.Profile.Title}
	var err error
	if h.Safe, err = s.safekeeping(); err != nil {
		return h, err
	}
	h.Organisations = s.ours(s.desk.db.Organisations(register.Query{})).Len()
	day := &workday{seat: s, home: &h}
	if s.May(register.DelegateRead) {
		h.People, h.Incomplete = s.countPeople()
		h.Outlook = s.outlook()
	}
	if s.May(register.RequestRead) {
		if err := day.cases(); err != nil {
			return h, err
		}
	}
	err = day.office()
	h.Sections = day.sections()
	return h, err
}

// countPeople counts those the operator may know of.
func (s *Seat) countPeople() (all, incomplete int) {
	rows := s.desk.db.People(s.scoped(register.Query{}))
	if !s.leadOnly() {
		return rows.Len(), s.desk.db.IncompletePeople()
	}
	for i := range rows.Len() {
		if row := rows.Row(i); row.Incomplete && row.Status == register.Active {
			incomplete++
		}
	}
	return rows.Len(), incomplete
}

// workday gathers the sections of one operator's day.
type workday struct {
	seat  *Seat
	home  *register.Home
	parts map[register.HomePart]*register.HomeSection
}

// homeOrder is the order of the sections: what the law or somebody else waits for first.
var homeOrder = []register.HomePart{
	register.HomeOverdue, register.HomeBreaches, register.HomeApprovals, register.HomeSoon, register.HomeCarryOut,
	register.HomeReplies, register.HomeAdvice, register.HomeComplaints, register.HomeOffice, register.HomeWaiting,
	register.HomeOpen, register.HomeToClose, register.HomeHere,
}

func (d *workday) add(part register.HomePart, line register.HomeLine) {
	if d.counts(part) {
		section := d.parts[part]
		section.Lines = append(section.Lines, line)
	}
}

// counts counts a line of a section and reports whether it is to be told of.
func (d *workday) counts(part register.HomePart) bool {
	if d.parts == nil {
		d.parts = map[register.HomePart]*register.HomeSection{}
	}
	section := d.parts[part]
	if section == nil {
		section = &register.HomeSection{Part: part}
		d.parts[part] = section
	}
	section.Count++
	return len(section.Lines) < mostLines
}

func (d *workday) sections() []register.HomeSection {
	all := []register.HomeSection{}
	for _, part := range homeOrder {
		if s := d.parts[part]; s != nil {
			all = append(all, *s)
		}
	}
	return all
}

// cases goes once through all cases, in the order of what presses most.
func (d *workday) cases() error {
	approvers, err := d.seat.desk.approving()
	if err != nil {
		return err
	}
	h := d.home
	monday := h.Today.AddDays(-(int(h.Today.Weekday()) + 6) % 7)
	for i := chartWeeks - 1; i >= 0; i-- {
		h.ByWeek = append(h.ByWeek, register.WeekCount{From: monday.AddDays(-7 * i)})
	}
	rights, states := map[calendar.Right]int{}, map[register.RequestState]int{}
	all := d.seat.desk.db.Cases()
	h.Due = make([]register.RequestRow, 0, min(all.Len(), 1024))
	for i := range all.Len() {
		e := all.Row(i)
		countWeek(h.ByWeek, e.Received)
		if idle(e) {
			continue
		}
		row := e.On(h.Today, d.seat.named(e.Delegate, e.Name))
		if e.State.Open() {
			rights[e.Right]++
			states[e.State]++
		}
		d.oneCase(&row, &e.CaseTodo, approvers)
	}
	h.ByState = bars(states, func(s register.RequestState) string { return string(s) })
	h.ByRight = bars(rights, func(r calendar.Right) string {
		kind, _ := register.KindOfCase(r)
		return kind.Title
	})
	return nil
}

// oneCase puts a case where it stands in the operator's day.
func (d *workday) oneCase(row *register.RequestRow, todo *register.CaseTodo, approvers []string) {
	switch row.Pressure {
	case register.Stopped:
		d.home.Waiting = append(d.home.Waiting, *row)
	case register.Late, register.Soon, register.Calm, register.Unset:
		d.home.Due = append(d.home.Due, *row)
	case register.Settled:
	}
	part, words := d.seat.casePart(row, todo, approvers)
	if part == "" || !d.counts(part) {
		return
	}
	line := caseLine(row)
	line.Words = words
	d.parts[part].Lines = append(d.parts[part].Lines, line)
}

func caseLine(row *register.RequestRow) register.HomeLine {
	kind, _ := register.KindOfCase(row.Right)
	return register.HomeLine{
		Opens: register.OpensCase, ID: row.Ref, What: row.Ref, Kind: kind.Title, Name: row.Name, Due: row.Due,
		Words: row.Stands(), Pressure: row.Pressure,
	}
}

func countWeek(weeks []register.WeekCount, received calendar.Date) {
	if n := len(weeks); n == 0 || received.Before(weeks[0].From) {
		return
	}
	if i := weeks[0].From.DaysUntil(received) / 7; i < len(weeks) {
		weeks[i].Count++
	}
}

// bars are counts by label, the largest first.
func bars[K comparable](counts map[K]int, title func(K) string) []register.HomeCount {
	all := make([]register.HomeCount, 0, len(counts))
	for k, n := range counts {
		all = append(all, register.HomeCount{Label: title(k), Count: n})
	}
	slices.SortFunc(all, func(a, b register.HomeCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		if a.Label < b.Label {
			return -1
		}
		return 1
	})
	return all
}
