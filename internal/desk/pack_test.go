package desk_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"custos/internal/calendar"
	"custos/internal/exchange/sealed"
	"custos/internal/exchange/xlsx"
	"custos/internal/letter"
	"custos/internal/register"
)

// asked is an office with two people, one of whom asks for access and is named
// in the other's record.
type asked struct {
	*office
	ref      string
	ada, ben register.ID
}

func newAsked(t *testing.T) *asked {
	t.Helper()
	a := &asked{office: newOffice(t)}
	a.ada = a.person(t, "Ada O'Neill", "ada@example.org")
	a.ben = a.add(t, map[string]string{"name": "Ben Carter", "email": "ben@example.org",
		"job_title": "Shares a room with A. O’Neill. Reports to Zoë Hill."})
	if _, err := a.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": "Zoë Hill"}}); err != nil {
		t.Fatal(err)
	}
	page, err := a.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Access, Delegate: a.ada, Received: date(t, "2026-03-02"), How: "email", Note: "Ben Carter rang for her, with Zoë  HILL.",
	})
	if err != nil {
		t.Fatal(err)
	}
	a.ref = page.Ref
	return a
}

func (a *asked) add(t *testing.T, values map[string]string) register.ID {
	t.Helper()
	id, err := a.AddDelegate(t.Context(), register.DelegateInput{Values: values})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// mention returns the one mention there is.
func (a *asked) mention(t *testing.T) register.Mention {
	t.Helper()
	f, err := a.Findings(t.Context(), a.ref, nil)
	if err != nil || len(f.Mentions) != 1 {
		t.Fatalf("%+v, %v", f.Mentions, err)
	}
	return f.Mentions[0]
}

func (a *asked) judge(t *testing.T, in bool) {
	t.Helper()
	m := a.mention(t)
	c := register.FindingChoice{Collection: m.Collection, Record: m.Record, Field: m.Field, Digest: m.Digest,
		Include: in, Reason: "it is about the room", Passage: m.Passage}
	if _, err := a.Choose(t.Context(), a.ref, []register.FindingChoice{c}); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyWhatIsHeldIsLeftOut(t *testing.T) {
	a := newAsked(t)
	for _, c := range []register.FindingChoice{
		{Collection: "consents", Record: "KABCDEFGHJKMNP"}, {Collection: "consent", Record: string(a.ada)},
		{Collection: "consents", Record: string(a.ada)},
	} {
		c.Reason = "mistyped"
		if _, err := a.Choose(t.Context(), a.ref, []register.FindingChoice{c}); register.KindOf(err) != register.NotFound {
			t.Errorf("%s %s: %v", c.Collection, c.Record, err)
		}
	}
	c := register.FindingChoice{Collection: "delegates", Record: string(a.ada), Reason: "not wanted"}
	if _, err := a.Choose(t.Context(), a.ref, []register.FindingChoice{c}); err != nil {
		t.Error(err)
	}
}

func (a *asked) redact(t *testing.T, words string) {
	t.Helper()
	in := register.RedactionInput{Words: words, Code: "third-party", Reason: "somebody else, " + words}
	if _, err := a.Redact(t.Context(), a.ref, in); err != nil {
		t.Fatal(err)
	}
}

func (a *asked) decide(t *testing.T) {
	t.Helper()
	in := register.DecisionInput{On: a.Today(), Outcome: register.Fulfil, Reason: "all but what names others"}
	if _, err := a.Decide(t.Context(), a.ref, in); err != nil {
		t.Fatal(err)
	}
}

func (a *asked) pack(t *testing.T, in register.PackInput) []byte {
	t.Helper()
	in.To = filepath.Join(t.TempDir(), in.To)
	if _, err := a.Pack(t.Context(), a.ref, in); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(in.File())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// files returns the files of a ZIP by name.
func files(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestMentionsInOthersRecordsAreFound(t *testing.T) {
	a := newAsked(t)
	heard := 0
	f, err := a.Findings(t.Context(), a.ref, func(_, total int) { heard = total })
	if err != nil || heard == 0 {
		t.Fatalf("%v, heard %d", err, heard)
	}
	m := f.Mentions[0]
	if len(f.Mentions) != 1 || m.Subject != a.ben || m.Field != "job_title" || m.Passage != "Shares a room with A. O’Neill." ||
		f.NotJudged() != "1 mention not judged" {
		t.Fatalf("%+v", f)
	}
	for _, h := range f.Holdings {
		for _, r := range h.Records {
			if !r.In {
				t.Errorf("%s %s is out, and nobody said so", h.Collection, r.Key)
			}
		}
	}
}

// What was judged is judged; a note that changed since is not.
func TestAMentionIsJudgedAnewWhenItChanges(t *testing.T) {
	a := newAsked(t)
	a.judge(t, true)
	if m := a.mention(t); !m.In() {
		t.Fatalf("%+v", m)
	}
	page, err := a.Person(a.ben)
	if err != nil {
		t.Fatal(err)
	}
	in := register.DelegateInput{Values: map[string]string{"job_title": "Fell out with Ada O'Neill."}, Revision: page.Delegate.Revision}
	if err := a.ChangeDelegate(t.Context(), a.ben, in); err != nil {
		t.Fatal(err)
	}
	if m := a.mention(t); m.Judged() {
		t.Fatalf("%+v", m)
	}
}

func TestNoReplyGoesOutWithAMentionNotJudged(t *testing.T) {
	a := newAsked(t)
	a.pack(t, register.PackInput{To: "draft.zip"})
	a.decide(t)
	dir := t.TempDir()
	_, err := a.Pack(t.Context(), a.ref, register.PackInput{To: filepath.Join(dir, "reply.zip")})
	wantKind(t, err, register.Refused)
	if !strings.Contains(err.Error(), "1 mention not judged") {
		t.Errorf("%v", err)
	}
	empty(t, dir)
}

func empty(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestAChangedSelectionIsADraftAgain(t *testing.T) {
	a := newAsked(t)
	a.judge(t, false)
	a.decide(t)
	d, err := a.Pack(t.Context(), a.ref, register.PackInput{To: filepath.Join(t.TempDir(), "a.zip")})
	if err != nil || d.Draft {
		t.Fatalf("%+v, %v", d, err)
	}
	a.redact(t, "Ben Carter")
	d, err = a.Pack(t.Context(), a.ref, register.PackInput{To: filepath.Join(t.TempDir(), "b.zip")})
	if err != nil || !d.Draft || d.Recipient != "internal" {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := a.Approve(t.Context(), a.ref, a.Today()); err != nil {
		t.Fatal(err)
	}
	d, err = a.Pack(t.Context(), a.ref, register.PackInput{To: filepath.Join(t.TempDir(), "c.zip")})
	if err != nil || d.Draft {
		t.Fatalf("%+v, %v", d, err)
	}
}

// texts are all texts of the files of a pack, by file.
func texts(t *testing.T, all map[string][]byte, password []byte) map[string]string {
	t.Helper()
	found := map[string]string{}
	for name, data := range all {
		found[name] = string(data)
		switch filepath.Ext(name) {
		case ".xlsx":
			cells, err := xlsx.Texts(data)
			if err != nil {
				t.Fatal(err)
			}
			found[name] = strings.Join(cells, "\n")
		case ".pdf":
			text, err := letter.PDFText(data, password)
			if err != nil {
				t.Fatal(err)
			}
			found[name] = text
		}
	}
	return found
}

func TestWordsTakenOutAreInNoFileOfAPack(t *testing.T) {
	a := newAsked(t)
	a.judge(t, true)
	a.redact(t, "Ben Carter")
	a.redact(t, "zoe hill")
	password := []byte("seven quiet herons")
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	reply := a.pack(t, register.PackInput{To: "reply.pdf"})
	locked := files(t, a.pack(t, register.PackInput{To: "locked.zip", Password: password}))
	if got := slices.Sorted(maps.Keys(locked)); !slices.Equal(got, []string{"manifest.json", "reply.pdf"}) {
		t.Fatalf("a protected ZIP holds %v", got)
	}
	if _, err := letter.PDFText(locked["reply.pdf"], nil); err == nil {
		t.Error("the protected reply opens without its password")
	}
	for name, content := range map[string]map[string]string{
		"zip":      texts(t, files(t, a.pack(t, register.PackInput{To: "reply.zip"})), nil),
		"pdf":      texts(t, carried(t, reply, nil), nil),
		"password": texts(t, carried(t, locked["reply.pdf"], password), password),
		"age": texts(t, files(t, opened(t, a.pack(t, register.PackInput{
			To: "reply.zip", Recipients: []string{identity.Recipient().String()},
		}), identity.String())), nil),
	} {
		if len(content) < 18 {
			t.Errorf("%s holds %v", name, slices.Sorted(maps.Keys(content)))
		}
		for file, text := range content {
			folded := strings.Join(strings.Fields(strings.ToLower(text)), " ")
			for _, words := range []string{"ben carter", "zoë hill", "zoe hill"} {
				if strings.Contains(folded, words) {
					t.Errorf("%s, %s still says %s", name, file, words)
				}
			}
		}
		for _, file := range []string{"index.html", "data.json", "tables/held.csv", "tables.xlsx", "reply.pdf"} {
			text := strings.Join(strings.Fields(content[file]), " ")
			if !strings.Contains(text, "DPA 2018 Sch 2 para 16]") || !strings.Contains(text, "A. O’Neill") && file != "tables/held.csv" {
				t.Errorf("%s, %s shows no gap or lacks the mention", name, file)
			}
		}
	}
}

// carried are a PDF and the files in it.
func carried(t *testing.T, data, password []byte) map[string][]byte {
	t.Helper()
	inside, err := letter.PDFAttachments(data, password)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"reply.pdf": data}
	for _, f := range inside {
		all[f.Name] = f.Data
	}
	return all
}

func opened(t *testing.T, data []byte, identity string) []byte {
	t.Helper()
	r, err := sealed.Open(bytes.NewReader(data), sealed.Key{Identities: []byte(identity)})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// Every value of the data stands in the workbook too; the letter room shows the
// same of the page, the print and the tables.
func TestTheWorkbookSaysWhatTheDataSays(t *testing.T) {
	a := newAsked(t)
	a.judge(t, true)
	all := files(t, a.pack(t, register.PackInput{To: "reply.zip"}))
	cells, err := xlsx.Texts(all["tables.xlsx"])
	if err != nil {
		t.Fatal(err)
	}
	book := strings.Join(cells, "\n")
	var data any
	if err := json.Unmarshal(all["data.json"], &data); err != nil {
		t.Fatal(err)
	}
	each(data, func(value string) {
		if !strings.Contains(book, value) {
			t.Errorf("the workbook lacks %q", value)
		}
	})
}

func each(v any, visit func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			each(x, visit)
		}
	case []any:
		for _, x := range v {
			each(x, visit)
		}
	case string:
		visit(v)
	}
}

func TestDocumentsGoAlongAsTheyWereAttached(t *testing.T) {
	a := newAsked(t)
	dir := t.TempDir()
	name := filepath.Join(dir, "minutes.TXT")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("Ada O'Neill spoke.")
	in := register.AttachInput{File: name, Title: "Minutes by Ben Carter", Where: "the shared drive"}
	page, err := a.Attach(t.Context(), a.ref, in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Attach(t.Context(), a.ref, in)
	wantKind(t, err, register.Conflict)
	a.redact(t, "Ben Carter")
	all := files(t, a.pack(t, register.PackInput{To: "reply.zip", With: []string{name}}))
	if string(all["documents/01-Minutes-by-removed.txt"]) != "Ada O'Neill spoke." {
		t.Errorf("%v", slices.Sorted(maps.Keys(all)))
	}
	write("Ben Carter spoke.")
	_, err = a.Pack(t.Context(), a.ref, register.PackInput{To: filepath.Join(dir, "no.zip"), With: []string{name}})
	wantKind(t, err, register.Refused)
	id := page.Events[len(page.Events)-1].Text
	_, id, _ = strings.Cut(id, "document ")
	id, _, _ = strings.Cut(id, " ")
	_, err = a.TakeDocument(t.Context(), a.ref, register.ID(id), false, "")
	wantKind(t, err, register.Invalid)
	if _, err = a.TakeDocument(t.Context(), a.ref, register.ID(id), false, "it is not about her"); err != nil {
		t.Fatal(err)
	}
	if data := a.pack(t, register.PackInput{To: "without.zip"}); !strings.Contains(string(files(t, data)["data.json"]), "it is not about her") {
		t.Error("the reason is not told")
	}
}

// A document whose own words were marked does not go along: nobody can take
// them out of it here.
func TestADocumentThatSaysTheWordsIsNotSent(t *testing.T) {
	a := newAsked(t)
	dir := t.TempDir()
	name := filepath.Join(dir, "minutes.bin")
	if err := os.WriteFile(name, []byte("\x00Ben Carter spoke."), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Attach(t.Context(), a.ref, register.AttachInput{File: name, Title: "Minutes", Where: "drive"}); err != nil {
		t.Fatal(err)
	}
	a.redact(t, "Ben Carter")
	_, err := a.Pack(t.Context(), a.ref, register.PackInput{To: filepath.Join(dir, "no.zip"), With: []string{name}})
	wantKind(t, err, register.Refused)
	if !strings.Contains(err.Error(), "documents/01-Minutes") || strings.Contains(err.Error(), "Carter") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "no.zip")); err == nil {
		t.Error("the pack was kept")
	}
}
