package desk

import (
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// ledger is the ledger of consents open for writing in one transaction.
type ledger struct {
	seat     *Seat
	tx       *store.Tx
	settings register.Settings
	now      time.Time
}

func (s *Seat) openLedger(tx *store.Tx) (*ledger, error) {
	settings, err := tx.Settings().Get()
	return &ledger{s, tx, settings, s.desk.now()}, err
}

// record writes one act, and the suppressions that go with an objection to all
// direct marketing.
func (l *ledger) record(in register.ConsentInput) (register.ConsentEvent, error) {
	d, err := l.person(&in)
	if err != nil {
		return register.ConsentEvent{}, err
	}
	e, err := l.event(in, &d)
	if err != nil {
		return e, err
	}
	if e.ID, err = l.seat.desk.ids.Next(register.ConsentPrefix); err != nil {
		return e, err
	}
	if err := l.tx.Consents().Put(e); err != nil {
		return e, err
	}
	return e, l.suppressObjector(&e, &d)
}

// person returns whom the act is about, if it may be recorded of them. Taking
// consent back is to be as easy as giving it (UK GDPR Art 7(3)), so that no
// status but erasure keeps a no out of the ledger.
func (l *ledger) person(in *register.ConsentInput) (register.Delegate, error) {
	if !in.Act.No() {
		return l.seat.live(l.tx, in.Delegate)
	}
	d, err := l.tx.Delegates().Get(in.Delegate)
	if err == nil && d.Status == register.Erased {
		err = register.Errorf(register.Refused, "status", "%s was erased", d.ID)
	}
	return d, err
}

// event makes the act of what was given and checks it.
func (l *ledger) event(in register.ConsentInput, d *register.Delegate) (register.ConsentEvent, error) {
	e := register.ConsentEvent{
		Delegate: in.Delegate, Purpose: in.Purpose, Channel: in.Channel, Brand: in.Brand, Act: in.Act,
		Recorded: l.now, RecordedBy: l.seat.operator.Name, Method: in.Method, Evidence: in.Evidence,
		GivenBy: strings.TrimSpace(in.GivenBy), Authority: strings.TrimSpace(in.Authority),
		Expires: in.Expires, Collected: in.Collected, Corrects: in.Corrects,
	}
	e.At = happened(in.At, in.On, in.Act, l.now)
	if e.Method == "" {
		e.Method = "spoken"
	}
	l.expire(&e)
	if err := e.Validate(&l.settings.Profile, l.now); err != nil {
		return e, err
	}
	if err := l.giver(&e, d); err != nil {
		return e, err
	}
	if err := l.correction(&e); err != nil {
		return e, err
	}
	return e, l.wording(&e, in.Notice)
}

// happened is the instant of an act of which the instant, the day or neither is
// known.
func happened(at time.Time, on calendar.Date, act register.ConsentAct, now time.Time) time.Time {
	switch {
	case !at.IsZero():
		return at.UTC()
	case !on.IsZero():
		return register.AnsweredOn(on, act, now)
	}
	return now
}

// expire gives a consent the last day the purpose sets, where none was given.
func (l *ledger) expire(e *register.ConsentEvent) {
	x, _ := l.settings.Profile.Purpose(e.Purpose)
	if !e.Act.Yes() || !e.Expires.IsZero() || x.Lasts == "" {
		return
	}
	if end, err := register.PeriodEnd(calendar.LondonDate(e.At), x.Lasts); err == nil {
		e.Expires = end // a period that cannot be read is a fault of the profile, not of the answer
	}
}

// giver checks who answers: nobody does for an adult without authority, and an
// organisation never does for the people who belong to it.
func (l *ledger) giver(e *register.ConsentEvent, d *register.Delegate) error {
	if !e.Act.No() && e.GivenBy != "" && len(l.seat.desk.db.OrganisationByName(store.Fold(e.GivenBy))) > 0 {
		return register.Errorf(register.Invalid, "given_by",
			"an organisation cannot answer for the people who belong to it; ask the person")
	}
	if e.Act.Yes() && d.Born().IsZero() && l.settings.Profile.NeedsBorn(d.Kind) {
		return register.Errorf(register.Invalid, register.FieldBorn,
			"nobody can tell whether they answer for themselves: their date of birth is not held")
	}
	return e.CheckAuthority(l.settings.CompetenceOf(d.Born()))
}

// correction checks the event that an act puts right.
func (l *ledger) correction(e *register.ConsentEvent) error {
	if e.Corrects == "" {
		return nil
	}
	events, err := consentsOf(l.tx, e.Delegate)
	if err != nil {
		return err
	}
	old := slices.IndexFunc(events, func(old register.ConsentEvent) bool { return old.ID == e.Corrects })
	already := func(old register.ConsentEvent) bool { return old.Corrects == e.Corrects }
	switch {
	case old < 0:
		return register.Errorf(register.Invalid, "corrects", "this person has no event %s to correct", e.Corrects)
	case strings.TrimSpace(e.Evidence) == "" && e.Unsays(&events[old]):
		return register.Errorf(register.Invalid, "evidence",
			"%s is a no, and this would leave less of it: say where it shows that it was recorded by mistake", e.Corrects)
	case slices.ContainsFunc(events, already):
		return register.Errorf(register.Conflict, "corrects", "%s was corrected already; correct the correction", e.Corrects)
	}
	return nil
}

// wording fixes which notice the person saw: version and digest of its text.
// Nobody can have agreed to a wording that did not exist yet, so that a yes or
// a request from before is Invalid. A file of another system is no proof of
// what was shown: its answers have the wording that is named, or none. A no
// counts whatever was shown.
func (l *ledger) wording(e *register.ConsentEvent, named string) error {
	if named == "" && e.Method == "imported" {
		return nil // the event says so by naming no wording
	}
	purpose, _ := l.settings.Profile.Purpose(e.Purpose)
	notice := named
	if named == "" {
		notice = purpose.Notice
	}
	n, ok := l.settings.Profile.Notice(notice, calendar.LondonDate(e.At))
	switch {
	case ok:
		e.Notice, e.NoticeVersion = n.ID, n.Version
		e.WordingDigest = register.WordingDigest(purpose.Wording + "\n" + n.Text)
		return nil
	case named != "":
		return register.Errorf(register.Invalid, "notice", "no version of the notice %q was in force then", named)
	case e.Act.No() || notice == "":
		return nil
	}
	return register.Errorf(register.Invalid, "at", "the notice %s was not in force then: %s", notice, l.since(notice))
}

// since says from when a notice was in force.
func (l *ledger) since(notice string) string {
	versions := l.settings.Profile.NoticeVersions(notice)
	if len(versions) == 0 {
		return "the profile holds no version of it"
	}
	return "its first version began on " + versions[len(versions)-1].From.String()
}

func consentsOf(tx *store.Tx, who register.ID) ([]register.ConsentEvent, error) {
	events := []register.ConsentEvent{}
	for e, err := range tx.Consents().Of(who) {
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b register.ConsentEvent) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.Recorded.Compare(b.Recorded)
	})
	return events, nil
}
