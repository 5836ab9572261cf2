package calendar

const (
	recordDays     = 15
	foiSchoolDays  = 20
	foiWorkingDays = 60

	schoolDayRule = "meaning of school day: a weekday in term that is not a bank holiday"
	foiSchoolLaw  = "FOIA 2000 s.10(4) and its time for compliance regulations"
)

// SchoolFOI is the result of FOISchool. In JSON {"due","steps","rule_version",
// "school20","working60"}.
type SchoolFOI struct {
	Reckoning
	SchoolDays  Date `json:"school20,omitzero"` // zero when the sixtieth working day comes first
	WorkingDays Date `json:"working60"`
}

// FOISchool returns the last day for a school to answer a freedom of information request
// under FOIA 2000: the twentieth school day or the sixtieth working day after receipt,
// whichever is sooner. School days follow the school's terms and the bank holidays of n;
// a working day is no bank holiday anywhere in the United Kingdom (s.10(6)). Scotland has
// an Act of its own without school days and is refused.
// Errors: *FieldError, *OutsideTableError, *OutsideTermsError.
func (h *Holidays) FOISchool(received Date, n Nation, terms Terms) (SchoolFOI, error) {
	if n == Scotland {
		return SchoolFOI{}, refuse("nation", "schools in Scotland answer under the Scottish Act of 2002,"+
			" which does not count school days")
	}
	if err := h.checkSchool(received, n); err != nil {
		return SchoolFOI{}, err
	}
	t := &trail{law: law{roll: foiLaw}}
	t.add(received, foiLaw, "The request was received on %s. The next day is the first that counts.", received.spoken())
	out := SchoolFOI{}
	var err error
	if out.WorkingDays, _, err = h.workingDay(received, foiWorkingDays, uk); err != nil {
		return SchoolFOI{}, err
	}
	school := &trail{law: law{roll: schoolDayRule}}
	out.SchoolDays, err = h.schoolDay(received, foiSchoolDays, schoolYear{n, terms, school})
	_, last := terms.Span()
	if err != nil && (terms.before(received) || last.Before(out.WorkingDays)) {
		return SchoolFOI{}, err
	}
	out.Due = out.WorkingDays
	if err == nil {
		t.steps = append(t.steps, school.steps...)
		t.add(out.SchoolDays, foiSchoolLaw, "The twentieth school day is %s.", out.SchoolDays.spoken())
		out.Due = earlier(out.SchoolDays, out.WorkingDays)
	}
	t.add(out.WorkingDays, foiSchoolLaw, "The sixtieth working day, bank holidays anywhere in the United Kingdom left"+
		" out, is %s.", out.WorkingDays.spoken())
	t.add(out.Due, foiSchoolLaw, "The sooner counts: answer by the end of %s.", out.Due.spoken())
	out.Steps, out.RuleVersion = t.steps, h.RuleVersion()
	return out, nil
}

// EducationalRecord returns the last day to answer a parent's request for a pupil's
// educational record: the fifteenth school day after receipt (in England, the Education
// (Pupil Information) (England) Regulations 2005, reg 5). In England and Wales the right
// covers maintained schools only; an academy treats the request as one for access. This
// clock takes the caller's word for that. Errors: as FOISchool.
func (h *Holidays) EducationalRecord(received Date, n Nation, terms Terms) (Reckoning, error) {
	if err := h.checkSchool(received, n); err != nil {
		return Reckoning{}, err
	}
	source := recordLaw(n)
	t := &trail{law: law{roll: schoolDayRule}}
	t.add(received, source, "The request was received on %s. The next school day is the first that counts.",
		received.spoken())
	due, err := h.schoolDay(received, recordDays, schoolYear{n, terms, t})
	if err != nil {
		return Reckoning{}, err
	}
	t.add(due, source, "The fifteenth school day is %s: answer by the end of it.", due.spoken())
	return Reckoning{Due: due, Steps: t.steps, RuleVersion: h.RuleVersion()}, nil
}

func recordLaw(n Nation) string {
	if n == EnglandAndWales {
		return "Education (Pupil Information) (England) Regulations 2005 reg 5"
	}
	return "regulations on pupils' educational records in " + n.Name()
}

func (h *Holidays) checkSchool(received Date, n Nation) error {
	if err := checkNation(n); err != nil {
		return err
	}
	return h.checkReceived(received)
}

// schoolYear is where school days are counted: the bank holidays of a nation, the terms
// of a school, and the trail that notes what was left out.
type schoolYear struct {
	nation Nation
	terms  Terms
	trail  *trail
}

// schoolDay returns the n-th school day after d.
func (h *Holidays) schoolDay(d Date, n int, y schoolYear) (Date, error) {
	first, last := y.terms.Span()
	if y.terms.before(d) {
		return Date{}, &OutsideTermsError{Date: d, First: first, Last: last}
	}
	var shut Date // first day of the school holiday being passed
	for n > 0 {
		d = d.AddDays(1)
		if d.After(last) {
			return Date{}, &OutsideTermsError{Date: d, First: first, Last: last}
		}
		if !y.terms.open(d) {
			if shut.IsZero() {
				shut = d
			}
			continue
		}
		y.reopen(shut, d)
		shut = Date{}
		name, keep, err := h.on(d, y.nation.set())
		switch {
		case err != nil:
			return Date{}, err
		case d.isWeekend():
		case name != "":
			y.trail.addHolidays([]holiday{{d, keep, name}})
		default:
			n--
		}
	}
	return d, nil
}

// reopen notes the school holiday from shut, if there was one, to the day before d.
func (y schoolYear) reopen(shut, d Date) {
	if !shut.IsZero() {
		y.trail.add(shut, schoolDayRule, "From %s to %s the school is closed, and no day counts.",
			shut.spoken(), d.AddDays(-1).spoken())
	}
}

// before reports whether the first day counted after d is earlier than any known term.
func (t Terms) before(d Date) bool {
	first, _ := t.Span()
	return first.IsZero() || d.AddDays(1).Before(first)
}
