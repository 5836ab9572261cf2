package desk

import (
	"custos/internal/calendar"
	"custos/internal/register"
)

const chartWeeks = 12

// Home answers what must be done today. It reads memory only.
func (s *Seat) Home() (register.Home, error) {
	if err := s.allow(register.SettingsRead); err != nil {
		return register.Home{}, err
	}
	settings := s.Settings()
	h := register.Home{Today: s.Today(), Office: settings.Office, Profile: settings.Profile.Title}
	var err error
	if h.Safe, err = s.desk.safekeeping(); err != nil {
		return h, err
	}
	h.Organisations = s.desk.db.Organisations(register.Query{}).Len()
	if s.May(register.DelegateRead) {
		h.People, h.Incomplete = s.countPeople()
	}
	if s.May(register.RequestRead) {
		s.fillCases(&h)
	}
	return h, nil
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

func (s *Seat) fillCases(h *register.Home) {
	monday := h.Today.AddDays(-(int(h.Today.Weekday()) + 6) % 7)
	for i := chartWeeks - 1; i >= 0; i-- {
		h.ByWeek = append(h.ByWeek, register.WeekCount{From: monday.AddDays(-7 * i)})
	}
	all := s.desk.db.Cases() // in the order of what presses most
	for i := range all.Len() {
		e := all.Row(i)
		countWeek(h.ByWeek, e.Received)
		row := e.On(h.Today, s.named(e.Delegate, e.Name))
		switch row.Pressure {
		case register.Stopped:
			h.Waiting = append(h.Waiting, row)
		case register.Late, register.Soon, register.Calm, register.Unset:
			h.Due = append(h.Due, row)
		case register.Settled:
		}
	}
}

func countWeek(weeks []register.WeekCount, received calendar.Date) {
	for i := range weeks {
		if d := weeks[i].From.DaysUntil(received); d >= 0 && d < 7 {
			weeks[i].Count++
		}
	}
}
