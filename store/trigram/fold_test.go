package trigram

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"jo smith|jo@x.uk":       "jo smith|jo@x.uk",
		"  Jo \t\n Smith ":       "jo smith",
		"jo ":                    "jo",
		"O’Neill":                "o'neill",
		"O`Neill´s":              "o'neill's",
		"Oʼneill O\u2018Neill":   "o'neill o'neill",
		"Zoë":                    "zoe",
		"Zoe\u0308":              "zoe",
		"SIÂN ŁUKASZ Ørsted":     "sian lukasz orsted",
		"Groß GROẞ":              "gross gross",
		"Anne\u00a0\u2003Marie":  "anne marie",
		"Smith‑Jones Smith–Lee":  "smith-jones smith-lee",
		"ﬁona Ｊｏ":                "fiona jo",
		"İnci ılgın":             "inci ilgin",
		"a\u200bb\u00adc\ufeffd": "abcd",
		"Æthel Þór":              "aethel thor",
		"ΝΊΚΟΣ νίκος":            "νικοσ νικοσ",
		"東京":                     "東京",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ { // what comes after is ideographs and unassigned
		once := Fold("a" + string(r) + "b")
		if twice := Fold(once); twice != once {
			t.Errorf("%U: %q, then %q", r, once, twice)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once {
			t.Errorf("%q, then %q", once, twice)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Add("O’Neill  Zoë")
	f.Add("\xff\xe2\x80 ß")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once || !utf8.ValidString(once) {
			t.Errorf("%q, then %q", once, twice)
		}
	})
}
