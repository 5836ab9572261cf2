package register

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func gapOf(m Redaction) string { return "[" + m.Code + "]" }

func TestRedacted(t *testing.T) {
	mark := func(words string) Redaction { return Redaction{Words: words, Code: "gone"} }
	coded := func(words, code string) Redaction { return Redaction{Words: words, Code: code} }
	for _, tt := range []struct {
		name, text string
		marks      []Redaction
		want       string
	}{
		{"everywhere", "Ben Carter saw Ben Carter.", []Redaction{mark("Ben Carter")}, "[gone] saw [gone]."},
		{"in any case", "BEN CARTER, ben carter", []Redaction{mark("Ben Carter")}, "[gone], [gone]"},
		{"however spaced", "Ben\n \tCarter and Ben\u00a0Carter", []Redaction{mark("Ben  Carter")}, "[gone] and [gone]"},
		{"with and without accents", "Élodie, E\u0301lodie, Elodie", []Redaction{mark("elodie")}, "[gone], [gone], [gone]"},
		{"what draws nothing", "B\u200ben C\u00adarter", []Redaction{mark("Ben Carter")}, "[gone]"},
		{"another apostrophe", "O’Neill and O'Neill", []Redaction{mark("O'Neill")}, "[gone] and [gone]"},
		{"another hyphen", "Smith‑Jones Smith–Jones", []Redaction{mark("Smith-Jones")}, "[gone] [gone]"},
		{"a letter spelt out", "Strauß, STRAUSS", []Redaction{mark("strauss")}, "[gone], [gone]"},
		{"whole words only", "Benedict Carters Ben, McBen", []Redaction{mark("Ben"), mark("Carter")}, "Benedict Carters [gone], McBen"},
		{"a genitive", "Ben's coat", []Redaction{mark("Ben")}, "[gone]'s coat"},
		{"in an address", "ben.carter@elm.example", []Redaction{mark("carter")}, "ben.[gone]@elm.example"},
		{"in a file name", "letter_ben_2026.pdf", []Redaction{mark("Ben")}, "letter_[gone]_2026.pdf"},
		{"the longest speaks", "Ben Carter Smith", []Redaction{coded("Ben", "a"), coded("Ben Carter Smith", "b"), coded("Carter", "c")}, "[b]"},
		{"what overlaps goes together", "Ben Carter Smithson left", []Redaction{coded("Ben Carter", "a"), coded("Carter Smithson", "b")}, "[b] left"},
		{"side by side", "Ben Carter", []Redaction{coded("Ben", "a"), coded("Carter", "b")}, "[a] [b]"},
		{"nothing marked", "Ben Carter", nil, "Ben Carter"},
		{"a mark without words", "Ben  Carter", []Redaction{mark(" \u200b")}, "Ben  Carter"},
		{"a sign at the edge", "call #Ben# now", []Redaction{mark("#Ben#")}, "call [gone] now"},
		{"digits", "ring 01632 960123 or 2016329601234", []Redaction{mark("01632 960123")}, "ring [gone] or 2016329601234"},
		{"another script", "Μαρία και ΜΑΡΙΑ", []Redaction{mark("μαρια")}, "[gone] και [gone]"},
		{"no text", "", []Redaction{mark("Ben")}, ""},
		{"what is not UTF-8", "Ben \xff Carter", []Redaction{mark("Carter")}, "Ben \xff [gone]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := NewRedactor(tt.marks, gapOf).Text(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestGapsAreCounted(t *testing.T) {
	r := NewRedactor([]Redaction{{Words: "Ben", Code: "a"}, {Words: "Carter", Code: "b"}, {Words: "nobody", Code: "c"}}, gapOf)
	r.Text("Ben and Carter")
	r.Text("Ben")
	if !slices.Equal(r.Gaps, []int{2, 1, 0}) {
		t.Errorf("%v", r.Gaps)
	}
	if found := r.Finds("Carter, Ben, Carter"); !slices.Equal(found, []int{0, 1}) {
		t.Errorf("%v", found)
	}
}

func TestWhatMayNotBeMarked(t *testing.T) {
	own, fixed := []string{"Ada O'Neill", "Ada"}, []string{"We hold nothing here.", "[removed: information about somebody else, law]"}
	for _, tt := range []struct {
		name string
		in   RedactionInput
		kind Kind
	}{
		{"one letter", RedactionInput{Words: "B", Reason: "why"}, Invalid},
		{"one letter and a number", RedactionInput{Words: "B 12", Reason: "why"}, Invalid},
		{"a short number", RedactionInput{Words: "2026", Reason: "why"}, Invalid},
		{"nothing", RedactionInput{Words: " ", Reason: "why"}, Invalid},
		{"brackets", RedactionInput{Words: "Ben [Carter]", Reason: "why"}, Invalid},
		{"no reason", RedactionInput{Words: "Ben"}, Invalid},
		{"their own name", RedactionInput{Words: "ADA", Reason: "why"}, Refused},
		{"part of it", RedactionInput{Words: "O’Neill", Reason: "why"}, Refused},
		{"words of the reply", RedactionInput{Words: "nothing", Reason: "why"}, Refused},
		{"words of a gap", RedactionInput{Words: "somebody else", Reason: "why"}, Refused},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := CheckRedaction(&tt.in, own, fixed)
			if err == nil || KindOf(err) != tt.kind {
				t.Fatalf("%v", err)
			}
			if w := strings.TrimSpace(tt.in.Words); len(w) > 3 && strings.Contains(err.Error(), w) {
				t.Errorf("the error repeats the words: %v", err)
			}
		})
	}
	for _, words := range []string{"Ben", "Ben O'Neill", "01632 960123", "Al"} {
		if err := CheckRedaction(&RedactionInput{Words: words, Reason: "why"}, own, fixed); err != nil {
			t.Errorf("%s: %v", words, err)
		}
	}
}

