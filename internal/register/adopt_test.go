package register

import (
	"slices"
	"strings"
	"testing"
)

// adopted compares the bureau with itself after a change, and counts people.
func adopted(change func(*Profile), people ...AdoptionPerson) Adoption {
	old, next := bureau().Profile, bureau().Profile
	fields := []Field{
		{ID: FieldEmail, Title: "Email"}, {ID: "diet", Title: "Diet", Type: "choice"},
		{ID: "badge", Title: "Badge", Mandatory: true, Special: true, Type: "choice", Options: []string{"red", "blue"}},
	}
	access := []AccessLevel{{ID: "lead"}, {ID: "reader"}}
	for _, p := range []*Profile{&old, &next} {
		p.AccessLevels = slices.Clone(access)
		p.Kinds[1].Fields = slices.Clone(fields)
		p.Recipients = []Recipient{{ID: "trainer", Name: "Trainer", Role: "processor"}}
		p.Retention = []RetentionRule{
			{Class: "six", Title: "Bookings", Trigger: "event-end", Period: "6 years", Action: "delete"},
			{Class: "empty", Title: "Nothing", Trigger: "event-end", Period: "1 year", Action: "delete"},
		}
		p.Transfers = []Transfer{{Recipient: "trainer", Country: "Freedonia", Safeguard: "a contract"}}
		p.Notices = append(p.Notices, Notice{ID: "form", Version: "1", From: ymd(2026, 1, 1)})
		p.Purposes[11].Retention, p.Purposes[11].Recipients = "six", []string{"trainer"}
	}
	change(&next)
	a := old.AdoptionOf(&next)
	m := At(ymd(2026, 3, 30))
	for _, p := range people {
		a.Count(p, m)
	}
	return a
}

func holder(kind, access string, facts ...ConsentFact) AdoptionPerson {
	p := person(kind)
	p.Access, p.Facts = access, facts
	return AdoptionPerson{Delegate: &Delegate{Kind: kind, Email: "a@example.com"}, Contactee: &p}
}

func TestAdoptingTheSameProfileChangesNothing(t *testing.T) {
	a := adopted(func(*Profile) {}, holder("learner", ""))
	if len(a.Rows)+len(a.Blocking)+len(a.Blocked()) != 0 || a.People != 1 {
		t.Errorf("%+v", a)
	}
}

