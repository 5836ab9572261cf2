package register

import (
	"fmt"
	"slices"
	"time"

	"custos/internal/calendar"
)

// ContactAnswer is a verdict with everything that decided it.
type ContactAnswer struct {
	Delegate ID          `json:"delegate"`
	Purpose  string      `json:"purpose"`
	Channel  string      `json:"channel"`
	Brand    string      `json:"brand,omitempty"`
	Use      bool        `json:"use,omitempty"` // a use of data is asked about, not a message
	On       string      `json:"on"`
	Allowed  bool        `json:"allowed"`
	Basis    Basis       `json:"basis"`
	State    ConsentAct  `json:"state"`
	Rule     ContactRule `json:"rule"`
	Because  []Because   `json:"because"`
}

// Because is one fact or rule an answer rests on. The last one decided.
type Because struct {
	At    *time.Time `json:"at"` // when it happened, UTC; null for a rule
	What  string     `json:"what"`
	Rule  string     `json:"rule"` // where the law says so
	Event ID         `json:"event,omitempty"`
}

// Answer answers for one person, with the events and rules that decided it.
func (c *Contact) Answer(p *Contactee) ContactAnswer {
	v := c.Judge(p)
	a := ContactAnswer{
		Delegate: p.Delegate, Purpose: c.Key.Purpose, Channel: c.Key.Channel, Brand: c.Key.Brand, Use: c.purpose.Use,
		On:      c.Moment.On.String(),
		Allowed: v.Allowed, Basis: v.Basis, State: v.State, Rule: v.Rule,
	}
	a.basis(v, c, p)
	a.events(p, c)
	a.verdict(v, c, p)
	return a
}

func (a *ContactAnswer) add(at time.Time, what, rule string, event ID) {
	b := Because{What: what, Rule: rule, Event: event}
	if !at.IsZero() {
		b.At = &at
	}
	a.Because = append(a.Because, b)
}

func (a *ContactAnswer) basis(v Verdict, c *Contact, p *Contactee) {
	if v.Basis == "" {
		return
	}
	who := p.Kind
	if k, ok := c.settings.Profile.Kind(p.Kind); ok {
		who = k.Title
	}
	if p.Access != "" {
		who += ", " + p.Access
	}
	a.add(time.Time{}, fmt.Sprintf("%s: %s for %s", c.purpose.Title, v.Basis.Title(), who), v.Basis.Article(), "")
}

// events tells everything of the ledger that speaks to the question, oldest first.
func (a *ContactAnswer) events(p *Contactee, c *Contact) {
	var speak []*ConsentFact
	for i := range p.Facts {
		if f := &p.Facts[i]; c.Speaks(f) {
			speak = append(speak, f)
		}
	}
	slices.SortFunc(speak, func(f, g *ConsentFact) int {
		switch {
		case f.before(g):
			return -1
		case g.before(f):
			return 1
		}
		return 0
	})
	for _, f := range speak {
		what := f.words()
		if corrected(p.Facts, f, &c.Moment) {
			what += "; put right later, so it does not count"
		}
		a.add(f.At, what, "", f.ID)
	}
}

func (f *ConsentFact) words() string {
	what := string(f.Act)
	if f.Method != "" {
		what += " (" + f.Method + ")"
	}
	if f.ByOther {
		what += " by somebody on the person's behalf"
	}
	if f.Notice != "" {
		what += ", wording " + f.Notice + " " + f.NoticeVersion
	}
	if f.Key.Purpose == AnyMarketing {
		what += ", of all marketing"
	}
	if f.Key.Channel == AnyChannel {
		what += ", by every channel"
	}
	if f.Collected != "" {
		what += ", details from " + f.Collected + " with an opt-out offered"
	}
	return what
}

func (a *ContactAnswer) verdict(v Verdict, c *Contact, p *Contactee) {
	at, event := time.Time{}, ID("")
	if v.Fact >= 0 {
		at, event = p.Facts[v.Fact].At, p.Facts[v.Fact].ID
	}
	what := v.Rule.Words()
	switch v.Rule {
	case RuleSuppressed:
		s := &p.Suppressed[v.Entry]
		at, what = s.At, what+": "+s.Reason
	case RuleErased, RuleRestricted, RuleDeactivated:
		at, event = calendar.LondonStart(p.Since), ""
	case RuleExpired:
		if last := p.Facts[v.Fact].Expires; !last.IsZero() {
			what += " on " + last.String()
		}
	case RuleWording:
		what += " on " + c.outdated(&p.Facts[v.Fact]).String()
	default:
	}
	a.add(at, what, v.Rule.LawFor(c.Mailed()), event)
}

// ruleWords says each rule in words and where the law has it.
var ruleWords = map[ContactRule][2]string{
	RuleErased:      {"the person's data was erased", "UK GDPR Art 17"},
	RuleRestricted:  {"the record is restricted: it may be stored and nothing else", "UK GDPR Art 18(2)"},
	RuleSuppressed:  {"the address is suppressed", "UK GDPR Art 21(3); PECR reg 22"},
	RuleNoAddress:   {"no address is held for this channel", "nothing to contact them by"},
	RuleService:     {"a service message, not marketing", "PECR reg 22 does not apply"},
	RuleDeactivated: {"the record is deactivated", "UK GDPR Art 5(1)(c)"},
	RuleNoBasis:     {"the profile gives no lawful basis for this person", "UK GDPR Art 6(1)"},
	RuleObjection:   {"the person objected", "UK GDPR Art 21"},
	RuleOptedOut:    {"the person said no", "UK GDPR Art 7(3), Art 21"},
	RuleConsent:     {"the person consented", "UK GDPR Art 6(1)(a); PECR reg 22(2)"},
	RuleNoConsent:   {"the person has not consented", "UK GDPR Art 6(1)(a); PECR reg 22(2)"},
	RuleExpired:     {"the consent ended", "the office's own limit"},
	RuleWording:     {"the wording they agreed to changed materially", "UK GDPR Art 4(11), Art 7(1)"},
	RuleGrownUp:     {"a parent consented, and the person is an adult now", "UK GDPR Art 4(11)"},
	RuleSoftOptIn:   {"soft opt-in: details from a sale, an opt-out offered then, nobody said no", "PECR reg 22(3)"},
	RuleCharity:     {"charity soft opt-in: details from support, an opt-out offered then, nobody said no", "PECR reg 22(3A)"},
	RuleNoOptIn:     {"an individual subscriber who neither consented nor falls under a soft opt-in", "PECR reg 22(2)"},
	RuleCorporate:   {"a corporate subscriber, until they object", "PECR reg 22(1); UK GDPR Art 21(2)"},
	RuleSameAddress: {
		"somebody said no under the same address; if it is the same person, join the two records", "UK GDPR Art 7(3), Art 21",
	},
	RuleBasis: {"allowed on this basis, until they object", "UK GDPR Art 6(1)"},
}

// Words says the rule in words.
func (r ContactRule) Words() string { return ruleWords[r][0] }

// Law says where the law has it.
func (r ContactRule) Law() string { return ruleWords[r][1] }
