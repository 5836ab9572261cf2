package register

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMentionNeedlesNameSomebodyInEveryWay(t *testing.T) {
	d := Delegate{
		Name: "Ada Mary O'Neill", Given: "Ada Mary", Family: "O'Neill", Email: "ada@example.org", Phone: "01632 960123",
		Fields: map[string]string{
			"second_email": "ada@home.example", "mobile_phone": "07700 900123", "notes": "likes tea", "login_name": "oneill7",
			"home_address": "12 Elm Road\nZZ1 1ZZ", "postcode": "ZZ1 1ZZ", "date_of_birth": "1990-02-03", "last_login_ip": "192.0.2.7",
		},
	}
	var texts []string
	for _, n := range MentionNeedles(&d) {
		texts = append(texts, n.Text)
		if n.Digits != strings.HasPrefix(n.Text, "0") {
			t.Errorf("%+v", n)
		}
	}
	for _, want := range []string{
		"Ada Mary O'Neill", "Ada O'Neill", "O'Neill, Ada Mary", "O'Neill Ada Mary", "A O'Neill", "A. O'Neill", "O'Neill, A.", "AM O'Neill",
		"A.M. O'Neill", "Ms O'Neill", "Mrs. O'Neill", "ada@example.org", "ada@home.example", "01632 960123", "07700 900123", "oneill7",
	} {
		if !slices.Contains(texts, want) {
			t.Errorf("%q is not looked for", want)
		}
	}
	for _, not := range []string{"Ada", "O'Neill", "likes tea", "12 Elm Road", "ZZ1 1ZZ", "1990-02-03", "192.0.2.7", ""} {
		if slices.Contains(texts, not) {
			t.Errorf("%q is looked for", not)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"One. Two! Three?", []string{"One.", "Two!", "Three?"}},
		{"Saw A. O'Neill today. Fine.", []string{"Saw A. O'Neill today.", "Fine."}},
		{"Mrs. Hill came. She left", []string{"Mrs. Hill came.", "She left"}},
		{"at 3.30 p.m. by car", []string{"at 3.30 p.m. by car"}},
		{"first line\nsecond line", []string{"first line", "second line"}},
		{"see elm.example for it", []string{"see elm.example for it"}},
	} {
		if diff := cmp.Diff(tt.want, Sentences(tt.text)); diff != "" {
			t.Errorf("%q: %s", tt.text, diff)
		}
	}
}

func TestQuote(t *testing.T) {
	names := func(s string) bool { return strings.Contains(s, "Ada") }
	for _, tt := range []struct{ text, want string }{
		{"Ben came. Ada came. Ben left.", "Ada came."},
		{"Ada came. Ada left.", "Ada came. Ada left."},
		{"Ada came. Ben hid. Ada left.", "Ada came. … Ada left."},
		{"Nobody.", "Nobody."},
	} {
		if got := Quote(tt.text, names); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestAChangedMentionIsNotJudged(t *testing.T) {
	r := Request{Ref: "AR-2026-0001"}
	m := Mention{Collection: "delegates", Record: "D1", Field: "fields.notes", Text: "Ada came.", Passage: "Ada came."}
	if f := r.Found(nil, []Mention{m}); f.Unjudged != 1 || f.NotJudged() != "1 mention not judged" {
		t.Fatalf("%+v", f)
	}
	choice := FindingChoice{Collection: "delegates", Record: "D1", Field: "fields.notes", Digest: TextDigest(m.Text),
		Include: true, Passage: "Ada"}
	if err := r.Choose(choice); err != nil {
		t.Fatal(err)
	}
	f := r.Found(nil, []Mention{m})
	if f.Unjudged != 0 || !f.Mentions[0].In() || f.Mentions[0].Passage != "Ada" {
		t.Fatalf("%+v", f)
	}
	m.Text = "Ada came late."
	if f := r.Found(nil, []Mention{m}); f.Unjudged != 1 || f.Mentions[0].In() || f.Mentions[0].Passage != "Ada came." {
		t.Fatalf("%+v", f)
	}
}

func TestChoicesNeedTheirReasons(t *testing.T) {
	for _, tt := range []struct {
		name  string
		c     FindingChoice
		field string
	}{
		{"no record", FindingChoice{Collection: "consents", Include: true}, "record"},
		{"left out, no reason", FindingChoice{Collection: "consents", Record: "K1", Reason: " "}, "reason"},
		{"a mention without digest", FindingChoice{Collection: "delegates", Record: "D1", Field: "name", Include: true}, "sha256"},
		{"a mention without passage", FindingChoice{Collection: "delegates", Record: "D1", Field: "name", Digest: "x", Include: true}, "passage"},
	} {
		var r Request
		err := r.Choose(tt.c)
		if KindOf(err) != Invalid || !strings.HasPrefix(err.Error(), tt.field) || len(r.Choices) > 0 {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestALaterChoiceReplacesTheEarlier(t *testing.T) {
	var r Request
	for _, c := range []FindingChoice{
		{Collection: "consents", Record: "K1", Reason: "it is somebody else's"}, {Collection: "consents", Record: "K2", Reason: "twice"},
		{Collection: "consents", Record: "K1", Include: true},
	} {
		if err := r.Choose(c); err != nil {
			t.Fatal(err)
		}
	}
	held := []Holding{{Collection: "consents", Title: "Consents", Entries: []Record{{ID: "K1"}, {ID: "K2"}}}}
	f := r.Found(held, nil)
	in, _, _, left := f.TakenIn()
	if len(r.Choices) != 2 || len(in[0].Entries) != 1 || in[0].Entries[0].ID != "K1" || in[0].LeftOut != 1 {
		t.Errorf("%+v", in)
	}
	want := []Withheld{{What: "Records under Consents", Count: 1, Reasons: []string{"twice"}}}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Error(diff)
	}
}

func TestRecordsWithoutAnIDAreNamedByWhatTheySay(t *testing.T) {
	a := Record{Lines: []Line{{Field: "name", Value: "Ada"}}}
	b := Record{Lines: []Line{{Field: "name", Value: "Bea"}}}
	if RecordKey(&a) == RecordKey(&b) || RecordKey(&a) != RecordKey(&Record{Lines: a.Lines}) || RecordKey(&a) == "" {
		t.Error("two records share a name")
	}
}

func TestFieldLabel(t *testing.T) {
	for field, want := range map[string]string{
		"fields.notes": "Notes", "events[2].text": "Events 3, text", "given_by": "Given by", "name": "Name",
	} {
		if got := FieldLabel(field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
}
