package letter_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/letter"
	"custos/internal/register"
)

// written returns a letter with a body and values of its own, past what every
// letter has above its words.
func written(t *testing.T, body string, values map[string][]string) []letter.Block {
	t.Helper()
	l := letter.Letter{
		Template: register.LetterTemplate{Kind: register.LetterReply, Subject: "x", Body: "{outcome}\n\n" + body},
		Values:   map[string][]string{"outcome": {"done"}}, At: printed,
	}
	for name, v := range values {
		l.Values[name] = v
	}
	blocks, err := l.Blocks()
	if err != nil {
		t.Fatal(err)
	}
	for i := range blocks {
		if blocks[i].Kind == letter.BlockTitle {
			return blocks[i+2:]
		}
	}
	t.Fatal("the letter has no title")
	return nil
}

// sketch shows blocks in short: their kind, number and words.
func sketch(blocks []letter.Block) []string {
	names := map[letter.BlockKind]string{
		letter.BlockParagraph: "p", letter.BlockLetterhead: "head", letter.BlockNotice: "notice", letter.BlockTitle: "title",
		letter.BlockHeading: "h", letter.BlockBullet: "*", letter.BlockNumbered: "n", letter.BlockQuote: ">",
		letter.BlockRule: "---", letter.BlockFacts: "facts",
	}
	var out []string
	for i := range blocks {
		b := &blocks[i]
		line := names[b.Kind]
		if b.Kind == letter.BlockHeading {
			line += fmt.Sprint(b.Level)
		}
		if b.Kind == letter.BlockNumbered {
			line += fmt.Sprint(b.Number)
		}
		if b.First {
			line += "^"
		}
		out = append(out, strings.TrimSpace(line+" "+b.Text()))
	}
	return out
}