func TestMarksOnceOnly(t *testing.T) {
	var r Request
	if err := r.Mark(Redaction{ID: "R1", Words: "Ben Carter"}); err != nil {
		t.Fatal(err)
	}
	if err := r.Mark(Redaction{ID: "R2", Words: " ben  CARTER "}); KindOf(err) != Conflict {
		t.Errorf("%v", err)
	}
	if err := r.Unmark("R2"); KindOf(err) != NotFound {
		t.Errorf("%v", err)
	}
	if err := r.Unmark("R1"); err != nil || len(r.Redactions) != 0 {
		t.Errorf("%v", err)
	}
}

// drawMarks draws marks and a text in which they may stand.
func drawMarks(t *rapid.T) (text string, marks []Redaction) {
	word := rapid.StringMatching(`[a-cA-CÉßx'’,#\-]{1,4}`)
	words := rapid.Map(rapid.SliceOfN(word, 1, 3), func(w []string) string { return strings.Join(w, " ") })
	for i, w := range rapid.SliceOfN(words, 0, 4).Draw(t, "words") {
		marks = append(marks, Redaction{Words: w, Code: fmt.Sprint(i)})
	}
	pieces := rapid.SliceOf(rapid.OneOf(word, rapid.SampledFrom([]string{" ", "  ", "\n", "\u200b", ".", "\u0301", "b\u00adc", "ﬁ", "½"})))
	return strings.Join(pieces.Draw(t, "text"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between")), marks
}

func TestNothingMarkedStaysAndNothingElseGoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, marks := drawMarks(t)
		checkRedacted(t, text, marks)
	})
}

func checkRedacted(t interface {
	Fatalf(format string, args ...any)
}, text string, marks []Redaction) {
	const gap = "[]"
	out := NewRedactor(marks, func(Redaction) string { return gap }).Text(text)
	if found := NewRedactor(marks, nil).Finds(out); len(found) > 0 {
		t.Fatalf("%q stands in %q, made of %q", marks[found[0]].Words, out, text)
	}
	if utf8.ValidString(text) && !utf8.ValidString(out) {
		t.Fatalf("%q is cut within a letter", out)
	}
	// What is left stands in the text, in its order, and what went was marked.
	rest := text
	for i, kept := range strings.Split(out, gap) {
		at := strings.Index(rest, kept)
		if at < 0 || i == 0 && at != 0 {
			t.Fatalf("%q of %q is not of %q", kept, out, text)
		}
		rest = rest[at+len(kept):]
	}
	if len(NewRedactor(marks, nil).Finds(text)) == 0 && out != text {
		t.Fatalf("%q became %q", text, out)
	}
}

func FuzzRedacted(f *testing.F) {
	f.Add("Ben Carter saw Élodie.", "ben  carter", "Elodie")
	f.Add("a\u0301b\u200bc \xff ﬁn", "fin", "abc")
	f.Fuzz(func(t *testing.T, text, one, two string) {
		if strings.ContainsAny(text+one+two, "[]") {
			t.Skip("gaps are written in brackets, which no mark may hold")
		}
		checkRedacted(t, text, []Redaction{{Words: one}, {Words: two}})
	})
}
