package mapping

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var targets = []Target{
	{Field: "forename", Label: "First name", Synonyms: []string{"forename", "given name", "first names", "christian name"}},
	{Field: "surname", Label: "Last name", Synonyms: []string{"surname", "family name"}},
	{Field: "email", Label: "Email", Synonyms: []string{"e-mail", "email address", "MainEmail"}},
	{Field: "phone", Label: "Telephone", Synonyms: []string{"phone", "mobile", "telephone number"}},
	{Field: "title", Label: "Job title", Synonyms: []string{"role", "position"}},
	{Field: "organisation", Label: "Organisation", Synonyms: []string{"school", "school name", "affiliation", "company", "company name"}},
	{Field: "la", Label: "Local authority", Synonyms: []string{"LA (name)"}},
	{Field: "la_code", Label: "Local authority code", Synonyms: []string{"LA (code)"}},
	{Field: "born", Label: "Date of birth", Synonyms: []string{"dob", "birth date"}},
}

func guess(columns ...string) string {
	var b strings.Builder
	m := Guess(columns, targets)
	for _, p := range m.Pairs {
		b.WriteString(p.Column + ">" + p.Field + " ")
	}
	return b.String() + "| " + strings.Join(m.Unmapped, ",")
}

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ columns, want string }{
		{"first_name,last_name,affiliation,position,phone,email",
			"first_name>forename last_name>surname affiliation>organisation position>title phone>phone email>email | "},
		{"Email Address,First Name,Last Name,NOTES", "Email Address>email First Name>forename Last Name>surname | NOTES"},
		{"school_name,school_urn,FIRST_NAMES,LAST_NAME,E-Mail",
			"school_name>organisation FIRST_NAMES>forename LAST_NAME>surname E-Mail>email | school_urn"},
		{"LA (code),LA (name),MainEmail,TelephoneNum", "LA (code)>la_code LA (name)>la MainEmail>email | TelephoneNum"},
		{"PARENT_1_NAME,PARENT_1_EMAIL,CHILD_FIRST_NAME,CHILD_PREFERRED_FIRST_NAME,CHILD_DATE_OF_BIRTH",
			"CHILD_FIRST_NAME>forename CHILD_DATE_OF_BIRTH>born | PARENT_1_NAME,PARENT_1_EMAIL,CHILD_PREFERRED_FIRST_NAME"},
		{"previous_last_name,last_name", "last_name>surname | previous_last_name"},
		{"previous_last_name", "| previous_last_name"},
		{"email,Email address,E-mail", "email>email | Email address,E-mail"},
		{"Prénom,Süręname,familyName", "familyName>surname | Prénom,Süręname"},
		{",???", "| ,???"},
		{"School,Company", "School>organisation | Company"},
		{"Company,School", "School>organisation | Company"},
	} {
		if diff := cmp.Diff(tt.want, guess(strings.Split(tt.columns, ",")...)); diff != "" {
			t.Errorf("%s: %s", tt.columns, diff)
		}
	}
}

func TestGuessSaysHowSure(t *testing.T) {
	want := Mapping{Pairs: []Pair{{"Forename", "forename", 1}, {"family-name", "surname", 0.95}, {"Your date of birth", "born", 0.6 + 0.3*3/4}}}
	if diff := cmp.Diff(want, Guess([]string{"Forename", "family-name", "Your date of birth"}, targets)); diff != "" {
		t.Error(diff)
	}
}

func TestGuessIsOneToOne(t *testing.T) {
	names := []string{"email", "E-mail", "first name", "your first name", "role", "school", "Company", "x", "x", ""}
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOf(rapid.SampledFrom(names)).Draw(t, "columns")
		m := Guess(columns, targets)
		if len(m.Pairs)+len(m.Unmapped) != len(columns) {
			t.Fatalf("%d columns, %d pairs and %d unmapped", len(columns), len(m.Pairs), len(m.Unmapped))
		}
		fields := map[string]bool{}
		for _, p := range m.Pairs {
			if fields[p.Field] {
				t.Fatalf("the field %s is taken twice", p.Field)
			}
			fields[p.Field] = true
		}
		if diff := cmp.Diff(m, Guess(columns, targets)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFingerprint(t *testing.T) {
	columns := []string{"First name", "E-mail", "LA (code)"}
	want := Fingerprint(columns)
	if len(want) != 32 {
		t.Errorf("%q is not 32 digits", want)
	}
	same := []string{"LA (code)", "FIRST_NAME", "email "}
	if got := Fingerprint(same); got != want {
		t.Errorf("%q and %q differ", same, columns)
	}
	slices.Sort(columns)
	if Fingerprint(columns[:2]) == want || Fingerprint([]string{"First name", "E-mail", "LA code 2"}) == want {
		t.Error("other columns have the same fingerprint")
	}
}