func TestMarkdownBecomesBlocks(t *testing.T) {
	values := map[string][]string{"person": {"Robin Example"}, "reasons": {"one", "two"}, "office": {"Our Office"}}
	cases := []struct {
		name, body string
		want       []string
	}{
		{"words", "Dear **{person}**,\nand *you*", []string{"p Dear Robin Example, and you"}},
		{"headings", "# A\n\n## B {person}\n\n### C\n\nD\n---", []string{"h1 A", "h1 B Robin Example", "h2 C", "h1 D"}},
		{"list field", "{reasons}", []string{"*^ one", "* two"}},
		{"list field among words", "As {reasons}.", []string{"p As one; two."}},
		{"list field as a point", "1. a\n2. {reasons}\n3. b", []string{"n1^ a", "n2 one", "n3 two", "n4 b"}},
		{"list field as a quotation", "> {reasons}", []string{"> one", "> two"}},
		{"points", "- a\n- {person}\n\n* c", []string{"*^ a", "* Robin Example", "*^ c"}},
		{"numbers from five", "5. a\n6. b\n\nx\n\n1) c", []string{"n5^ a", "n6 b", "p x", "n1^ c"}},
		{"loose points", "- a\n\n- b", []string{"*^ a", "* b"}},
		{"quotation", "> a\n>\n> b", []string{"> a", "> b"}},
		{"rule", "a\n\n***\n\nb", []string{"p a", "---", "p b"}},
		{"facts", "| a | {person} |\n|---|---|\n| b \\| c | **d** |", []string{"facts a\tRobin Example\nb | c\td"}},
		{"facts without headings", "| | |\n|---|---|\n| a | b |", []string{"facts a\tb"}},
		{"braces", "{{person}} \\{a\\} }}{{", []string{"p {person} {a} }{"}},
		{"spaces in braces", "{ person }", []string{"p Robin Example"}},
		{"entities", "a &amp; b &lt;c&gt; \\*d\\*", []string{"p a & b <c> *d*"}},
		{"forced lines", "Yours,\\\n{office}  \nx", []string{"p Yours,\nOur Office\nx"}},
		{"links", "[us](https://e.org/a?b=1&amp;c) <https://e.org> [mail](mailto:a@e.org) [a@e.org](mailto:a@e.org) [1](tel:01)",
			[]string{"p us (https://e.org/a?b=1&c) https://e.org mail (a@e.org) a@e.org 1 (01)"}},
		{"references are no links", "[a]: https://e.org\n\n[a]", []string{"p [a]: https://e.org", "p [a]"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, sketch(written(t, c.body, values))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRunsKeepTheirLook(t *testing.T) {
	got := written(t, "a **b *{person}*** c", map[string][]string{"person": {"Robin"}})[0].Runs
	want := []letter.Run{
		{Text: "a "}, {Text: "b ", Bold: true}, {Text: "Robin", Bold: true, Italic: true, Value: true}, {Text: " c"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyFieldsLeaveNoGap(t *testing.T) {
	some := map[string][]string{"person": {"Robin"}}
	cases := []struct {
		name, body string
		want       []string
	}{
		{"paragraph", "a\n\nfor {requester}\n\nb", []string{"p a", "p b"}},
		{"one of two fields", "{person} by {requester}.", []string{"p Robin by ."}},
		{"point", "- a\n- {requester}\n- b", []string{"*^ a", "* b"}},
		{"first point", "1. {requester}\n2. b\n3. c", []string{"n1^ b", "n2 c"}},
		{"list field", "a\n\n{reasons}\n\nb", []string{"p a", "p b"}},
		{"line of a paragraph", "{person}\\\n{requester}\\\nb", []string{"p Robin\nb"}},
		{"row", "| a | {requester} |\n|---|---|\n| b | {person} |", []string{"facts b\tRobin"}},
		{"table", "a\n\n| a | {requester} |\n|---|---|", []string{"p a"}},
		{"what is announced", "Because:\n\n{reasons}\n\nb", []string{"p b"}},
		{"a list that is announced", "See:\n\n- {reasons}\n- {requester}\n\nb", []string{"p b"}},
		{"a list announced in part", "See:\n\n- {requester}\n- {person}", []string{"p See:", "*^ Robin"}},
		{"a colon before what is there", "See:\n\n{person}", []string{"p See:", "p Robin"}},
		{"section", "## A\n\nBecause:\n\n{reasons}\n\n## B\n\n{person}", []string{"h1 B", "p Robin"}},
		{"section with a subsection", "## A\n\n### B\n\n{reasons}\n\n## C\n\nc", []string{"h1 C", "p c"}},
		{"subsection alone", "## A\n\n### B\n\n{reasons}\n\n### C\n\nc", []string{"h1 A", "h2 C", "p c"}},
		{"last section", "a\n\n## B\n\n{reasons}", []string{"p a"}},
		{"heading over nothing at all", "## A\n\n## B\n\nb", []string{"h1 A", "h1 B", "p b"}},
		{"heading", "## For {requester}\n\nb", []string{"p b"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, sketch(written(t, c.body, some))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// asMarkdown are values that would be something else than text if they were read.
var asMarkdown = []string{
	"**x**", "[a](https://example.org)", "<b>x</b>", "{person}", "{{", "}", "# x", "- x", "1. x", "> x", "---", "`x`",
	"| a | b |", "a\n\n# b", "&lt;b&gt; &amp;", "\\*x\\*", "![a](b.png)", "<!-- x -->", "</w:t>", "]]>", "a\u2028b",
	"\u202egnp.exe", "a\x00b", "\ufffe\uffff", "\xff", "x\ty", "<script>alert(1)</script>", "עברית", "😀", "{", "a | b", "\\",
}

func TestValuesAreText(t *testing.T) {
	for _, v := range asMarkdown {
		got := written(t, "**{person}**\n\n- {person}\n\n| a | {person} |\n|---|---|\n\nx {person} x", map[string][]string{"person": {v}})
		var kinds []letter.BlockKind
		for _, b := range got {
			kinds = append(kinds, b.Kind)
		}
		want := []letter.BlockKind{letter.BlockParagraph, letter.BlockBullet, letter.BlockFacts, letter.BlockParagraph}
		if diff := cmp.Diff(want, kinds); diff != "" {
			t.Errorf("%q changes the form of the letter: %s", v, diff)
		}
		if !got[0].Runs[0].Value || !got[0].Runs[0].Bold || len(got[0].Runs) != 1 {
			t.Errorf("%q is not one run: %+v", v, got[0].Runs)
		}
		if !utf8.ValidString(v) || strings.ContainsAny(v, "\n\t\x00\u2028\u202e\ufffe") {
			continue
		}
		if got[0].Text() != v || got[3].Text() != "x "+v+" x" {
			t.Errorf("%q reads as %q", v, got[3].Text())
		}
	}
}

func TestHiddenSignsAreShown(t *testing.T) {
	for v, want := range map[string]string{
		"a\u202eb": "a[U+202E]b", "a\x00b": "a[U+0000]b", "a\xffb": "a[not text]b", "a\ufffeb\uffff": "a[U+FFFE]b[U+FFFF]",
		"a\tb": "a b", "a\r\nb": "a\nb", "a\n\n\n\nb\nc": "a\n\nb\nc", " a ": "a",
	} {
		if got := written(t, "{person}", map[string][]string{"person": {v}})[0].Text(); got != want {
			t.Errorf("%q reads as %q, want %q", v, got, want)
		}
	}
	if got := written(t, "x {person}", map[string][]string{"person": {"a\n\nb"}})[0].Text(); got != "x a b" {
		t.Errorf("a value among words breaks the line: %q", got)
	}
}

// No word of a good template gets lost, however its marks are mixed.
func TestEveryWordOfATemplateIsPrinted(t *testing.T) {
	marks := []string{
		"\n", "\n\n", " ", "**", "*", "_", "> ", "- ", "1. ", "# ", "## ", " | ", "\n|---|---|\n", "---", "\\\n", "  \n", "[", "]",
		"](https://e.org)", "{ref}", "{reasons}", "{{", "}}", "\t", "    ", "===", "~~~", "+ ", "\\", "&", ";", "<", ">", "!",
	}
	rapid.Check(t, func(t *rapid.T) {
		body, words := "{outcome}\n\n", 0
		for range rapid.IntRange(1, 12).Draw(t, "words") {
			body += strings.Join(rapid.SliceOfN(rapid.SampledFrom(marks), 0, 4).Draw(t, "marks"), "")
			body += fmt.Sprintf("word%dx", words)
			words++
		}
		l := full(register.LetterReply)
		l.Template.Body = body
		if len(letter.CheckTemplate(l.Template)) > 0 {
			return
		}
		text, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for i := range text {
			all.WriteString(text[i].Text() + "\n")
		}
		for i := range words {
			if !strings.Contains(all.String(), fmt.Sprintf("word%dx", i)) {
				t.Fatalf("word%dx of %q is lost: %q", i, body, all.String())
			}
		}
	})
}

// shape is what values must not change: the blocks, and the fixed words.
func shape(blocks []letter.Block) []string {
	var out []string
	runs := func(runs []letter.Run) string {
		var b strings.Builder
		for _, r := range runs {
			if r.Value {
				r.Text = "…"
			}
			fmt.Fprintf(&b, "%v%v%s", r.Bold, r.Italic, r.Text)
		}
		return b.String()
	}
	for i := range blocks {
		b := &blocks[i]
		line := fmt.Sprint(b.Kind, b.Level, b.Number, b.First, runs(b.Runs))
		for _, f := range b.Facts {
			line += runs(f.Name) + "|" + runs(f.Value)
		}
		out = append(out, line)
	}
	return out
}

// Whatever the values are, the letter has the same blocks and fixed words.
func TestNoValueChangesTheForm(t *testing.T) {
	kinds := register.LetterKinds()
	value := rapid.OneOf(rapid.SampledFrom(asMarkdown), rapid.StringN(1, 20, -1))
	rapid.Check(t, func(t *rapid.T) {
		l := full(rapid.SampledFrom(kinds).Draw(t, "kind"))
		plain, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		want := shape(plain)
		for _, f := range register.LetterFields(l.Template.Kind) {
			for i := range l.Values[f.Name] {
				v := value.Draw(t, f.Name)
				if f.List {
					v = strings.ReplaceAll(v, "\n", " ") // lines of a list are points
				}
				if strings.TrimSpace(v) == "" {
					v = "x"
				}
				if f.Name == "regulator" {
					v = "R" + v // "the" alone is nothing
				}
				l.Values[f.Name][i] = v
			}
		}
		got, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, shape(got)); diff != "" {
			t.Errorf("%s: %s", l.Template.Kind, diff)
		}
	})
}

func TestPlainTextFitsItsColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := full(rapid.SampledFrom(register.LetterKinds()).Draw(t, "kind"))
		for name := range l.Values {
			l.Values[name][0] += rapid.StringOf(rapid.RuneFrom([]rune("ab 漢é\u0301\n"))).Draw(t, name)
		}
		text, err := l.Text()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(text, "\n") {
			wide := utf8.RuneCountInString(line) - strings.Count(line, "\u0301") + strings.Count(line, "漢")
			if wide > 76 || strings.HasSuffix(line, " ") {
				t.Errorf("%d columns: %q", wide, line)
			}
		}
		if strings.Contains(text, "\n\n\n\n") {
			t.Errorf("three lines in a row are empty: %q", text)
		}
	})
}

func TestWhatIsHandedInIsMadeFit(t *testing.T) {
	got := sketch(written(t, "{reasons}\n\nthe {regulator}", map[string][]string{
		"reasons": {"one\r\n\n two ", "three"}, "regulator": {"The Example Regulator"}, "unheard_of": {"x"},
	}))
	want := []string{"*^ one", "* two", "* three", "p the Example Regulator"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDraftsAndUncheckedLettersSaySo(t *testing.T) {
	l := full(register.LetterRefusal)
	l.Draft, l.Unchecked = true, true
	blocks, err := l.Blocks()
	if err != nil {
		t.Fatal(err)
	}
	first, last := blocks[0], blocks[len(blocks)-1]
	if first.Kind != letter.BlockNotice || !strings.Contains(first.Text(), "must not be sent") {
		t.Errorf("the draft begins with %q", first.Text())
	}
	if last.Kind != letter.BlockNotice || !strings.Contains(last.Text(), "not checked by a second") {
		t.Errorf("the letter of one person ends with %q", last.Text())
	}
}

func TestTheLetterKnowsWhomItGoesTo(t *testing.T) {
	greeting := func(l letter.Letter) string {
		text, err := l.Text()
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	l := full(register.LetterAcknowledgement)
	delete(l.Values, "salutation_name")
	if text := greeting(l); !strings.Contains(text, "To the requester\n") || !strings.Contains(text, "Dear the requester,") {
		t.Errorf("somebody acting for the person is not addressed: %s", text)
	}
	delete(l.Values, "requester")
	if text := greeting(l); !strings.Contains(text, "To the person\n") || strings.Contains(text, "Asked for") {
		t.Errorf("the person is not addressed: %s", text)
	}
	l.Values["salutation_name"] = []string{"Ms Example"}
	delete(l.Values, "today")
	if text := greeting(l); !strings.Contains(text, "Dear Ms Example,") || !strings.Contains(text, "1 July 2026") {
		t.Errorf("the name or the day in London is missing: %s", text)
	}
	if text := greeting(full(register.LetterRecipientNotice)); !strings.Contains(text, "To the recipient\n") {
		t.Errorf("the recipient is not addressed: %s", text)
	}
}

// Whatever a value is, it stands in the letter as one run and every form of it
// can be written.
func FuzzBlocks(f *testing.F) {
	for _, v := range asMarkdown {
		f.Add(v, v)
	}
	f.Fuzz(func(t *testing.T, one, many string) {
		l := full(register.LetterRefusal)
		plain, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		l.Values["person"] = []string{"x" + one}
		l.Values["reasons"] = []string{"x" + oneLine(many), "y" + oneLine(one)}
		got, err := l.Blocks()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(shape(plain), shape(got)); diff != "" {
			t.Error(diff)
		}
		pdf(t, l)
		page(t, l)
		parts(t, docx(t, l))
	})
}

// oneLine keeps a value from being several.
func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }
