package register

import (
	"strings"
	"testing"
)

func judged() Judgement {
	return Judgement{
		At: noon(ymd(2026, 6, 1)), By: "dpo", Link: "close", Context: "a booking", Nature: "work details", Consequences: "none", Safeguards: "opt-out",
		Compatible: true, Reason: "it is what people expect",
	}
}

func TestChangePurpose(t *testing.T) {
	p := bureau().Profile
	p.Notices = append(p.Notices, Notice{ID: "form", Version: "1", From: ymd(2026, 1, 1)})
	change := func(id string) PurposeChange {
		x, _ := p.Purpose(id)
		x.Wording = "other words"
		return PurposeChange{Purpose: x, Judgement: judged()}
	}
	again := NoticeInput{Version: "4", Text: "four", From: ymd(2026, 6, 1)}
	for _, tt := range []struct {
		name   string
		id     string
		change func(*PurposeChange)
		kind   Kind
		field  string // "": made
	}{
		{"compatible", "survey", nil, Internal, ""},
		{"compatible, on consent", "news", nil, Internal, ""},
		{"compatible, with a notice", "survey", func(c *PurposeChange) { c.Notice = again }, Internal, ""},
		{"compatible, with a notice that begins later", "survey", func(c *PurposeChange) {
			c.Notice = again
			c.Notice.From = ymd(2026, 7, 1)
		}, Internal, ""},
		{"not compatible, on consent, asked again", "news", func(c *PurposeChange) { c.Judgement.Compatible, c.Notice = false, again }, Internal, ""},
		{"not compatible, on consent", "news", func(c *PurposeChange) { c.Judgement.Compatible = false }, Refused, "notice"},
		{"not compatible, asked again too late", "news", func(c *PurposeChange) {
			c.Judgement.Compatible, c.Notice = false, again
			c.Notice.From = ymd(2026, 6, 2)
		}, Invalid, "from"},
		{"not compatible, on public task", "teaching", func(c *PurposeChange) { c.Judgement.Compatible, c.Notice = false, again }, Refused, "purpose"},
		{"not compatible, on consent from now on", "teaching", func(c *PurposeChange) {
			c.Judgement.Compatible, c.Notice, c.Purpose.Bases = false, again, []BasisRule{{Basis: Consent}}
		}, Internal, ""},
		{"not compatible, on consent for some", "news", func(c *PurposeChange) {
			c.Judgement.Compatible, c.Notice = false, again
			c.Purpose.Bases = []BasisRule{{Basis: Consent, Kinds: []string{"learner"}}, {Basis: LegitimateInterests}}
		}, Refused, "purpose"},
		{"consent exchanged", "news", func(c *PurposeChange) { c.Purpose.Bases = []BasisRule{{Basis: PublicTask}} }, Refused, "basis"},
		{"no basis", "news", func(c *PurposeChange) { c.Purpose.Bases = nil }, Invalid, "basis"},
		{"the same words", "news", func(c *PurposeChange) { c.Purpose.Wording = "news" }, Invalid, "wording"},
		{"no words", "news", func(c *PurposeChange) { c.Purpose.Wording = "" }, Invalid, "becomes"},
		{"another notice", "news", func(c *PurposeChange) { c.Purpose.Notice = "x" }, Invalid, "notice"},
		{"the version of another notice", "news", func(c *PurposeChange) { c.Notice, c.Notice.ID = again, "form" }, Invalid, "notice"},
		{"nothing judged", "news", func(c *PurposeChange) { c.Judgement.Safeguards = " " }, Invalid, "safeguards"},
		{"no such purpose", "news", func(c *PurposeChange) { c.Purpose.ID = "x" }, NotFound, "purpose"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := change(tt.id)
			if tt.change != nil {
				tt.change(&c)
			}
			out, err := p.ChangePurpose(c)
			if (err == nil) != (tt.field == "") || err != nil && (KindOf(err) != tt.kind || !strings.HasPrefix(err.Error(), tt.field+": ")) {
				t.Fatalf("%v", err)
			}
			if x, _ := out.Purpose(tt.id); (x.Wording == "other words") != (err == nil) {
				t.Errorf("it reads %q", x.Wording)
			}
			if x, _ := p.Purpose(tt.id); x.Wording != tt.id {
				t.Error("the profile it came from was changed")
			}
		})
	}
}

