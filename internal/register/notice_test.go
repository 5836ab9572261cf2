package register

import (
	"fmt"
	"strings"
	"testing"

	"custos/internal/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestNoticeDiff(t *testing.T) {
	for _, tt := range []struct {
		name, before, after string
		want                []DiffPart
	}{
		{"nothing", "", "", []DiffPart{}},
		{"the same", "We keep it.", "We keep it.", []DiffPart{{"same", "We keep it."}}},
		{"all new", "", "We keep it.", []DiffPart{{"in", "We keep it."}}},
		{"all gone", "We keep it.", "", []DiffPart{{"out", "We keep it."}}},
		{"a word", "We keep it for six years.", "We keep it for seven years.",
			[]DiffPart{{"same", "We keep it for "}, {"out", "six"}, {"in", "seven"}, {"same", " years."}}},
		{"a phrase is not taken to pieces", "kept for two years only", "kept until you leave only",
			[]DiffPart{{"same", "kept "}, {"out", "for two years"}, {"in", "until you leave"}, {"same", " only"}}},
		{"a paragraph", "One.\n\nTwo.", "One.\n\nOne and a half.\n\nTwo.",
			[]DiffPart{{"same", "One.\n\n"}, {"in", "One and a half.\n\n"}, {"same", "Two."}}},
		{"paragraphs are kept apart", "One.\n\nTwo.", "Three.\n\nFour.",
			[]DiffPart{{"out", "One."}, {"in", "Three."}, {"same", "\n\n"}, {"out", "Two."}, {"in", "Four."}}},
		{"a word before a blank", "for six ", "for seven ",
			[]DiffPart{{"same", "for "}, {"out", "six"}, {"in", "seven"}, {"same", " "}}},
		{"half a word is not a change", "informed", "information", []DiffPart{{"out", "informed"}, {"in", "information"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, NoticeDiff(tt.before, tt.after)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// checkDiff joins the parts back to both wordings.
func checkDiff(t interface{ Fatalf(string, ...any) }, before, after string) {
	var out, in strings.Builder
	last := ""
	for _, p := range NoticeDiff(before, after) {
		if p.Text == "" || p.Kind == last {
			t.Fatalf("an empty part, or two alike in a row: %q", p)
		}
		last = p.Kind
		if p.Kind != DiffIn {
			out.WriteString(p.Text)
		}
		if p.Kind != DiffOut {
			in.WriteString(p.Text)
		}
	}
	if out.String() != before || in.String() != after {
		t.Fatalf("%q and %q came back as %q and %q", before, after, out.String(), in.String())
	}
}

func TestNoticeDiffLosesNothing(t *testing.T) {
	pieces := []string{"we", "keep", "it", " ", " ", " ", "  ", "\n\n", "\t", "é", "\xff", "."}
	words := rapid.Map(rapid.SliceOf(rapid.SampledFrom(pieces)), func(w []string) string { return strings.Join(w, "") })
	rapid.Check(t, func(t *rapid.T) {
		checkDiff(t, words.Draw(t, "old"), words.Draw(t, "new"))
		checkDiff(t, words.Draw(t, "begins")+" a ", words.Draw(t, "begins otherwise")+" b ")
		checkDiff(t, rapid.String().Draw(t, "any old"), rapid.String().Draw(t, "any new"))
	})
}

func TestNoticeDiffOfLongWordings(t *testing.T) {
	var before, after strings.Builder
	for i := range longestDiff {
		fmt.Fprintf(&before, "a%d ", i)
		fmt.Fprintf(&after, "b%d ", i)
	}
	checkDiff(t, before.String(), after.String())
	if got := NoticeDiff(before.String(), after.String()); len(got) != 2 || got[0].Kind != DiffOut {
		t.Errorf("%d parts", len(got))
	}
	// More different words than there are code points before the surrogates.
	d := dictionary{index: map[string]rune{}}
	var many strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&many, "w%d ", i+surrogates)
	}
	for i := range surrogates {
		d.words = append(d.words, fmt.Sprint(i))
	}
	if got := d.text(string(d.runes(many.String()))); got != many.String() {
		t.Error("words beyond the surrogates are lost")
	}
}

func FuzzNoticeDiff(f *testing.F) {
	f.Add("We keep it.", "We  keep\n\nthem.")
	f.Add("\xff \u00a0x", "\xfe")
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) < 2000 {
			checkDiff(t, before, after)
		}
	})
}

