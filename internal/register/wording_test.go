package register

import (
	"testing"

	"custos/internal/calendar"
)

// Version 2 of the notice changed it materially on 1 April, 3 did not on 1 May.
func wordingCases() []contactCase {
	gave := func(version string, on calendar.Date) []ConsentFact {
		return []ConsentFact{with(fact("a", Given, 1), func(f *ConsentFact) { f.At, f.NoticeVersion = noon(on), version })}
	}
	none := func(on calendar.Date) []ConsentFact {
		return []ConsentFact{with(gave("", on)[0], func(f *ConsentFact) { f.Notice = "" })}
	}
	other := func(on calendar.Date) []ConsentFact {
		return []ConsentFact{with(gave("1", on)[0], func(f *ConsentFact) { f.Notice = "elsewhere" })}
	}
	cases := []contactCase{
		{name: "the day before it changed", facts: gave("1", ymd(2026, 3, 1)), on: ymd(2026, 3, 31), want: RuleConsent, allowed: true},
		{name: "the day it changed", facts: gave("1", ymd(2026, 3, 1)), on: ymd(2026, 4, 1), want: RuleWording, restsOn: "a"},
		{name: "under the new wording", facts: gave("2", ymd(2026, 4, 1)), on: ymd(2026, 6, 1), want: RuleConsent, allowed: true},
		{name: "under the wording after that", facts: gave("3", ymd(2026, 5, 2)), on: ymd(2026, 6, 1), want: RuleConsent, allowed: true},
		{name: "an old form signed later", facts: gave("1", ymd(2026, 5, 2)), on: ymd(2026, 6, 1), want: RuleWording},
		{name: "an old form signed the same day", facts: gave("1", ymd(2026, 4, 1)), on: ymd(2026, 4, 1), want: RuleWording},
		{name: "no wording on record, before", facts: none(ymd(2026, 3, 31)), on: ymd(2026, 6, 1), want: RuleWording},
		{name: "no wording on record, after", facts: none(ymd(2026, 4, 1)), on: ymd(2026, 6, 1), want: RuleConsent, allowed: true},
		{name: "from before the first version", facts: none(ymd(2025, 1, 1)), on: ymd(2026, 3, 31), want: RuleConsent, allowed: true},
		{name: "another notice's wording, before", facts: other(ymd(2026, 3, 31)), on: ymd(2026, 6, 1), want: RuleWording},
		{name: "another notice's wording, after", facts: other(ymd(2026, 4, 1)), on: ymd(2026, 6, 1), want: RuleConsent, allowed: true},
		{name: "a version nobody has", facts: gave("9", ymd(2026, 4, 1)), on: ymd(2026, 6, 1), want: RuleConsent, allowed: true},
		{name: "no change was material", facts: gave("1", ymd(2026, 3, 1)), on: ymd(2026, 6, 1), want: RuleConsent, allowed: true,
			settings: func(s *Settings) { s.Profile.Notices[1].Material = false }},
		{name: "two material changes", facts: gave("2", ymd(2026, 4, 2)), on: ymd(2026, 6, 1), want: RuleWording,
			settings: func(s *Settings) { s.Profile.Notices[2].Material = true }},
		{name: "and asked again", facts: append(gave("1", ymd(2026, 3, 1)),
			with(gave("2", ymd(2026, 4, 3))[0], func(f *ConsentFact) { f.ID, f.Act = "b", Renewed })),
			on: ymd(2026, 6, 1), want: RuleConsent, allowed: true, restsOn: "b"},
	}
	for i := range cases {
		cases[i].purpose = "news"
	}
	return cases
}

func TestAMaterialChangeEndsFormerConsents(t *testing.T) {
	for _, tt := range wordingCases() {
		t.Run(tt.name, tt.run)
	}
}

func TestTheFormerWordingOfAnotherNoticeEndsToo(t *testing.T) {
	s := bureau()
	s.Profile.Notices = append(s.Profile.Notices,
		Notice{ID: "form", Version: "1", From: ymd(2026, 1, 1)}, Notice{ID: "form", Version: "2", From: ymd(2026, 2, 20), Material: true})
	c, err := NewContact(s, ConsentKey{"news", "email", ""}, At(ymd(2026, 3, 30)))
	if err != nil {
		t.Fatal(err)
	}
	old := with(fact("a", Given, 1), func(f *ConsentFact) { f.Notice = "form" })
	if got := c.outdated(&old); got != ymd(2026, 2, 20) {
		t.Errorf("outdated from %q", got)
	}
	old.NoticeVersion = "2"
	if got := c.outdated(&old); !got.IsZero() {
		t.Errorf("outdated from %q", got)
	}
	// A form that stayed as it was does not outlive a change of the purpose's own notice.
	if c, err = NewContact(s, ConsentKey{"news", "email", ""}, At(ymd(2026, 4, 1))); err != nil {
		t.Fatal(err)
	}
	if got := c.outdated(&old); got != ymd(2026, 4, 1) {
		t.Errorf("after the notice changed: outdated from %q", got)
	}
}