func TestAdoption(t *testing.T) {
	basis := func(b ...BasisRule) func(*Profile) { return func(p *Profile) { p.Purposes[11].Bases = b } }
	brand := func(brand string) ConsentFact {
		return about(fact("a", Given, 1), ConsentKey{"brands", "email", brand})
	}
	people := []AdoptionPerson{
		holder("learner", "", fact("a", Given, 1), brand("gazette")),
		holder("learner", "lead"), holder("learner", "reader"),
		holder("manager", "", fact("a", Given, 1), fact("b", Withdrawn, 2)),
	}
	people[1].Delegate.Fields = map[string]string{"diet": "x"}
	for _, tt := range []struct {
		name   string
		change func(*Profile)
		want   AdoptionChange
		people int
		words  string // in the sentence
	}{
		{"a kind more", func(p *Profile) { p.Kinds = append(p.Kinds, PersonKind{ID: "x", Title: "Guest"}) },
			AdoptKindAdded, 0, "Guest"},
		{"another subscriber", func(p *Profile) { p.Kinds[0].Subscriber = "individual" },
			AdoptSubscriber, 1, "individual"},
		{"a field more", func(p *Profile) {
			p.Kinds[1].Fields = append(p.Kinds[1].Fields, Field{ID: "x", Title: "Shoe size"})
		}, AdoptFieldAdded, 0, "Shoe size"},
		{"a field less", func(p *Profile) { p.Kinds[1].Fields = p.Kinds[1].Fields[:1] },
			AdoptFieldRemoved, 1, "Diet"},
		{"a field mandatory", func(p *Profile) {
			p.Kinds[1].Fields[1].Mandatory, p.Kinds[1].Fields[1].Consequence = true, "no lunch"
		}, AdoptFieldMandatory, 2, "incomplete"},
		{"a field of another type", func(p *Profile) { p.Kinds[1].Fields[1].Type = "date" },
			AdoptFieldType, 1, "Diet"},
		{"a field of other values", func(p *Profile) { p.Kinds[1].Fields[2].Options = []string{"red"} },
			AdoptFieldType, 0, "Badge"},
		{"a field special", func(p *Profile) { p.Kinds[1].Fields[1].Special = true },
			AdoptFieldSpecial, 1, "Article 9"},
		{"a purpose more", func(p *Profile) {
			bases := []BasisRule{{Basis: Consent, Kinds: []string{"learner"}}}
			p.Purposes = append(p.Purposes, Purpose{ID: "x", Title: "Games", Bases: bases})
		}, AdoptPurposeAdded, 3, "Games"},
		{"other words", func(p *Profile) { p.Purposes[8].Wording = "otherwise" }, AdoptPurposeReworded, 3, "judge"},
		{"marketing now", func(p *Profile) { p.Purposes[11].Marketing = true },
			AdoptPurposeRules, 4, "counts as direct marketing"},
		{"no service message now", func(p *Profile) { p.Purposes[6].Service = false },
			AdoptPurposeRules, 4, "no longer counts as a service"},
		{"sent for others now", func(p *Profile) { p.Purposes[11].OnBehalf = true },
			AdoptPurposeRules, 4, "counts as sent on behalf of others"},
		{"another notice", func(p *Profile) { p.Purposes[8].Notice = "form" },
			AdoptPurposeRules, 3, `under the notice "form"`},
		{"another notice that changes", func(p *Profile) {
			p.Purposes[0].Notice = "form"
			p.Notices = append(p.Notices, Notice{ID: "form", Version: "2", From: ymd(2026, 7, 1), Material: true})
		}, AdoptNoticeMaterial, 1, "form changes materially"},
		{"a soft opt-in", func(p *Profile) { p.Purposes[2].SoftOptIn = "products" },
			AdoptPurposeRules, 4, "soft opt-in"},
		{"another basis", basis(BasisRule{Basis: Consent}),
			AdoptBasis, 3, "Learner: rests on consent, no longer on public task"},
		{"another basis for some", basis(
			BasisRule{Basis: Contract, Access: []string{"lead"}}, BasisRule{Basis: PublicTask},
		), AdoptBasis, 1,
			"Learner, lead: rests on contract"},
		{"another basis without a level", basis(BasisRule{Basis: PublicTask, Access: []string{"lead", "reader"}}),
			AdoptBasis, 1,
			"without an access level: rests on no basis"},
		{"no more by email", func(p *Profile) { p.Purposes[0].Channels = p.Purposes[0].Channels[1:] },
			AdoptChannelRemoved, 1, "by email"},
		{"no more of a brand", func(p *Profile) { p.Purposes[9].Brands = []string{"herald"} },
			AdoptBrandRemoved, 1, "gazette"},
		{"brands from now on", func(p *Profile) { p.Purposes[0].Brands = []string{"x"} },
			AdoptBrandsBegun, 1, "each brand"},
		{"a notice more", func(p *Profile) { p.Notices = append(p.Notices, Notice{ID: "x", Version: "1"}) },
			AdoptNoticeAdded, 0, "notice, x"},
		{"a version more", func(p *Profile) {
			p.Notices = append(p.Notices, Notice{ID: "n", Version: "4", From: ymd(2026, 7, 1)})
		}, AdoptNoticeChanged, 4, "tell"},
		{"a material version more", func(p *Profile) {
			p.Notices = append(p.Notices, Notice{ID: "n", Version: "4", From: ymd(2026, 7, 1), Material: true})
		}, AdoptNoticeMaterial, 1, "ask those again"},
		{"a recipient more", func(p *Profile) {
			p.Recipients = append(p.Recipients, Recipient{ID: "x", Name: "Printer", Role: "processor"})
			p.Purposes[8].Recipients = []string{"x"}
		}, AdoptRecipientAdded, 3, "Printer"},
		{"a transfer more", func(p *Profile) {
			to := Transfer{Recipient: "trainer", Country: "Ruritania", Safeguard: "a contract"}
			p.Transfers = append(p.Transfers, to)
		}, AdoptTransferAdded, 4, "Ruritania"},
		{"kept longer", func(p *Profile) { p.Retention[0].Period = "7 years" },
			AdoptRetention, 4, "kept 7 years after"},
		{"kept after something else", func(p *Profile) { p.Retention[0].Trigger = "left" },
			AdoptRetention, 4, "after the person leaves"},
		{"nothing kept longer", func(p *Profile) { p.Retention[1].Period = "9 years" },
			AdoptRetention, 0, "kept 9 years"},
		{"archived", func(p *Profile) { p.Retention[0].Action = "archive" }, AdoptRetention, 4, "archive"},
		{"a class less", func(p *Profile) { p.Retention = nil }, AdoptRetention, 4, "gone"},
		{"another class", func(p *Profile) { p.Purposes[8].Retention = "six" },
			AdoptRetention, 3, "under the class"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := adopted(tt.change, people...)
			i := slices.IndexFunc(a.Rows, func(r AdoptionRow) bool {
				return r.Change == tt.want && strings.Contains(r.Words, tt.words)
			})
			if i < 0 || len(a.Blocking) > 0 {
				t.Fatalf("%+v", a)
			}
			if a.Rows[i].People != tt.people {
				t.Errorf("it touches %d people, want %d: %s", a.Rows[i].People, tt.people, a.Rows[i].Words)
			}
		})
	}
}

