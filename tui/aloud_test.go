package tui_test

import (
	"strings"
	"testing"
	"time"

	"custos/internal/register"
	"custos/tui"
)

// talk works a console by lines.
type talk struct {
	*tui.Talk
	t *testing.T
}

func talks(t *testing.T, env tui.Env) talk {
	t.Helper()
	if env.Now == nil {
		env.Now = func() time.Time { return morning }
	}
	env.Getenv = func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8"}[name] }
	return talk{tui.NewTalk(env), t}
}

// types types lines and holds what was said to them to some words, in their order.
func (k talk) types(lines []string, wants ...string) {
	k.t.Helper()
	said := strings.Join(k.Type(lines...), "\n")
	rest := strings.ReplaceAll(said, "\n", " ")
	for _, want := range wants {
		at := strings.Index(rest, want)
		if at < 0 {
			k.t.Errorf("to %q was not said %q:\n%s", lines, want, said)
			return
		}
		rest = rest[at+len(want):]
	}
}

func one(line string) []string { return []string{line} }

func TestAnAccessRequestIsAnsweredByLinesAlone(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	k := talks(t, tui.Env{Session: s, Exports: t.TempDir()})
	k.types(one("go del"), "Delegates, Custos.", "1. Name: Ada Example; Email: ada@example.org", "What next?")
	k.types(one("1"), "Row 1 of 1.", "Ada Example, Delegates, Custos.", "What is held")
	k.types(one("open a case"), "New case, Ada Example", "A form of 11 questions.", "1 of 11. What is asked for (required).",
		"1. See the data: Access (UK GDPR Art 15)")
	k.types(one("access"), "2 of 11. Whose data.", "Now: Ada Example", "Enter keeps it")
	k.types([]string{"", "", "31/02/2026"}, "4 of 11. Reached the office on", "PROBLEM", "write the date as DD/MM/YYYY")
	k.types(one("1/3/2026"), "5 of 11. How it came")
	k.types(one(""), "PROBLEM: How it came: an answer is needed")
	k.types(one("letter"), "6 of 11. Somebody else asks for them.")
	k.types(one("back"), "5 of 11.", "Now: letter")
	k.types(one("finish"), "Your answers:", "4. Reached the office on: 1 March 2026", "5. How it came: letter", "Finish?")
	k.types(one("9"), "9 of 11. Ask for proof of identity.", "yes or no.")
	k.types(one("yes"), "9. Ask for proof of identity: yes", "Finish?")
	k.types([]string{"no", "yes"}, "Nothing has been done.", "AR-2026-0001 is open", "AR-2026-0001, Ada Example, Delegates, Custos.",
		"NEXT: Record that proof of identity has arrived", "CLOCK STOPPED")
	k.types([]string{"identity", "finish", "yes"}, "Kind of proof", "Proof of identity is recorded.", "NEXT: Decide")
	k.types(one("findings"), "Findings, AR-2026-0001", "1. State: in; Where: Personal record", "2. State: in; Where: Rights requests")
	k.types([]string{"s 2", "leave out"}, "Row 2 of 2. State: in", "Why it is left out (required)")
	k.types([]string{"", "It is about the case itself.", ".", "", "yes"}, "PROBLEM", "1 finding is left out.", "Row 2 of 2. State: left out")
	k.types([]string{"back", "decide", "partly", "All but the case itself.", ".", "", "finish"}, "Your answers:", "2. Reasons: All but")
	k.types(one("yes"), "Decide AR-2026-0001?", "The decision stands for good.", "type yes. Anything else is no.")
	k.types(one("y"), "No. Nothing has been done.", "Finish?")
	k.types([]string{"yes", "yes"}, "Decided", "NEXT: Build the pack")
	k.types([]string{"letters", "write", "finish", "yes"}, "Letters, AR-2026-0001", "Acknowledgement of a request", "File")
	k.types([]string{"back", "build pack", "finish", "yes"}, "The pack is AR-2026-0001.zip", "NEXT: Record that the reply has gone out")
	k.types([]string{"reply", "finish", "yes"}, "The reply is recorded", "NEXT: Close the case", "replied")
	k.types([]string{"close", "close"}, "Close AR-2026-0001?", "No. Nothing has been done.")
	k.types([]string{"close", "yes"}, "The case is closed.", "Closed: nothing is left to do")
	k.types(one("timeline"), "Timeline", "1. ", "closed, recorded by tester")
	k.types(one("quit"))
	if !k.Left || k.Gone {
		t.Error("quit leaves")
	}
	if got := kinds(t, s, "AR-2026-0001"); got[len(got)-1] != register.CaseClosed {
		t.Errorf("the case went through %v", got)
	}
	plain(t, k.Said())
}