func TestRefresh(t *testing.T) {
	child := func(p *Contactee) { p.Born = ymd(2013, 3, 20) } // 13 on 20 March
	byParent := with(fact("a", Given, 1), func(f *ConsentFact) { f.ByOther = true })
	ends := func(d calendar.Date) ConsentFact {
		return with(fact("a", Given, 1), func(f *ConsentFact) { f.Expires = d })
	}
	for _, tt := range []struct {
		name    string
		purpose string
		kind    string
		facts   []ConsentFact
		change  func(*Contactee)
		on      calendar.Date
		want    RefreshReason
	}{
		{"nothing to do", "news", "learner", []ConsentFact{fact("a", Given, 1)}, nil, ymd(2026, 3, 30), ""},
		{"never asked", "news", "learner", nil, nil, ymd(2026, 3, 30), ""},
		{"said no", "news", "learner", []ConsentFact{fact("a", RefusedIt, 1), fact("b", Asked, 2)}, nil, ymd(2026, 3, 30), ""},
		{"asked", "news", "learner", []ConsentFact{fact("a", Asked, 1)}, nil, ymd(2026, 3, 30), RefreshWaiting},
		{"an opt-out offered is no question", "sales", "learner", []ConsentFact{collected(fact("a", Asked, 1), "support")}, nil, ymd(2026, 3, 30), ""},
		{"ends in 61 days", "news", "learner", []ConsentFact{ends(ymd(2026, 5, 30))}, nil, ymd(2026, 3, 30), ""},
		{"ends in 60 days", "news", "learner", []ConsentFact{ends(ymd(2026, 5, 29))}, nil, ymd(2026, 3, 30), RefreshSoon},
		{"ended", "news", "learner", []ConsentFact{ends(ymd(2026, 3, 29))}, nil, ymd(2026, 3, 30), RefreshEnded},
		{"the wording changed", "news", "learner", []ConsentFact{fact("a", Given, 1)}, nil, ymd(2026, 4, 1), RefreshWording},
		{"no wording", "news", "learner", []ConsentFact{with(fact("a", Given, 1), func(f *ConsentFact) { f.Notice = "" })}, nil, ymd(2026, 3, 30),
			RefreshUnproved},
		{"the child answers for itself", "news", "learner", []ConsentFact{byParent}, child, ymd(2026, 3, 20), RefreshOwn},
		{"the day before", "news", "learner", []ConsentFact{byParent}, child, ymd(2026, 3, 19), ""},
		{"an adult whose parent answered late", "news", "learner", []ConsentFact{byParent}, func(p *Contactee) { p.Born = ymd(2008, 3, 20) },
			ymd(2026, 3, 20), RefreshOwn},
		{"a child's own answer", "news", "learner", []ConsentFact{fact("a", Given, 1)}, child, ymd(2026, 3, 20), ""},
		{"a service message nobody can be sent", "joining", "learner", []ConsentFact{fact("a", Asked, 1)},
			func(p *Contactee) { p.Email = "" }, ymd(2026, 3, 30), ""},
		{"an adult somebody may answer for", "news", "learner", []ConsentFact{byParent},
			func(p *Contactee) { p.Born = ymd(1990, 1, 1) }, ymd(2026, 3, 20), ""},
		{"may be contacted without", "offers", "manager", []ConsentFact{fact("a", Asked, 1)}, nil, ymd(2026, 3, 30), ""},
		{"not for this kind", "quotes", "manager", []ConsentFact{fact("a", Asked, 1)}, nil, ymd(2026, 3, 30), ""},
		{"service messages are not asked for", "joining", "learner", []ConsentFact{fact("a", Asked, 1)}, nil, ymd(2026, 3, 30), ""},
		{"deactivated", "news", "learner", []ConsentFact{fact("a", Asked, 1)}, func(p *Contactee) { p.Status = Deactivated }, ymd(2026, 3, 30), ""},
		{"suppressed", "news", "learner", []ConsentFact{fact("a", Asked, 1)}, func(p *Contactee) {
			p.Suppressed = []Suppression{{Kind: "email", Channel: "email", Scope: ScopeMarketing}}
		}, ymd(2026, 3, 30), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := person(tt.kind)
			p.Facts = of(tt.purpose, "email", tt.facts...)
			if tt.change != nil {
				tt.change(&p)
			}
			r, ok := ask(t, tt.purpose, "email", tt.on).Refresh(&p)
			if ok != (tt.want != "") || ok && r.Reason != tt.want {
				t.Errorf("%v %q, want %q", ok, r.Reason, tt.want)
			}
		})
	}
}

