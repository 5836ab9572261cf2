package profile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/calendar"
	"custos/internal/profile"
	"custos/internal/register"
)

// inForce is the first day of the notices that come with the program.
var inForce = calendar.NewDate(2026, 2, 5)

func load(t *testing.T, name string) register.Profile {
	t.Helper()
	p, err := profile.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryProfileLoadsUnderItsOwnName(t *testing.T) {
	for _, want := range []string{"community-learning", "education-services", "teaching-school", "traded-services-portal", "work-experience"} {
		if p := load(t, want); p.Name != want {
			t.Errorf("%s.toml calls itself %q", want, p.Name)
		}
	}
	for _, name := range profile.Names() {
		if p := load(t, name); p.Name != name {
			t.Errorf("%s.toml calls itself %q", name, p.Name)
		}
	}
}

func TestSourceIsWhatLoadReads(t *testing.T) {
	for _, name := range profile.Names() {
		data, err := profile.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := profile.Parse(data, "copy.toml")
		if diff := cmp.Diff(load(t, name), p, cmp.AllowUnexported(calendar.Date{})); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	if _, err := profile.Source("nowhere"); register.KindOf(err) != register.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestUnknownProfileListsThoseThereAre(t *testing.T) {
	_, err := profile.Load("nowhere")
	if register.KindOf(err) != register.NotFound || !strings.Contains(err.Error(), "teaching-school") {
		t.Errorf("got %v", err)
	}
}

func TestProfilesAnswerAnAccessRequestInFull(t *testing.T) {
	for _, name := range profile.Names() {
		t.Run(name, func(t *testing.T) {
			p := load(t, name)
			for _, k := range p.Kinds {
				answers(t, &p, k)
			}
			for _, sentence := range []string{p.Source, p.Retained, p.Complaint, p.Automated, p.Requests, p.Regulator} {
				if sentence == "" {
					t.Error("a sentence of the reply is empty")
				}
			}
			if len(p.Rights) != len(calendar.Rights()) {
				t.Errorf("%d rights, want %d", len(p.Rights), len(calendar.Rights()))
			}
		})
	}
}

// answers demands a purpose with basis, categories, retention and wording for
// a kind of person, and a consequence for every field.
func answers(t *testing.T, p *register.Profile, k register.PersonKind) {
	t.Helper()
	used := 0
	for _, x := range p.Purposes {
		if _, ok := x.BasisFor(k.ID, ""); !ok {
			continue
		}
		used++
		if _, ok := p.RetentionRule(x.Retention); !ok || len(x.Categories) == 0 {
			t.Errorf("%s, %s: no retention or no categories", k.ID, x.ID)
		}
		if _, ok := p.Notice(x.Notice, inForce); !ok {
			t.Errorf("%s, %s: no wording in force on %s", k.ID, x.ID, inForce)
		}
	}
	if used == 0 {
		t.Errorf("%s: no purpose", k.ID)
	}
	for _, f := range k.Fields {
		if f.Consequence == "" || f.Category == "" {
			t.Errorf("%s, %s: no consequence or no category", k.ID, f.ID)
		}
	}
}

func TestChildmindersGiveTheirHomeDetails(t *testing.T) {
	p := load(t, "traded-services-portal")
	minder, _ := p.Kind("childminder")
	if minder.Subscriber != "individual" {
		t.Errorf("a childminder is an individual subscriber, not %q", minder.Subscriber)
	}
	var missing []string
	for _, m := range p.Missing(&register.Delegate{Kind: "childminder", Name: "A"}, nil) {
		missing = append(missing, m.Field)
	}
	want := []string{"email", "job_title", "organisation", "phone", "personal_phone", "home_address", "access_level"}
	if diff := cmp.Diff(want, missing); diff != "" {
		t.Error(diff)
	}
}

func TestBasisFollowsTheKind(t *testing.T) {
	for _, tt := range []struct {
		profile, purpose, kind string
		want                   register.Basis
	}{
		{"traded-services-portal", "account", "staff", register.PublicTask},
		{"traded-services-portal", "account", "childminder", register.Contract},
		{"traded-services-portal", "newsletter", "staff", register.Consent},
		{"traded-services-portal", "special-requirements", "childminder", register.Consent},
		{"teaching-school", "courses", "delegate", register.PublicTask},
		{"teaching-school", "returns", "trainee", register.LegalObligation},
		{"teaching-school", "emergencies", "delegate", register.VitalInterests},
		{"teaching-school", "course-news", "contact", register.Consent},
		{"teaching-school", "admission", "delegate", ""},
		{"teaching-school", "course-messages", "trainee", register.PublicTask},
		{"traded-services-portal", "similar-services", "childminder", register.LegitimateInterests},
		{"traded-services-portal", "similar-services", "staff", ""},
		{"education-services", "service-news", "user/manager", register.LegitimateInterests},
		{"education-services", "service-news", "user/reader", register.Consent},
		{"education-services", "service-news", "user", register.Consent},
		{"education-services", "service-news", "enquirer", register.Consent},
		{"education-services", "service-news", "delegate/manager", register.Consent},
		{"work-experience", "support-needs", "student", register.Consent},
		{"work-experience", "scheme-news", "student", ""},
		{"work-experience", "emergencies", "student", register.VitalInterests},
		{"community-learning", "absence", "apprentice", register.Consent},
		{"community-learning", "payments", "supplier", register.Contract},
		{"community-learning", "newsletters", "contact", register.Consent},
	} {
		p := load(t, tt.profile)
		x, _ := p.Purpose(tt.purpose)
		kind, access, _ := strings.Cut(tt.kind, "/")
		if rule, _ := x.BasisFor(kind, access); rule.Basis != tt.want {
			t.Errorf("%s, %s, %s: %q, want %q", tt.profile, tt.purpose, tt.kind, rule.Basis, tt.want)
		}
	}
}

// No public authority asks nobody about marketing, except where it sells to
// those who buy for themselves; a soft opt-in is never a charity's here.
func TestSoftOptInIsForTrade(t *testing.T) {
	found := 0
	for _, name := range profile.Names() {
		p := load(t, name)
		for _, x := range p.Purposes {
			if x.SoftOptIn == "" {
				continue
			}
			found++
			for _, b := range x.Bases {
				for _, kind := range b.Kinds {
					if k, _ := p.Kind(kind); x.SoftOptIn != "products" || k.Subscriber != "individual" || b.Basis != register.LegitimateInterests {
						t.Errorf("%s, %s: %s by %s", name, x.ID, kind, b.Basis)
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("nobody relies on a soft opt-in")
	}
}

// Special category data is kept by explicit consent, or by a condition that
// needs none and says so.
func TestSpecialCategoryNamesItsCondition(t *testing.T) {
	for _, name := range profile.Names() {
		p := load(t, name)
		explicit := 0
		for _, x := range p.Purposes {
			rule := x.Bases[0]
			if rule.Basis == register.Consent && x.Article9 != "" {
				explicit++
				if !strings.Contains(x.Article9, "Art 9(2)(a)") {
					t.Errorf("%s, %s: by consent, but under %s", name, x.ID, x.Article9)
				}
			}
			if rule.Basis != register.Consent && strings.Contains(x.Article9, "9(2)(a)") {
				t.Errorf("%s, %s: explicit consent, but on the basis of %s", name, x.ID, rule.Basis)
			}
		}
		if explicit == 0 {
			t.Errorf("%s: nothing is kept by explicit consent", name)
		}
	}
}

func TestFourteenYearsFromTheLastEnrolment(t *testing.T) {
	p := load(t, "community-learning")
	rule, _ := p.RetentionRule("learner")
	end, err := rule.Ends(calendar.NewDate(2026, 3, 1))
	if err != nil || end != calendar.NewDate(2040, 3, 1) || rule.Trigger != "last-enrolment" {
		t.Errorf("%+v ends %s, %v", rule, end, err)
	}
}

func TestFiveYearsUnusedEndAnAccount(t *testing.T) {
	p := load(t, "traded-services-portal")
	rule, _ := p.RetentionRule("account")
	end, err := rule.Ends(calendar.NewDate(2026, 3, 1))
	if err != nil || end != calendar.NewDate(2031, 3, 1) || rule.Trigger != "last-activity" || rule.Action != "delete" {
		t.Errorf("%+v ends %s, %v", rule, end, err)
	}
}

func TestDescribe(t *testing.T) {
	for _, name := range profile.Names() {
		golden := filepath.Join("testdata", name+".txt")
		got := profile.Describe(load(t, name))
		if os.Getenv("CUSTOS_UPDATE") != "" {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (CUSTOS_UPDATE=1 writes it anew): %s", golden, diff)
		}
	}
}

func TestTheRegulatorIsNamedOnce(t *testing.T) {
	text := strings.Replace(source(t, "teaching-school"), "Information Commissioner's Office", "Information Commission", 1)
	p, err := profile.Parse([]byte(text), "f.toml")
	if err != nil {
		t.Fatal(err)
	}
	told := profile.Describe(p)
	if strings.Count(told, "Information Commission ")+strings.Count(told, "Information Commission:") < 2 ||
		strings.Contains(told, "Commissioner") || strings.Contains(told, "{regulator}") {
		t.Errorf("got %s", told)
	}
}

func TestParseNamesFileAndLine(t *testing.T) {
	_, err := profile.Parse([]byte("name = \"x\"\nwrong = 1\n"), "mine.toml")
	var problems *profile.Problems
	if !errors.As(err, &problems) || register.KindOf(err) != register.Invalid {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(err.Error(), "mine.toml:2: wrong: a profile has no such key") {
		t.Errorf("got %v", err)
	}
}