// The same words on other grounds are another purpose to those it is about.
func TestAChangeOfBasisAloneIsAChange(t *testing.T) {
	p := bureau().Profile
	for name, bases := range map[string][]BasisRule{
		"another basis": {{Basis: Contract}},
		"for a kind":    {{Basis: PublicTask, Kinds: []string{"learner"}}},
		"for a level":   {{Basis: PublicTask, Access: []string{"lead"}}},
		"the same":      {{Basis: PublicTask}},
	} {
		x, _ := p.Purpose("teaching")
		x.Bases = bases
		if _, err := p.ChangePurpose(PurposeChange{Purpose: x, Judgement: judged()}); (err == nil) != (name != "the same") {
			t.Errorf("%s: %v", name, err)
		}
		x.Wording = " " + x.Wording + "\n"
		if _, err := p.ChangePurpose(PurposeChange{Purpose: x, Judgement: judged()}); (err == nil) != (name != "the same") {
			t.Errorf("%s, and blanks around it: %v", name, err)
		}
	}
}

func TestAJudgementAnswersEveryQuestion(t *testing.T) {
	whole := judged()
	whole.Becomes = "other words"
	if err := whole.Validate(); err != nil {
		t.Fatal(err)
	}
	for field, leave := range map[string]func(*Judgement){
		"becomes":      func(j *Judgement) { j.Becomes = "" },
		"link":         func(j *Judgement) { j.Link = " " },
		"context":      func(j *Judgement) { j.Context = "" },
		"nature":       func(j *Judgement) { j.Nature = "\n" },
		"consequences": func(j *Judgement) { j.Consequences = "" },
		"safeguards":   func(j *Judgement) { j.Safeguards = "" },
		"reason":       func(j *Judgement) { j.Reason = "" },
	} {
		j := whole
		leave(&j)
		if err := j.Validate(); KindOf(err) != Invalid || !strings.HasPrefix(err.Error(), field+": ") {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestAMaterialNoticeStaysMaterialWithACompatibleChange(t *testing.T) {
	p := bureau().Profile
	x, _ := p.Purpose("survey")
	x.Wording = "other words"
	for _, material := range []bool{true, false} {
		c := PurposeChange{Purpose: x, Judgement: judged(), Notice: NoticeInput{Version: "4", Text: "four", From: ymd(2026, 6, 1)}}
		c.Notice.Material = material
		out, err := p.ChangePurpose(c)
		if n, _ := out.noticeVersion("n", "4"); err != nil || n.Material != material {
			t.Errorf("material %v: %+v, %v", material, n, err)
		}
	}
}

func TestJudgementKeepsBothWordings(t *testing.T) {
	p := bureau().Profile
	x, _ := p.Purpose("news")
	x.Wording = "other words"
	j := (&PurposeChange{Purpose: x, Judgement: judged()}).Judged(&p)
	if j.Purpose != "news" || j.Was != "news" || j.Becomes != "other words" || j.Reason == "" {
		t.Errorf("%+v", j)
	}
}

// What is not compatible needs everybody's answer afresh, from that very day.
func TestAnIncompatibleChangeEndsFormerConsents(t *testing.T) {
	s := bureau()
	x, _ := s.Profile.Purpose("news")
	x.Wording = "other words"
	c := PurposeChange{Purpose: x, Judgement: judged(), Notice: NoticeInput{Version: "4", Text: "four", From: ymd(2026, 6, 1)}}
	c.Judgement.Compatible = false
	out, err := s.Profile.ChangePurpose(c)
	if err != nil {
		t.Fatal(err)
	}
	p := person("learner")
	p.Facts = []ConsentFact{with(fact("a", Given, 1), func(f *ConsentFact) { f.At, f.NoticeVersion = noon(ymd(2026, 5, 31)), "3" })}
	if v := ask(t, "news", "email", ymd(2026, 6, 1)).Judge(&p); !v.Allowed {
		t.Fatalf("before the change: %s", v.Rule)
	}
	s.Profile = out
	q, err := NewContact(s, news, At(ymd(2026, 6, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if v := q.Judge(&p); v.Rule != RuleWording {
		t.Errorf("after it: %v by %s", v.Allowed, v.Rule)
	}
	if r, ok := q.Refresh(&p); !ok || r.Reason != RefreshWording {
		t.Errorf("the queue says %v %q", ok, r.Reason)
	}
}
