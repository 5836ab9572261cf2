package profile

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

func (c *checker) recipients() {
	c.some("recipient", len(c.p.Recipients))
	seen := map[string]bool{}
	for i, r := range c.p.Recipients {
		table := element("recipient", i)
		c.id(join(table, "id"), r.ID, seen)
		c.texts(table, pair{"name", r.Name}, pair{"why", r.Why})
		c.oneOf(join(table, "role"), r.Role, register.RecipientRoles())
		covered := slices.ContainsFunc(c.p.Transfers, func(t register.Transfer) bool { return t.Recipient == r.ID })
		if r.Country != "" && !covered {
			c.say(join(table, "country"), "a recipient outside the UK needs a transfer with its safeguard")
		}
	}
	for i, t := range c.p.Transfers {
		table := element("transfer", i)
		c.known(join(table, "recipient"), []string{t.Recipient}, c.hasRecipient)
		c.texts(table, pair{"country", t.Country}, pair{"safeguard", t.Safeguard})
	}
}

func (c *checker) notices() {
	c.some("notice", len(c.p.Notices))
	for i, n := range c.p.Notices {
		table := element("notice", i)
		c.id(join(table, "id"), n.ID, map[string]bool{})
		c.texts(table, pair{"version", n.Version}, pair{"title", n.Title}, pair{"text", n.Text},
			pair{"from", n.From.String()})
		if !n.To.IsZero() && n.To.Before(n.From) {
			c.say(join(table, "to"), "the notice ends before it begins")
		}
		for _, earlier := range c.p.Notices[:i] {
			c.twoVersions(table, earlier, n)
		}
	}
}

// twoVersions demands that one wording of a notice is in force on any day.
func (c *checker) twoVersions(table string, a, b register.Notice) {
	switch {
	case a.ID != b.ID:
	case a.Version == b.Version:
		c.say(join(table, "version"), "version %q of this notice stands here a second time", b.Version)
	case inForceBy(a, b.To) && inForceBy(b, a.To):
		c.say(join(table, "from"), "versions %q and %q of this notice are in force on the same day", a.Version, b.Version)
	}
}

// inForceBy reports whether a notice begins no later than a day; the zero Date
// is the end of time.
func inForceBy(n register.Notice, day calendar.Date) bool { return day.IsZero() || !day.Before(n.From) }

func (c *checker) retention() {
	c.some("retention", len(c.p.Retention))
	seen := map[string]bool{}
	for i, r := range c.p.Retention {
		table := element("retention", i)
		c.id(join(table, "class"), r.Class, seen)
		c.texts(table, pair{"title", r.Title}, pair{"authority", r.Authority})
		c.oneOf(join(table, "trigger"), r.Trigger, register.Triggers())
		c.oneOf(join(table, "action"), r.Action, register.Disposals())
		if r.Period != "" {
			c.period(join(table, "period"), r.Period)
		}
	}
}
