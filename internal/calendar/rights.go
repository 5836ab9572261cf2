package calendar

import "time"

// Deadline is the result of RightsDue. Every date is a day in London; a reply is in time
// until the end of Due. In JSON and CBOR a date that does not exist is left out.
type Deadline struct {
	// Start is the day the clock began; zero while something asked for is awaited.
	Start Date `json:"start,omitzero"`

	// Base is the same day one month after Start (three months when extended), before
	// pauses are added and before it moves to a working day.
	Base Date `json:"base,omitzero"`

	// PausedDays is the sum of the pauses that have ended, overlaps counted once.
	PausedDays int `json:"paused_days"`

	// Due is the day to work to; zero while the clock is stopped.
	Due Date `json:"due,omitzero"`

	// LastLawful is Due on the reading of the law that gives the most time for pauses.
	// It is never before Due.
	LastLawful Date `json:"last_lawful,omitzero"`

	// ExtensionNoticeBy is the last day to tell the person of an extension. It is not
	// moved off a weekend. Zero while the clock is stopped and for a withdrawal.
	ExtensionNoticeBy Date `json:"extension_notice_by,omitzero"`

	Steps []Step `json:"steps"`

	// Stopped says the clock has not started, or was stopped by a question that has no
	// answer yet: there is no date to work to.
	Stopped bool `json:"stopped,omitzero"`

	RuleVersion string `json:"rule_version"`
}

// RightsDue counts the time for replying to a request made under data protection law
// (UK GDPR Arts 12 and 12A, and the regulator's guidance on them).
//
// The clock starts on the day of receipt, or on the day the last of identity, authority
// and fee arrived. It ends on the same day of the next month, or of the third when
// extended, cut to the month's last day; pauses of an access request are then added; a
// Saturday, Sunday or bank holiday of the nation moves it to the next working day. One
// day of each pause is in dispute: Due leaves it out, LastLawful counts it. What cannot
// move a date that has passed is not counted: a question asked after LastLawful is
// refused, one asked after ExtensionNoticeBy does not move that date.
//
// A withdrawal of consent has no month: it is due on the day the clock starts, weekend or
// not, because consent has to be as easy to withdraw as to give (Art 7(3)). It takes no
// fee, pause or extension.
//
// Errors: *FieldError for a case that contradicts itself, *OutsideTableError for a date
// beyond the bank holidays known.
func (h *Holidays) RightsDue(c RightsCase) (Deadline, error) {
	if err := c.check(); err != nil {
		return Deadline{}, err
	}
	k := count{Holidays: h, c: c, who: c.Nation.set(), cite: citations(c)}
	k.law = law{receipt: guidanceOn(c.Right), roll: guidanceOn(c.Right)}
	k.out.RuleVersion = h.RuleVersion()
	if err := k.run(); err != nil {
		return Deadline{}, err
	}
	k.out.Steps = k.steps
	return k.out, nil
}

func guidanceOn(r Right) string {
	if r == Access {
		return "regulator's guidance on the right of access"
	}
	return "regulator's guidance on individual rights"
}

// article12A is the day Art 12A came into force; it does not touch earlier requests.
var article12A = NewDate(2026, time.February, 5)

// rightsLaw is where each rule of the rights clock stands.
type rightsLaw struct{ start, period, extension, notice, pause string }

func citations(c RightsCase) rightsLaw {
	if guidance := guidanceOn(c.Right); c.Received.Before(article12A) {
		const old = "UK GDPR Art 12(3)"
		return rightsLaw{start: guidance, period: old, extension: old, notice: old, pause: guidance}
	}
	return rightsLaw{
		start:     "UK GDPR Art 12A(2)",
		period:    "UK GDPR Art 12A(1)",
		extension: "UK GDPR Art 12A(3)",
		notice:    "UK GDPR Art 12A(4)",
		pause:     "UK GDPR Art 12A(5)",
	}
}

// count is one run of the rights clock.
type count struct {
	*Holidays
	trail
	c    RightsCase
	who  nations
	cite rightsLaw
	out  Deadline

	literal int  // paused days on the longest reading
	notice  Date // the extension notice so far
}

func (k *count) run() error {
	k.receipt()
	if !k.begin() {
		return nil
	}
	if k.c.Right == Withdrawal {
		k.atOnce()
		return nil
	}
	if _, _, err := k.on(k.out.Start, k.who); err != nil {
		return err
	}
	k.months()
	if err := k.pauses(); err != nil || k.out.Stopped {
		return err
	}
	return k.finish()
}