func TestAdoptionAsksAgainAndForJudgement(t *testing.T) {
	a := adopted(func(p *Profile) { p.Purposes[11].Bases = []BasisRule{{Basis: Consent}} })
	for _, r := range a.Rows {
		if !r.AskAgain || r.Law == "" {
			t.Errorf("%+v", r)
		}
	}
	a = adopted(func(p *Profile) { p.Purposes[0].Bases = []BasisRule{{Basis: PublicTask}} })
	if len(a.Rows) != 2 || a.Rows[0].AskAgain || !strings.Contains(a.Rows[0].Words, "their choice") {
		t.Errorf("consent exchanged: %+v", a.Rows)
	}
	a = adopted(func(p *Profile) { p.Purposes[0].Bases = nil })
	if len(a.Rows) != 2 || len(a.Blocking) > 0 || strings.Contains(a.Rows[0].Words, "their choice") {
		t.Errorf("consent no longer asked: %+v", a.Rows)
	}
	a = adopted(func(p *Profile) { p.Purposes[0].Wording = "otherwise" })
	if len(a.Rows) != 1 || !a.Rows[0].Judgement || a.Rows[0].Was != "news" || a.Rows[0].Becomes != "otherwise" {
		t.Errorf("other words: %+v", a.Rows)
	}
}

// A field that changes in two ways makes two rows, each with what is its own.
func TestAdoptionOfAFieldThatChangesTwice(t *testing.T) {
	a := adopted(func(p *Profile) {
		f := &p.Kinds[1].Fields[1]
		f.Type, f.Mandatory, f.Consequence, f.Special = "date", true, "no lunch", true
	})
	want := []AdoptionRow{
		{Change: AdoptFieldType, Was: "choice", Becomes: "date"},
		{Change: AdoptFieldMandatory, Becomes: "no lunch"}, {Change: AdoptFieldSpecial},
	}
	if len(a.Rows) != len(want) {
		t.Fatalf("%+v", a.Rows)
	}
	for i, r := range a.Rows {
		if r.Change != want[i].Change || r.Was != want[i].Was || r.Becomes != want[i].Becomes || r.Field != "diet" {
			t.Errorf("%+v", r)
		}
	}
}

// Those are counted who were shown the version, and no others.
func TestAdoptionCountsThoseShownAWording(t *testing.T) {
	shown := func(notice, version string) AdoptionPerson {
		return holder("learner", "", with(fact("a", RefusedIt, 1), func(f *ConsentFact) {
			f.Notice, f.NoticeVersion = notice, version
		}))
	}
	a := adopted(func(p *Profile) { p.Notices = p.Notices[1:] },
		shown("n", "1"), shown("n", "1"), shown("n", "2"), shown("elsewhere", "1"), holder("learner", ""))
	if blocked := a.Blocked(); len(blocked) != 1 || blocked[0].People != 2 {
		t.Errorf("%+v", blocked)
	}
}

