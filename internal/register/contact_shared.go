package register

import "strings"

// Address is what the question would reach the person by, in a form that is the
// same for the same mailbox or line; "" where it is no single one.
func (c *Contact) Address(p *Contactee) string {
	switch c.Key.Channel {
	case "email":
		return strings.ToLower(strings.TrimSpace(p.Email))
	case "phone", "sms":
		if n, err := NormalPhone(p.Phone); err == nil {
			return n
		}
	}
	return ""
}

// SaysNo reports whether the person's no to the question counts for others
// under the same address: two records may be of one person. What belongs to
// something they take part in, and a use of data, is for each alone.
func (c *Contact) SaysNo(p *Contactee) bool {
	return !c.purpose.Service && !c.purpose.Use && p.Status != Erased && c.Standing(p).State.No()
}

// Beside returns the verdict where somebody else said no under the same
// address: then nobody is contacted there.
func (v Verdict) Beside(no bool) Verdict {
	if !no || !v.Allowed {
		return v
	}
	v.Fact = -1
	return v.no(RuleSameAddress)
}

// Beside adds to an answer that somebody else said no under the same address;
// the id is "" for somebody the operator may not know of.
func (a *ContactAnswer) Beside(other ID) {
	if !a.Allowed {
		return
	}
	a.Allowed, a.Rule = false, RuleSameAddress
	what := RuleSameAddress.Words()
	if other != "" {
		what += " (" + string(other) + ")"
	}
	a.Because = append(a.Because, Because{What: what, Rule: RuleSameAddress.Law()})
}
