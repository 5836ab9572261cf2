package letter_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/letter"
	"custos/internal/register"
)

func TestEveryKindHasAGoodTemplate(t *testing.T) {
	for _, k := range register.LetterKinds() {
		d := letter.DefaultTemplate(k)
		if d.Body == "" || d.Kind != k {
			t.Errorf("%s has no template", k)
			continue
		}
		for _, p := range letter.CheckTemplate(d) {
			t.Errorf("%s: %+v", k, p)
		}
		if strings.Contains(d.Subject+d.Body, "Information Commission") || strings.Contains(d.Body, "ICO") {
			t.Errorf("%s names the regulator, whose name is a setting", k)
		}
		for _, f := range register.LetterFields(k)[commonFields():] {
			if !strings.Contains(d.Body, "{"+f.Name+"}") {
				t.Errorf("%s: nothing is made of {%s}", k, f.Name)
			}
		}
	}
	if d := letter.DefaultTemplate("refusall"); d.Body != "" || len(letter.CheckTemplate(d)) == 0 {
		t.Errorf("a kind that does not exist has the template %+v", d)
	}
}

// commonFields is how many fields every letter has.
func commonFields() int { return len(register.LetterFields("")) }

func TestTemplateProblems(t *testing.T) {
	good := "Dear {person},\n\nIt is {ref}.\n\n"
	cases := []struct {
		name string
		body string
		want register.Problem // Reason is a part of it
	}{
		{"unknown field", good + "To {persn}", register.Problem{Line: 5, Field: "persn", Reason: "did you mean {person}?"}},
		{"other letter's field", good + "{removed}", register.Problem{Line: 5, Field: "removed", Reason: "no such field in this letter"}},
		{"nothing like it", good + "{zebra_crossing_lights}", register.Problem{
			Line: 5, Field: "zebra_crossing_lights", Reason: "choose one of its fields",
		}},
		{"unclosed brace", good + "Dear {person", register.Problem{Line: 5, Reason: "opened and not closed"}},
		{"brace closed on another line", good + "Dear {per\nson}", register.Problem{Line: 5, Reason: "opened and not closed"}},
		{"brace in a brace", good + "Dear {person{ref}", register.Problem{Line: 5, Reason: "opened and not closed"}},
		{"unopened brace", good + "Dear person}", register.Problem{Line: 5, Reason: "closed that was never opened"}},
		{"empty braces", good + "Dear { }", register.Problem{Line: 5, Reason: "no field between the braces"}},
		{"raw HTML", good + "Some <b>bold</b> words", register.Problem{Line: 5, Reason: "HTML is not printed"}},
		{"a block of HTML", good + "<div>\nx\n</div>", register.Problem{Line: 5, Reason: "HTML is not printed"}},
		{"a comment", good + "words <!-- hidden --> words", register.Problem{Line: 5, Reason: "HTML is not printed"}},
		{"picture", good + "![logo](logo.png)", register.Problem{Line: 5, Reason: "no pictures"}},
		{"script link", good + "[x](javascript:alert)", register.Problem{Line: 5, Reason: "https:, http:, mailto: or tel:"}},
		{"link to a file", good + "[x](../form.pdf)", register.Problem{Line: 5, Reason: "https:, http:, mailto: or tel:"}},
		{"field as address", good + "[x](https://example.org/{ref})", register.Problem{Line: 5, Reason: "cannot be the address"}},
		{"program text", good + "```\nx\n```", register.Problem{Line: 5, Reason: "no program text"}},
		{"four spaces", good + "    x", register.Problem{Line: 5, Reason: "take them away"}},
		{"program words", good + "call `x`", register.Problem{Line: 5, Reason: "no program text"}},
		{"list in a list", good + "- a\n  - b", register.Problem{Line: 6, Reason: "lists within lists"}},
		{"empty point", good + "-\n- a", register.Problem{Line: 5, Reason: "empty"}},
		{"list in a quotation", good + "> - a", register.Problem{Line: 5, Reason: "quotation holds paragraphs"}},
		{"deep heading", good + "#### Deep", register.Problem{Line: 5, Reason: "at most three"}},
		{"three columns", good + "| a | b | c |\n|---|---|---|\n| d | e | f |", register.Problem{Line: 5, Reason: "two columns"}},
		{"a third cell", good + "| a | b |\n|---|---|\n| c | d |\n| e | f | g", register.Problem{Line: 8, Reason: "two columns"}},
		{"empty", " \n\n", register.Problem{Line: 1, Reason: "empty"}},
		{"needed field", "Dear {person}", register.Problem{Field: "ref", Reason: "write {ref} where it belongs"}},
		{"not text", "Dear {ref} \xff", register.Problem{Reason: "UTF-8"}},
		{"too long", strings.Repeat("{ref} ", 20_000), register.Problem{Reason: "at most 16 KiB"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all := letter.CheckTemplate(register.LetterTemplate{Kind: register.LetterAcknowledgement, Subject: "A heading", Body: c.body})
			if len(all) == 0 {
				t.Fatal("nothing is wrong with it")
			}
			got := all[0]
			if got.Line != c.want.Line || got.Field != c.want.Field || !strings.Contains(got.Reason, c.want.Reason) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestHeadingProblems(t *testing.T) {
	for subject, want := range map[string]register.Problem{
		"":            {Field: "subject", Reason: "no heading"},
		" ":           {Field: "subject", Reason: "no heading"},
		"One\ntwo":    {Field: "subject", Reason: "one line"},
		"Case {ref":   {Field: "subject", Reason: "in the heading: a brace is opened"},
		"Case {reff}": {Field: "reff", Reason: "did you mean {ref}?"},
	} {
		all := letter.CheckTemplate(register.LetterTemplate{Kind: register.LetterAcknowledgement, Subject: subject, Body: "{ref}"})
		if len(all) != 1 || all[0].Line != 0 || all[0].Field != want.Field || !strings.Contains(all[0].Reason, want.Reason) {
			t.Errorf("heading %q: %+v, want %+v", subject, all, want)
		}
	}
}

func TestProblemsComeInTheOrderOfTheLines(t *testing.T) {
	var lines []string
	for i := range 9 {
		lines = append(lines, fmt.Sprintf("Point {unheard_of_%d} and <i>\n", i))
	}
	all := letter.CheckTemplate(register.LetterTemplate{
		Kind: register.LetterAcknowledgement, Subject: "x", Body: "{ref}\n\n" + strings.Join(lines, "\n"),
	})
	if len(all) != 18 {
		t.Fatalf("%d problems, want 18: %+v", len(all), all)
	}
	for i, p := range all {
		if want := 3 + 2*(i/2); p.Line != want {
			t.Errorf("problem %d is on line %d, want %d: %+v", i, p.Line, want, p)
		}
	}
}

func TestTemplatesSurviveAFile(t *testing.T) {
	for _, k := range register.LetterKinds() {
		d := letter.DefaultTemplate(k)
		file := "# " + d.Subject + "\n\n" + strings.TrimRight(d.Body, "\n") + "\n"
		for _, text := range []string{
			file,
			"\ufeff" + strings.ReplaceAll(file, "\n", "\r\n"), // as Notepad saves it
		} {
			if diff := cmp.Diff(d, letter.ReadTemplate(k, text)); diff != "" {
				t.Errorf("%s: %s", k, diff)
			}
		}
	}
	if got := letter.ReadTemplate(register.LetterReply, "Plain heading\nBody"); got.Subject != "Plain heading" || got.Body != "Body" {
		t.Errorf("a template without a sign reads as %+v", got)
	}
}

// full is a letter of a kind in which every field says something.
func full(k register.LetterKind) letter.Letter {
	l := letter.Letter{
		Template: letter.DefaultTemplate(k), Office: "Northfield Course Office", Code: "X0000000000002", At: printed,
		Values: map[string][]string{},
	}
	for _, f := range register.LetterFields(k) {
		l.Values[f.Name] = []string{"the " + strings.ReplaceAll(f.Name, "_", " ")}
		if f.List {
			l.Values[f.Name] = []string{"the first of " + f.Name, "the second of " + f.Name}
		}
	}
	return l
}

func TestALetterMustSayWhatItsKindNeeds(t *testing.T) {
	for _, k := range register.LetterKinds() {
		for _, f := range register.LetterFields(k) {
			l := full(k)
			l.Values[f.Name] = []string{" ", "\n"}
			_, err := l.Blocks()
			if !f.Needed && err != nil {
				t.Errorf("%s without %s: %v", k, f.Name, err)
			}
			if want := f.Name + ": the letter must say " + f.About; f.Needed && (err == nil || err.Error() != want) {
				t.Errorf("%s without %s: error %v, want %s", k, f.Name, err, want)
			}
		}
	}
}

func TestWhatALetterNeedsIsNotLostWithAnEmptyPassage(t *testing.T) {
	l := full(register.LetterRefusal)
	l.Template.Body = strings.Join([]string{"{complaint} {regulator} {court}", "{reasons}", "Our case {ref}, {reasons}:", "{grounds}"}, "\n\n")
	delete(l.Values, "grounds")
	if _, err := l.Blocks(); err != nil {
		t.Errorf("the reasons are said once: %v", err)
	}
	l.Template.Body = strings.Join([]string{"{complaint} {regulator} {court}", "Because of {reasons}:", "{grounds}"}, "\n\n")
	if _, err := l.Blocks(); register.KindOf(err) != register.Invalid || !strings.HasPrefix(err.Error(), "reasons: ") {
		t.Errorf("error %v, want Invalid about the reasons", err)
	}
}

func TestABadTemplateWritesNoLetter(t *testing.T) {
	l := full(register.LetterReply)
	l.Template.Body = "{outcome}\n\nDear {persn}"
	_, err := l.Blocks()
	if register.KindOf(err) != register.Invalid || !strings.Contains(err.Error(), "line 3 of the template") {
		t.Errorf("error %v, want Invalid with the line", err)
	}
	l.Template.Subject = ""
	if _, err := l.Text(); register.KindOf(err) != register.Invalid || !strings.Contains(err.Error(), "no heading") {
		t.Errorf("error %v, want Invalid about the heading", err)
	}
}

// A template that is found good writes a letter whatever its words are.
func FuzzCheckTemplate(f *testing.F) {
	for _, k := range register.LetterKinds() {
		f.Add(letter.DefaultTemplate(k).Subject, letter.DefaultTemplate(k).Body)
	}
	f.Add("{ref}", "{{x}} \\{ [a](https://e.org) | {ref} |\n---|---\n**{ref}")
	f.Add("x", "> 1. {ref}\n\n<https://example.org>\\\nx  \ny &#10; &amp; {ref")
	f.Fuzz(func(t *testing.T, subject, body string) {
		x := register.LetterTemplate{Kind: register.LetterAcknowledgement, Subject: subject, Body: body}
		for _, p := range letter.CheckTemplate(x) {
			if p.Reason == "" || p.Line < 0 || p.Line > 1+strings.Count(body, "\n") {
				t.Errorf("a problem that says too little: %+v", p)
			}
		}
		if len(letter.CheckTemplate(x)) > 0 {
			return
		}
		l := full(x.Kind)
		l.Template = x
		if _, err := l.Text(); err != nil {
			t.Errorf("a good template writes no letter: %v", err)
		}
	})
}

func TestNearFieldsAreOffered(t *testing.T) {
	known := register.LetterFields(register.LetterReply)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(known).Draw(t, "field").Name
		at := rapid.IntRange(0, len(name)-1).Draw(t, "at")
		wrong := name[:at] + name[at+1:]
		all := letter.CheckTemplate(register.LetterTemplate{
			Kind: register.LetterReply, Subject: "x", Body: "{outcome} {" + wrong + "}",
		})
		if len(all) != 1 || !strings.Contains(all[0].Reason, "did you mean {") {
			t.Errorf("{%s} for {%s}: %+v", wrong, name, all)
		}
	})
}
