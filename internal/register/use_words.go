package register

import "strings"

// MayWords says what may happen, or may not: people are contacted, or what they
// agreed to a use of is used.
func MayWords(use, may bool) string {
	words := "may "
	if !may {
		words = "may not "
	}
	if use {
		return words + "be used"
	}
	return words + "be contacted"
}

// Use reports whether the question is about a use of data and not about messages.
func (c *Contact) Use() bool { return c.purpose.Use }

// Mailed reports whether PECR reg 22 speaks to the question: it is about direct
// marketing by electronic mail, texts among it.
func (c *Contact) Mailed() bool {
	return c.purpose.Marketing && Electronic(c.Key.Channel)
}

// Electronic reports whether a channel is electronic mail in the sense of PECR.
func Electronic(channel string) bool { return channel == "email" || channel == "sms" }

// LawFor says where the law has the rule for electronic marketing, or for what
// PECR reg 22 has no part in.
func (r ContactRule) LawFor(mailed bool) string {
	if mailed || r == RuleService {
		return r.Law()
	}
	law, _, _ := strings.Cut(r.Law(), "; PECR")
	return law
}
