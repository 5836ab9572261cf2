package desk_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
)

// sendingProfile has recipients of every role, and fields of every sort.
func sendingProfile() register.Profile {
	p := askingProfile()
	for i := range p.Kinds {
		p.Kinds[i].Fields = append(slices.Clone(p.Kinds[i].Fields),
			register.Field{ID: register.FieldGiven, Category: "Contact"},
			register.Field{ID: register.FieldJobTitle, Title: "Job", Category: "Work"},
			register.Field{ID: "interests", Title: "Interests", Category: "Interests"},
			register.Field{ID: "needs", Title: "Needs", Category: "Work", Special: true})
	}
	p.Recipients = []register.Recipient{
		{ID: "printer", Name: "The printer", Role: "processor"},
		{ID: "host", Name: "The host", Role: "processor"},
		{ID: "partner", Name: "The partner", Role: "controller"},
	}
	p.Purposes[0].Recipients = []string{"printer", "partner"}
	p.Purposes[0].Categories, p.Purposes[0].OnBehalf = []string{"Contact", "Work"}, true
	p.Purposes = append(p.Purposes, register.Purpose{ID: "bare", Title: "Bare", Channels: []string{"email"}, Notice: "main"})
	return p
}

func (o *office) mail(t testing.TB, change func(*desk.ExportInput)) (register.Disclosure, string, error) {
	t.Helper()
	in := desk.ExportInput{Noun: "mailing", Purpose: "news", Channel: "email", To: filepath.Join(t.TempDir(), "list.csv")}
	if change != nil {
		change(&in)
	}
	d, err := o.Export(t.Context(), in)
	return d, in.To, err
}

func rowsOf(t *testing.T, file string) [][]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestMailingHoldsOnlyThoseWhoMayBeContacted(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	yes := o.somebody(t, "teacher", "name", "Ada Yes", "given_name", "Ada", "email", "ada@example.org", "job_title", "=1+1")
	o.says(t, yes, newsByEmail, register.Given)
	agreed := func(name, email string) register.ID {
		id := o.somebody(t, "student", "name", name, "email", email)
		o.says(t, id, newsByEmail, register.Given)
		return id
	}
	o.put(t, agreed("R", "r@example.org"), register.Restricted)
	o.put(t, agreed("E", "e@example.org"), register.Erased) // nobody any more: not even counted
	o.put(t, agreed("D", "d@example.org"), register.Deactivated)
	o.says(t, agreed("W", "w@example.org"), newsByEmail, register.Withdrawn)
	o.says(t, agreed("O", "o@example.org"), newsByEmail, register.Objected)
	agreed("N", "")
	agreed("S", "s@example.org")
	if _, err := o.Suppress(t.Context(), register.SuppressionInput{Email: "S@example.org", Reason: "by letter"}); err != nil {
		t.Fatal(err)
	}
	o.somebody(t, "student", "name", "Never", "email", "never@example.org")
	ended := inputOf(o.somebody(t, "teacher", "name", "X", "email", "x@example.org"), newsByEmail, register.Given)
	ended.Expires = date(t, "2026-03-16")
	o.records(t, ended)
	o.now = o.now.AddDate(0, 0, 3)

	d, file, err := o.mail(t, func(in *desk.ExportInput) { in.Fields = []string{"job_title"} })
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"name", "given_name", "email", "job_title"}, {"Ada Yes", "Ada", "ada@example.org", "'=1+1"}}
	if got := rowsOf(t, file); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
	left := map[register.ContactRule]int{}
	for _, r := range d.LeftOut {
		left[r.Rule] = r.Count
	}
	for _, rule := range []register.ContactRule{
		register.RuleRestricted, register.RuleDeactivated, register.RuleOptedOut, register.RuleObjection,
		register.RuleNoAddress, register.RuleSuppressed, register.RuleNoConsent, register.RuleExpired,
	} {
		if left[rule] != 1 {
			t.Errorf("%s: %d left out", rule, left[rule])
		}
	}
	if left[register.RuleErased] != 0 {
		t.Errorf("%d erased people are told of as left out", left[register.RuleErased])
	}
	if d.Count != 1 || d.Recipient != "internal" || d.Basis != register.Consent || d.Channel != "email" || d.Digest == "" {
		t.Errorf("%+v", d)
	}
	o.disclosedOnPage(t, yes, d)
}

