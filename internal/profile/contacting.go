package profile

import (
	"slices"

	"custos/internal/calendar"
	"custos/internal/register"
)

// contacting checks what a purpose says of reaching people beyond its channels.
func (c *checker) contacting(table string, x *register.Purpose) {
	if x.Service {
		c.service(table, x)
	}
	if x.Use {
		c.use(table, x)
	}
	if x.OnBehalf {
		c.onBehalf(table, x)
	}
	if x.SoftOptIn != "" {
		c.softOptIn(table, x)
	}
	if x.Lasts == "" {
		return
	}
	c.period(join(table, "lasts"), x.Lasts)
	if !rests(x, register.Consent) {
		c.say(join(table, "lasts"), "only a consent runs out, and no basis of this purpose is consent")
	}
}

// service checks messages nobody is asked about.
func (c *checker) service(table string, x *register.Purpose) {
	if len(x.Channels) == 0 {
		c.say(join(table, "channels"), "service messages need a channel to be sent by")
	}
	if x.Marketing {
		c.say(join(table, "service"), "a purpose is marketing or a service message, not both")
	}
	for i, b := range x.Bases {
		if b.Basis == register.Consent {
			rule := element(join(table, "basis"), i)
			c.say(join(rule, "basis"), "nobody is asked about service messages, so consent cannot be their basis")
		}
	}
}

// use checks uses people agree to: whichever way somebody says no must end them,
// so there is one question and not one for each channel.
func (c *checker) use(table string, x *register.Purpose) {
	if len(x.Channels) != 1 {
		c.say(join(table, "channels"), "a use is asked about once: it has one channel")
	}
	if x.Marketing || x.Service {
		c.say(join(table, "use"), "marketing and service messages are sent: they are no mere use")
	}
	if !rests(x, register.Consent) {
		c.say(join(table, "use"), "only a use that people consent to is asked about")
	}
}

// onBehalf checks what is sent for others: it is something that is sent, and
// nothing the office owes those who take part.
func (c *checker) onBehalf(table string, x *register.Purpose) {
	key := join(table, "on_behalf")
	if len(x.Channels) == 0 {
		c.say(key, "what is sent on behalf of others needs a channel to be sent by")
	}
	if x.Use {
		c.say(key, "nothing is sent for a use, so nothing on behalf of others")
	}
	if x.Service {
		c.say(key, "service messages are the office's own: it sends none on behalf of others")
	}
}

// softOptIn checks an exception of PECR reg 22. It takes the place of a consent
// to electronic mail, so what is done with the data needs another basis.
func (c *checker) softOptIn(table string, x *register.Purpose) {
	key := join(table, "soft_opt_in")
	c.oneOf(key, x.SoftOptIn, register.SoftOptIns())
	if !x.Marketing {
		c.say(key, "a soft opt-in is for marketing")
	}
	if !rests(x, register.LegitimateInterests) {
		c.say(key, "a soft opt-in rests on legitimate interests, and no basis of this purpose is that")
	}
	if x.SoftOptIn == "charity" && !c.p.Charity {
		c.say(key, "the soft opt-in of charities is for an office that says charity = true")
	}
}

func rests(x *register.Purpose, on register.Basis) bool {
	return slices.ContainsFunc(x.Bases, func(b register.BasisRule) bool { return b.Basis == on })
}

// period demands a length of time.
func (c *checker) period(path, text string) {
	if _, err := register.PeriodEnd(calendar.NewDate(2026, 1, 1), text); err != nil {
		c.say(path, `a period is like "6 years", "12 months" or "30 days"`)
	}
}

const youngest, oldest = 8, register.AdultAge

func (c *checker) competence() {
	if age := c.p.CompetentAge; age != 0 && (age < youngest || age > oldest) {
		c.say("competent_age", "children answer for themselves from an age between %d and %d", youngest, oldest)
	}
}

// coarse gives the types of field each way of coarsening fits.
var coarse = map[string][]string{"age-band": {"date"}, "postcode-area": {"", "text"}, "choice": {"choice"}}

// profiling demands that what is counted is held, coarse, and never special
// category data.
func (c *checker) profiling() {
	seen := map[string]bool{}
	for i, x := range c.p.Profiling {
		table := element("profiling", i)
		c.id(join(table, "field"), x.Field, seen)
		c.oneOf(join(table, "as"), x.As, register.Coarsenings())
		c.texts(table, pair{"title", x.Title})
		found := false
		for _, k := range c.p.Kinds {
			for j := range k.Fields {
				if k.Fields[j].ID == x.Field {
					found = true
					c.counted(table, x.As, &k, &k.Fields[j])
				}
			}
		}
		if !found {
			c.say(join(table, "field"), "no kind of person has a field %q", x.Field)
		}
	}
}

func (c *checker) counted(table, as string, k *register.PersonKind, f *register.Field) {
	if f.Special {
		c.say(join(table, "field"), "%q of the kind %q is special category data, which is never profiled", f.ID, k.ID)
	}
	if types, ok := coarse[as]; ok && !slices.Contains(types, f.Type) {
		c.say(join(table, "as"), "%q of the kind %q is not of a type that can be reduced to %s", f.ID, k.ID, as)
	}
}
