package needle

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"custos/store/trigram"

	"pgregory.net/rapid"
)

func TestIn(t *testing.T) {
	text, digits := func(s string) Needle { return Needle{s, Text} }, func(s string) Needle { return Needle{s, Digits} }
	for _, c := range []struct {
		needle Needle
		in     string
		want   bool
	}{
		{text("Ann"), "Ann", true},
		{text("Ann"), "spoke to ANN.", true},
		{text("Ann"), "Anna", false},
		{text("Ann"), "Joann", false},
		{text("Ann"), "Ann7", false},
		{text("Ann"), "Ann_Lee.csv", true},
		{text("José"), "JOSE", true},
		{text("Jose"), "Jose\u0301", true},
		{text("Jos"), "José", false},
		{text("ann"), "e\u0301ann", false},
		{text("Élodie"), "ELODIE", true},
		{text("Elodie"), "élodie", true},
		{text("Strauss"), "Strauß", true},
		{text("Straus"), "Strauß", false},
		{text("Fiona"), "ﬁona", true},
		{text("Иван"), "ИВАН пришел", true},
		{text("東京"), "東京 2020", true},
		{text("김민준"), "김민준 씨", true},
		{text("김민준"), "김민", false},
		{text("jo𝐡n"), "𝐉𝐎HN", true},
		{text("O'Neill"), "O’Neill", true},
		{text("O'Neill"), "ONeill", true},
		{text("ONeill"), "O'Neill", true},
		{text("Neill"), "O'Neill", true},
		{text("Smith-Jones"), "Smith Jones", true},
		{text("Smith-Jones"), "SmithJones", true},
		{text("Smith-Jones"), "Smith–Jones", true},
		{text("Smith Jones"), "Smith-Jones", true},
		{text("SmithJones"), "Smith-Jones", true},
		{text("Smith Jones"), "SmithJones", false},
		{text("SmithJones"), "Smith Jones", false},
		{text("Mary Ann Lee"), "mary \n\t ann\u00a0lee", true},
		{text("Mary Lee"), "mary_lee.pdf", true},
		{text("Mary Lee"), "Mary, Lee", false},
		{text("jo-b@x.example"), "mail JO-B@X.example now", true},
		{text("jo-b@x.example"), "job@x.example", false},
		{text("jo@x.example"), "bigjo@x.example", false},
		{text("1 High  St"), "1 high st, Leeds", true},
		{text("1 High St"), "1 HighSt", false},
		{text("J"), "J", true},
		{text("J"), "Jo", false},
		{text("J"), "J\xff", true},
		{text("Jo"), "J\xc3o", false},
		{text("J"), "or J.", true},
		{digits("01632 960123"), "+44 (0)1632 960-123", true},
		{digits("01632 960123"), "00441632960123", true},
		{digits("01632 960123"), "tel 01632.960.123", true},
		{digits("01632 960123"), "1632 960123", true},
		{digits("+44 1632 960123"), "(01632) 960123", true},
		{digits("0044 1632 960123"), "01632960123", true},
		{digits("1632960123"), "01632 960123", true},
		{digits("01632 960123"), "01632 9601234", false},
		{digits("01632 960123"), "901632 960123", false},
		{digits("01632 960123"), "01632/960123", false},
		{digits("01632 960123"), "０１６３２ ９６０１２３", true},
		{digits("1234567"), "TRN 12/34567 or 12-34567", true},
		{digits("1234567"), "91234567", false},
		{digits("1234567"), "01234567", false},
		{digits("0"), "10 0", true},
	} {
		s, err := New([]Needle{c.needle})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(s.In(c.in)) == 1; got != c.want {
			t.Errorf("%s %q in %q: %v, want %v", c.needle.Kind, c.needle.Text, c.in, got, c.want)
		}
		if c.want && !s.May([]byte("j"+c.in+"p")) {
			t.Errorf("%s %q in %q, touched on both sides: missed", c.needle.Kind, c.needle.Text, c.in)
		}
	}
}

func TestANeedleMustHoldSomething(t *testing.T) {
	for _, n := range []Needle{{"", Text}, {"  ", Text}, {"'", Text}, {"-", Text}, {"none", Digits}} {
		if _, err := New([]Needle{{"x", Text}, n}); err == nil || !strings.Contains(err.Error(), "needle 1") {
			t.Errorf("%s %q: %v", n.Kind, n.Text, err)
		}
	}
}

func TestEachNeedleIsNamedByItsPlace(t *testing.T) {
	s, err := New([]Needle{{"Lee", Text}, {"Ann", Text}, {"Ann Lee", Text}, {"99", Digits}})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.In("Ann Lee and Ann again, 9-9"); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("found %v", got)
	}
	if s.Len() != 4 {
		t.Errorf("%d needles", s.Len())
	}
}

