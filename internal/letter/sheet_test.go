package letter_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"custos/internal/letter"
	"custos/internal/register"
)

func sheet(t testing.TB, a letter.Asking, people []letter.Person) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := letter.Sheet(&b, a, people); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func forms(t testing.TB, a letter.Asking, people []letter.Person) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := letter.Forms(&b, a, people); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wantAgreed compares a text with the file that was agreed.
func wantAgreed(t *testing.T, name, got string) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if os.Getenv("CUSTOS_UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Errorf("%s (CUSTOS_UPDATE=1 writes it anew): %s", golden, diff)
	}
}

func TestPaperIsAsAgreed(t *testing.T) {
	wantAgreed(t, "sheet.txt", flat(readPDF(t, sheet(t, asking(), people()))))
	wantAgreed(t, "forms.txt", flat(readPDF(t, forms(t, asking(), people()))))
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	for range 3 {
		if !bytes.Equal(sheet(t, asking(), crowd(30)), sheet(t, asking(), crowd(30))) {
			t.Fatal("two sheets of the same input differ")
		}
		if !bytes.Equal(forms(t, asking(), people()), forms(t, asking(), people())) {
			t.Fatal("two sets of forms of the same input differ")
		}
	}
}

func TestNothingOverlaps(t *testing.T) {
	long := asking()
	long.Keys = long.Keys[:1]
	long.Title = ""
	for name, pdf := range map[string][]byte{
		"200 people, 12 purposes":   sheet(t, heavy(12), crowd(200)),
		"60 purposes":               sheet(t, heavy(60), crowd(10)),
		"one question":              sheet(t, long, crowd(40)),
		"nobody":                    sheet(t, asking(), nil),
		"forms for many purposes":   forms(t, heavy(12), crowd(3)),
		"forms":                     forms(t, asking(), crowd(8)),
		"forms for nobody":          forms(t, asking(), nil),
		"as agreed":                 sheet(t, asking(), people()),
		"a letter with few reasons": reply(t, withdrawal()),
		"a letter with many":        reply(t, manyTaken()),
	} {
		t.Run(name, func(t *testing.T) { wantTidy(t, readPDF(t, pdf)) })
	}
}

func TestSheetSaysWhatTheLawAsks(t *testing.T) {
	a := asking()
	news, _ := a.Settings.Profile.Purpose("news")
	digest := news.ShownDigest(&a.Settings.Profile.Notices[1])
	for name, pdf := range map[string][]byte{"sheet": sheet(t, a, people()), "forms": forms(t, a, people())} {
		pages := readPDF(t, pdf)
		said := running(pages)
		for _, want := range []string{
			"Sample & Sons Training asks you", "May we tell you about new courses?", "May we send you the newsletter?",
			"May we keep what you need?", "The Gazette, Email", // purposes and channels
			"version 2 of 1 July 2026 (news)", digest[:4] + "-" + digest[4:8], // which wording: of the day in London
			"We send it ourselves.", "Only those who prepare the course see it.",
			"has no disadvantage for you", "take back a yes at any time", "By phone, by email or at the desk.",
			"The university", "The mailing company", "in Canada", "Decides for itself", "Works on our instructions only",
			"A yes counts for 24 months", "UK GDPR Art 9(2)(a): explicit consent",
			"Tell us first, then The Regulator.", "X0000000000001", "First aid, 2 July 2026",
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: it does not say %q", name, want)
			}
		}
		for _, not := range []string{"The former text", "The admissions service", "Through its website"} {
			if strings.Contains(said, not) {
				t.Errorf("%s: it says %q", name, not)
			}
		}
		for i := range pages {
			foot := running(pages[i : i+1])
			if !strings.Contains(foot, shownTrail+a.Settings.Office) || !strings.Contains(foot, "X0000000000001") {
				t.Errorf("%s: page %d lacks the office, the code or the audit trail's head", name, i+1)
			}
			if page := fmt.Sprintf("Page %d of %d", i+1, len(pages)); name == "sheet" && !strings.Contains(foot, page) {
				t.Errorf("page %d is not numbered", i+1)
			}
		}
	}
}

func TestEveryPersonHasARowWithTwoBoxesForEachQuestion(t *testing.T) {
	pages := readPDF(t, sheet(t, asking(), crowd(60)))
	boxes, rows := 0, 0
	for _, p := range pages {
		boxes += len(p.boxes)
		heads := 0
		for _, x := range p.texts {
			if x.text == fmt.Sprint(rows+1) {
				rows++
			}
			if x.text == "Signature" {
				heads++
			}
		}
		if len(p.boxes) > 0 && heads != 1 {
			t.Error("a page of the list has no headings")
		}
	}
	if rows != 60 || boxes != 60*4*2 {
		t.Errorf("%d rows in order and %d boxes", rows, boxes)
	}
	if n := len(readPDF(t, sheet(t, asking(), people()[1:2]))[1].boxes); n != 4 {
		t.Errorf("%d boxes for somebody who is asked two questions", n)
	}
}