func TestAPersonIsAddedAndAConsentRecordedAndTheListExportedByLines(t *testing.T) {
	s, dir := sit(t, "teaching-school"), t.TempDir()
	k := talks(t, tui.Env{Session: s, Exports: dir})
	k.types([]string{"go delegates", "new"}, "What kind of person?", "1. ", "A number chooses")
	k.types(one("1"), "New", "Full name (")
	k.types([]string{"Ada Example", "finish"}, "2 of", "Your answers:", "1. Full name: Ada Example")
	k.types(one("yes"), "Ada Example")
	k.Commit(tui.Note(register.Note{}))
	k.types([]string{"go del", "1"}, "1 row", "Row 1 of 1. Name: Ada Example", "Ada Example, Delegates, Custos.")
	k.types([]string{"consent", "more"}, "Consent, Ada Example", "1 of 7. For what, and how it stands (required).", "2. News of our courses by email")
	k.types(one("News of our courses"), "2. News of our courses by email", "5. News of our courses by sms", "Give the number of one of these.")
	k.types(one("2"), "Kept as the wording: May we tell you", "2 of 7. What happened")
	k.types([]string{"given", "finish"}, "PROBLEM: How: an answer is needed", "4 of 7. How")
	k.types(one("paper"), "Your answers:", "4. How: paper", "Finish?")
	k.types(one("yes"), "Recorded: given.", "Ada Example, Delegates, Custos.")
	k.Commit(tui.Note(register.Note{}))
	k.types(one("/ ann"), "Nothing is filtered here.")
	k.types([]string{"back", "export", "finish"}, "Export delegates", "Your answers:", "3. File: "+dir)
	k.types(one("yes"), "The delegates list is delegates-2026-03-02.csv: 1 person")
	plain(t, k.Said())
}

func TestLinesAreToldOfWordsAndNotOfKeys(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example"})
	k := talks(t, tui.Env{Session: s, Unlock: (&door{t: t}).unlock})
	k.types(one("go set"), "new operator adds a member of staff; remove takes")
	k.types([]string{"go req", "open a case", "access", "leave", "open a case"}, "Taken up where it was left",
		"start afresh forgets what was typed.")
	k.types([]string{"leave", "go del", "1", "withdraw"}, "What is taken back? Its number does it at once.")
	k.types([]string{"back", "lock now", "leave"}, "Locked", "quit leaves the program.")
}

func TestFinishGoesToTheAnswerThatIsMissing(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example"})
	k := talks(t, tui.Env{Session: s})
	k.types([]string{"go del", "1"}, "Ada Example, Delegates")
	k.types([]string{"open a case", "access", "", "", "finish"}, "PROBLEM: How it came: an answer is needed", "5 of 11. How it came (required).")
	k.types(one(""), "PROBLEM: How it came: an answer is needed")
	k.types(one("letter"), "Your answers:", "5. How it came: letter", "Finish?")
	k.types(one("yes"), "AR-2026-0001 is open")
}

func TestAnswersOnPaperAreTypedInByLines(t *testing.T) {
	s := sit(t, "teaching-school")
	addPerson(t, s, map[string]string{"name": "Ada Example", "email": "ada@example.org"})
	addPerson(t, s, map[string]string{"name": "Bo Sample", "email": "bo@example.org"})
	k := talks(t, tui.Env{Session: s})
	k.types([]string{"go del", "m 1-2"}, "2 rows marked.", "Row 2 of 2, marked.")
	k.types(one("m 4"), "Give numbers from 1 to 2")
	k.types([]string{"enter answers", "m 2,3"}, "Asked: 2 people.", "2. Question: News of our courses; By: email", "2 rows marked.")
	k.types(one("open"), "Answers on paper", "NOT RECORDED YET", "1. Ada Example. News of our courses by email: not answered")
	k.types(one("yes"), "Row 1, Ada Example: News of our courses by phone", "News of our courses by email: YES")
	k.types([]string{"n", "2", "y"}, "Row 2, Bo Sample: News of our courses by email", "by phone: NO")
	k.types(one("day"), "Day on the paper: 02/03/2026", "Enter alone keeps what stands there")
	k.types(one("tomorrow"), "write a day that has been")
	k.types([]string{"1/3/2026", "Box 3"}, "Where the paper lies, or its code", "On paper, 1 March 2026. Where it lies: Box 3.")
	k.types(one("record"), "Record the answers?", "3 answers of 2 people", "type yes")
	k.types(one("yes"), "3 answers")
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{}))
	for i, want := range []register.ConsentAct{register.Given, register.Given} {
		events := must[[]register.ConsentEvent](t)(s.ConsentHistory(rows.Row(i).ID))
		if len(events) == 0 || events[0].Act != want || events[0].Evidence != "Box 3" {
			t.Errorf("recorded of %s: %+v", rows.Row(i).Name, events)
		}
	}
	plain(t, k.Said())
}

func TestAnImportIsPlannedAndCarriedOutByLines(t *testing.T) {
	s := sit(t, "teaching-school")
	k := talks(t, tui.Env{Session: s, ReadFile: files(map[string]string{
		"staff.csv": "Full name;Mail;Shoe size\nCy Newcomer;cy@example.org;42\n;nobody@example.org;\n",
	})})
	k.types([]string{"go imports", "new import", "course delegate", "staff.csv", "", "yes"},
		"1. People: Course delegate", "2 of 3. File", "2 rows: 1 new", "1 REFUSED", "1. Line: 3; Fate: refused", "Why: the name is empty")
	k.types(one("view"), "Row 1 of 1. Line: 2; Fate: new; Who: Cy Newcomer")
	k.types(one("mapping"), "3. Column of the file: Shoe size; First row: 42; Is read as: (left out)")
	k.types(one("3"), "What is in the column Shoe size?", "1. (left out)", "more goes on")
	k.types(one("more"), "21. ")
	k.types(one("job"), "7. Job title")
	k.types(one("7"), "3. Column of the file: Shoe size; First row: 42; Is read as: Job title")
	k.types([]string{"back", "app"}, "3 of 3 columns", "Nothing here is called that.") // what is dangerous is named in full
	k.types([]string{"apply", "yes"}, "Import staff.csv?", "To be added: 1.", "Imported as", "1. Batch: ")
	plain(t, k.Said())
}
