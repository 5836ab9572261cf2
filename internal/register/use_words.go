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

// LawFor says where the law has the rule for a use of data or for a message:
// nothing is sent for a use, so PECR has no part in it.
func (r ContactRule) LawFor(use bool) string {
	if !use {
		return r.Law()
	}
	law, _, _ := strings.Cut(r.Law(), "; PECR")
	return law
}