// An objection to marketing leaves the consents a material change asks for again.
func TestAdoptionAsksThoseAgainWhoObjectedToMarketing(t *testing.T) {
	photos := about(fact("a", Given, 1), ConsentKey{"photos", "email", ""})
	objected := wide(fact("b", Objected, 2), AnyChannel)
	a := adopted(func(p *Profile) {
		p.Notices = append(p.Notices, Notice{ID: "n", Version: "4", From: ymd(2026, 7, 1), Material: true})
	}, holder("learner", "", photos, objected), holder("learner", "", fact("a", Given, 1), objected))
	if len(a.Rows) != 1 || !a.Rows[0].AskAgain || a.Rows[0].People != 1 {
		t.Errorf("%+v", a.Rows)
	}
}

// Of what is no longer asked, those are counted who agreed to just that.
func TestAdoptionCountsTheConsentsThatGo(t *testing.T) {
	agreed := func(key ConsentKey) AdoptionPerson { return holder("learner", "", about(fact("a", Given, 1), key)) }
	a := adopted(func(p *Profile) {
		p.Purposes[0].Channels = p.Purposes[0].Channels[1:]
		p.Purposes[9].Brands = []string{"herald"}
	}, agreed(news), agreed(ConsentKey{"news", "sms", ""}), agreed(ConsentKey{"news", "sms", ""}),
		agreed(ConsentKey{"brands", "sms", "gazette"}), agreed(ConsentKey{"brands", "sms", "herald"}))
	if len(a.Rows) != 2 || a.Rows[0].People != 1 || a.Rows[1].People != 1 {
		t.Errorf("%+v", a.Rows)
	}
}

// A basis is compared for every level either profile knows.
func TestAdoptionComparesTheBasisOfEveryLevel(t *testing.T) {
	for level, levels := range map[string][]AccessLevel{
		"reader": {{ID: "lead"}}, "guest": {{ID: "lead"}, {ID: "reader"}, {ID: "guest"}},
	} {
		a := adopted(func(p *Profile) {
			p.AccessLevels = levels
			p.Purposes[11].Bases = []BasisRule{{Basis: Contract, Access: []string{level}}, {Basis: PublicTask}}
		}, holder("learner", level), holder("learner", "lead"), holder("learner", ""))
		if len(a.Rows) != 2 || a.Rows[1].Access != level || a.Rows[1].People != 1 {
			t.Errorf("%s: %+v", level, a.Rows)
		}
	}
}

// A kind that is new rested on nothing before, and brands of a purpose nobody
// is asked about ask nothing of anybody.
func TestAdoptionLeavesOutWhatConcernsNobody(t *testing.T) {
	a := adopted(func(p *Profile) {
		p.Kinds = append(p.Kinds, PersonKind{ID: "x", Title: "Guest"})
		p.Purposes[11].Bases = []BasisRule{{Basis: Contract}}
	})
	var of []string
	for _, r := range a.Rows {
		of = append(of, r.Kind)
	}
	if !slices.Equal(of, []string{"x", "manager", "learner"}) {
		t.Errorf("%+v", a.Rows)
	}
	a = adopted(func(p *Profile) { p.Purposes = append(p.Purposes, Purpose{ID: "x", Retention: "six"}) })
	if len(a.Rows) != 1 || a.Rows[0].Change != AdoptPurposeAdded {
		t.Errorf("a purpose more is kept under a class: %+v", a.Rows)
	}
	old := bureau().Profile
	old.Purposes[0].Channels = nil
	next := old
	next.Purposes = slices.Clone(old.Purposes)
	next.Purposes[0].Brands = []string{"gazette"}
	if a := old.AdoptionOf(&next); len(a.Rows) > 0 {
		t.Errorf("%+v", a.Rows)
	}
}

// publicTask lets a purpose rest on the public task for one kind, and on
// consent for the others.
func publicTask(purpose int, kind string) func(*Profile) {
	return func(p *Profile) {
		p.Purposes[purpose].Bases = []BasisRule{{Basis: PublicTask, Kinds: []string{kind}}, {Basis: Consent}}
	}
}