// disclosedOnPage: the person's page says that their data left, and the trail
// says so without a name.
func (o *office) disclosedOnPage(t *testing.T, who register.ID, d register.Disclosure) {
	t.Helper()
	page, err := o.Person(who)
	if err != nil {
		t.Fatal(err)
	}
	told := slices.ContainsFunc(page.Holdings, func(h register.Holding) bool {
		return h.Collection == "disclosed" && len(h.Entries) > 0 && h.Entries[0].ID == string(d.ID)
	})
	if !told {
		t.Error("the person's page does not say that their data left")
	}
	trail := filepath.Join(t.TempDir(), "trail.jsonl")
	if _, err := o.ExportTrail(t.Context(), trail); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(trail)
	if err != nil || !bytes.Contains(b, []byte(d.ID)) {
		t.Errorf("the trail does not name the disclosure (%v)", err)
	}
	if bytes.Contains(b, []byte("Ada")) || bytes.Contains(b, []byte("@example")) {
		t.Error("the trail holds personal data")
	}
}

func TestMailingForPostHasTheAddress(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	school := o.school(t, "Elm Primary", "100001")
	id, err := o.AddDelegate(t.Context(), register.DelegateInput{
		Kind: "teacher", Values: map[string]string{"name": "Ada", "address": "1 Elm Road"}, Organisation: school,
	})
	if err != nil {
		t.Fatal(err)
	}
	o.says(t, id, photos, register.Given)
	d, file, err := o.mail(t, func(in *desk.ExportInput) { in.Purpose, in.Channel = "photos", "post" })
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"name", "given_name", "address", "organisation"}, {"Ada", "", "1 Elm Road", "Elm Primary"}}
	if got := rowsOf(t, file); !slices.EqualFunc(got, want, slices.Equal) || !slices.Equal(d.Fields, want[0]) {
		t.Errorf("%q", got)
	}
}

func TestMailingIsRefused(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	ada := o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org")
	empty := filepath.Join(t.TempDir(), "empty.csv")
	_, _, err := o.mail(t, func(in *desk.ExportInput) { in.To = empty })
	wantKind(t, err, register.Refused)
	if !strings.Contains(err.Error(), "nobody may be contacted") || !strings.Contains(err.Error(), "1: the person has not consented") {
		t.Error(err)
	}
	if _, err := os.Stat(empty); !errors.Is(err, os.ErrNotExist) {
		t.Error("an empty list was written")
	}
	o.says(t, ada, newsByEmail, register.Given)
	for name, c := range map[string]struct {
		kind   register.Kind
		field  string
		change func(*desk.ExportInput)
	}{
		"no purpose":      {register.Invalid, "purpose", func(in *desk.ExportInput) { in.Purpose = "" }},
		"unknown purpose": {register.Invalid, "purpose", func(in *desk.ExportInput) { in.Purpose = "party" }},
		"no channel":      {register.Invalid, "channel", func(in *desk.ExportInput) { in.Channel = "" }},
		"channel":         {register.Invalid, "channel", func(in *desk.ExportInput) { in.Channel = "post" }},
		"brand":           {register.Invalid, "brand", func(in *desk.ExportInput) { in.Brand = "cook" }},
		"no brand":        {register.Invalid, "brand", func(in *desk.ExportInput) { in.Purpose = "leaflets" }},
		"no basis":        {register.Refused, "purpose", func(in *desk.ExportInput) { in.Purpose = "bare" }},
		"controller":      {register.Refused, "recipient", func(in *desk.ExportInput) { in.Recipient = "partner" }},
		"another's":       {register.Refused, "recipient", func(in *desk.ExportInput) { in.Recipient = "host" }},
		"unknown":         {register.Invalid, "recipient", func(in *desk.ExportInput) { in.Recipient = "nobody" }},
		"unknown partner": {register.Invalid, "on_behalf", func(in *desk.ExportInput) { in.OnBehalf = "nobody" }},
		"both":            {register.Refused, "recipient", func(in *desk.ExportInput) { in.Recipient, in.OnBehalf = "printer", "partner" }},
		"not for others": {register.Refused, "on_behalf", func(in *desk.ExportInput) {
			in.Purpose, in.Channel, in.OnBehalf = "photos", "post", "partner"
		}},
		"special category": {register.Refused, "field", func(in *desk.ExportInput) { in.Fields = []string{"needs"} }},
		"another category": {register.Refused, "field", func(in *desk.ExportInput) { in.Fields = []string{"interests"} }},
		"unknown field":    {register.Invalid, "field", func(in *desk.ExportInput) { in.Fields = []string{"x"} }},
		"a document":       {register.Invalid, "to", func(in *desk.ExportInput) { in.To += ".doc" }},
		"a delegates list": {register.Invalid, "channel", func(in *desk.ExportInput) { in.Noun = "delegates" }},
	} {
		_, file, err := o.mail(t, c.change)
		if register.KindOf(err) != c.kind || err == nil || register.ProblemOf(err).Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: something was written", name)
		}
	}
	viewer := o.hire(t, "vera", register.Viewer)
	_, err = viewer.Export(t.Context(), desk.ExportInput{Noun: "mailing", Purpose: "news", Channel: "email", To: empty})
	wantKind(t, err, register.Denied)
}

