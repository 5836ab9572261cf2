package letter_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"custos/internal/letter"
	"custos/internal/register"
)

func replyPDF(t interface {
	Helper()
	Fatal(...any)
}, r letter.Reply, f letter.Finish) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := letter.RenderPDF(&b, r, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// awkward is a reply with values that are hard to set.
func awkward() letter.Reply {
	r := long(3)
	r.Draft = true
	r.Person = strings.Repeat("Robin ", 40) + "山田"
	r.Office = strings.Repeat("The Association of Training Providers ", 8)
	entry := &r.Holdings[0].Entries[0]
	for _, value := range []string{
		strings.Repeat("a value that takes more than one page to say ", 400), strings.Repeat("W", 3000), hostile, "", " ",
		strings.Repeat("line\n", 200), "山田\u202e(太郎)\\", strings.Repeat("\u200d", 300), strings.Repeat("é\u200d", 300),
	} {
		entry.Lines = append(entry.Lines, register.Line{Field: "note", Label: "Note", Value: value, Source: value, Special: true})
	}
	entry.Lines = append(entry.Lines, register.Line{Field: strings.Repeat("field", 30), Label: strings.Repeat("label ", 300), Value: "x"})
	entry.ID = strings.Repeat("D", 300)
	return r
}

// chapterOf names the chapter in which a part of the data stands.
var chapterOf = map[string]string{
	"case": "Your request", "held": "What we hold on you", "purposes": "Why we use it and what allows it",
	"mentions": "What others' records say of you", "documents": "Documents held elsewhere",
	"omissions": "What was left out and why", "categories": "Categories of data", "recipients": "Who has had it or will have it",
	"disclosures": "Who has had it or will have it", "transfers": "Transfers out of the United Kingdom",
	"retention": "How long we keep it", "rights": "Your rights", "contacts": "How to complain",
	"deadline": "How the due date was worked out", "audit": "How to check these files", "format": "How to check these files",
}

// spread cuts the text of a reply into its chapters, in their order, without
// spaces.
func spread(t interface{ Fatalf(string, ...any) }, text string) map[string]string {
	_, text, _ = strings.Cut(text, "\f") // the contents
	order := []string{
		"Your request", "What we hold on you", "What others' records say of you", "Documents held elsewhere",
		"What was left out and why", "Why we use it and what allows it", "Categories of data",
		"Who has had it or will have it", "Transfers out of the United Kingdom", "How long we keep it", "Where it came from",
		"Your rights", "How to complain", "Decisions made by computer", "How the due date was worked out", "How to check these files",
	}
	chapters := map[string]string{}
	for i, title := range order {
		_, rest, ok := strings.Cut(text, fmt.Sprintf("%d. %s", i+1, title))
		if !ok {
			t.Fatalf("chapter %d, %s, is missing or stands elsewhere", i+1, title)
		}
		body := rest
		if i+1 < len(order) {
			body, _, _ = strings.Cut(rest, fmt.Sprintf("%d. %s", i+2, order[i+1]))
		}
		chapters[title], text = squeezed(body), rest
	}
	return chapters
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func wantAll(t *rapid.T, r letter.Reply, f letter.Finish) {
	text, err := letter.PDFText(replyPDF(t, r, f), f.Password)
	if err != nil {
		t.Fatal(err)
	}
	chapters := spread(t, text)
	held := asJSONOf(t, r)
	for path, value := range held {
		if strings.HasPrefix(path, ".statements") && strings.HasSuffix(path, ".about") {
			continue
		}
		in := chapters[chapterOf[part(path)]]
		if part(path) == "statements" {
			in = squeezed(strings.Join(slices.Collect(mapValues(chapters)), "\n"))
		}
		if want := squeezed(letter.Shown(letter.InWords(value))); !strings.Contains(in, want) {
			t.Fatalf("%s = %q is not in its chapter: %q", path, want, in)
		}
	}
}

func mapValues(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

func TestReplyPDFSaysAllTheDataHolds(t *testing.T) {
	odd := rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[Α-ωЀ-я山田שלום]{1,12}( [Α-ωЀ-яa-z]{1,40}){0,6}`),
		rapid.SampledFrom([]string{strings.ToValidUTF8(hostile, "?"), "Ἀθηνᾶ Παπαδοπούλου", "Ђорђе Жук", "(\\)", "山田 太郎", "a\r\nb", "2026-02-30", "😀 \U0001f469\u200d\U0001f467"}),
	)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		r := sample()
		r.Person, r.Office = odd.Draw(t, "person"), odd.Draw(t, "office")
		lines := r.Holdings[0].Entries[0].Lines
		for i := range lines {
			lines[i].Value, lines[i].Source, lines[i].Label = odd.Draw(t, "value"), odd.Draw(t, "source"), odd.Draw(t, "label")
		}
		r.Holdings[1].Title = odd.Draw(t, "title")
		f := letter.Finish{}
		if n++; n%20 == 0 {
			f.Password = []byte("Päßword")
		}
		wantAll(t, r, f)
	})
}

func TestReplyPDFGoesOnOverPages(t *testing.T) {
	pdf := replyPDF(t, awkward(), letter.Finish{})
	wantTidy(t, readPDF(t, pdf))
	wantTidy(t, readPDF(t, replyPDF(t, long(200), letter.Finish{})))
	text, err := letter.PDFText(pdf, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		strings.TrimSpace(strings.Repeat("a value that takes more than one page to say ", 400)), strings.Repeat("W", 3000),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%.20q is in pieces", want)
		}
	}
}

func TestEveryPageOfADraftSaysSo(t *testing.T) {
	r := long(60)
	for _, draft := range []bool{true, false} {
		r.Draft = draft
		text, err := letter.PDFText(replyPDF(t, r, letter.Finish{}), nil)
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(text, "\f")
		for i, page := range pages {
			if strings.Contains(page, "It must not be sent.") != draft {
				t.Errorf("page %d of a reply, draft %v", i+1, draft)
			}
			if !strings.Contains(page, fmt.Sprintf("Page %d of %d", i+1, len(pages))) {
				t.Errorf("page %d is not numbered", i+1)
			}
		}
	}
}

func TestWhatStandsInOneCellStaysApart(t *testing.T) {
	text, err := letter.PDFText(replyPDF(t, sample(), letter.Finish{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\nSpecial requirements special_requirements Special category\nStep-free room\n", "\nRecord 1 D0000000000001\n", "\n1 December 1990\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said so", want)
		}
	}
}

func TestALetterTheFontLacksIsReadOutAsItIsWritten(t *testing.T) {
	r := sample()
	r.Holdings[0].Entries[0].Lines[0].Value = "山田 Δ"
	pdf := replyPDF(t, r, letter.Finish{})
	text, err := letter.PDFText(pdf, nil)
	if err != nil || !strings.Contains(text, "山田 Δ") || !strings.Contains(text, "stands in full in data.json") {
		t.Errorf("%v: %q", err, text)
	}
	drawn := running(readPDF(t, pdf))
	if !strings.Contains(drawn, "\ufffd\ufffd Δ") || strings.Contains(drawn, "山") {
		t.Error("what the font lacks is not drawn as a mark")
	}
}

func TestReplySaysWhoCheckedItAndWhatComesWithIt(t *testing.T) {
	r := sample()
	for _, unchecked := range []bool{true, false} {
		r.Unchecked = unchecked
		f := letter.Finish{}
		beside, inside := "The files that come with it", "is attached to it"
		if unchecked {
			f.Attachments = []letter.Attachment{{Name: letter.DataFile}}
			beside, inside = inside, beside
		}
		text, err := letter.PDFText(replyPDF(t, r, f), nil)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, "nobody else checked it") != unchecked || !strings.Contains(text, beside) || strings.Contains(text, inside) {
			t.Errorf("unchecked %v: %q", unchecked, text)
		}
	}
}
