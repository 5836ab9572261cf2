package register

import (
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
)

func ymd(y int, m time.Month, d int) calendar.Date { return calendar.NewDate(y, m, d) }

// noon is an instant on a day, UTC.
func noon(d calendar.Date) time.Time { return calendar.LondonStart(d).Add(12 * time.Hour) }

func TestClaimOf(t *testing.T) {
	for text, want := range map[string]claim{
		"parent": claimParental, "Parents": claimParental, "the pupil's mother": claimParental, "Mum": claimParental, "“mother”": claimParental, "her mother's": claimParental,
		"nursery school parent": claimParental, "parent of a pupil at the school": claimParental,
		"mother, manager of a shop": claimParental, "father (works for the council)": claimParental,
		"person with parental responsibility": claimParental, "legal guardian": claimParental, "foster carer": claimParental,

		"power of attorney": claimPersonal, "lasting power of attorney": claimPersonal, "deputy": claimPersonal,
		"court of protection deputy": claimPersonal, "her written authority": claimPersonal, "authorised by the person": claimPersonal,

		"employer": claimBody, "School": claimBody, "the school's office": claimBody, "parent governor": claimBody,
		"parent company": claimBody, "parents' association": claimBody, "council as corporate parent": claimBody,
		"corporate parent": claimBody, "headteacher": claimBody, "head teacher": claimBody, "the head": claimBody,
		"deputy head": claimBody, "the head, mother of a pupil": claimBody,
		"authorised by her school on Monday": claimBody, "school visits": claimBody, "Head of Year 7": claimBody, "line manager": claimBody, "lead administrator": claimBody,
		"on behalf of the school": claimBody, "authorised by her employer": claimBody, "written authority of the trust": claimBody,
		"carer at the nursery": claimBody, "school (with the parent's permission)": claimBody, "Example Widgets Ltd": claimBody,
		"Sunny Days Nursery": claimBody, "Mrs Jones, headteacher": claimBody, "ACME (employer)": claimBody,

		"": claimNone, "a friend": claimNone, "apparent": claimNone, "transparently": claimNone, "schooled": claimNone,
		"Anthony Head": claimNone, "J. Parentis": claimNone, "...": claimNone, "of the": claimNone,
	} {
		if got := claimOf(text); got != want {
			t.Errorf("%q is claim %d, want %d", text, got, want)
		}
	}
}

func TestCheckAuthority(t *testing.T) {
	s := &Settings{}
	child := s.CompetenceOf(ymd(2015, 3, 10)) // 13 on 10 March 2028, 18 on 10 March 2033
	adult := s.CompetenceOf(ymd(1990, 1, 1))
	for _, tt := range []struct {
		name          string
		c             Competence
		on            calendar.Date
		act           ConsentAct
		by, authority string
		field         string // "": accepted
	}{
		{"an adult", adult, ymd(2026, 3, 2), Given, "", "", ""},
		{"of unknown age", Competence{}, ymd(2026, 3, 2), Given, "", "", ""},
		{"a parent for a child", child, ymd(2028, 3, 9), Given, "Ann Other", "mother", ""},
		{"a parent the day the child answers", child, ymd(2028, 3, 10), Given, "Ann Other", "mother", "given_by"},
		{"a parent for an adult", adult, ymd(2026, 3, 2), Renewed, "Ann Other", "mother", "given_by"},
		{"a parent where no age is known", Competence{}, ymd(2026, 3, 2), Given, "Ann Other", "mother", "given_by"},
		{"a child too young", child, ymd(2028, 3, 9), Given, "", "", "given_by"},
		{"a child somebody judged able", child, ymd(2028, 3, 9), Given, "", "class teacher, after talking to her", ""},
		{"a child of age", child, ymd(2028, 3, 10), Given, "", "", ""},
		{"an attorney for an adult", adult, ymd(2026, 3, 2), Given, "Ann Other", "power of attorney", ""},
		{"somebody without authority", adult, ymd(2026, 3, 2), Given, "Ann Other", "a friend", "authority"},
		{"an employer", adult, ymd(2026, 3, 2), Given, "Ann Other", "employer", "authority"},
		{"an organisation as the giver", adult, ymd(2026, 3, 2), Given, "Example Widgets Ltd", "written authority", "given_by"},
		{"an organisation nobody is named for", adult, ymd(2026, 3, 2), Given, "", "her school", "authority"},
		{"anybody passes on a no", adult, ymd(2026, 3, 2), Withdrawn, "Example Widgets Ltd", "employer", ""},
		{"a child's own no", child, ymd(2026, 3, 2), RefusedIt, "", "", ""},
		{"a consent that ends", child, ymd(2026, 3, 2), Expired, "", "", ""},
		{"being asked", child, ymd(2026, 3, 2), Asked, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := ConsentEvent{Act: tt.act, At: noon(tt.on), GivenBy: tt.by, Authority: tt.authority}
			err := e.CheckAuthority(tt.c)
			if (err == nil) != (tt.field == "") || err != nil && !strings.HasPrefix(err.Error(), tt.field+": ") {
				t.Fatalf("%v, want the field %q", err, tt.field)
			}
			if err != nil && (KindOf(err) != Invalid || tt.by != "" && strings.Contains(err.Error(), tt.by)) {
				t.Fatalf("an error that is not Invalid, or names somebody: %v", err)
			}
		})
	}
}

