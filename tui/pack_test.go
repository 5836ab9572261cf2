package tui_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// leaving is a console on an access request of Ada, in whose case two others are named, and who is named in Bo's.
func leaving(t *testing.T, env tui.Env) (*drive, seat, string) {
	t.Helper()
	s := sit(t, "teaching-school")
	ada := addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	bo := addPerson(t, s, map[string]string{"name": "Bo Carter", "email": "bo@example.org"})
	must[register.ID](t)(s.AddDelegate(t.Context(), register.DelegateInput{Kind: "trainee", Values: map[string]string{"name": "Zoe Hill"}}))
	open := func(right calendar.Right, who register.ID, note string) string {
		return received(t, s, right, 3, func(in *register.RequestInput) { in.Delegate, in.Note = who, note })
	}
	ref := open(calendar.Access, ada, "Bo Carter rang for her, with Zoe  HILL.\nShe \x1b]52;c;x\a waits \u202efor it.")
	open(calendar.Objection, bo, "It is about Ada Example. The rest \x1b[2J is about the weather.")
	env.Session, env.Theme = s, "mono"
	d := start(t, env, 80, 24)
	d.keys("4", "/", "access", "enter", "enter")
	d.shows(ref, "NEXT: Decide")
	return d, s, ref
}

// unzipped are the files of a ZIP in one string each, by name.
func unzipped(t *testing.T, name string) map[string]string {
	t.Helper()
	data := must[[]byte](t)(os.ReadFile(name))
	r := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
	all := map[string]string{}
	for _, f := range r.File {
		in := must[io.ReadCloser](t)(f.Open())
		all[f.Name] = string(must[[]byte](t)(io.ReadAll(in)))
		if err := in.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestANameIsTakenOutAndThePackBuilt(t *testing.T) {
	dir := t.TempDir()
	d, s, ref := leaving(t, tui.Env{Exports: dir})
	d.keys("R")
	d.shows(ref+" > Words to take out", "YOUR REQUEST", "Person", "Ada Example", "0 marks")
	d.keys("/", "bo carter", "enter")
	d.shows("Bo Carter rang for her", "Rights requests, Event 2")
	d.keys("space", "right")
	d.shows("MARKING: Bo Carter")
	d.keys("right", "left", "enter")
	d.shows("Take out", "Bo Carter", "Stands in 1 text of the pack.")
	d.keys("enter", "third", "enter", "He is somebody else.", "ctrl+s")
	d.shows("Taken out; the release has to be approved with it.", "[removed: information about somebody", "1 mark")
	d.hides("Bo Carter")
	d.keys("tab")
	d.shows("Names and marks", "Zoe Hill", "third-party")
	d.keys("enter")
	d.shows("Zoe Hill", "It names somebody else.")
	d.keys("ctrl+s", "tab")
	d.shows("Marks in the pack: 1 of 2", "Bo Carter", "Zoe Hill", "He is somebody else. (tester)")
	d.keys("esc")
	d.shows("2 marks")
	d.hides("HILL")
	d.keys("esc", "F", "v", "o", "It is about another case.", "ctrl+s")
	d.keys("esc", "d", "down", "enter", "All but what names others.", "ctrl+s", "right", "space")
	d.committed()
	d.keys("b", "ctrl+s")
	d.shows("The pack is " + ref + ".zip")
	for name, text := range unzipped(t, filepath.Join(dir, ref+".zip")) {
		if low := strings.ToLower(text); strings.Contains(low, "bo carter") || strings.Contains(low, "zoe  hill") {
			t.Errorf("%s names somebody else", name)
		}
	}
	if page := must[register.RequestPage](t)(s.Request(ref)); len(page.Redactions) != 2 || page.Redactions[1].Code != "third-party" {
		t.Errorf("marked: %+v", page.Redactions)
	}
}

func TestAMarkComesOffWithAReason(t *testing.T) {
	d, s, ref := leaving(t, tui.Env{})
	must[register.RequestPage](t)(s.Redact(t.Context(), ref, register.RedactionInput{Words: "Bo Carter", Code: "third-party", Reason: "x"}))
	must[register.RequestPage](t)(s.Redact(t.Context(), ref, register.RedactionInput{Words: "Zoe Hill", Code: "third-party", Reason: "y"}))
	d.keys("R", "/", "removed", "enter")
	d.shows("TAKEN OUT here")
	d.keys("delete")
	d.shows("Which words may stand again?", "Bo Carter", "Zoe Hill")
	d.keys("zoe", "enter")
	d.shows("Take a mark off", "Zoe Hill")
	d.keys("ctrl+s")
	d.shows("an answer is needed")
	d.keys("They agreed to it.", "ctrl+s")
	d.shows("The mark is off", "1 mark.", "HILL")
	d.keys("enter")
	d.shows("Take a mark off", "Bo Carter")
	d.keys("esc", "tab", "tab", "delete")
	d.shows("Take a mark off")
}

func TestAMarkStaysInItsTextAndIsDropped(t *testing.T) {
	d, _, _ := leaving(t, tui.Env{})
	d.keys("R", "home", "space", "down", "right", "right")
	d.shows("MARKING: Ada Example  (Enter")
	d.keys("enter", "enter", "third", "enter", "x", "ctrl+s")
	d.shows("PROBLEM", "a name of the person the reply is for")
	d.keys("esc")
	d.shows("What you typed is kept", "Space begins a mark")
	d.keys("/", "nowhere", "enter")
	d.shows("These words do not stand in the pack.")
	d.keys("/", "esc", "m", "weather", "ctrl+s")
	d.shows("Exemption: an answer is needed", "Stands in 0 texts")
}

func TestFindingsAreJudged(t *testing.T) {
	d, s, ref := leaving(t, tui.Env{})
	d.keys("F")
	d.shows(ref+" > Findings", "TO JUDGE", "Another case", "1 mention to judge", "It is about Ada Example.")
	d.keys("enter")
	d.shows("Judge", "In the pack", "Quote the passage below")
	d.keys("down", "enter", " And so on.", "ctrl+s")
	d.shows("1 finding is taken in.", "quoted", "0 mentions to judge")
	f := must[register.Findings](t)(s.Findings(t.Context(), ref, nil))
	if m := f.Mentions[0]; !m.In() || !strings.HasSuffix(m.Passage, "And so on.") {
		t.Errorf("judged %+v", m)
	}
	d.keys("v", "v", "v", "v", "a", "o")
	d.shows("findings are left out of the pack for the same reason")
	d.keys("enter")
	d.shows("an answer is needed")
	d.keys("They know it.", "ctrl+s")
	d.shows("findings are left out.", "left out")
	d.keys("a", "i")
	d.shows("Take in", "> No")
	d.keys("right", "enter")
	d.shows("findings are taken in.")
	f = must[register.Findings](t)(s.Findings(t.Context(), ref, nil))
	for _, h := range f.Holdings {
		for _, r := range h.Records {
			if !r.In {
				t.Errorf("%s is not in", r.Key)
			}
		}
	}
	d.keys("/", "nothing like it")
	d.shows("Nothing of this kind is found.")
}

func TestADocumentIsAttachedAndGivenWithThePack(t *testing.T) {
	dir := t.TempDir()
	d, s, ref := leaving(t, tui.Env{Exports: dir})
	file := filepath.Join(dir, "old.txt")
	if err := os.WriteFile(file, []byte("kept on paper"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.keys("F", "n", filepath.Join(dir, "none"), "enter", "An old letter", "enter", "The cabinet", "ctrl+s")
	d.shows("PROBLEM", "does not")
	for range "none" {
		d.keys("backspace")
	}
	d.keys("old.txt", "ctrl+s")
	d.shows("The document is listed", "Document held elsewhere", "An old letter")
	sum := sha256.Sum256([]byte("kept on paper"))
	page := must[register.RequestPage](t)(s.Request(ref))
	if len(page.Documents) != 1 || page.Documents[0].Digest != hex.EncodeToString(sum[:]) {
		t.Fatalf("attached %+v", page.Documents)
	}
	d.keys("v", "v", "v", "o", "It is a copy.", "ctrl+s")
	d.shows("left out")
	d.keys("i")
	d.shows("1 finding is taken in.")
	d.keys("esc")
	d.committed()
	d.keys("b", "tab", "tab", "tab", "tab", "tab")
	d.shows("Put a copy in: An old letter", "Held in: The cabinet")
	d.keys("left", "ctrl+s")
	d.shows("say which file the copy is")
	d.keys(file, "ctrl+s")
	d.shows("A DRAFT of the pack is " + ref + "-draft.zip")
	found := false
	for _, text := range unzipped(t, filepath.Join(dir, ref+"-draft.zip")) {
		found = found || text == "kept on paper"
	}
	if !found {
		t.Error("the copy is not in the pack")
	}
}

// A password is typed twice, stands in no draft and on no screen, and opens the file.
func TestAPasswordIsKeptNowhere(t *testing.T) {
	const secret = "seven quiet herons"
	dir := t.TempDir()
	d, s, ref := leaving(t, tui.Env{Exports: dir})
	unseen := func() {
		t.Helper()
		d.hides(secret)
		if draft, ok := must2(t)(s.Draft("case:" + ref + ":pack-built")); ok {
			for id, v := range draft.Values {
				if strings.Contains(v, "herons") || id == "password" || id == "again" {
					t.Errorf("the draft keeps %s", id)
				}
			}
		}
	}
	d.keys("b", "enter", "down", "enter", secret)
	unseen()
	d.keys("enter", "seven quiet", "ctrl+s")
	d.shows("this is not the same password")
	unseen()
	d.keys("esc", "b")
	d.shows("Taken up where it was left")
	d.keys("ctrl+s")
	d.shows("type the password")
	d.keys(secret, "enter", secret, "ctrl+s")
	d.shows("A DRAFT of the pack is " + ref + "-draft.zip")
	unseen()
	for _, e := range must[register.RequestPage](t)(s.Request(ref)).Events {
		if strings.Contains(e.Text, secret) {
			t.Errorf("the case keeps it: %+v", e)
		}
	}
	all := unzipped(t, filepath.Join(dir, ref+"-draft.zip"))
	if !strings.Contains(all["reply.pdf"], "/Encrypt") {
		t.Error("the reply is not protected")
	}
	d.keys("b", secret)
	d.shows("File (required)")
	d.keys("esc")
}

func must2(t *testing.T) func(register.Draft, bool, error) (register.Draft, bool) {
	return func(d register.Draft, ok bool, err error) (register.Draft, bool) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d, ok
	}
}

func TestAPackIsSealedForAKey(t *testing.T) {
	dir := t.TempDir()
	d, _, ref := leaving(t, tui.Env{Exports: dir})
	d.keys("b", "enter", "down", "down", "enter", "enter", "enter", "nonsense", "ctrl+s")
	d.shows("PROBLEM", "no public key")
	for range "nonsense" {
		d.keys("backspace")
	}
	d.keys("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", "ctrl+s")
	d.shows("A DRAFT of the pack is " + ref + "-draft.zip.age")
	if data := must[[]byte](t)(os.ReadFile(filepath.Join(dir, ref+"-draft.zip.age"))); !bytes.HasPrefix(data, []byte("age-encryption.org/v1")) {
		t.Error("the file is not sealed")
	}
}

func TestWhatAPersonTakesAlongIsForMachines(t *testing.T) {
	dir := t.TempDir()
	d, s, _ := leaving(t, tui.Env{Exports: dir})
	ref := received(t, s, calendar.Portability, 3, nil)
	d.keys("esc", "esc", "4", "/", "portab", "enter", "enter", "b")
	d.shows("Build the pack", "CSV and JSON", "Ends in .zip.")
	d.hides("Password")
	d.keys("ctrl+s")
	d.shows("A DRAFT of the pack is " + ref + "-draft.zip")
	if files := unzipped(t, filepath.Join(dir, ref+"-draft.zip")); len(files) < 3 {
		t.Errorf("the export holds %d files", len(files))
	}
}

func TestExemptionsAreTheOffices(t *testing.T) {
	d, s, ref := leaving(t, tui.Env{})
	d.keys("R", "e")
	d.shows("Exemptions", "third-party", "DPA 2018 Sch 2 para 16", "[removed: information about somebody else")
	d.keys("n", "third-party", "enter")
	d.shows("the list has this code already")
	d.keys("backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "enter", "A title", "enter", "A law", "ctrl+s")
	d.shows("third is on the list.")
	d.keys("/", "a title", "enter", "enter")
	d.shows("Change third")
	d.keys(" of its own", "ctrl+s")
	d.shows("A title of its own")
	must[register.RequestPage](t)(s.Redact(t.Context(), ref, register.RedactionInput{Words: "Bo Carter", Code: "third", Reason: "x"}))
	d.keys("delete", "right", "enter")
	d.shows("PROBLEM", "take its marks off first")
	d.keys("esc", "/", "privilege", "enter", "delete")
	d.shows("Remove privilege", "> No")
	d.keys("right", "enter")
	d.shows("privilege is off the list.")
}

func TestFramesOfWhatLeaves(t *testing.T) {
	d, s, ref := leaving(t, tui.Env{Exports: "/srv/out"})
	d.keys("F")
	d.golden("findings")
	d.sweep()
	d.size(80, 24)
	d.keys("enter")
	d.golden("findings-judge")
	d.keys("esc", "n")
	d.golden("document-attach")
	d.keys("esc", "esc", "R", "/", "rang", "enter", "space", "right", "right")
	d.golden("redaction")
	d.sweep()
	d.size(80, 24)
	d.keys("enter")
	d.golden("redaction-mark")
	d.keys("esc")
	must[register.RequestPage](t)(s.Redact(t.Context(), ref, register.RedactionInput{Words: "Bo Carter", Code: "third-party", Reason: "He is somebody else."}))
	d.committed()
	d.keys("/", "removed", "enter")
	d.golden("redaction-gap")
	d.sweep()
	d.size(80, 24)
	d.keys("tab")
	d.golden("redaction-names")
	d.sweep()
	d.size(80, 24)
	d.keys("tab")
	d.golden("redaction-marks")
	d.keys("e")
	d.golden("exemptions")
	d.sweep()
	d.size(80, 24)
	d.keys("n")
	d.golden("exemption-new")
}