func TestWhatBlocksAnAdoption(t *testing.T) {
	asked := holder("manager", "", fact("a", Asked, 1))
	for _, tt := range []struct {
		name   string
		change func(*Profile)
		people []AdoptionPerson
		want   AdoptionChange // "": nothing stands in the way
	}{
		{"a kind in use vanished", func(p *Profile) { p.Kinds = p.Kinds[1:] },
			[]AdoptionPerson{asked}, AdoptKindRemoved},
		{"a kind nobody is of", func(p *Profile) { p.Kinds = p.Kinds[1:] },
			[]AdoptionPerson{holder("learner", "")}, ""},
		{"a purpose in use vanished", func(p *Profile) { p.Purposes = p.Purposes[1:] },
			[]AdoptionPerson{asked}, AdoptPurposeRemoved},
		{"a purpose nobody was asked about", func(p *Profile) { p.Purposes = p.Purposes[1:] },
			[]AdoptionPerson{holder("learner", "")}, ""},
		{"a purpose somebody was asked about beside", func(p *Profile) { p.Purposes = p.Purposes[1:] },
			[]AdoptionPerson{holder("learner", "", about(fact("a", Asked, 1), ConsentKey{"photos", "email", ""}))}, ""},
		{"a version vanished", func(p *Profile) { p.Notices = p.Notices[1:] }, nil, AdoptNoticeVanished},
		{"a wording overwritten", func(p *Profile) { p.Notices[0].Text = "One." }, nil, AdoptNoticeRewritten},
		{"a beginning moved", func(p *Profile) { p.Notices[0].From = ymd(2025, 1, 1) }, nil, AdoptNoticeRewritten},
		{"no longer material", func(p *Profile) { p.Notices[1].Material = false }, nil, AdoptNoticeRewritten},
		{"a version before the last", func(p *Profile) {
			p.Notices = append(p.Notices, Notice{ID: "n", Version: "2a", From: ymd(2026, 5, 1)})
		}, nil, AdoptNoticeRewritten},
		{"a choice taken from somebody asked", publicTask(0, "manager"), []AdoptionPerson{asked}, AdoptBasis},
		{"a choice taken from nobody asked", publicTask(0, "manager"), []AdoptionPerson{holder("manager", "")}, ""},
		{"a choice taken from those asked about something else", publicTask(1, "manager"), []AdoptionPerson{asked}, ""},
		{"a choice taken from another kind", publicTask(0, "learner"), []AdoptionPerson{asked}, ""},
		{"a choice taken from another level", func(p *Profile) {
			p.Purposes[0].Bases = []BasisRule{{Basis: PublicTask, Access: []string{"lead"}}, {Basis: Consent}}
		}, []AdoptionPerson{asked, holder("manager", "reader", fact("a", Asked, 1))}, ""},
		{"a choice taken from a level", func(p *Profile) {
			p.Purposes[0].Bases = []BasisRule{{Basis: PublicTask, Access: []string{"lead"}}, {Basis: Consent}}
		}, []AdoptionPerson{holder("manager", "lead", fact("a", RefusedIt, 1))}, AdoptBasis},
		{"a choice taken from those without a level", func(p *Profile) {
			p.Purposes[0].Bases = []BasisRule{{Basis: Consent, Access: []string{"lead", "reader"}}, {Basis: PublicTask}}
		}, []AdoptionPerson{asked}, AdoptBasis},
		{"a choice given", func(p *Profile) { p.Purposes[2].Bases = []BasisRule{{Basis: Consent}} },
			[]AdoptionPerson{holder("manager", "", about(fact("a", Objected, 1), ConsentKey{"offers", "email", ""}))}, ""},
		{"no basis in place of consent", func(p *Profile) { p.Purposes[0].Bases = nil }, []AdoptionPerson{asked}, ""},
		{"an end of a version", func(p *Profile) { p.Notices[0].To = ymd(2026, 3, 31) }, nil, ""},
		{"somebody erased", func(p *Profile) { p.Kinds = p.Kinds[1:] },
			[]AdoptionPerson{{Contactee: &Contactee{Kind: "manager", Status: Erased}}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := adopted(tt.change, tt.people...)
			blocked := a.Blocked()
			switch {
			case tt.want == "" && len(blocked) > 0, tt.want != "" && len(blocked) != 1:
				t.Errorf("%+v", blocked)
			case tt.want != "" && (blocked[0].Change != tt.want || blocked[0].Words == ""):
				t.Errorf("%+v", blocked[0])
			}
		})
	}
}
