package register

import (
	"fmt"
	"time"

	"custos/internal/calendar"
)

// FileAnswer is an answer to one question as a file gives it.
type FileAnswer struct {
	Key ConsentKey
	Act ConsentAct // Given, RefusedIt, Withdrawn, or Objected to all marketing by the channel
	// At is when it happened, UTC; zero where the file does not say: now.
	At       time.Time
	Notice   string // the wording shown, "" where nobody knows
	Evidence string
}

// FileVerdict is what becomes of an answer in a file.
type FileVerdict struct {
	// Record is the answer to add to the ledger, nil for nothing.
	Record *FileAnswer
	// Kept is why a yes is not taken: RuleOptedOut or RuleSuppressed.
	Kept ContactRule
	Why  string
}

// FromFile is the one rule by which any import changes a consent. A refusal,
// withdrawal or objection held, or a suppression that matches, always wins over
// a yes in the file, whatever the dates; a no in the file is always taken. It
// returns a problem for an answer that cannot stand. Now is the instant of the
// import, UTC.
func (c *Contact) FromFile(p *Contactee, f FileAnswer, now time.Time) (FileVerdict, *Problem) {
	if f.At.After(now) {
		return FileVerdict{}, &Problem{Field: "at", Reason: "the date lies in the future"}
	}
	if f.At.IsZero() {
		f.At = now
	}
	switch {
	case f.Act.No():
		return c.noFromFile(p, f, now), nil
	case !f.Act.Yes():
		return FileVerdict{}, nil
	case p.Status == Restricted || p.Status == Erased:
		return FileVerdict{}, &Problem{Reason: "the record is restricted: it may be stored and nothing else"}
	}
	return c.yesFromFile(p, f)
}

func (c *Contact) yesFromFile(p *Contactee, f FileAnswer) (FileVerdict, *Problem) {
	s := c.Standing(p)
	entry := c.suppression(p)
	switch {
	case s.State.No():
		return FileVerdict{Kept: RuleOptedOut, Why: fmt.Sprintf("kept: %s on %s", s.State, dayOf(p, s))}, nil
	case entry >= 0:
		return FileVerdict{Kept: RuleSuppressed,
			Why: "kept: suppressed on " + calendar.LondonDate(p.Suppressed[entry].At).String()}, nil
	case s.State.Yes():
		return FileVerdict{Why: fmt.Sprintf("same: %s on %s already", s.State, dayOf(p, s))}, nil
	case s.Rests >= 0 && p.Facts[s.Rests].Corrects == "" && !p.Facts[s.Rests].At.Before(f.At):
		return FileVerdict{Why: fmt.Sprintf("same: older than what is held of %s", dayOf(p, s))}, nil
	}
	e := ConsentEvent{Act: f.Act, At: f.At}
	if problem := ProblemOf(e.CheckAuthority(c.settings.CompetenceOf(p.Born))); problem != nil {
		return FileVerdict{}, problem
	}
	if _, ok := c.settings.Profile.Notice(f.Notice, calendar.LondonDate(f.At)); f.Notice != "" && !ok {
		return FileVerdict{}, &Problem{Field: "notice",
			Reason: "no version of the notice was in force on the day of the answer"}
	}
	f.Key = c.Key
	return FileVerdict{Record: &f, Why: "recorded: given on " + calendar.LondonDate(f.At).String()}, nil
}

func (c *Contact) noFromFile(p *Contactee, f FileAnswer, now time.Time) FileVerdict {
	f.Key, f.Notice = c.Key, ""
	if f.Act == Objected && c.purpose.Marketing {
		f.Key = ConsentKey{Purpose: AnyMarketing, Channel: c.Key.Channel}
	}
	s := c.Standing(p)
	if s.State.No() && StandingOf(p.Facts, f.Key, c.Moment).State.No() {
		return FileVerdict{Why: fmt.Sprintf("same: %s on %s already", s.State, dayOf(p, s))}
	}
	if f.Act == RefusedIt && s.State.Yes() {
		f.Act = Withdrawn
	}
	why := fmt.Sprintf("recorded: %s on %s", f.Act, calendar.LondonDate(f.At))
	if f.overtaken(p.Facts) {
		why = fmt.Sprintf("recorded as of today: %s on %s says the file, before the consent held",
			f.Act, calendar.LondonDate(f.At))
		f.At = now
	}
	return FileVerdict{Record: &f, Why: why}
}

// overtaken reports that a later yes is held: the file still says no today, so
// the no is taken as of today.
func (f *FileAnswer) overtaken(facts []ConsentFact) bool {
	no := ConsentFact{Key: f.Key, Act: f.Act}
	for i := range facts {
		if facts[i].Act.Yes() && facts[i].At.After(f.At) && no.Covers(facts[i].Key) {
			return true
		}
	}
	return false
}

func dayOf(p *Contactee, s Standing) calendar.Date { return calendar.LondonDate(p.Facts[s.Rests].At) }
