package register

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// twins are two records of one person: what stays, and what goes over.
func twins() (into, from Delegate) {
	into = Delegate{
		ID: "D1", Name: "Ann Other", Email: "ann@example.com", Fields: map[string]string{"diet": "none"},
		Created: noon(ymd(2026, 2, 1)), MergedFrom: []ID{"D0"},
		Sources: []Provenance{{How: "self", On: ymd(2026, 2, 1)}},
	}
	from = Delegate{
		ID: "D2", Name: "Ann Other", Email: "other@example.com", Phone: "01632 960001",
		Fields:  map[string]string{"diet": "vegan"},
		Created: noon(ymd(2026, 1, 1)), MergedFrom: []ID{"D3"},
		Sources: []Provenance{
			{How: "import", On: ymd(2026, 1, 1)},
			{How: "form", Fields: []string{FieldPhone, FieldEmail}, On: ymd(2026, 1, 2)},
			{How: "phone", Fields: []string{FieldEmail}, On: ymd(2026, 1, 3)},
		},
	}
	return into, from
}

func TestMergeRecords(t *testing.T) {
	into, from := twins()
	one, filled, differ := MergeRecords(&into, &from, []string{"diet", FieldJobTitle})
	want := Delegate{
		ID: "D1", Name: "Ann Other", Email: "ann@example.com", Phone: "01632 960001",
		Fields:  map[string]string{"diet": "vegan"},
		Created: noon(ymd(2026, 1, 1)), MergedFrom: []ID{"D0", "D2", "D3"},
		Sources: []Provenance{
			{How: "self", On: ymd(2026, 2, 1)}, {How: "import", On: ymd(2026, 1, 1)},
			{How: "form", Fields: []string{FieldPhone}, On: ymd(2026, 1, 2)},
		},
	}
	if diff := cmp.Diff(want, one); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"diet", FieldPhone}, filled); diff != "" {
		t.Errorf("filled: %s", diff)
	}
	if diff := cmp.Diff([]string{FieldEmail}, differ); diff != "" {
		t.Errorf("differ: %s", diff)
	}
	before, other := twins()
	if diff := cmp.Diff([]Delegate{before, other}, []Delegate{into, from}); diff != "" {
		t.Errorf("the records it came from were changed: %s", diff)
	}
}

// What the record that goes does not know takes nothing away.
func TestMergeWithAnEmptyRecordChangesNothing(t *testing.T) {
	into, _ := twins()
	from := Delegate{ID: "D2", Created: into.Created.Add(time.Hour)}
	one, filled, differ := MergeRecords(&into, &from, []string{FieldEmail})
	same := one.Email == into.Email && one.Created.Equal(into.Created) && len(one.Sources) == 1
	if len(filled)+len(differ) > 0 || !same {
		t.Errorf("%+v, filled %v, differ %v", one, filled, differ)
	}
}

func TestMergedQuestions(t *testing.T) {
	p := bureau().Profile
	photos := ConsentKey{"photos", "email", ""}
	m := At(ymd(2026, 3, 30))
	for _, tt := range []struct {
		name       string
		from, into []ConsentFact
		want       []MergedQuestion
	}{
		{"the same", []ConsentFact{fact("a", Given, 1)}, []ConsentFact{fact("b", Given, 2)}, []MergedQuestion{}},
		{"a later no", []ConsentFact{fact("a", Withdrawn, 2)}, []ConsentFact{fact("b", Given, 1)},
			[]MergedQuestion{{Purpose: "news", Channel: "email", From: Withdrawn, Into: Given, Becomes: Withdrawn}}},
		{"a no before a yes", []ConsentFact{fact("a", Given, 2)}, []ConsentFact{fact("b", Withdrawn, 1)},
			[]MergedQuestion{{Purpose: "news", Channel: "email", From: Given, Into: Withdrawn, Becomes: Given}}},
		{"a yes where nobody was asked", []ConsentFact{about(fact("a", Given, 2), photos)}, nil,
			[]MergedQuestion{{Purpose: "photos", Channel: "email", From: Given, Into: NeverAsked, Becomes: Given}}},
		{"a no to marketing leaves the photographs", []ConsentFact{wide(fact("a", Objected, 2), AnyChannel)},
			[]ConsentFact{about(fact("b", Given, 1), photos)},
			[]MergedQuestion{
				{Purpose: "news", Channel: "email", From: Objected, Into: NeverAsked, Becomes: Objected},
				{Purpose: "photos", Channel: "email", From: NeverAsked, Into: Given, Becomes: Given},
			}},
	} {
		got := p.MergedQuestions([]ConsentKey{news, photos}, tt.from, tt.into, m)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
