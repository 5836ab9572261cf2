package register

import (
	"testing"
	"time"
)

func TestSuppressions(t *testing.T) {
	lifted := Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeAll, Lifted: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	for _, tt := range []struct {
		name             string
		entry            Suppression
		purpose, channel string
		want             bool
	}{
		{"all, marketing", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeAll}, "news", "email", true},
		{"all, service message", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeAll}, "joining", "email", true},
		{"marketing, marketing", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeMarketing}, "offers", "email", true},
		{"marketing, service message", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeMarketing}, "joining", "email", false},
		{"marketing, photographs", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeMarketing}, "photos", "email", false},
		{"a purpose, that one", Suppression{Kind: "email", Channel: AnyChannel, Scope: "joining"}, "joining", "email", true},
		{"a purpose, another", Suppression{Kind: "email", Channel: AnyChannel, Scope: "joining"}, "news", "email", false},
		{"a number, by email", Suppression{Kind: "phone", Channel: AnyChannel, Scope: ScopeAll}, "news", "email", false},
		{"a number, by phone", Suppression{Kind: "phone", Channel: AnyChannel, Scope: ScopeAll}, "news", "phone", true},
		{"a number, by text", Suppression{Kind: "phone", Channel: AnyChannel, Scope: ScopeAll}, "news", "sms", true},
		{"a number for texts, by phone", Suppression{Kind: "phone", Channel: "sms", Scope: ScopeAll}, "news", "phone", false},
		{"a number for texts, by text", Suppression{Kind: "phone", Channel: "sms", Scope: ScopeAll}, "news", "sms", true},
		{"an address, by post", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeAll}, "news", "post", false},
		{"erased, by post", Suppression{Kind: "email", Channel: AnyChannel, Scope: ScopeErased}, "news", "post", true},
		{"erased for email, by text", Suppression{Kind: "email", Channel: "email", Scope: ScopeErased}, "joining", "sms", true},
		{"lifted", lifted, "news", "email", false},
		{"written after the day asked for", Suppression{
			Kind: "email", Channel: AnyChannel, Scope: ScopeAll, At: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC),
		}, "news", "email", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := person("learner")
			p.Facts = of(tt.purpose, tt.channel, fact("a", Given, 1))
			p.Suppressed = []Suppression{lifted, tt.entry}
			v := ask(t, tt.purpose, tt.channel, ymd(2026, 3, 30)).Judge(&p)
			if (v.Rule == RuleSuppressed) != tt.want || v.Allowed == tt.want || tt.want && v.Entry != 1 {
				t.Errorf("%v by %s on entry %d", v.Allowed, v.Rule, v.Entry)
			}
		})
	}
}

func TestSuppressionInput(t *testing.T) {
	p := &bureau().Profile
	for name, tt := range map[string]struct {
		in    SuppressionInput
		field string
	}{
		"an address":           {SuppressionInput{Email: "a@example.com", Reason: "asked"}, ""},
		"a number for texts":   {SuppressionInput{Phone: "01632 960001", Reason: "asked", Channel: "sms", Scope: ScopeAll}, ""},
		"of a purpose":         {SuppressionInput{Email: "a@example.com", Reason: "asked", Scope: "news"}, ""},
		"neither":              {SuppressionInput{Reason: "asked"}, "email"},
		"both":                 {SuppressionInput{Email: "a@example.com", Phone: "01632 960001", Reason: "asked"}, "email"},
		"no reason":            {SuppressionInput{Email: "a@example.com"}, "reason"},
		"an unknown scope":     {SuppressionInput{Email: "a@example.com", Reason: "asked", Scope: "x"}, "scope"},
		"an address for texts": {SuppressionInput{Email: "a@example.com", Reason: "asked", Channel: "sms"}, "channel"},
	} {
		err := tt.in.Validate(p)
		if (err == nil) != (tt.field == "") || err != nil && (KindOf(err) != Invalid || err.Error()[:len(tt.field)] != tt.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAUseNeedsNoAddressAndIsStoppedByNone(t *testing.T) {
	c := ask(t, "wall", "email", ymd(2026, 6, 1))
	p := person("learner")
	p.Email, p.Phone, p.Post = "", "", false
	at := time.Date(2026, 5, 2, 9, 0, 0, 0, time.UTC)
	p.Facts = []ConsentFact{{ID: "K", Key: c.Key, Act: Given, At: at, Recorded: at, Notice: "n", NoticeVersion: "3"}}
	p.Suppressed = []Suppression{{Kind: "email", Channel: AnyChannel, Scope: ScopeAll}}
	if v := c.Judge(&p); !v.Allowed || v.Rule != RuleConsent {
		t.Errorf("without an address: %+v", v)
	}
	p.Suppressed[0].Scope = "wall"
	if v := c.Judge(&p); v.Allowed {
		t.Errorf("suppressed for this use: %+v", v)
	}
	p.Suppressed[0].Scope = ScopeErased
	if v := c.Judge(&p); v.Allowed {
		t.Errorf("an erased address: %+v", v)
	}
}