func TestPublishNotice(t *testing.T) {
	p := bureau().Profile
	good := NoticeInput{ID: "n", Version: "4", Text: "four", From: ymd(2026, 7, 1), Material: true}
	out, err := p.PublishNotice(good)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := out.Notice("n", ymd(2026, 6, 30)); n.Version != "3" {
		t.Errorf("the day before: version %s", n.Version)
	}
	if n, _ := out.Notice("n", ymd(2026, 7, 1)); n.Version != "4" || n.Text != "four" || !n.Material {
		t.Errorf("on the day: %+v", n)
	}
	if _, found := p.noticeVersion("n", "4"); found || !p.Notices[2].To.IsZero() {
		t.Error("the profile it came from was changed")
	}
	for i, n := range out.Notices[:3] {
		if n.Digest() != p.Notices[i].Digest() || n.From != p.Notices[i].From {
			t.Errorf("version %s was rewritten", n.Version)
		}
	}
	for name, tt := range map[string]struct {
		change func(*NoticeInput)
		field  string
	}{
		"an unknown notice":     {func(in *NoticeInput) { in.ID = "x" }, "notice"},
		"no text":               {func(in *NoticeInput) { in.Text = " \n" }, "text"},
		"no version":            {func(in *NoticeInput) { in.Version = "" }, "version"},
		"a version that stands": {func(in *NoticeInput) { in.Version = "2" }, "version"},
		"no day":                {func(in *NoticeInput) { in.From = calendar.Date{} }, "from"},
		"the day of another":    {func(in *NoticeInput) { in.From = ymd(2026, 5, 1) }, "from"},
		"the same text":         {func(in *NoticeInput) { in.Text = "three" }, "text"},
	} {
		in := good
		tt.change(&in)
		if _, err := p.PublishNotice(in); KindOf(err) != Invalid || !strings.HasPrefix(err.Error(), tt.field+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each version ends the day before the next begins, whatever end it had before.
func TestPublishingEndsTheVersionBefore(t *testing.T) {
	p := bureau().Profile
	p.Notices[0].To = ymd(2026, 3, 31)
	p.Notices[1].To = ymd(2027, 12, 31)
	p.Notices[2].Title = "How we keep you posted"
	p.Notices = append(p.Notices, Notice{ID: "form", Version: "1", From: ymd(2026, 1, 1)})
	out, err := p.PublishNotice(NoticeInput{ID: "n", Version: "4", Text: "four", From: ymd(2026, 7, 1)})
	if err != nil {
		t.Fatal(err)
	}
	june := ymd(2026, 6, 30)
	for i, want := range []calendar.Date{ymd(2026, 3, 31), june, june, {}, {}} {
		if got := out.Notices[i].To; got != want {
			t.Errorf("%s %s ends %q, want %q", out.Notices[i].ID, out.Notices[i].Version, got, want)
		}
	}
	if got := out.Notices[4]; got.Title != "How we keep you posted" || got.Material {
		t.Errorf("%+v", got)
	}
	in := NoticeInput{ID: "n", Version: "4", Text: "four", From: ymd(2026, 7, 1), Title: "News"}
	if out, err = p.PublishNotice(in); err != nil || out.Notices[4].Title != "News" {
		t.Errorf("%+v, %v", out.Notices[4], err)
	}
}

func TestNoticeVersions(t *testing.T) {
	p := bureau().Profile
	p.Notices = append(p.Notices, Notice{ID: "a", Version: "1", From: ymd(2026, 1, 1)})
	var got []string
	for _, n := range p.NoticeVersions("") {
		got = append(got, n.ID+n.Version)
	}
	if diff := cmp.Diff([]string{"a1", "n3", "n2", "n1"}, got); diff != "" {
		t.Error(diff)
	}
	if got := p.NoticeVersions("a"); len(got) != 1 {
		t.Errorf("%d versions of a", len(got))
	}
}
