package letter_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"custos/internal/letter"
	"custos/internal/register"
)

func render(t testing.TB, r letter.Reply) string {
	t.Helper()
	var b bytes.Buffer
	if err := letter.RenderHTML(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPageIsAsAgreed(t *testing.T) {
	golden := filepath.Join("testdata", "index.html")
	got := render(t, sample())
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

// nodes returns every element of a page by its name.
func nodes(t testing.TB, page string) map[string][]*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]*html.Node{}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all[n.Data] = append(all[n.Data], n)
		}
	}
	return all
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func has(n *html.Node, name string) bool {
	for c := range n.Descendants() {
		if c.Data == name && c.Type == html.ElementNode {
			return true
		}
	}
	return false
}

func TestPageStandsAloneAndIsWellFormed(t *testing.T) {
	page := render(t, sample())
	all := nodes(t, page)
	if !strings.HasPrefix(page, "<!DOCTYPE html>\n") || attr(all["html"][0], "lang") != "en-GB" {
		t.Error("no doctype or no language")
	}
	if !strings.Contains(text(all["title"][0]), "AR-2026-0042") || len(all["h1"]) != 1 || len(all["main"]) != 1 {
		t.Error("title, one h1 and one main are needed")
	}
	for _, name := range []string{"script", "link", "img", "iframe", "form", "object", "base"} {
		if len(all[name]) > 0 {
			t.Errorf("the page has a %s", name)
		}
	}
	if strings.Contains(page, "://") || strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Error("the page refers to something outside itself")
	}
	ids := map[string]bool{}
	for _, list := range all {
		for _, n := range list {
			if id := attr(n, "id"); id != "" && ids[id] {
				t.Errorf("the id %q stands twice", id)
			} else {
				ids[id] = true
			}
		}
	}
	for _, a := range all["a"] {
		if target, ok := strings.CutPrefix(attr(a, "href"), "#"); !ok || !ids[target] {
			t.Errorf("a link leads to %q", attr(a, "href"))
		}
	}
}

func TestTablesAndHeadingsCanBeReadAloud(t *testing.T) {
	page := render(t, sample())
	all := nodes(t, page)
	if len(all["table"]) < 10 {
		t.Errorf("only %d tables", len(all["table"]))
	}
	for _, n := range all["table"] {
		if !has(n, "caption") || !has(n, "thead") || !has(n, "th") {
			t.Errorf("a table lacks a caption or headings: %.60q", text(n))
		}
	}
	for _, n := range all["th"] {
		if attr(n, "scope") == "" || strings.TrimSpace(text(n)) == "" {
			t.Errorf("a heading cell without scope or text: %q", text(n))
		}
	}
	root, _ := html.Parse(strings.NewReader(page))
	level := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || !unicode.IsDigit(rune(n.Data[1])) {
			continue
		}
		if now := int(n.Data[1] - '0'); now > level+1 {
			t.Errorf("heading %q jumps from level %d to %d", text(n), level, now)
		} else {
			level = now
		}
	}
}

func TestPageSaysWhatTheLawAsks(t *testing.T) {
	page := text(nodes(t, render(t, sample()))["body"][0])
	for _, want := range []string{
		"We hold nothing under Bookings",                          // an empty collection
		"Special category",                                        // Art 9 marked
		"Public task, UK GDPR Art 6(1)(e). Training is our task.", // basis
		"Art 9(2)(a): explicit consent",
		"Attendance", "The university", "1 February 2026, 12:00", // named disclosure
		"2 July 2026, 00:30", // London, not UTC
		"UK adequacy regulations",
		"6 years after the end of the course or event",
		"It comes from you or from your school.", "form (2026-01-10)",
		"To have it put right", "Tell us first, then The Regulator.", "go to court",
		"No decision is made by a computer alone.",
		"3 April is Good Friday.", "7 April 2026", "manifest.json", "481", "9f2c0d1e",
		"nobody else checked it", "Parent Example asked for you", "partly fulfilled", "yourself", "Full name; email",
		"One reference is confidential.", "Parent Example",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, not := range []string{"Trainees only", "The admissions service", "Trainee files", "Draft"} {
		if strings.Contains(page, not) {
			t.Errorf("the page says %q, which does not concern this person", not)
		}
	}
}

func TestDraftIsMarked(t *testing.T) {
	r := sample()
	r.Draft = true
	all := nodes(t, render(t, r))
	if attr(all["body"][0], "class") != "draft" || !strings.HasPrefix(text(all["title"][0]), "Draft: ") {
		t.Error("a draft is not marked as one")
	}
	if !strings.Contains(text(all["body"][0]), "Draft for the office.") {
		t.Error("a draft has no banner")
	}
}

func TestAnEmptyRegisterStillAnswers(t *testing.T) {
	page := render(t, letter.Reply{Profile: register.Profile{Title: "Empty"}})
	for _, want := range []string{
		"We hold nothing on you.", "Nothing about you has left the office", "None of the purposes",
		"No date has been worked out yet.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

const hostile = "\u202e<script>alert(1)</script>\"'&\x00\x1b[31m\u2066\u200b\ufeff\u0085\xff{{.}}"

// poison puts the hostile text behind every text of a value.
func poison(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + hostile)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i))
		}
	default:
	}
}

