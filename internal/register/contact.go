package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// Contactee is what the contact rules need to know of a person.
type Contactee struct {
	Delegate ID
	Name     string
	Kind     string // of the profile
	Access   string // level of the current membership, "" for none
	Status   Status
	Since    calendar.Date // of the status
	Email    string
	Phone    string
	Post     bool // a postal address is held
	Born     calendar.Date
	Facts    []ConsentFact
	// Suppressed are the entries that match an address of theirs.
	Suppressed []Suppression
}

// Contact is a question: may we use this channel for this purpose on this day?
// It is put to any number of people.
type Contact struct {
	Key    ConsentKey
	Moment Moment

	settings *Settings
	purpose  Purpose
	wordings []wording // as they stand on the day
	changed  calendar.Date
	kinds    map[string]string
}

// NewContact prepares a question. It returns an Invalid error for a purpose,
// channel or brand the profile does not have, and for a moment without a day.
func NewContact(s *Settings, key ConsentKey, m Moment) (*Contact, error) {
	x, err := s.Profile.question(key)
	switch {
	case err != nil:
		return nil, err
	case m.On.IsZero():
		return nil, Errorf(Invalid, "on", "say for which day")
	}
	c := &Contact{Key: key, Moment: m.ready(), settings: s, purpose: x, kinds: map[string]string{}}
	for _, k := range s.Profile.Kinds {
		c.kinds[k.ID] = k.Subscriber
	}
	c.wordings = s.Profile.wordings(m.On)
	for _, w := range c.wordings {
		if w.notice == x.Notice && w.last.After(c.changed) {
			c.changed = w.last
		}
	}
	return c, nil
}

// Standing returns how the question stands for a person. A no to all marketing
// counts only where the purpose is marketing. It allocates nothing.
func (c *Contact) Standing(p *Contactee) Standing {
	return standingOf(p.Facts, c.Key, c.Moment, c.purpose.Marketing)
}

// Concerns reports whether an event speaks to the question, whenever it was. An
// event about all marketing does only where the purpose is marketing.
func (c *Contact) Concerns(f *ConsentFact) bool {
	return f.Covers(c.Key) && (c.purpose.Marketing || f.Key.Purpose != AnyMarketing)
}

// Speaks reports whether an event speaks to the question at the moment.
func (c *Contact) Speaks(f *ConsentFact) bool { return c.Concerns(f) && c.Moment.has(f) }

// question returns the purpose of a key, and an Invalid error where the profile
// lacks the purpose, the channel or the brand.
func (p *Profile) question(key ConsentKey) (Purpose, error) {
	x, ok := p.Purpose(key.Purpose)
	switch {
	case !ok:
		return x, Errorf(Invalid, "purpose", "the profile %s has no purpose %q", p.Name, key.Purpose)
	case len(x.Channels) == 0:
		return x, Errorf(Invalid, "purpose", "nobody is asked about or contacted for the purpose %s", x.ID)
	case len(x.Channels) == 0:
		return x, Errorf(Invalid, "purpose", "the purpose %s is a use of data nobody is contacted for or asked about", x.ID)
	case !slices.Contains(x.Channels, key.Channel):
		return x, Errorf(Invalid, "channel", "the purpose %s goes by %s, not by %q",
			x.ID, strings.Join(x.Channels, ", "), key.Channel)
	case key.Brand == "" && len(x.Brands) > 0:
		return x, Errorf(Invalid, "brand", "say for which brand: %s", strings.Join(x.Brands, ", "))
	case key.Brand != "" && !slices.Contains(x.Brands, key.Brand):
		return x, Errorf(Invalid, "brand", "the purpose %s has no brand %q", x.ID, key.Brand)
	}
	return x, nil
}

// ContactRule names the rule that decided an answer.
type ContactRule string

// The rules, in the order they are applied. What they rest on is in their Law.
const (
	RuleErased      ContactRule = "erased"
	RuleRestricted  ContactRule = "restricted"
	RuleSuppressed  ContactRule = "suppressed"
	RuleNoAddress   ContactRule = "no-address"
	RuleService     ContactRule = "service-message"
	RuleDeactivated ContactRule = "deactivated"
	RuleNoBasis     ContactRule = "no-basis"
	RuleObjection   ContactRule = "objection"
	RuleOptedOut    ContactRule = "opted-out"
	RuleConsent     ContactRule = "consent"
	RuleNoConsent   ContactRule = "no-consent"
	RuleExpired     ContactRule = "consent-expired"
	RuleWording     ContactRule = "wording-changed"
	RuleGrownUp     ContactRule = "consent-of-a-parent"
	RuleSoftOptIn   ContactRule = "soft-opt-in"
	RuleCharity     ContactRule = "charity-soft-opt-in"
	RuleNoOptIn     ContactRule = "no-opt-in"
	RuleCorporate   ContactRule = "corporate-subscriber"
	RuleBasis       ContactRule = "basis"
	RuleSameAddress ContactRule = "same-address"
)

