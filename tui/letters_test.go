package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

var (
	ctrlJ = tea.KeyMsg{Type: tea.KeyCtrlJ}
	ctrlF = tea.KeyMsg{Type: tea.KeyCtrlF}
	ctrlO = tea.KeyMsg{Type: tea.KeyCtrlO}
)

func TestALetterIsReadFilledInAndWritten(t *testing.T) {
	dir := t.TempDir()
	d, s, ref := leaving(t, tui.Env{Exports: dir})
	must[register.RequestPage](t)(s.Progress(t.Context(), ref, register.RequestEvent{
		Kind: register.FeeAsked, On: calendar.LondonDate(morning),
	}))
	d.keys("L")
	d.shows(ref+" > Letters", "DUE", "> DUE  Acknowledgement of a request", "Dear Ada Example")
	order(t, d, "Acknowledgement of a request", "Asking for a fee", "Asking who somebody is")
	d.keys("down")
	d.shows("THE LETTER HAS TO SAY MORE", "the amount, such as", "why, each reason in a sentence")
	d.keys("w")
	d.shows("The letter has to say more first")
	d.keys("e")
	d.shows("Fill in", "The amount, such as", "Why, each reason in a sentence")
	d.keys("£12", "enter", "It is the third copy.")
	d.send(ctrlJ)
	d.keys("It takes long.", "ctrl+s")
	d.shows("Letters", "Dear Ada Example")
	d.hides("HAS TO SAY MORE")
	d.keys("enter")
	d.shows("Asking for a fee")
	d.keys("end")
	d.shows("lines ")
	d.keys("esc", "esc", "L", "down") // what was said is kept
	d.hides("HAS TO SAY MORE")
	d.keys("w")
	d.shows("Write the letter", ref+"-fee.pdf")
	d.keys("backspace", "backspace", "backspace", "txt", "ctrl+s")
	d.shows("The letter is " + ref + "-fee.txt")
	text := string(must[[]byte](t)(os.ReadFile(filepath.Join(dir, ref+"-fee.txt"))))
	if !strings.Contains(text, "£12") || !strings.Contains(text, "It takes long.") {
		t.Errorf("the letter says:\n%s", text)
	}
	d.keys("home", "w", "ctrl+s")
	d.shows("The letter is " + ref + "-acknowledgement.pdf")
	d.keys("w")
	d.shows("-acknowledgement-2.pdf")
	if _, ok, _ := s.Draft("letter:" + ref + ":fee"); ok {
		t.Error("what was filled in is kept after the letter was written")
	}
}

func TestALetterOfWhatIsNotApprovedCanOnlyBeRead(t *testing.T) {
	d, s, ref := leaving(t, tui.Env{})
	second := register.Operator{Name: "dora", Roles: []register.Role{register.DPO}}
	if err := s.AddOperator(t.Context(), second, []byte("seven quiet herons wade")); err != nil {
		t.Fatal(err)
	}
	must[register.RequestPage](t)(s.Decide(t.Context(), ref, register.DecisionInput{
		On: calendar.LondonDate(morning), Outcome: register.Fulfil, Reason: "All of it is given.",
	}))
	d.keys("L", "end", "up", "up", "up", "up")
	for range 12 {
		if strings.Contains(d.text(), "> Reply ") || strings.Contains(d.text(), ">      Reply ") {
			break
		}
		d.keys("up")
	}
	d.shows("DRAFT: what it announces is not approved")
	d.keys("w")
	d.shows("What this letter announces is not approved yet")
	d.keys("tab", "down", "tab", "pgdown")
	d.shows("Letters")
}

func TestTheOfficeWordsItsLetters(t *testing.T) {
	d, s := office(t, tui.Env{})
	d.keys("8")
	d.toRow("Letter templates")
	d.keys("enter")
	d.shows("Custos > Settings > Letter templates", "Refusal", "as they came")
	d.keys("/", "more time", "enter", "enter")
	d.shows("More time for a reply", "Heading: We need more time", "The words can be used")
	d.keys("Hello {nobody} ")
	d.shows("Line 1: ", "Hello {nobody} Dear {salutation_name}")
	d.hides("The words can be used")
	d.keys("ctrl+s")
	d.shows("PROBLEM")
	d.keys("esc")
	d.shows("What you typed is kept, and not in use yet")
	d.keys("enter")
	d.shows("Taken up where it was left, NOT IN USE YET", "Hello {nobody} Dear")
	d.keys("ctrl+r")
	d.shows("Start afresh")
	d.keys("right", "enter")
	d.hides("nobody")
	d.send(ctrlF)
	d.shows("Which field?", "{new_due}")
	d.keys("{ref}", "enter")
	d.shows("{ref}Dear {salutation_name}")
	d.send(ctrlO)
	d.shows("Sample", "AR-0000-0000Dear Robin Sample")
	d.keys("esc", "tab", " now", "ctrl+s")
	d.shows("Letters of this kind have these words from now on.", "the office's own", "tester")
	for _, x := range must[[]register.LetterTemplate](t)(s.Templates()) {
		if x.Kind == register.LetterExtension && (x.Subject != "We need more time for your request now" || !strings.HasPrefix(x.Body, "{ref}Dear")) {
			t.Errorf("saved %q, %q", x.Subject, x.Body)
		}
	}
	if _, ok, _ := s.Draft("template:extension"); ok {
		t.Error("the draft is kept after the words were saved")
	}
	d.keys("delete")
	d.shows("Reset More time for a reply", "> No")
	d.keys("enter", "delete", "right", "enter")
	d.shows("has the words it came with", "as they came")
	d.hides("the office's own")
}

func TestFramesOfLetters(t *testing.T) {
	d, _, _ := leaving(t, tui.Env{Exports: "/srv/out"})
	d.keys("L")
	d.golden("letters")
	d.sweep()
	d.size(80, 24)
	d.keys("down", "down")
	d.golden("letters-missing")
	d.keys("e")
	d.golden("letter-fill")
	d.keys("esc", "home", "w")
	d.golden("letter-write")
	d.keys("esc", "8")
	d.toRow("Letter templates")
	d.keys("enter")
	d.golden("templates")
	d.sweep()
	d.size(80, 24)
	d.keys("end", "enter", "\u202e{nobody} \x1b[2J", "pgdown", "pgup")
	d.golden("template")
	d.sweep()
	d.size(80, 24)
	d.send(ctrlF)
	d.golden("template-field")
}
