package profile

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

func (c *checker) purposes() {
	c.some("purpose", len(c.p.Purposes))
	seen := map[string]bool{}
	for i := range c.p.Purposes {
		x := &c.p.Purposes[i]
		table := element("purpose", i)
		c.id(join(table, "id"), x.ID, seen)
		c.texts(table, pair{"title", x.Title}, pair{"wording", x.Wording})
		c.some(join(table, "categories"), len(x.Categories))
		c.known(join(table, "retention"), []string{x.Retention}, c.hasRetention)
		c.known(join(table, "notice"), []string{x.Notice}, c.hasNotice)
		c.known(join(table, "recipients"), x.Recipients, c.hasRecipient)
		c.known(join(table, "channels"), x.Channels, c.hasChannel)
		c.known(join(table, "brands"), x.Brands, c.hasBrand)
		c.bases(table, x)
		c.contacting(table, x)
		c.special(table, x)
	}
}

func (c *checker) bases(table string, x *register.Purpose) {
	c.some(join(table, "basis"), len(x.Bases))
	asked := x.Marketing
	for i, b := range x.Bases {
		rule := element(join(table, "basis"), i)
		c.oneOf(join(rule, "basis"), string(b.Basis), names(register.Bases()))
		c.known(join(rule, "kinds"), b.Kinds, c.hasKind)
		c.known(join(rule, "access"), b.Access, c.hasAccess)
		asked = asked || b.Basis == register.Consent
	}
	if asked && len(x.Channels) == 0 && !x.Service {
		c.say(join(table, "channels"), "marketing, and anything done by consent, needs a channel to ask by")
	}
}

// special demands an Art 9 condition where a category holds special data.
func (c *checker) special(table string, x *register.Purpose) {
	if x.Article9 != "" {
		return
	}
	for _, k := range c.p.Kinds {
		for _, f := range k.Fields {
			if f.Special && slices.Contains(x.Categories, f.Category) && applies(x, k.ID) {
				c.say(join(table, "article9"), "%q holds special category data, so a condition of Art 9 is needed", f.Category)
				return
			}
		}
	}
}

// coverage demands that nothing is kept without a purpose: each field's
// category is named by one that applies to the kind of person.
func (c *checker) coverage() {
	for i, k := range c.p.Kinds {
		for j, f := range k.Fields {
			if f.Category == "" {
				continue
			}
			if !slices.ContainsFunc(c.p.Purposes, func(x register.Purpose) bool {
				return slices.Contains(x.Categories, f.Category) && applies(&x, k.ID)
			}) {
				path := join(element(join(element("kind", i), "field"), j), "category")
				c.say(path, "no purpose for the kind %q names the category %q", k.ID, f.Category)
			}
		}
	}
}

// applies reports whether a purpose can apply to a kind of person at all.
func applies(x *register.Purpose, kind string) bool {
	return slices.ContainsFunc(x.Bases, func(b register.BasisRule) bool {
		return len(b.Kinds) == 0 || slices.Contains(b.Kinds, kind)
	})
}

func (c *checker) hasRetention(id string) bool { _, ok := c.p.RetentionRule(id); return ok }
func (c *checker) hasRecipient(id string) bool { _, ok := c.p.Recipient(id); return ok }
func (c *checker) hasKind(id string) bool      { _, ok := c.p.Kind(id); return ok }

func (c *checker) hasNotice(id string) bool {
	return slices.ContainsFunc(c.p.Notices, func(n register.Notice) bool { return n.ID == id })
}

func (c *checker) hasChannel(id string) bool {
	return slices.ContainsFunc(c.p.Channels, func(x register.Channel) bool { return x.ID == id })
}

func (c *checker) hasBrand(id string) bool {
	return slices.ContainsFunc(c.p.Brands, func(b register.Brand) bool { return b.ID == id })
}

func (c *checker) hasAccess(id string) bool {
	return slices.ContainsFunc(c.p.AccessLevels, func(a register.AccessLevel) bool { return a.ID == id })
}

func names[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func rightNames() []string { return names(calendar.Rights()) }