// Verdict is an answer in short, for lists of many people.
type Verdict struct {
	Allowed bool
	Basis   Basis
	State   ConsentAct
	Rule    ContactRule
	// Fact is the index of the event it rests on, Entry that of the suppression;
	// -1 for none.
	Fact, Entry int
}

// Judge answers for one person. It allocates nothing.
func (c *Contact) Judge(p *Contactee) Verdict {
	v := Verdict{Fact: -1, Entry: -1}
	s := c.Standing(p)
	v.State = s.State
	basis, based := c.purpose.BasisFor(p.Kind, p.Access)
	v.Basis = basis.Basis
	service := c.purpose.Service && !c.purpose.Marketing
	switch entry := c.suppression(p); {
	case p.Status == Erased:
		return v.no(RuleErased)
	case p.Status == Restricted:
		return v.no(RuleRestricted)
	case entry >= 0:
		v.Entry = entry
		return v.no(RuleSuppressed)
	case !based:
		return v.no(RuleNoBasis)
	case !c.purpose.Use && !c.reaches(p):
		return v.no(RuleNoAddress)
	case p.Status == Deactivated && !service:
		return v.no(RuleDeactivated)
	}
	v.Fact = s.Rests
	switch {
	case s.State == Objected && c.objectionCounts(v.Basis):
		return v.no(RuleObjection)
	case service:
		v.Fact = -1
		return v.yes(RuleService)
	case v.Basis == Consent:
		return c.byConsent(v, p, s)
	case s.State.No() && c.objectionCounts(v.Basis):
		return v.no(RuleOptedOut)
	case c.purpose.Marketing:
		return c.marketing(v, p, s)
	}
	v.Fact = -1
	return v.yes(RuleBasis)
}

func (v Verdict) no(r ContactRule) Verdict {
	v.Allowed, v.Rule = false, r
	return v
}

func (v Verdict) yes(r ContactRule) Verdict {
	v.Allowed, v.Rule = true, r
	return v
}

func (c *Contact) suppression(p *Contactee) int {
	for i := range p.Suppressed {
		s := &p.Suppressed[i]
		used := s.Kind == "email" && c.Key.Channel == "email" ||
			s.Kind == "phone" && (c.Key.Channel == "phone" || c.Key.Channel == "sms")
		// An erased address keeps the person out by every channel.
		if (used || s.Scope == ScopeErased) && s.Bars(&c.purpose, c.Key.Channel) {
			return i
		}
	}
	return -1
}

func (c *Contact) reaches(p *Contactee) bool {
	switch c.Key.Channel {
	case "email":
		return p.Email != ""
	case "phone", "sms":
		return p.Phone != ""
	}
	return p.Post
}

// objectionCounts: to direct marketing always, UK GDPR Art 21(2) and (3);
// otherwise to what rests on public task or legitimate interests, Art 21(1),
// until somebody finds that compelling grounds override it. Nobody has to call
// it an objection: a refusal or a withdrawal counts the same.
func (c *Contact) objectionCounts(b Basis) bool {
	return c.purpose.Marketing || b == PublicTask || b == LegitimateInterests
}

func (c *Contact) byConsent(v Verdict, p *Contactee, s Standing) Verdict {
	switch {
	case s.State == Expired:
		return v.no(RuleExpired)
	case s.State == Withdrawn || s.State == RefusedIt || s.State == Objected:
		return v.no(RuleOptedOut)
	case !s.State.Yes():
		return v.no(RuleNoConsent)
	case !c.outdated(&p.Facts[s.Rests]).IsZero():
		return v.no(RuleWording)
	case c.outgrown(p, &p.Facts[s.Rests]):
		return v.no(RuleGrownUp)
	}
	return v.yes(RuleConsent)
}

// outgrown: a parent said yes for somebody who is an adult by now.
func (c *Contact) outgrown(p *Contactee, f *ConsentFact) bool {
	if !f.ByOther || p.Born.IsZero() {
		return false
	}
	adult := c.settings.CompetenceOf(p.Born).Adult
	return !c.Moment.On.Before(adult) && calendar.LondonDate(f.At).Before(adult)
}