func TestMailingGoesToAProcessorOrStays(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	o.says(t, o.somebody(t, "teacher", "name", "Ada", "email", "ada@example.org"), newsByEmail, register.Given)
	d, file, err := o.mail(t, func(in *desk.ExportInput) { in.Recipient = "printer" })
	if err != nil || d.Recipient != "printer" || d.Role != "processor" {
		t.Fatalf("%+v, %v", d, err)
	}
	before, _ := os.ReadFile(file)
	_, _, err = o.mail(t, func(in *desk.ExportInput) { in.To = file })
	wantKind(t, err, register.Refused)
	if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
		t.Error("a file was written over")
	}
	d, _, err = o.mail(t, func(in *desk.ExportInput) { in.OnBehalf = "partner" })
	if err != nil || d.Recipient != "internal" || d.OnBehalf != "partner" {
		t.Fatalf("%+v, %v", d, err)
	}
}

// Nobody's message goes under a purpose people know as the office's own; the
// refusal names one that is meant for it, or says that there is none.
func TestMailingOnBehalfNeedsAPurposeForIt(t *testing.T) {
	for want, others := range map[string]bool{"take one that says so instead: news": true, "add a purpose that says so": false} {
		p := sendingProfile()
		p.Purposes[0].OnBehalf = others
		o := newOfficeWith(t, p)
		o.says(t, o.somebody(t, "teacher", "name", "Ada", "address", "1 Elm Road"), photos, register.Given)
		_, _, err := o.mail(t, func(in *desk.ExportInput) {
			in.Purpose, in.Channel, in.OnBehalf = "photos", "post", "partner"
		})
		wantRefusal(t, err, register.Refused, "on_behalf")
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestANoSaidMeanwhileIsHeard: somebody says no after the list was decided and
// before it is disclosed.
func TestANoSaidMeanwhileIsHeard(t *testing.T) {
	o := newOfficeWith(t, sendingProfile())
	var bob register.ID
	for _, name := range []string{"ada", "bob"} {
		bob = o.somebody(t, "teacher", "name", name, "email", name+"@example.org")
		o.says(t, bob, newsByEmail, register.Given)
	}
	reads := 0
	slow := desk.Open(o.db, func() time.Time {
		if reads++; reads == 2 { // the first is for today's date, the second for the disclosure
			o.says(t, bob, newsByEmail, register.Withdrawn)
		}
		return o.now
	})
	s, err := slow.As("office", desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "list.csv")
	d, err := s.Export(t.Context(), desk.ExportInput{Noun: "mailing", Purpose: "news", Channel: "email", To: to})
	if err != nil || d.Count != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	if rows := rowsOf(t, to); len(rows) != 2 || rows[1][0] != "ada" {
		t.Errorf("%q", rows)
	}
}