// Whoever is turned away is told what holds for this person.
func TestCheckAuthoritySaysWhyAParentCannotAnswer(t *testing.T) {
	s := &Settings{}
	for born, want := range map[calendar.Date]string{
		{}:              "no date of birth is held",
		ymd(1990, 1, 1): "an adult from 2008-01-01",
		ymd(2008, 3, 2): "an adult from 2026-03-02",
		ymd(2008, 3, 3): "answers for themselves from 2021-03-03",
		ymd(2013, 3, 2): "answers for themselves from 2026-03-02",
	} {
		e := ConsentEvent{Act: Given, At: noon(ymd(2026, 3, 2)), GivenBy: "Ann Other", Authority: "mother"}
		if err := e.CheckAuthority(s.CompetenceOf(born)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("born on %q: %v, want %q", born, err, want)
		}
	}
}

// The day somebody answers for themselves begins at midnight in London.
func TestCheckAuthorityGoesByTheDayInLondon(t *testing.T) {
	c := (&Settings{}).CompetenceOf(ymd(2012, 7, 10))
	midnight := calendar.LondonStart(ymd(2025, 7, 10))
	e := ConsentEvent{Act: Given, At: midnight}
	if err := e.CheckAuthority(c); err != nil {
		t.Errorf("at midnight: %v", err)
	}
	e.At = midnight.Add(-time.Second)
	if err := e.CheckAuthority(c); err == nil {
		t.Error("a second before it they answer already")
	}
}

func TestCompetentAge(t *testing.T) {
	s := Settings{}
	if got := s.CompetentFrom(); got != DefaultCompetentAge {
		t.Errorf("by default %d", got)
	}
	s.Profile.CompetentAge = 12
	if got := s.CompetentFrom(); got != 12 {
		t.Errorf("as the profile says: %d", got)
	}
	s.CompetentAge = 14
	if got := s.CompetentFrom(); got != 14 {
		t.Errorf("as the office says: %d", got)
	}
	if got := s.CompetenceOf(ymd(2012, 2, 29)); got.Own != ymd(2026, 2, 28) || got.Adult != ymd(2030, 2, 28) {
		t.Errorf("born on a leap day: %+v", got)
	}
	if got := s.CompetenceOf(calendar.Date{}); got != (Competence{}) {
		t.Errorf("born on no day: %+v", got)
	}
	d := Delegate{Fields: map[string]string{FieldBorn: "2012-02-29"}}
	if d.Born() != ymd(2012, 2, 29) || !(&Delegate{}).Born().IsZero() {
		t.Error("the date of birth is not read")
	}
}

func FuzzClaimOf(f *testing.F) {
	f.Add("nursery school parent")
	f.Add("the head, (acting)")
	f.Fuzz(func(t *testing.T, text string) {
		if got := claimOf(text + " school"); got == claimPersonal {
			t.Fatalf("%q answers for a school", text)
		}
		if claimOf("school, "+text) != claimBody {
			t.Fatalf("a school answers by adding %q", text)
		}
	})
}
