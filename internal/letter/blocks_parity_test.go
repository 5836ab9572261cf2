package letter_test

import (
	"bytes"
	"strings"
	"testing"

	"custos/internal/letter"
	"custos/internal/register"
)

// unbroken is a text without the way it is broken into lines.
func unbroken(s string) string { return strings.Join(strings.Fields(s), " ") }

func page(t testing.TB, l letter.Letter) string {
	t.Helper()
	var b strings.Builder
	if err := l.HTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func pdf(t testing.TB, l letter.Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.PDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordsOf returns the blocks, one after another, as every output must say them.
func wordsOf(t testing.TB, l letter.Letter) []string {
	t.Helper()
	blocks, err := l.Blocks()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i := range blocks {
		for row := range strings.SplitSeq(blocks[i].Text(), "\n") {
			for cell := range strings.SplitSeq(row, "\t") {
				if cell = unbroken(cell); cell != "" {
					all = append(all, cell)
				}
			}
		}
	}
	return all
}

// wantInOrder checks that a text says words one after another.
func wantInOrder(t *testing.T, what, text string, words []string) {
	t.Helper()
	rest := unbroken(text)
	for _, w := range words {
		_, after, ok := strings.Cut(rest, w)
		if !ok {
			t.Fatalf("%s lacks %q, or has it elsewhere, behind %.80q", what, w, rest)
		}
		rest = after
	}
}

func TestEveryFormOfALetterSaysTheSame(t *testing.T) {
	long := strings.Repeat("a long story about Łódź, Ωμέγα and Привет that goes on over lines, ", 30)
	for _, k := range register.LetterKinds() {
		t.Run(string(k), func(t *testing.T) {
			l := full(k)
			l.Draft, l.Unchecked = true, true
			for name := range l.Values {
				l.Values[name] = append(l.Values[name][:1:1], "<b>&amp; **other** "+name)
			}
			l.Values["contact"] = []string{"Course Office\n1 Example Street\n\nExampletown"}
			l.Template.Body += "\n\n1. **one *two* three**\n2. " + long + "\n\n> " + long + "\n\n***\n\n{{end}}"
			words := wordsOf(t, l)
			text, err := l.Text()
			if err != nil {
				t.Fatal(err)
			}
			wantInOrder(t, "the text", text, words)
			wantInOrder(t, "the page", pageText(t, page(t, l)), words)
			if k == register.LetterPartial { // one stands for all: it is slow
				wantTidy(t, readPDF(t, pdf(t, l)))
			}
			printed, err := letter.PDFText(pdf(t, l), nil)
			if err != nil {
				t.Fatal(err)
			}
			wantInOrder(t, "the print", withoutFeet(printed), words)
			var document []string
			for _, p := range paragraphsOf(t, parts(t, docx(t, l))["word/document.xml"]) {
				document = append(document, p.Text)
			}
			wantInOrder(t, "the document", strings.Join(document, "\n"), words)
		})
	}
}

// pageText returns what a page shows, its elements apart.
func pageText(t testing.TB, page string) string {
	all := nodes(t, strings.ReplaceAll(strings.ReplaceAll(page, "<br>", "\n"), "</th>", "\n</th>"))
	return text(all["body"][0])
}

// withoutFeet takes the foot of every page away.
func withoutFeet(printed string) string {
	var pages []string
	for p := range strings.SplitSeq(printed, "\f") {
		var lines []string
		for l := range strings.SplitSeq(p, "\n") {
			if !strings.HasPrefix(l, "Page ") && l != "Letter X0000000000002, "+shownTrail+"Northfield Course Office" {
				lines = append(lines, l)
			}
		}
		pages = append(pages, strings.Join(lines, "\n"))
	}
	return strings.Join(pages, "\n")
}

// refusal is a letter as an office would send it.
func refusal() letter.Letter {
	return letter.Letter{
		Template: letter.DefaultTemplate(register.LetterRefusal), Office: "Northfield Course Office", Code: "X0000000000002",
		At: printed, Unchecked: true, Audit: trail(),
		Values: map[string][]string{
			"person": {"Robin Example"}, "ref": {"ER-2026-0007"}, "right": {"erasure of your details"},
			"article": {"UK GDPR Art 17"}, "received": {"3 June 2026"}, "operator": {"Kim Example"},
			"reasons":    {"We must keep a record of who took part in a funded course until 2030.", "A claim about that course is open."},
			"grounds":    {"a legal obligation (Art 17(3)(b))", "legal claims (Art 17(3)(e))"},
			"complaint":  {"Write to the course office. We acknowledge a complaint within 30 days."},
			"regulator":  {"the Example Regulator"},
			"court":      {"You may ask the county court or the High Court to put things right (Data Protection Act 2018 s.167)."},
			"contact":    {"Northfield Course Office\n1 Example Street\nExampletown"},
			"exemptions": nil,
		},
	}
}

func TestLettersAreAsAgreed(t *testing.T) {
	text, err := refusal().Text()
	if err != nil {
		t.Fatal(err)
	}
	wantAgreed(t, "refusal.txt", text)
	wantAgreed(t, "refusal.html", page(t, refusal()))
	wantAgreed(t, "refusal.xml", parts(t, docx(t, refusal()))["word/document.xml"])
	if !bytes.Equal(pdf(t, refusal()), pdf(t, refusal())) {
		t.Error("the same letter gives another print")
	}
}

func TestThePageOfALetterRunsNothing(t *testing.T) {
	l := refusal()
	l.Values["person"] = []string{`<script>x</script><img src="https://example.org/a.png" onerror="x">`}
	all := nodes(t, page(t, l))
	for _, name := range []string{"script", "img", "a", "link", "iframe", "form"} {
		if len(all[name]) > 0 {
			t.Errorf("the page has %d elements %s", len(all[name]), name)
		}
	}
}

// What a browser or a folder shows of a file names nobody.
func TestTitlesNameNobody(t *testing.T) {
	l := full(register.LetterAuthority)
	l.Values["person"] = []string{"Robin Example"}
	if all := nodes(t, page(t, l)); !strings.Contains(text(all["h1"][0]), "Robin") || strings.Contains(text(all["title"][0]), "Robin") {
		t.Errorf("the letter is headed %q and the page titled %q", text(all["h1"][0]), text(all["title"][0]))
	}
}

func TestTheListsOfAPage(t *testing.T) {
	l := refusal()
	l.Template.Body += "\n\n5. five\n6. six\n\nx\n\n- a\n- b\n\n> q\n>\n> r"
	all := nodes(t, page(t, l))
	if n := len(all["ol"]); n != 1 || attr(all["ol"][0], "start") != "5" {
		t.Errorf("%d numbered lists, want 1 that begins at 5", n)
	}
	if len(all["ul"]) != 3 || len(all["blockquote"]) != 1 || len(all["li"]) != 8 {
		t.Errorf("%d lists, %d quotations, %d points; want 3, 1 and 8", len(all["ul"]), len(all["blockquote"]), len(all["li"]))
	}
	if len(all["h1"]) != 1 || len(all["table"]) != 1 {
		t.Errorf("%d titles and %d tables, want one each", len(all["h1"]), len(all["table"]))
	}
}
