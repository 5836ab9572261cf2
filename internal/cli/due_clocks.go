package cli

import (
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

func (a *app) dueComplaint(in *dueInput, h *calendar.Holidays) error {
	return a.showReckoning(h.ComplaintDue(in.received, calendar.Nation(in.nation)))
}

func (a *app) dueExam(in *dueInput, _ *calendar.Holidays) error {
	return a.showReckoning(calendar.ExamResults(in.received, in.announced))
}

func (a *app) dueFOICouncil(in *dueInput, h *calendar.Holidays) error {
	return a.showReckoning(h.FOICouncil(in.received))
}

func (a *app) dueRecord(in *dueInput, h *calendar.Holidays) error {
	terms, err := a.terms(in.terms)
	if err != nil {
		return err
	}
	return a.showReckoning(h.EducationalRecord(in.received, calendar.Nation(in.nation), terms))
}

func (a *app) dueFOISchool(in *dueInput, h *calendar.Holidays) error {
	terms, err := a.terms(in.terms)
	if err != nil {
		return err
	}
	r, err := h.FOISchool(in.received, calendar.Nation(in.nation), terms)
	if err != nil {
		return register.ClockError(err)
	}
	return a.show(r, func(p *page) {
		p.pairs([2]string{"Due", long(r.Due)}, [2]string{"Twentieth school day", long(r.SchoolDays)},
			[2]string{"Sixtieth working day", long(r.WorkingDays)})
		p.steps(r.Steps)
	})
}

func (a *app) dueBreach(in *dueInput, _ *calendar.Holidays) error {
	b, err := calendar.BreachDue(in.aware)
	if err != nil {
		return register.ClockError(err)
	}
	shown := b.Due.Format("Monday 2 January 2006 at 15:04 MST")
	b.Due = b.Due.UTC() // instants in JSON are UTC
	return a.show(b, func(p *page) {
		p.pairs([2]string{"Due", shown}, [2]string{"In UTC", b.Due.Format(time.RFC3339)})
		p.steps(b.Steps)
	})
}

func (a *app) showReckoning(r calendar.Reckoning, err error) error {
	if err != nil {
		return register.ClockError(err)
	}
	return a.show(r, func(p *page) {
		p.pairs([2]string{"Due", long(r.Due)})
		p.steps(r.Steps)
	})
}

func (a *app) terms(file string) (calendar.Terms, error) {
	f, err := a.files().Open(file)
	if err != nil {
		return calendar.Terms{}, err
	}
	defer func() { _ = f.Close() }()
	return calendar.ReadTerms(f, baseName(file))
}
