package letter_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/internal/letter"
	"custos/internal/register"
)

func files() []letter.Attachment {
	return []letter.Attachment{
		{Name: "data.json", Data: []byte(`{"name": "Robin Example"}`), About: "The reply as data"},
		{Name: "tables/held.csv", Data: bytes.Repeat([]byte("Robin;Жук\n"), 5000), About: "What we hold (山田)"},
		{Name: "tables/empty.csv", Data: []byte{}, About: ""},
	}
}

func TestAttachmentsComeBack(t *testing.T) {
	for _, password := range []string{"", "a password"} {
		pdf := replyPDF(t, sample(), letter.Finish{Attachments: files(), Password: []byte(password)})
		got, err := letter.PDFAttachments(pdf, []byte(password))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(files(), got); diff != "" {
			t.Error(diff)
		}
	}
	got, err := letter.PDFAttachments(sheet(t, asking(), people()), nil)
	if err != nil || len(got) != 0 {
		t.Errorf("a sheet carries %d files, %v", len(got), err)
	}
}

func TestOnlyThePasswordOpensAProtectedReply(t *testing.T) {
	pdf := replyPDF(t, sample(), letter.Finish{Attachments: files(), Password: []byte("Pässword ﬁne")})
	for _, wrong := range []string{"", "Passwort", "pässword ﬁne", "Pässword ﬁne ", strings.Repeat("x", 300)} {
		if _, err := letter.PDFText(pdf, []byte(wrong)); register.KindOf(err) != register.Invalid {
			t.Errorf("%q: %v", wrong, err)
		}
		if files, err := letter.PDFAttachments(pdf, []byte(wrong)); err == nil {
			t.Errorf("%q opens %d files", wrong, len(files))
		}
	}
	// The same password typed on another system: accents apart, ligature in two.
	for _, right := range []string{"Pässword ﬁne", "Pa\u0308ssword fine"} {
		text, err := letter.PDFText(pdf, []byte(right))
		if err != nil || !strings.Contains(text, "Robin Example") {
			t.Errorf("%q does not open it: %v", right, err)
		}
	}
}

func TestNothingStandsOpenInAProtectedReply(t *testing.T) {
	pdf := replyPDF(t, sample(), letter.Finish{Attachments: files(), Password: []byte("a password")})
	for _, word := range []string{"Robin", "R\x00o\x00b", "\x00R\x00o", "AR-2026", "0052006F", "Custos", "en-GB", "data.json", "a password"} {
		if bytes.Contains(pdf, []byte(word)) {
			t.Errorf("%q stands in the file", word)
		}
	}
	again := replyPDF(t, sample(), letter.Finish{Attachments: files(), Password: []byte("a password")})
	if bytes.Equal(pdf, again) {
		t.Error("two files are locked with the same key")
	}
	if _, tail, ok := bytes.Cut(pdf, []byte("/Encrypt")); !ok || !bytes.Contains(pdf, []byte("/V 5 /R 6 /Length 256 /P -1324 ")) || len(tail) == 0 {
		t.Error("the file does not say how it is protected")
	}
}

func TestAnyPasswordOpensWhatItLocked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "password")
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		got, err := letter.Unsealed(letter.Sealed(password, data))
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%q became %q, %v", data, got, err)
		}
	})
}

func TestSameReplyGivesTheSameBytes(t *testing.T) {
	for _, r := range []letter.Reply{sample(), awkward(), {}} {
		f := letter.Finish{Attachments: files()}
		if !bytes.Equal(replyPDF(t, r, f), replyPDF(t, r, f)) {
			t.Error("two replies of the same input differ")
		}
	}
}

func TestAReplyWithoutADateAsksNoClock(t *testing.T) {
	o := open(t, replyPDF(t, letter.Reply{}, letter.Finish{}), "")
	for n := 1; n < o.Len(); n++ {
		if dict, _ := o.numbered(fmt.Sprint(n)); strings.Contains(dict, "/CreationDate") && !strings.Contains(dict, "(D:19700101000000") {
			t.Errorf("the file is dated %s", dict)
		}
	}
}

func TestFilesOfOthersAreRefused(t *testing.T) {
	pdf := replyPDF(t, sample(), letter.Finish{})
	end := bytes.LastIndex(pdf, []byte("startxref"))
	for name, data := range map[string][]byte{
		"nothing":      nil,
		"text":         []byte("no PDF"),
		"other":        []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"),
		"cut off":      pdf[:len(pdf)/2],
		"no end":       pdf[:end],
		"wrong end":    append(pdf[:end:end], "startxref\n99999999\n%%EOF\n"...),
		"wrong object": append(pdf[:end:end], "startxref\n20\n%%EOF\n"...),
	} {
		if _, err := letter.PDFText(data, nil); register.KindOf(err) != register.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := letter.PDFAttachments(data, nil); register.KindOf(err) != register.Invalid {
			t.Errorf("%s, attachments: %v", name, err)
		}
	}
}

func TestReplyTellsOfTheWritersError(t *testing.T) {
	if err := letter.RenderPDF(fullDisk{}, sample(), letter.Finish{}); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("got %v", err)
	}
}

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, fmt.Errorf("the disk is full") }

func seeds(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\nstartxref\n9\n%%EOF\n"), []byte(""))
	pdf := replyPDF(f, letter.Reply{}, letter.Finish{Attachments: files()[:1]})
	f.Add(pdf, []byte(""))
	f.Add(replyPDF(f, letter.Reply{}, letter.Finish{Attachments: files()[:1], Password: []byte("x")}), []byte("x"))
}

func FuzzPDFText(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data, password []byte) {
		if _, err := letter.PDFText(data, password); err != nil && register.KindOf(err) != register.Invalid {
			t.Errorf("%v", err)
		}
	})
}

func FuzzPDFAttachments(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data, password []byte) {
		if _, err := letter.PDFAttachments(data, password); err != nil && register.KindOf(err) != register.Invalid {
			t.Errorf("%v", err)
		}
	})
}
