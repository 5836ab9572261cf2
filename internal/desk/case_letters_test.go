package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
)

// openedCase opens a case of a kind about somebody on record.
func openedCase(t *testing.T, o *office, right calendar.Right) register.RequestPage {
	t.Helper()
	who, err := o.AddDelegate(t.Context(), register.DelegateInput{
		Values: map[string]string{register.FieldName: "Robin Sample", register.FieldEmail: "robin@example.org"},
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: right, Delegate: who, Received: date(t, "2026-03-02"), How: "letter",
	})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestALetterIsShownBeforeItIsWritten(t *testing.T) {
	o := newOffice(t)
	c := openedCase(t, o, calendar.Access)
	l, err := o.PreviewLetter(c.Ref, register.LetterAcknowledgement, nil)
	if err != nil || len(l.Missing) > 0 {
		t.Fatalf("%v, missing %v", err, l.Missing)
	}
	for _, want := range []string{"Robin Sample", c.Ref, "2 April 2026"} {
		if !strings.Contains(l.Text, want) {
			t.Errorf("the letter does not say %q:\n%s", want, l.Text)
		}
	}
	l, err = o.PreviewLetter(c.Ref, register.LetterClarification, nil)
	if err != nil || len(l.Missing) != 1 || l.Missing[0].Name != "question" || l.Text != "" {
		t.Errorf("a clarification without a question: %v, missing %v", err, l.Missing)
	}
	l, err = o.PreviewLetter(c.Ref, register.LetterClarification, map[string][]string{"question": {"Which **years**?"}})
	if err != nil || !strings.Contains(l.Text, "Which **years**?") {
		t.Errorf("what the office says itself is not in the letter as it is: %v\n%s", err, l.Text)
	}
	if _, err := o.PreviewLetter(c.Ref, "farewell", nil); register.KindOf(err) != register.Invalid {
		t.Errorf("a letter of no kind: %v", err)
	}
	if _, err := o.PreviewLetter("AR-2026-0099", register.LetterReply, nil); register.KindOf(err) != register.NotFound {
		t.Errorf("a letter of no case: %v", err)
	}
}

func TestALetterIsWrittenOnceAndRecorded(t *testing.T) {
	o := newOffice(t)
	c := openedCase(t, o, calendar.Access)
	for _, form := range []string{"pdf", "docx", "html", "txt"} {
		to := filepath.Join(t.TempDir(), "letter."+form)
		in := register.LetterInput{Ref: c.Ref, Kind: register.LetterAcknowledgement, To: to}
		d, err := o.WriteLetter(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(to); err != nil || info.Size() != d.Bytes {
			t.Errorf("%s: %v, %d bytes recorded", form, err, d.Bytes)
		}
		page, err := o.Request(c.Ref)
		last := page.Events[len(page.Events)-1]
		if err != nil || last.Kind != register.LetterMade || last.Letter != in.Kind || last.Reference != d.ID {
			t.Errorf("%s: the case says %+v, %v", form, last, err)
		}
		if _, err := o.WriteLetter(t.Context(), in); register.KindOf(err) != register.Refused {
			t.Errorf("%s: a file that exists: %v", form, err)
		}
	}
	for name, in := range map[string]register.LetterInput{
		"another format":    {Ref: c.Ref, Kind: register.LetterAcknowledgement, To: "letter.odt"},
		"nothing to say":    {Ref: c.Ref, Kind: register.LetterClarification, To: filepath.Join(t.TempDir(), "l.pdf")},
		"no such letter":    {Ref: c.Ref, Kind: "farewell", To: filepath.Join(t.TempDir(), "l.pdf")},
		"a certificate":     {Ref: c.Ref, Kind: register.LetterErased, To: filepath.Join(t.TempDir(), "l.pdf")},
		"nothing was asked": {Ref: c.Ref, Kind: register.LetterRefusal, To: filepath.Join(t.TempDir(), "l.pdf")},
	} {
		if _, err := o.WriteLetter(t.Context(), in); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := os.Stat(in.To); err == nil {
			t.Errorf("%s: a file is left behind", name)
		}
	}
}

// A refusal prepared by one does not leave the office before another approves it.
func TestALetterWaitsForWhatItAnnounces(t *testing.T) {
	o := newOffice(t)
	other := o.hire(t, "second", register.DPO)
	c := openedCase(t, o, calendar.Access)
	decision := register.DecisionInput{Outcome: register.Refuse, Grounds: []string{"excessive"}, Reason: "the tenth this month"}
	if _, err := o.Decide(t.Context(), c.Ref, decision); err != nil {
		t.Fatal(err)
	}
	in := register.LetterInput{Ref: c.Ref, Kind: register.LetterRefusal, To: filepath.Join(t.TempDir(), "no.pdf")}
	if _, err := o.WriteLetter(t.Context(), in); register.KindOf(err) != register.Refused {
		t.Fatalf("before the approval: %v", err)
	}
	if l, err := o.PreviewLetter(c.Ref, in.Kind, nil); err != nil || !l.Draft || !strings.Contains(l.Text, "not approved") {
		t.Errorf("the preview does not say that it is a draft: %v\n%s", err, l.Text)
	}
	if _, err := other.Approve(t.Context(), c.Ref, other.Today()); err != nil {
		t.Fatal(err)
	}
	if _, err := o.WriteLetter(t.Context(), in); err != nil {
		t.Errorf("after the approval: %v", err)
	}
}

func TestAnOfficeWordsItsLetters(t *testing.T) {
	o := newOffice(t)
	c := openedCase(t, o, calendar.Access)
	own := register.LetterTemplate{Kind: register.LetterAcknowledgement, Subject: "Thank you", Body: "Case {ref} is with us.\n"}
	bad := own
	bad.Body = "Case {ref}.\n\nDear {peson},\n"
	err := o.SaveTemplate(t.Context(), bad)
	if register.KindOf(err) != register.Invalid || !strings.Contains(err.Error(), "line 3") || !strings.Contains(err.Error(), "person") {
		t.Errorf("an unknown field: %v, want its line and the nearest field", err)
	}
	if err := o.SaveTemplate(t.Context(), own); err != nil {
		t.Fatal(err)
	}
	if l, err := o.PreviewLetter(c.Ref, own.Kind, nil); err != nil || !strings.Contains(l.Text, "Case "+c.Ref+" is with us.") {
		t.Errorf("the letter has other words: %v\n%s", err, l.Text)
	}
	if err := o.ResetTemplate(t.Context(), own.Kind); err != nil {
		t.Fatal(err)
	}
	if l, _ := o.PreviewLetter(c.Ref, own.Kind, nil); strings.Contains(l.Text, "is with us.") {
		t.Error("the words it came with are not back")
	}
	if err := o.ResetTemplate(t.Context(), own.Kind); register.KindOf(err) != register.Conflict {
		t.Errorf("a second reset: %v", err)
	}
	viewer := o.hire(t, "viewer", register.Viewer)
	if err := viewer.SaveTemplate(t.Context(), own); register.KindOf(err) != register.Denied {
		t.Errorf("a viewer words letters: %v", err)
	}
	list, err := o.Templates()
	if err != nil || len(list) != len(register.LetterKinds()) {
		t.Errorf("%d templates, %v", len(list), err)
	}
}