func TestFormsBeginOnAPageOfTheirOwn(t *testing.T) {
	pages := readPDF(t, forms(t, asking(), people()))
	n := 0
	for i := range pages {
		if s := running(pages[i : i+1]); strings.Contains(s, "We ask for your consent") {
			n++
			if want := []int{10, 6, 10}[n-1]; len(pages[i].boxes) != want { // two for each question, two for who answers
				t.Errorf("form %d has %d boxes, want %d", n, len(pages[i].boxes), want)
			}
			if !strings.Contains(s, fmt.Sprintf("no. %d", n)) || !strings.Contains(s, "Page 1 of ") {
				t.Errorf("form %d does not bear its number, or its pages are not numbered from one", n)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d forms for three people", n)
	}
	said := running(pages)
	if strings.Count(said, "May we keep what you need?") != 2 || strings.Count(said, "May we send you the newsletter?") != 3 {
		t.Error("a question is put to somebody it is not for")
	}
	if strings.Count(said, "The university") != 2 || strings.Count(said, "Only those who prepare the course see it.") != 2 {
		t.Error("a form names a recipient or a notice that is not for that person")
	}
	if strings.Count(said, "a parent or carer answers for this person") != 1 || !strings.Contains(said, "a child under 12") {
		t.Error("it does not say when a parent answers")
	}
}

func TestNoLetterOfANameVanishes(t *testing.T) {
	pages := readPDF(t, sheet(t, asking(), people()))
	list := running(pages[1:])
	for _, want := range []string{"\ufffd\ufffd Δ Жук", "D0000000000002", "stands for a letter this print has no sign for"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	if strings.Contains(list, "D0000000000001") || strings.Contains(running(pages[:1]), "\ufffd") {
		t.Error("a mark or an id stands where every letter could be printed")
	}
	plain := running(readPDF(t, sheet(t, asking(), []letter.Person{{Name: "Zoe\u0308 Ŵyn\u00a0Ștefan"}})))
	if !strings.Contains(plain, "Zoë Ŵyn Ștefan") {
		t.Error("ordinary names are changed")
	}
	hidden := running(readPDF(t, sheet(t, asking(), []letter.Person{{Name: "Ada\u202eexe\U0001f469"}})))
	if !strings.Contains(hidden, "Ada[U+202E]exe\ufffd") {
		t.Error("what turns text around is not shown")
	}
}

func TestTheFileSaysNothingOfThePeople(t *testing.T) {
	f := open(t, sheet(t, asking(), people()), "")
	dated := 0
	for n := 1; n < f.Len(); n++ {
		dict, stream, err := f.Object(n)
		if err != nil {
			t.Fatal(err)
		}
		dated += strings.Count(dict, "20260630233000") + bytes.Count(stream, []byte("2026-06-30T23:30:00Z"))
		for _, name := range []string{"Robin", "\x00R\x00o\x00b\x00i\x00n", "0052006F00620069006E"} {
			if strings.Contains(dict, name) {
				t.Errorf("%q is readable outside the pages", name)
			}
		}
	}
	if dated != 4 { // created, changed; for readers of PDF and for others
		t.Errorf("the date handed in stands %d times in the file", dated)
	}
}

func TestWhatCannotBeAskedIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*letter.Asking){
		"nothing":         func(a *letter.Asking) { a.Keys = nil },
		"too much":        func(a *letter.Asking) { *a = heavy(61) },
		"unknown purpose": func(a *letter.Asking) { a.Keys[0].Purpose = "party" },
		"unknown channel": func(a *letter.Asking) { a.Keys[0].Channel = "pigeon" },
		"unknown brand":   func(a *letter.Asking) { a.Keys[3].Brand = "" },
		"no notice yet": func(a *letter.Asking) {
			a.Settings.Profile.Notices = a.Settings.Profile.Notices[:2]
			a.Keys = a.Keys[1:2]
		},
	} {
		a := asking()
		spoil(&a)
		if err := letter.Sheet(io.Discard, a, people()); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if err := letter.Forms(io.Discard, a, people()); register.KindOf(err) != register.Invalid {
			t.Errorf("%s, forms: %v", name, err)
		}
	}
}

func BenchmarkSheet(b *testing.B) {
	a, all := asking(), crowd(200)
	b.ReportAllocs()
	for b.Loop() {
		if err := letter.Sheet(io.Discard, a, all); err != nil {
			b.Fatal(err)
		}
	}
}
