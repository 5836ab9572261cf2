package desk_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

func TestTextOfAPackShowsTheGaps(t *testing.T) {
	a := newAsked(t)
	a.judge(t, true)
	a.redact(t, "Ben Carter")
	all, err := a.PackText(a.ref)
	if err != nil {
		t.Fatal(err)
	}
	quoted, gaps := false, 0
	for _, p := range all {
		if strings.Contains(strings.ToLower(p.Text), "ben carter") {
			t.Errorf("%+v", p)
		}
		gaps += strings.Count(p.Text, "[removed: information about somebody else, DPA 2018 Sch 2 para 16]")
		quoted = quoted || p.Text == "Shares a room with A. O’Neill."
	}
	if !quoted || gaps == 0 {
		t.Errorf("quoted %t, %d gaps", quoted, gaps)
	}
}

func TestHintsNameOthersInThePack(t *testing.T) {
	a := newAsked(t)
	hints, err := a.RedactionHints(a.ref)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, h := range hints {
		words = append(words, h.Words)
		switch h.Words {
		case "Ben Carter":
			if !h.Staff || h.Code != "" || h.Who != a.ben || h.Count == 0 || !strings.Contains(h.Why, "para 17") {
				t.Errorf("%+v", h)
			}
		case "office":
			if !h.Staff || h.Who != "" {
				t.Errorf("%+v", h)
			}
		}
	}
	if !slices.Contains(words, "Ben Carter") || !slices.Contains(words, "Zoë Hill") || slices.Contains(words, "Ada O'Neill") {
		t.Errorf("%q", words)
	}
	a.redact(t, "Ben Carter")
	if hints, err = a.RedactionHints(a.ref); err != nil || slices.ContainsFunc(hints, func(h register.RedactionHint) bool { return h.Who == a.ben }) {
		t.Errorf("%+v, %v", hints, err)
	}
}

// Somebody who is not met at their work is somebody else whose name goes.
func TestHintsTellStaffFromOthers(t *testing.T) {
	o := newOfficeOf(t, "traded-services-portal")
	ada := o.person(t, "Ada O'Neill", "ada@example.org")
	_, err := o.AddDelegate(t.Context(), register.DelegateInput{Kind: "childminder", Values: map[string]string{"name": "Mina Moss"}})
	if err != nil {
		t.Fatal(err)
	}
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Access, Delegate: ada, Received: o.Today(), How: "email", Note: "Mina Moss is her neighbour.",
	})
	if err != nil {
		t.Fatal(err)
	}
	hints, err := o.RedactionHints(page.Ref)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(hints, func(h register.RedactionHint) bool { return h.Words == "Mina Moss" })
	if i < 0 || hints[i].Staff || hints[i].Code != "third-party" {
		t.Errorf("%+v", hints)
	}
}

func TestWhatCannotBeRedacted(t *testing.T) {
	a := newAsked(t)
	for _, tt := range []struct {
		name string
		in   register.RedactionInput
		kind register.Kind
	}{
		{"no code", register.RedactionInput{Words: "Ben Carter", Reason: "why"}, register.Invalid},
		{"no such code", register.RedactionInput{Words: "Ben Carter", Code: "because", Reason: "why"}, register.Invalid},
		{"no reason", register.RedactionInput{Words: "Ben Carter", Code: "third-party"}, register.Invalid},
		{"herself", register.RedactionInput{Words: "ada", Code: "third-party", Reason: "why"}, register.Refused},
		{"the page", register.RedactionInput{Words: "Art 15", Code: "third-party", Reason: "why"}, register.Refused},
		{"the profile", register.RedactionInput{Words: "public task", Code: "third-party", Reason: "why"}, register.Refused},
		{"a gap", register.RedactionInput{Words: "legal professional privilege", Code: "privilege", Reason: "why"}, register.Refused},
	} {
		_, err := a.Redact(t.Context(), a.ref, tt.in)
		if register.KindOf(err) != tt.kind {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	f, err := a.Findings(t.Context(), a.ref, nil)
	if err != nil || len(f.Redactions) > 0 {
		t.Errorf("%+v, %v", f.Redactions, err)
	}
}

func TestAMarkIsTakenOffWithAReason(t *testing.T) {
	a := newAsked(t)
	a.redact(t, "Ben Carter")
	f, err := a.Findings(t.Context(), a.ref, nil)
	if err != nil || len(f.Redactions) != 1 || f.Redactions[0].By != "office" {
		t.Fatalf("%+v, %v", f.Redactions, err)
	}
	id := f.Redactions[0].ID
	_, err = a.Unredact(t.Context(), a.ref, id, " ")
	wantKind(t, err, register.Invalid)
	_, err = a.Unredact(t.Context(), a.ref, "R000", "why")
	wantKind(t, err, register.NotFound)
	page, err := a.Unredact(t.Context(), a.ref, id, "staff in the course of their work")
	if err != nil || page.Events[len(page.Events)-1].Kind != register.SelectionChanged {
		t.Fatalf("%+v, %v", page.Events, err)
	}
	if rows, err := a.Trail(1); err != nil || strings.Contains(rows[0].Note, "Carter") {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestNothingIsChosenAfterTheReply(t *testing.T) {
	a := newAsked(t)
	a.judge(t, false)
	a.decide(t)
	if _, err := a.Progress(t.Context(), a.ref, register.RequestEvent{Kind: register.Replied, On: a.Today()}); err != nil {
		t.Fatal(err)
	}
	_, err := a.Redact(t.Context(), a.ref, register.RedactionInput{Words: "Ben Carter", Code: "third-party", Reason: "why"})
	wantKind(t, err, register.Refused)
}

func TestOnlyOfficersChoose(t *testing.T) {
	a := newAsked(t)
	viewer := a.hire(t, "vera", register.Viewer)
	_, err := viewer.Redact(t.Context(), a.ref, register.RedactionInput{Words: "Ben Carter", Code: "third-party", Reason: "why"})
	wantKind(t, err, register.Denied)
	_, err = viewer.Choose(t.Context(), a.ref, []register.FindingChoice{{Collection: "consents", Record: "K1", Reason: "why"}})
	wantKind(t, err, register.Denied)
	_, err = viewer.Attach(t.Context(), a.ref, register.AttachInput{File: filepath.Join(t.TempDir(), "none")})
	wantKind(t, err, register.Denied)
}

func TestTheListOfExemptionsIsTheOffices(t *testing.T) {
	a := newAsked(t)
	ctx := t.Context()
	wantKind(t, a.SaveExemption(ctx, register.Exemption{Code: "own"}), register.Invalid)
	if err := a.SaveExemption(ctx, register.Exemption{Code: "own", Title: "our own reason", Source: "the law"}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Redact(ctx, a.ref, register.RedactionInput{Words: "Ben Carter", Code: "own", Reason: "why"}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, a.RemoveExemption(ctx, "own"), register.Refused) // the case uses it
	wantKind(t, a.RemoveExemption(ctx, "none"), register.NotFound)
	if err := a.RemoveExemption(ctx, "adoption"); err != nil {
		t.Fatal(err)
	}
	list, err := a.Exemptions()
	has := func(code string) bool {
		return slices.ContainsFunc(list, func(x register.Exemption) bool { return x.Code == code })
	}
	if err != nil || has("adoption") || !has("own") || !has("third-party") {
		t.Errorf("%+v, %v", list, err)
	}
}
