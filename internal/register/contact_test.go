package register

import (
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
)

// bureau is an office with a purpose for every way the contact rules can go.
func bureau() *Settings {
	email := []string{"email", "phone", "post", "sms"}
	purpose := func(id string, b Basis) Purpose {
		return Purpose{ID: id, Title: id, Wording: id, Bases: []BasisRule{{Basis: b}}, Channels: email, Notice: "n"}
	}
	news := purpose("news", Consent)
	news.Marketing = true
	photos := purpose("photos", Consent)
	wall := photos
	wall.ID, wall.Use, wall.Channels = "wall", true, []string{"email"}
	offers := purpose("offers", LegitimateInterests)
	offers.Marketing = true
	sales := offers
	sales.ID, sales.SoftOptIn = "sales", "products"
	appeal := offers
	appeal.ID, appeal.SoftOptIn = "appeal", "charity"
	bulletin := purpose("bulletin", PublicTask)
	bulletin.Marketing = true
	joining := purpose("joining", Contract)
	joining.Service = true
	closures := purpose("closures", PublicTask)
	closures.Service = true
	quotes := purpose("quotes", Consent)
	quotes.Bases[0].Kinds = []string{"learner"}
	brands := news
	brands.ID, brands.Brands = "brands", []string{"gazette", "herald"}
	return &Settings{Profile: Profile{
		Name: "bureau", Charity: true,
		Kinds: []PersonKind{{ID: "manager", Title: "Manager", Subscriber: "corporate"}, {ID: "learner", Title: "Learner", Subscriber: "individual"}},
		Purposes: []Purpose{
			news, photos, offers, sales, appeal, bulletin, joining, closures, quotes, brands,
			purpose("survey", LegitimateInterests), purpose("teaching", PublicTask), purpose("invoices", Contract), wall,
		},
		Notices: []Notice{
			{ID: "n", Version: "1", Text: "one", From: ymd(2026, 1, 1), Material: true},
			{ID: "n", Version: "2", Text: "two", From: ymd(2026, 4, 1), Material: true},
			{ID: "n", Version: "3", Text: "three", From: ymd(2026, 5, 1)},
		},
	}}
}

func person(kind string) Contactee {
	return Contactee{
		Delegate: "D", Kind: kind, Status: Active, Since: ymd(2026, 1, 1), Email: "a@example.com", Phone: "01632 960001", Post: true,
	}
}