// plainly says whether a needle stands in a text, by folding the whole of it.
func plainly(needle, text string) bool {
	needle, text = trigram.Fold(needle), trigram.Fold(text)
	for at := 0; needle != ""; at++ {
		i := strings.Index(text[at:], needle)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(needle):])
		first, _ := utf8.DecodeRuneInString(needle)
		last, _ := utf8.DecodeLastRuneInString(needle)
		if (!isWord(first) || !isWord(before)) && (!isWord(last) || !isWord(after)) {
			return true
		}
	}
	return false
}

var words = rapid.StringOfN(rapid.RuneFrom([]rune("aábBcßéE'’ -–\t\u0301\u00a0İıﬁ@.1Σσς京")), 0, 12, -1)

// Whatever is in a text when the whole of it is folded is found, and nothing is but what is there, for needles that are
// no names; for names more is.
func TestAgreesWithFoldingTheWholeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		needle, text := words.Draw(t, "needle"), words.Draw(t, "text")
		s, err := New([]Needle{{needle, Text}})
		if err != nil {
			return
		}
		want, got := plainly(needle, text), len(s.In(text)) > 0
		name := isName(trigram.Fold(needle))
		if want && !got || got && !want && !name {
			t.Errorf("%q in %q: %v, want %v", needle, text, got, want)
		}
		if got && !s.May([]byte("a"+text+"a")) {
			t.Errorf("%q in %q: In finds it, May does not", needle, text)
		}
	})
}

func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestRaw(t *testing.T) {
	s, err := New([]Needle{{"Élodie Smith-Jones", Text}, {"01632 960123", Digits}, {"Ann", Text},
		{"김민준", Text}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		in   []byte
		want []int
	}{
		"nothing":             {[]byte("nothing"), nil},
		"empty":               {nil, nil},
		"utf-8":               {[]byte("\x00\xffelodie smith jones\xfe"), []int{0}},
		"touched":             {[]byte("xELODIE SMITHJONESx"), []int{0}},
		"short and touched":   {[]byte("xANNx"), nil},
		"short":               {[]byte("\x83ann\x00"), []int{2}},
		"utf-16":              {append([]byte{7}, wide("Élodie SMITH Jones")...), []int{0}},
		"utf-16, short":       {append([]byte{1, 2}, wide(" ANN ")...), []int{2}},
		"utf-16 digits":       {wide("+44 (0)1632 960123"), []int{1}},
		"utf-16, Korean":      {append([]byte{1}, wide("x김민준yyy")...), []int{3}},
		"digits":              {[]byte("\x8a01632.960123\x00"), []int{1}},
		"short within utf-16": {wide("Hannah"), nil},
	} {
		var got []int
		s.Raw(c.in, 0, len(c.in), func(f Find) { got = append(got, f.Needle) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: found %v, want %v", name, got, c.want)
		}
	}
}

// However bytes are cut up, each find is made once.
func TestRawInPieces(t *testing.T) {
	s, err := New([]Needle{{"Mary Lee", Text}})
	if err != nil {
		t.Fatal(err)
	}
	b := bytes.Repeat(append([]byte("..Mary  Lee.."), wide("mary lee")...), 20)
	for _, piece := range []int{1, 7, 64, 1000} {
		n := 0
		for from := 0; from < len(b); from += piece {
			s.Raw(b, from, min(from+piece, len(b)), func(Find) { n++ })
		}
		if n != 40 {
			t.Errorf("in pieces of %d: %d finds, want 40", piece, n)
		}
	}
}

func TestFoldsAgreeWithFold(t *testing.T) {
	f := newFolds()
	for r := rune(1); r < 0x20000; r++ {
		if !utf8.ValidRune(r) || unicode.IsSpace(r) {
			continue
		}
		want := trigram.Fold("a" + string(r) + "b")
		c, rest := f.of(r)
		got := ""
		if c != 0 {
			got = string(c) + string(rest)
		}
		if "a"+got+"b" != want {
			t.Errorf("%U is compared as %q, and folds to %q", r, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("O'Neill", "ONEILL", []byte("xO\x00'neill"))
	f.Add("01632 960123", "+44", []byte("0\xff44 1632 960123"))
	f.Fuzz(func(t *testing.T, needle, number string, b []byte) {
		s, err := New([]Needle{{needle, Text}, {number + "7", Digits}})
		if err != nil {
			return
		}
		if len(s.In(string(b))) > 0 && !s.May(b) {
			t.Error("In finds what May does not")
		}
		s.Raw(b, 0, len(b), func(f Find) {
			if f.From < 0 || f.From >= f.To || f.To > len(b) {
				t.Errorf("a find at %d to %d of %d", f.From, f.To, len(b))
			}
		})
		if utf8.ValidString(needle) && !slices.Contains(s.In(needle), 0) {
			t.Errorf("%q is not found in itself", needle)
		}
	})
}
