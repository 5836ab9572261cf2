package letter

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"pgregory.net/rapid"
)

func blankPaper(t testing.TB) *paper {
	t.Helper()
	p, err := newPaper("Test", "en-GB", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	p.begin("Test")
	return p
}

func TestWrappingKeepsEveryLetterAndTheWidth(t *testing.T) {
	p := blankPaper(t)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		width := rapid.Float64Range(8, 170).Draw(t, "width")
		lines := p.wrap(bodyFace, s, width)
		if len(lines) == 0 {
			t.Fatal("no line at all")
		}
		for _, l := range lines {
			if w := p.width(bodyFace, strings.TrimRight(l, " ")); w > width+0.01 {
				t.Fatalf("%q is %v wide in a column of %v", l, w, width)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := squeeze(strings.Join(lines, "")), squeeze(p.font.shown(s)); got != want {
			t.Fatalf("%q became %q", want, got)
		}
		if short := p.atMost(2, block{bodyFace, 0, width}, s); len(short) > 2 {
			t.Fatalf("%d lines where two were allowed", len(short))
		}
	})
	if err := p.pdf.Error(); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsDrawn(t *testing.T) {
	c := blankPaper(t).font
	for s, want := range map[string]string{
		"Zoe\u0308":            "Zoë",
		"a\u00a0b\u2009c\td":   "a b c d",
		"A\u2011B":             "A-B",
		"one\r\ntwo":           "one\ntwo",
		"山\u0301":              "\ufffd\ufffd",
		"\U0001f600":           "\ufffd",
		"\u202eevil":           "[U+202E]evil",
		"Ђорђе Ŷ ΐ ș fi\ufb01": "Ђорђе Ŷ ΐ ș fi\ufb01",
	} {
		if got := c.drawn(s); got != want {
			t.Errorf("%q is drawn as %q, want %q", s, got, want)
		}
	}
	if got := letters(0) + letters(25) + letters(26) + letters(53); got != "AZAABB" {
		t.Errorf("the letters of questions are %s", got)
	}
}

func TestAllFacesHaveTheSameLetters(t *testing.T) {
	regular := blankPaper(t).font
	for _, f := range [][]byte{gobold.TTF, goitalic.TTF} {
		other, err := newCoverage(f)
		if err != nil {
			t.Fatal(err)
		}
		for r := rune(' '); r < 0x10000; r++ {
			if regular.covers(r) && !other.covers(r) {
				t.Errorf("a face lacks %U, which another has", r)
			}
		}
	}
}