func ask(t testing.TB, purpose, channel string, on calendar.Date) *Contact {
	t.Helper()
	c, err := NewContact(bureau(), ConsentKey{purpose, channel, ""}, At(on))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// of makes a ledger about one purpose by one channel.
func of(purpose, channel string, facts ...ConsentFact) []ConsentFact {
	for i := range facts {
		if facts[i].Key == news {
			facts[i].Key = ConsentKey{purpose, channel, ""}
		}
	}
	return facts
}

func collected(f ConsentFact, how string) ConsentFact {
	return with(f, func(f *ConsentFact) { f.Collected = how })
}

// contactCase is one question and what should come of it.
type contactCase struct {
	name     string
	purpose  string
	channel  string // "": email
	kind     string // "": learner
	facts    []ConsentFact
	change   func(*Contactee)
	on       calendar.Date // zero: 30 March 2026
	want     ContactRule
	allowed  bool
	restsOn  ID
	settings func(*Settings)
}

func (tt *contactCase) run(t *testing.T) {
	if tt.channel == "" {
		tt.channel = "email"
	}
	if tt.kind == "" {
		tt.kind = "learner"
	}
	if tt.on.IsZero() {
		tt.on = ymd(2026, 3, 30)
	}
	p := person(tt.kind)
	p.Facts = of(tt.purpose, tt.channel, tt.facts...)
	if tt.change != nil {
		tt.change(&p)
	}
	s := bureau()
	if tt.settings != nil {
		tt.settings(s)
	}
	c, err := NewContact(s, ConsentKey{tt.purpose, tt.channel, ""}, At(tt.on))
	if err != nil {
		t.Fatal(err)
	}
	v := c.Judge(&p)
	if v.Rule != tt.want || v.Allowed != tt.allowed {
		t.Fatalf("%v by %s, want %v by %s", v.Allowed, v.Rule, tt.allowed, tt.want)
	}
	if tt.restsOn != "" && (v.Fact < 0 || p.Facts[v.Fact].ID != tt.restsOn) {
		t.Errorf("it rests on fact %d, want %s", v.Fact, tt.restsOn)
	}
	a := c.Answer(&p)
	last := a.Because[len(a.Because)-1]
	if a.Allowed != v.Allowed || !strings.HasPrefix(last.What, v.Rule.Words()) || last.Rule != v.Rule.LawFor(c.Mailed()) {
		t.Errorf("the explanation ends with %+v, the rule is %s", last, v.Rule)
	}
}

func wide(f ConsentFact, channel string) ConsentFact {
	return about(f, ConsentKey{AnyMarketing, channel, ""})
}

func contactCases() []contactCase {
	gave, no := fact("a", Given, 1), fact("b", Objected, 2)
	return []contactCase{
		{name: "consented", purpose: "news", facts: []ConsentFact{gave}, want: RuleConsent, allowed: true, restsOn: "a"},
		{name: "never asked", purpose: "news", want: RuleNoConsent},
		{name: "asked", purpose: "news", facts: []ConsentFact{fact("a", Asked, 1)}, want: RuleNoConsent},
		{name: "refused", purpose: "news", facts: []ConsentFact{fact("a", RefusedIt, 1)}, want: RuleOptedOut, restsOn: "a"},
		{name: "withdrawn", purpose: "news", facts: []ConsentFact{gave, fact("b", Withdrawn, 2)}, want: RuleOptedOut, restsOn: "b"},
		{name: "objected", purpose: "news", facts: []ConsentFact{gave, no}, want: RuleObjection, restsOn: "b"},
		{name: "objected to all marketing", purpose: "news", facts: []ConsentFact{gave, wide(no, "email")}, want: RuleObjection, restsOn: "b"},
		{name: "and then said yes to this", purpose: "news", facts: []ConsentFact{wide(fact("b", Objected, 1), AnyChannel), fact("c", Given, 2)},
			want: RuleConsent, allowed: true, restsOn: "c"},
		{name: "an objection to marketing leaves what is none", purpose: "photos", facts: []ConsentFact{gave, wide(no, AnyChannel)},
			want: RuleConsent, allowed: true, restsOn: "a"},
		{name: "a consent need not be by the corporate rule", purpose: "news", kind: "manager", want: RuleNoConsent},
		{name: "consent ended", purpose: "news", facts: []ConsentFact{with(gave, func(f *ConsentFact) { f.Expires = ymd(2026, 3, 29) })},
			want: RuleExpired, restsOn: "a"},
		{name: "consent on its last day", purpose: "news", facts: []ConsentFact{with(gave, func(f *ConsentFact) { f.Expires = ymd(2026, 3, 30) })},
			want: RuleConsent, allowed: true},
		{name: "consent ended by an event", purpose: "news", facts: []ConsentFact{gave, fact("b", Expired, 2)}, want: RuleExpired, restsOn: "b"},

		{name: "corporate", purpose: "offers", kind: "manager", want: RuleCorporate, allowed: true},
		{name: "corporate by text", purpose: "offers", channel: "sms", kind: "manager", want: RuleCorporate, allowed: true},
		{name: "corporate by phone", purpose: "offers", channel: "phone", kind: "manager", want: RuleBasis, allowed: true},
		{name: "corporate, said no", purpose: "offers", kind: "manager", facts: []ConsentFact{fact("a", Withdrawn, 1)}, want: RuleOptedOut},
		{name: "corporate, objected", purpose: "offers", kind: "manager", facts: []ConsentFact{wide(no, AnyChannel)}, want: RuleObjection},
		{name: "individual by email", purpose: "offers", want: RuleNoOptIn},
		{name: "individual by text", purpose: "offers", channel: "sms", want: RuleNoOptIn},
		{name: "individual by phone", purpose: "offers", channel: "phone", want: RuleBasis, allowed: true},
		{name: "individual by post", purpose: "offers", channel: "post", want: RuleBasis, allowed: true},
		{name: "individual by post, said no", purpose: "offers", channel: "post", facts: []ConsentFact{fact("a", RefusedIt, 1)}, want: RuleOptedOut},
		{name: "individual who consented", purpose: "offers", facts: []ConsentFact{gave}, want: RuleConsent, allowed: true, restsOn: "a"},
		{name: "a kind nobody knows is an individual", purpose: "offers", kind: "stranger", want: RuleNoOptIn},
		{name: "public task, marketing", purpose: "bulletin", want: RuleNoOptIn},
		{name: "public task, marketing, a company", purpose: "bulletin", kind: "manager", want: RuleCorporate, allowed: true},

		{name: "legitimate interests, no marketing", purpose: "survey", want: RuleBasis, allowed: true},
		{name: "and objected to it", purpose: "survey", facts: []ConsentFact{no}, want: RuleObjection, restsOn: "b"},
		{name: "and said no in other words", purpose: "survey", facts: []ConsentFact{fact("b", RefusedIt, 2)}, want: RuleOptedOut, restsOn: "b"},
		{name: "and objected to marketing", purpose: "survey", facts: []ConsentFact{wide(no, AnyChannel)}, want: RuleBasis, allowed: true},
		{name: "public task", purpose: "teaching", want: RuleBasis, allowed: true},
		{name: "public task, objected", purpose: "teaching", facts: []ConsentFact{no}, want: RuleObjection},
		{name: "a contract is not objected to", purpose: "invoices", facts: []ConsentFact{no}, want: RuleBasis, allowed: true},

		{name: "service message", purpose: "joining", want: RuleService, allowed: true},
		{name: "service message after an objection to marketing", purpose: "joining", facts: []ConsentFact{wide(no, AnyChannel)},
			want: RuleService, allowed: true},
		{name: "service message on public task, objected to", purpose: "closures", facts: []ConsentFact{no}, want: RuleObjection},
		{name: "service message that is marketing", purpose: "joining", want: RuleNoOptIn,
			settings: func(s *Settings) { s.Profile.Purposes[6].Marketing = true }},

		{name: "no basis for this kind", purpose: "quotes", kind: "manager", facts: []ConsentFact{gave}, want: RuleNoBasis},
		{name: "a basis for that", purpose: "quotes", facts: []ConsentFact{gave}, want: RuleConsent, allowed: true},
	}
}

func TestContactRules(t *testing.T) {
	for _, tt := range contactCases() {
		t.Run(tt.name, tt.run)
	}
}

func softOptInCases() []contactCase {
	late := func(f ConsentFact, d calendar.Date) ConsentFact {
		return with(f, func(f *ConsentFact) { f.At, f.Recorded = noon(d), noon(d) })
	}
	sale, support := collected(fact("s", Asked, 1), "sale"), collected(fact("s", Asked, 1), "support")
	soft := []contactCase{
		{name: "from a sale", facts: []ConsentFact{sale}, want: RuleSoftOptIn, allowed: true, restsOn: "s"},
		{name: "from a negotiation", facts: []ConsentFact{collected(sale, "negotiation")}, want: RuleSoftOptIn, allowed: true},
		{name: "from support", facts: []ConsentFact{support}, want: RuleNoOptIn},
		{name: "from nowhere", want: RuleNoOptIn},
		{name: "opted out at the time", facts: []ConsentFact{collected(fact("s", RefusedIt, 1), "sale")}, want: RuleOptedOut},
		{name: "objected since", facts: []ConsentFact{sale, wide(fact("b", Objected, 2), AnyChannel)}, want: RuleObjection},
		{name: "the sale lies ahead", facts: []ConsentFact{late(sale, ymd(2026, 3, 31))}, want: RuleNoOptIn},
		{name: "collected otherwise first", facts: []ConsentFact{support, collected(fact("t", Asked, 2), "sale")}, want: RuleNoOptIn},
		{name: "by another channel", facts: []ConsentFact{about(sale, ConsentKey{"sales", "sms", ""})}, want: RuleNoOptIn},
		{name: "put right: it was no sale", facts: []ConsentFact{sale, corrects(fact("t", Asked, 1), "s")}, want: RuleNoOptIn},
		{name: "a consent that ended leaves the sale", facts: []ConsentFact{sale, fact("t", Given, 2), fact("u", Expired, 3)},
			want: RuleSoftOptIn, allowed: true, restsOn: "s"},
		{name: "a consent that ended and no sale", facts: []ConsentFact{fact("t", Given, 2), fact("u", Expired, 3)}, want: RuleExpired},
		{name: "a company needs none", kind: "manager", want: RuleCorporate, allowed: true},
	}
	for i := range soft {
		soft[i].purpose = "sales"
	}
	charity := []contactCase{
		{name: "from support", facts: []ConsentFact{support}, want: RuleCharity, allowed: true, restsOn: "s"},
		{name: "from a sale", facts: []ConsentFact{sale}, want: RuleNoOptIn},
		{name: "opted out at the time", facts: []ConsentFact{collected(fact("s", RefusedIt, 1), "support")}, want: RuleOptedOut},
		{name: "the first day of the law", facts: []ConsentFact{late(support, ymd(2026, 2, 5))}, want: RuleCharity, allowed: true},
		{name: "the day before", facts: []ConsentFact{late(support, ymd(2026, 2, 4))}, want: RuleNoOptIn},
		{name: "half past midnight that day", facts: []ConsentFact{with(support, func(f *ConsentFact) {
			f.At = time.Date(2026, 2, 5, 0, 30, 0, 0, time.UTC)
		})}, want: RuleCharity, allowed: true},
		{name: "held from before", facts: []ConsentFact{late(fact("o", Asked, 1), ymd(2025, 6, 1)), support}, want: RuleNoOptIn},
		{name: "no charity", facts: []ConsentFact{support}, want: RuleNoOptIn, settings: func(s *Settings) { s.Profile.Charity = false }},
	}
	for i := range charity {
		charity[i].purpose, charity[i].name = "appeal", "charity: "+charity[i].name
	}
	return append(soft, charity...)
}

func TestSoftOptIn(t *testing.T) {
	for _, tt := range softOptInCases() {
		t.Run(tt.name, tt.run)
	}
}

func parentCases() []contactCase {
	born := func(d calendar.Date) func(*Contactee) { return func(p *Contactee) { p.Born = d } }
	parent := with(fact("a", Given, 1), func(f *ConsentFact) { f.ByOther = true })
	cases := []contactCase{
		{name: "a parent for a child", facts: []ConsentFact{parent}, change: born(ymd(2015, 1, 1)), want: RuleConsent, allowed: true},
		{name: "the child has come of the age to answer", facts: []ConsentFact{parent}, change: born(ymd(2013, 3, 10)), want: RuleConsent, allowed: true},
		{name: "the day before eighteen", facts: []ConsentFact{parent}, change: born(ymd(2008, 3, 31)), want: RuleConsent, allowed: true},
		{name: "eighteen", facts: []ConsentFact{parent}, change: born(ymd(2008, 3, 30)), want: RuleGrownUp, restsOn: "a"},
		{name: "an attorney for an adult", facts: []ConsentFact{parent}, change: born(ymd(1950, 1, 1)), want: RuleConsent, allowed: true},
		{name: "of unknown age", facts: []ConsentFact{parent}, want: RuleConsent, allowed: true},
		{name: "the child's own no", facts: []ConsentFact{parent, fact("b", RefusedIt, 2)}, change: born(ymd(2015, 1, 1)), want: RuleOptedOut},
		{name: "the child's own yes", facts: []ConsentFact{parent, fact("b", Renewed, 2)}, change: born(ymd(2008, 3, 30)), want: RuleConsent, allowed: true},
	}
	for i := range cases {
		cases[i].purpose = "news"
	}
	return append(cases, contactCase{
		name: "a parent's consent outgrown is no soft opt-in", purpose: "sales", facts: []ConsentFact{collected(parent, "sale")},
		change: born(ymd(2008, 3, 30)), want: RuleGrownUp,
	})
}

func TestConsentOfAParent(t *testing.T) {
	for _, tt := range parentCases() {
		t.Run(tt.name, tt.run)
	}
}

func statusCases() []contactCase {
	gave := []ConsentFact{fact("a", Given, 1)}
	status := func(s Status) func(*Contactee) { return func(p *Contactee) { p.Status = s } }
	return []contactCase{
		{name: "erased", purpose: "news", facts: gave, change: status(Erased), want: RuleErased},
		{name: "restricted", purpose: "news", facts: gave, change: status(Restricted), want: RuleRestricted},
		{name: "restricted, service message", purpose: "joining", change: status(Restricted), want: RuleRestricted},
		{name: "deactivated", purpose: "news", facts: gave, change: status(Deactivated), want: RuleDeactivated},
		{name: "deactivated, service message", purpose: "joining", change: status(Deactivated), want: RuleService, allowed: true},
		{name: "no email", purpose: "news", facts: gave, change: func(p *Contactee) { p.Email = "" }, want: RuleNoAddress},
		{name: "no number", purpose: "news", channel: "sms", facts: gave, change: func(p *Contactee) { p.Phone = "" }, want: RuleNoAddress},
		{name: "no address", purpose: "news", channel: "post", facts: gave, change: func(p *Contactee) { p.Post = false }, want: RuleNoAddress},
		{name: "no email, by post", purpose: "news", channel: "post", facts: []ConsentFact{fact("a", Given, 1)},
			change: func(p *Contactee) { p.Email, p.Phone = "", "" }, want: RuleConsent, allowed: true},
		{name: "restricted comes before suppressed", purpose: "news", facts: gave, want: RuleRestricted, change: func(p *Contactee) {
			p.Status, p.Suppressed = Restricted, []Suppression{{Kind: "email", Channel: AnyChannel, Scope: ScopeAll}}
		}},
		{name: "suppressed comes before consent", purpose: "news", facts: gave, want: RuleSuppressed, change: func(p *Contactee) {
			p.Suppressed = []Suppression{{Kind: "email", Channel: AnyChannel, Scope: ScopeAll}}
		}},
	}
}

func TestStatusAndAddress(t *testing.T) {
	for _, tt := range statusCases() {
		t.Run(tt.name, tt.run)
	}
}

// Every rule is reached by a test, and says what it is and where it stands.
func TestEveryContactRuleIsTestedAndHasWordsAndLaw(t *testing.T) {
	reached := map[ContactRule]bool{}
	for _, cases := range [][]contactCase{contactCases(), softOptInCases(), parentCases(), statusCases(), wordingCases()} {
		for _, tt := range cases {
			reached[tt.want] = true
		}
	}
	reached[RuleSameAddress] = Verdict{Allowed: true}.Beside(true).Rule == RuleSameAddress
	for rule := range ruleWords {
		if !reached[rule] {
			t.Errorf("no case reaches %s", rule)
		}
		if rule.Words() == "" || rule.Law() == "" {
			t.Errorf("%s has the words %q and the law %q", rule, rule.Words(), rule.Law())
		}
	}
	if len(reached) != len(ruleWords) {
		t.Errorf("%d rules are reached, %d have words", len(reached), len(ruleWords))
	}
}

func TestNewContactRefuses(t *testing.T) {
	on := At(ymd(2026, 3, 30))
	for name, tt := range map[string]struct {
		key   ConsentKey
		m     Moment
		field string
	}{
		"an unknown purpose":    {ConsentKey{"x", "email", ""}, on, "purpose"},
		"an unknown channel":    {ConsentKey{"news", "fax", ""}, on, "channel"},
		"a wide question":       {ConsentKey{"news", AnyChannel, ""}, on, "channel"},
		"no brand":              {ConsentKey{"brands", "email", ""}, on, "brand"},
		"an unknown brand":      {ConsentKey{"brands", "email", "x"}, on, "brand"},
		"a brand where is none": {ConsentKey{"news", "email", "gazette"}, on, "brand"},
		"no day":                {ConsentKey{"news", "email", ""}, Moment{}, "on"},
	} {
		if _, err := NewContact(bureau(), tt.key, tt.m); KindOf(err) != Invalid || !strings.HasPrefix(err.Error(), tt.field+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswerTellsWhatDecided(t *testing.T) {
	c := ask(t, "news", "email", ymd(2026, 3, 30))
	p := person("learner")
	p.Facts = of("news", "email", corrects(fact("c", Given, 3), "b"), fact("b", RefusedIt, 2), fact("a", Asked, 1),
		wide(fact("w", Objected, 4), AnyChannel), about(fact("x", Given, 5), ConsentKey{"photos", "email", ""}))
	a := c.Answer(&p)
	var told []ID
	for _, b := range a.Because[1:] {
		told = append(told, b.Event)
	}
	if !slices.Equal(told, []ID{"a", "b", "c", "w", "w"}) {
		t.Errorf("told %v: every event about it, oldest first, and the one that decided last", told)
	}
	if !strings.Contains(a.Because[0].What, "Consent for Learner") || a.Because[0].At != nil {
		t.Errorf("the basis: %+v", a.Because[0])
	}
	if !strings.Contains(a.Because[2].What, "does not count") || !strings.Contains(a.Because[4].What, "of all marketing") {
		t.Errorf("%+v", a.Because)
	}
	if a.State != Objected || a.Rule != RuleObjection || a.Allowed {
		t.Errorf("%+v", a)
	}
}

func TestJudgeAllocatesNothing(t *testing.T) {
	c := ask(t, "sales", "email", ymd(2026, 3, 30))
	p := person("learner")
	p.Facts = of("sales", "email", tenFacts()...)
	p.Suppressed = []Suppression{{Kind: "phone", Channel: AnyChannel, Scope: ScopeMarketing}}
	if n := testing.AllocsPerRun(100, func() { c.Judge(&p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkJudge(b *testing.B) {
	c := ask(b, "news", "email", ymd(2026, 3, 30))
	p := person("learner")
	p.Facts = tenFacts()
	b.ReportAllocs()
	for b.Loop() {
		c.Judge(&p)
	}
}

func BenchmarkAnswer(b *testing.B) {
	c := ask(b, "news", "email", ymd(2026, 3, 30))
	p := person("learner")
	p.Facts = tenFacts()
	b.ReportAllocs()
	for b.Loop() {
		c.Answer(&p)
	}
}
