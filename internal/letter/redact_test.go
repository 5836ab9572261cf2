package letter_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/letter"
	"custos/internal/register"
)

// everywhere puts a name into every text of a reply that is of the case.
func everywhere(name string) letter.Reply {
	r := sample()
	r.Request.Requester = "Aunt of " + name
	r.Request.Events[1].Text = name + " gave a reference."
	h := &r.Holdings[0].Entries[0]
	h.ID = name
	h.Lines = append(h.Lines, register.Line{Field: name, Label: name, Value: "with " + name, Source: "told by " + name})
	r.Holdings[0].Title, r.Holdings[0].Purpose, r.Holdings[0].Collection = name, name, name
	r.Mentions[0] = register.Mention{Collection: name, Title: name, Label: name, Passage: name}
	r.Documents[0].Title, r.Documents[0].Where = "Letter "+name, name
	r.Withheld = append(r.Withheld, register.Withheld{What: name, Count: 1, Reasons: []string{name}})
	r.Redactions[0].Reason = "It names " + name
	r.Disclosures[0].What, r.Disclosures[0].Recipient, r.Disclosures[0].Fields = name, name, []string{name}
	return r
}

func TestWordsTakenOutAreInNoForm(t *testing.T) {
	r := everywhere("BEN\u00a0Carter")
	marks := register.NewRedactor(r.Redactions, nil)
	data, err := json.Marshal(letter.Data(r))
	if err != nil {
		t.Fatal(err)
	}
	var pdf bytes.Buffer
	if err := letter.RenderPDF(&pdf, r, letter.Finish{}); err != nil {
		t.Fatal(err)
	}
	text, err := letter.PDFText(pdf.Bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{"page": render(t, r), "data": string(data), "print": text}
	for _, s := range letter.Sections(r) {
		for _, row := range s.Rows {
			forms[s.Name] += strings.Join(row, "\n") + "\n"
		}
	}
	for _, p := range letter.Passages(r) {
		forms["passages"] += p.Text + "\n"
	}
	for name, form := range forms {
		if found := marks.Finds(form); len(found) > 0 {
			t.Errorf("the %s still says %s", name, r.Redactions[found[0]].ID)
		}
	}
	if !strings.Contains(forms["held"], "with [removed: information about somebody else, DPA 2018 Sch 2 para 16]") {
		t.Errorf("no gap is shown:\n%s", forms["held"])
	}
}

func TestWhatWasLeftOutIsSaidWithItsReason(t *testing.T) {
	want := []letter.Omission{
		{What: "Words taken out", Count: 3, Why: "information about somebody else", Law: "DPA 2018 Sch 2 para 16",
			Reasons: []string{"Names another delegate."}},
		{What: "Records under Bookings", Count: 2, Why: "a confidential reference", Law: "DPA 2018 Sch 2 para 24",
			Reasons: []string{"It is a reference."}},
		{What: "Passages in records kept on others", Count: 1, Reasons: []string{"Another person of that name."}},
	}
	r := sample()
	r.Request.Events[1].Text = "Ben Carter objects."
	d := letter.Data(r)
	if diff := cmp.Diff(want, d.Omissions); diff != "" {
		t.Error(diff)
	}
	if page := render(t, r); !strings.Contains(page, "Art 15(4)") {
		t.Error("the page does not say what allows it")
	}
}

func TestCopiesHaveNamesWithoutTheWords(t *testing.T) {
	d := letter.Data(sample())
	if got := d.Documents[0].File; got != "documents/01-Letter-from-removed.pdf" {
		t.Errorf("got %s", got)
	}
	if got := d.Documents[1].File; got != "" {
		t.Errorf("no copy was given of %s", got)
	}
}

func TestACodeThatLeftTheListStillMakesAGap(t *testing.T) {
	r := sample()
	r.Exemptions = nil
	if d := letter.Data(r); !strings.Contains(d.Mentions[0].Passage, "[removed: third-party") {
		t.Errorf("%s", d.Mentions[0].Passage)
	}
}

func TestFixedTextsCoverWhatAReplyIsWrittenWith(t *testing.T) {
	bare := sample()
	fixed := letter.FixedTexts(letter.Reply{Office: bare.Office, Profile: bare.Profile, On: bare.On, Exemptions: bare.Exemptions})
	for _, words := range []string{"nothing", "square brackets", "somebody else", "Draft", "Controller", "sha256", "partly fulfilled", "Page"} {
		mark := register.NewRedactor([]register.Redaction{{Words: words}}, nil)
		if !slices.ContainsFunc(fixed, func(text string) bool { return len(mark.Finds(text)) > 0 }) {
			t.Errorf("%q may be taken out of every reply", words)
		}
	}
}

func TestRecordsLeftOutAreNotSaidToBeNothing(t *testing.T) {
	r := sample()
	r.Holdings[1].LeftOut = 2
	page := render(t, r)
	if strings.Contains(page, "We hold nothing under Bookings") || !strings.Contains(page, "under Bookings (bookings) was left out: 2.") {
		t.Error("the page says that nothing is held")
	}
}
