package register_test

import (
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

func TestEveryBasisHasItsArticle(t *testing.T) {
	for basis, want := range map[register.Basis]string{
		register.Consent: "UK GDPR Art 6(1)(a)", register.Contract: "UK GDPR Art 6(1)(b)",
		register.LegalObligation: "UK GDPR Art 6(1)(c)", register.VitalInterests: "UK GDPR Art 6(1)(d)",
		register.PublicTask: "UK GDPR Art 6(1)(e)", register.LegitimateInterests: "UK GDPR Art 6(1)(f)",
		"custom": "",
	} {
		if got := basis.Article(); got != want {
			t.Errorf("%s: %q, want %q", basis, got, want)
		}
		if (basis.Title() == "") != (want == "") {
			t.Errorf("%s has the title %q", basis, basis.Title())
		}
	}
}

func TestRetentionPeriodEnds(t *testing.T) {
	leap := calendar.NewDate(2024, 2, 29)
	for _, tt := range []struct{ period, want string }{
		{"", "2024-02-29"},
		{"1 year", "2025-02-28"},
		{"6 years", "2030-02-28"},
		{"18 months", "2025-08-29"},
		{"30 days", "2024-03-30"},
		{"0 years", ""},
		{"-1 years", ""},
		{"6", ""},
		{"six years", ""},
		{"6 winters", ""},
		{"9223372036854775807 years", ""},
		{"9999 years", ""},
	} {
		end, err := (&register.RetentionRule{Period: tt.period}).Ends(leap)
		if end.String() != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%q: %s, %v; want %q", tt.period, end, err, tt.want)
		}
	}
}

func TestRetentionInWords(t *testing.T) {
	for want, r := range map[string]register.RetentionRule{
		"6 years after the end of the course or event": {Period: "6 years", Trigger: "event-end"},
		"until the consent is withdrawn":               {Trigger: "consent-withdrawn"},
	} {
		if got := r.Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, id := range register.Triggers() {
		if r := (register.RetentionRule{Trigger: id}); r.Words() == "until " {
			t.Errorf("the trigger %q has no words", id)
		}
	}
}