func TestGrounds(t *testing.T) {
	p := bureau().Profile
	p.Purposes = p.Purposes[:3] // news and photos by consent, offers by legitimate interests
	m := At(ymd(2026, 3, 30))
	grounds := func(facts ...ConsentFact) (ids string) {
		who := person("learner")
		who.Facts = facts
		for _, g := range p.Grounds(&who, m) {
			ids += g.Purpose + " "
		}
		return ids
	}
	sms := func(f ConsentFact) ConsentFact { return about(f, ConsentKey{"photos", "sms", ""}) }
	for _, tt := range []struct {
		name, want string
		facts      []ConsentFact
	}{
		{"nobody asked", "offers ", nil},
		{"a consent by one channel", "photos offers ", []ConsentFact{sms(fact("a", Given, 1))}},
		{"and withdrawn", "offers ", []ConsentFact{sms(fact("a", Given, 1)), sms(fact("b", Withdrawn, 2))}},
		{"an objection by one channel", "offers ", []ConsentFact{wide(fact("b", Objected, 2), "email")}},
		{"an objection to all marketing", "", []ConsentFact{wide(fact("b", Objected, 2), AnyChannel)}},
		{"which leaves the photographs", "photos ", []ConsentFact{sms(fact("a", Given, 1)), wide(fact("b", Objected, 2), AnyChannel)}},
	} {
		if got := grounds(tt.facts...); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// An objection ends marketing; what else the office does with the data has its
// own basis, and what nobody is contacted for cannot be answered.
func TestGroundsThatANoDoesNotEnd(t *testing.T) {
	p := bureau().Profile
	survey, _ := p.Purpose("survey")
	analysis, _ := p.Purpose("offers")
	analysis.ID, analysis.Channels = "analysis", nil
	p.Purposes = []Purpose{survey, analysis}
	who := person("learner")
	who.Facts = []ConsentFact{
		wide(fact("a", Objected, 1), AnyChannel), about(fact("b", RefusedIt, 1), ConsentKey{"survey", AnyChannel, ""}),
	}
	grounds := p.Grounds(&who, At(ymd(2026, 3, 30)))
	if len(grounds) != 2 || grounds[0].Purpose != "survey" || grounds[1].Purpose != "analysis" {
		t.Errorf("%+v", grounds)
	}
}

func TestRefreshSaysHowItStandsAndSinceWhen(t *testing.T) {
	c := ask(t, "news", "email", ymd(2026, 3, 30))
	p := person("learner")
	ends := ymd(2026, 4, 2)
	p.Facts = []ConsentFact{with(fact("a", Renewed, 1), func(f *ConsentFact) { f.Expires = ends })}
	want := RefreshRow{
		Delegate: "D", Purpose: "news", Title: "news", Channel: "email",
		State: Renewed, Reason: RefreshSoon, Due: ends, Since: p.Facts[0].At,
	}
	if got, _ := c.Refresh(&p); got != want {
		t.Errorf("%+v", got)
	}
	p.Facts = []ConsentFact{fact("a", Asked, 2)}
	want.State, want.Reason, want.Due, want.Since = Asked, RefreshWaiting, calendar.Date{}, p.Facts[0].At
	if got, _ := c.Refresh(&p); got != want {
		t.Errorf("%+v", got)
	}
}

func TestGroundsGoByTheAccessLevel(t *testing.T) {
	p := bureau().Profile
	teaching, _ := p.Purpose("teaching")
	teaching.Bases[0].Access = []string{"lead"}
	p.Purposes = []Purpose{teaching}
	who := person("learner")
	if got := p.Grounds(&who, At(ymd(2026, 3, 30))); len(got) != 0 {
		t.Errorf("without the level: %+v", got)
	}
	who.Access = "lead"
	if got := p.Grounds(&who, At(ymd(2026, 3, 30))); len(got) != 1 || got[0].Basis != PublicTask {
		t.Errorf("with it: %+v", got)
	}
}
