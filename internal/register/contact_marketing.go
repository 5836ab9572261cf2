package register

import (
	"slices"
	"time"

	"custos/internal/calendar"
)

// charityFrom is the day PECR reg 22(3A) came into force: details collected
// before cannot rest on it.
var charityFrom = calendar.NewDate(2026, time.February, 5)

// marketing is direct marketing on a basis other than consent to somebody who
// has not said no. PECR reg 22 asks for more where the channel is electronic
// and the subscriber an individual, whatever the basis under the UK GDPR: their
// consent, or a soft opt-in. Post and calls go by the basis; a number on a list
// of those who want no calls belongs among the suppressions.
func (c *Contact) marketing(v Verdict, p *Contactee, s Standing) Verdict {
	switch {
	case !Electronic(c.Key.Channel):
		return v.yes(RuleBasis)
	case c.kinds[p.Kind] == "corporate":
		return v.yes(RuleCorporate)
	}
	asked := c.byConsent(v, p, s)
	if asked.Allowed || asked.Rule == RuleGrownUp {
		return asked
	}
	if rule, fact := c.softOptIn(p); fact >= 0 {
		v.Fact = fact
		return v.yes(rule)
	}
	if asked.Rule == RuleNoConsent {
		return v.no(RuleNoOptIn)
	}
	return asked
}

// softOptIn returns the exception that applies and the event it rests on, -1
// for none.
func (c *Contact) softOptIn(p *Contactee) (ContactRule, int) {
	switch c.purpose.SoftOptIn {
	case "products":
		return RuleSoftOptIn, c.collected(p, "sale", "negotiation")
	case "charity":
		fact := c.collected(p, "support")
		if fact < 0 || !c.settings.Profile.Charity || c.heldBefore(p, &p.Facts[fact]) ||
			calendar.LondonDate(p.Facts[fact].At).Before(charityFrom) {
			return RuleCharity, -1
		}
		return RuleCharity, fact
	}
	return "", -1
}

// Collections are the ways details are come by that a soft opt-in may rest on:
// in a sale or the negotiation of one, or by support for or interest in a charity.
func Collections() []string { return []string{"sale", "negotiation", "support"} }

// collected finds the first event that says how the details were come by: what
// counts is what was offered when they were collected, not later.
func (c *Contact) collected(p *Contactee, ways ...string) int {
	first := -1
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Collected == "" || f.Key.Purpose != c.Key.Purpose || f.Key.Channel != c.Key.Channel ||
			!c.Moment.has(f) || corrected(p.Facts, f, &c.Moment) {
			continue
		}
		if first < 0 || f.before(&p.Facts[first]) {
			first = i
		}
	}
	if first >= 0 && slices.Contains(ways, p.Facts[first].Collected) {
		return first
	}
	return -1
}

// heldBefore reports whether the ledger shows that the channel was used before
// the details were collected with an opt-out. A charity's older lists do not
// qualify by being collected once more.
func (c *Contact) heldBefore(p *Contactee, collected *ConsentFact) bool {
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Key.Channel == c.Key.Channel && f.At.Before(collected.At) && !corrected(p.Facts, f, &c.Moment) {
			return true
		}
	}
	return false
}