func TestNothingHostileReachesThePage(t *testing.T) {
	r := sample()
	poison(reflect.ValueOf(&r.Office).Elem())
	poison(reflect.ValueOf(&r.Person).Elem())
	poison(reflect.ValueOf(&r.Holdings).Elem())
	poison(reflect.ValueOf(&r.AuditHash).Elem())
	poison(reflect.ValueOf(&r.Request.Requester).Elem())
	poison(reflect.ValueOf(&r.Request.Ref).Elem())
	poison(reflect.ValueOf(&r.Request.Deadline).Elem())
	for i := range r.Disclosures {
		r.Disclosures[i].What += hostile
		r.Disclosures[i].Recipient += hostile
	}
	p := &r.Profile
	for _, p := range []any{&p.Title, &p.Language, &p.Complaint, &p.Rights, &p.Contacts} {
		poison(reflect.ValueOf(p).Elem())
	}
	page := render(t, r)
	if len(nodes(t, page)["script"]) > 0 {
		t.Error("a script got in")
	}
	for i, c := range page {
		if c != '\n' && unicode.In(c, unicode.Cc, unicode.Cf) || c == unicode.ReplacementChar && page[i] == 0xff {
			t.Fatalf("U+%04X stands at byte %d: %q", c, i, page[max(0, i-40):i])
		}
	}
	for _, mark := range []string{"[U+202E]", "[U+001B]", "[U+2066]", "[U+200B]", "[not text]"} {
		if !strings.Contains(page, mark) {
			t.Errorf("nothing shows %s", mark)
		}
	}
}

func TestOrdinaryScriptsAreLeftAlone(t *testing.T) {
	for _, name := range []string{"Zoë O’Neill", "ירדן", "می\u200cخواهم", "क्\u200dष", "👩\u200d🏫", "Đặng"} {
		r := sample()
		r.Person = name
		if !strings.Contains(render(t, r), "<bdi>"+name+"</bdi>") {
			t.Errorf("%q is changed on the page", name)
		}
	}
}

func FuzzRenderHTML(f *testing.F) {
	f.Add("Robin", "2026-03-02")
	f.Add(hostile, "\r\n\t</td><!--")
	f.Fuzz(func(t *testing.T, person, value string) {
		r := sample()
		r.Person = person
		r.Holdings[0].Entries[0].Lines[0].Value = value
		page := render(t, r)
		all := nodes(t, page)
		if len(all["script"]) > 0 || len(all["table"]) != len(nodes(t, render(t, sample()))["table"]) {
			t.Errorf("a value changed the structure of the page: %q, %q", person, value)
		}
		for _, c := range page {
			if c != '\n' && c != '\t' && unicode.IsControl(c) || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
				t.Errorf("U+%04X is on the page", c)
			}
		}
	})
}

func BenchmarkRenderHTML(b *testing.B) {
	r := sample()
	one := r.Holdings[0].Entries[0]
	entries := make([]register.Record, 2000)
	for i := range entries {
		entries[i] = register.Record{ID: fmt.Sprintf("D%013d", i), Lines: one.Lines}
	}
	r.Holdings[0].Entries = entries
	b.ReportAllocs()
	for b.Loop() {
		if err := letter.RenderHTML(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
