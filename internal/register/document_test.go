package register

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDocumentsAreListedOnceAndLeftOutForAReason(t *testing.T) {
	letter := Document{ID: "F1", Title: "a letter", Where: "cabinet", Digest: "d1", Include: true}
	other := Document{ID: "F2", Title: "a card", Where: "cabinet", Digest: "d2", Include: true}
	var r Request
	for _, tt := range []struct {
		d    Document
		want Kind
	}{
		{Document{Title: " ", Where: "cabinet"}, Invalid}, {Document{Title: "a letter", Where: " "}, Invalid},
		{letter, allowed}, {letter, Conflict}, {other, allowed},
	} {
		if err := r.AttachDocument(tt.d); (err == nil) != (tt.want == allowed) || err != nil && KindOf(err) != tt.want {
			t.Errorf("%+v: %v", tt.d, err)
		}
	}
	was := r.Documents
	for _, tt := range []struct {
		id      ID
		include bool
		reason  string
		want    Kind
	}{
		{"F2", false, " ", Invalid}, {"F3", false, "x", NotFound}, {"F3", true, "", NotFound},
		{"F1", false, "x", allowed}, {"F1", true, "", allowed}, {"F2", false, " about others ", allowed},
	} {
		if err := r.TakeDocument(tt.id, tt.include, tt.reason); (err == nil) != (tt.want == allowed) || err != nil && KindOf(err) != tt.want {
			t.Errorf("%+v: %v", tt, err)
		}
	}
	if diff := cmp.Diff([]Document{letter, other}, was); diff != "" {
		t.Errorf("the list another holds was written to: %s", diff)
	}
	other.Include, other.Reason = false, "about others"
	if diff := cmp.Diff([]Document{letter, other}, r.Documents); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestAnExemptionNeedsItsLawAndKnowsItsUse(t *testing.T) {
	for _, x := range []Exemption{
		{Code: "Not A Code", Title: "t", Source: "s"}, {Code: "c", Title: " ", Source: "s"}, {Code: "c", Title: "t", Source: " "},
	} {
		if err := x.Validate(); KindOf(err) != Invalid || err == nil {
			t.Errorf("%+v: %v", x, err)
		}
	}
	if x := (Exemption{Code: "c", Title: "t", Source: "s"}); x.Validate() != nil {
		t.Error(x.Validate())
	}
	if x, ok := (&Settings{}).Exemption("whim"); ok {
		t.Errorf("%+v", x)
	}
	r := Request{Redactions: []Redaction{{Code: "harm"}}, Choices: []FindingChoice{{Code: "sen"}}}
	if !r.Uses("harm") || !r.Uses("sen") || r.Uses("crime") || (&Request{}).Uses("harm") {
		t.Error("a case does not know what it takes out under which exemption")
	}
}
