package profile

import (
	"slices"
	"strings"

	"custos/internal/register"
)

func (w *writer) purposes(p *register.Profile) {
	w.head("What we use it for, and why the law allows it")
	for i, x := range p.Purposes {
		if i > 0 {
			w.linef("")
		}
		w.purpose(p, &x)
	}
	if p.OnBehalf != "" {
		w.linef("\n%s", p.OnBehalf)
	}
	w.head("Decisions by computer")
	w.para(p.Automated)
	if len(p.Profiling) > 0 {
		w.linef("\nAll that is counted about people, and how coarsely")
	}
	for _, f := range p.Profiling {
		w.linef("- %s: %s.", f.Title, coarseWords[f.As])
	}
}

var coarseWords = map[string]string{
	"age-band":      "as a band of several years, never the date",
	"postcode-area": "as the letters a postcode begins with",
	"choice":        "as the answer chosen",
}

func (w *writer) purpose(p *register.Profile, x *register.Purpose) {
	w.linef("%s (%s)", x.Title, x.ID)
	w.para(x.Wording)
	for _, b := range x.Bases {
		w.linef("- %s%s. %s", b.Basis.Title(), among(&b), b.Note)
	}
	if x.Article9 != "" {
		w.linef("- Special category data: %s.", x.Article9)
	}
	channels := titles(x.Channels, p.Channels, func(c register.Channel) (string, string) { return c.ID, c.Title })
	switch {
	case channels == "":
	case x.Service:
		w.linef("- Sent by: %s. It belongs to what you take part in, so nobody is asked.", channels)
	case x.Use:
		w.linef("- Asked once, whichever way; a no ends it altogether.")
	case !rests(x, register.Consent):
		w.linef("- By: %s.", channels)
	case len(x.Bases) > 1:
		w.linef("- By: %s. Where consent is the basis, each is asked for separately.", channels)
	default:
		w.linef("- Asked separately for: %s.", channels)
	}
	if len(x.Brands) > 0 {
		brands := titles(x.Brands, p.Brands, func(b register.Brand) (string, string) { return b.ID, b.Title })
		w.linef("- Each on its own: %s.", brands)
	}
	if x.OnBehalf {
		w.linef("- We send it ourselves, on behalf of others.")
	}
	if x.Marketing {
		w.linef("- This is marketing: an objection to it always counts.")
	}
	if words := softWords[x.SoftOptIn]; words != "" {
		w.linef("- Soft opt-in: %s", words)
	}
	if x.Lasts != "" {
		w.linef("- A consent counts for %s; then we ask again.", x.Lasts)
	}
}

// softWords says when somebody who buys for themselves is written to unasked.
var softWords = map[string]string{
	"products": "without asking first where you bought from us or asked for a price, were told then how to say no, " +
		"and have not (PECR reg 22(3)).",
	"charity": "without asking first where you supported us or showed an interest, were told then how to say no, " +
		"and have not (PECR reg 22(3A)).",
}

func titles[T any](ids []string, all []T, of func(T) (id, title string)) string {
	var found []string
	for _, x := range all {
		if id, title := of(x); slices.Contains(ids, id) {
			found = append(found, title)
		}
	}
	return strings.Join(found, ", ")
}

// among says for whom a basis holds, "" where for everybody.
func among(b *register.BasisRule) string {
	var parts []string
	if len(b.Kinds) > 0 {
		parts = append(parts, strings.Join(b.Kinds, ", "))
	}
	if len(b.Access) > 0 {
		parts = append(parts, "access level "+strings.Join(b.Access, ", "))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}
