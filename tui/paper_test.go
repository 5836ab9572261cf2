package tui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui"
)

// crowd is a console on so many people of whom nobody was asked anything.
func crowd(t *testing.T, people int) (*drive, seat, string) {
	t.Helper()
	s := sit(t, "traded-services-portal")
	for i := range people {
		addPerson(t, s, map[string]string{
			"name": fmt.Sprintf("Person %02d Example", i+1), "email": fmt.Sprintf("person%d@example.org", i+1),
		})
	}
	dir := t.TempDir()
	return start(t, tui.Env{Session: s, Theme: "mono", Exports: dir}, 80, 24), s, dir
}

// pick marks the first three questions that are put to a contact, and goes on.
func (d *drive) pick(s seat, how string) []register.ConsentKey {
	d.t.Helper()
	d.keys("2", "a", how)
	d.shows("Delegates > Questions", "Space marks what they are asked")
	rows := must[register.Rows[register.DelegateRow]](d.t)(s.Delegates(register.Query{Sort: "name"}))
	var keys []register.ConsentKey
	for _, key := range s.ConsentKeys() {
		in := register.SheetInput{Delegates: []register.ID{rows.Row(0).ID}, Keys: []register.ConsentKey{key}}
		put := must[[]register.SheetRow](d.t)(s.SheetPeople(in))[0].Asks[0]
		if put && len(keys) < 3 {
			keys = append(keys, key)
			d.keys("space") // goes on to the next line
			continue
		}
		d.keys("down")
	}
	if len(keys) != 3 {
		d.t.Fatalf("the profile puts %d questions to a contact", len(keys))
	}
	d.keys("enter")
	return keys
}

// yeses counts the people whose latest answer to a question is a yes, and those with a no.
func yeses(t *testing.T, s seat, key register.ConsentKey) (yes, no int) {
	t.Helper()
	for _, c := range must[[]register.PurposeCount](t)(s.PurposeCounts(t.Context(), calendar.Date{}, calendar.Date{})) {
		if c.Purpose == key.Purpose && c.Channel == key.Channel && c.Brand == key.Brand {
			return c.Visible[register.Given], c.Visible[register.RefusedIt]
		}
	}
	t.Fatalf("nothing is counted for %v", key)
	return 0, 0
}

func TestFortyPeopleAreTypedInWithOneKeyForEachAnswer(t *testing.T) {
	d, s, _ := crowd(t, 40)
	keys := d.pick(s, "E")
	d.shows("Questions > Answers on paper", "0 answers typed of 40 people, NOT RECORDED YET", "Row 1, Person 01 Example")
	for i := range 120 {
		d.keys([]string{"y", "n", "y"}[i%3])
	}
	d.shows("120 answers typed of 40 people", "Row 40, Person 40 Example")
	if yes, no := yeses(t, s, keys[0]); yes+no != 0 {
		t.Fatalf("recorded before it was saved: %d yes, %d no", yes, no)
	}
	d.keys("ctrl+s")
	d.shows("120 answers of 40 people, given on paper on 2 March 2026", "Record 120 answers")
	d.keys("right", "enter")
	d.shows("Recorded: 120 answers.", "Delegates > Questions")
	for i, want := range []int{40, 0, 40} {
		if yes, no := yeses(t, s, keys[i]); yes != want || no != 40-want {
			t.Errorf("question %d has %d yes and %d no", i, yes, no)
		}
	}
	d.keys("enter")
	d.shows("0 answers typed of 40 people")
	d.hides("Taken up")
}

// Letters typed faster than the program reads arrive in one message.
func TestAnswersTypedAtOnceAreEachTaken(t *testing.T) {
	d, s, _ := crowd(t, 12)
	d.pick(s, "E")
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("yny12yn")})
	d.shows("5 answers typed of 12 people", "Row 12, Person 12 Example")
}

func TestTheGridGoesBackLeavesAndJumps(t *testing.T) {
	d, s, _ := crowd(t, 12)
	keys := d.pick(s, "E")
	d.keys("y", "backspace", "n", "space", "y") // the first is put right, the second left
	d.shows("2 answers typed of 12 people", "NO", "YES", "Row 2, ")
	d.keys("left", "left")
	d.shows("Row 1, ")
	d.keys("12")
	d.shows("Row 12, Person 12 Example")
	d.keys("3")
	d.shows("Row 3, Person 03 Example")
	d.keys("down", "end", "y", "y", "y", "home")
	d.shows("5 answers typed", "Row 1, ")
	d.keys("esc")
	d.shows("what you typed is kept", "Delegates > Questions")
	d.keys("enter")
	d.shows("5 answers typed", "Taken up: 5.")
	d.keys("s", "right", "enter")
	d.shows("Recorded: 5 answers.", "0 answers typed of 10 people")
	if yes, no := yeses(t, s, keys[0]); yes != 1 || no != 1 {
		t.Errorf("the first question has %d yes and %d no", yes, no)
	}
	d.keys("12") // the row of that number is recorded and gone: the nearest typed digit leads
	d.keys("2")
	d.shows("Row 2, Person 02 Example")
}

func TestWhatCannotStandStaysInTheGridWithItsReason(t *testing.T) {
	d, s, _ := crowd(t, 4)
	d.pick(s, "E")
	d.keys("y", "n", "y", "b", "A parent", "enter", "enter", "y", "y")
	d.shows("by A parent", "5 answers typed of 4 people")
	d.keys("d")
	for range "2026-03-02" {
		d.keys("backspace")
	}
	d.keys("3/3/2099", "enter")
	d.shows("write a day that has been")
	for range "3/3/2099" {
		d.keys("backspace")
	}
	d.keys("1/3/2026", "enter", "box 7", "enter")
	d.shows("On paper, 1 March 2026. Where it lies: box 7.")
	d.keys("ctrl+s", "right", "enter")
	d.shows("Recorded: 3 answers.", "Could not stand: 2")
	d.shows("! ", "Row 2, ", "authority: ")
	d.golden("paper-refused")
	d.size(80, 24)
	d.keys("esc", "enter", "d")
	d.shows("Day on the paper: 01/03/2026")
	d.keys("esc", "up", "down", "b")
	d.shows("Who answered for Person 02 Example: A parent")
	d.keys("enter", "power of attorney", "enter", "s", "right", "enter")
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Sort: "name"}))
	for i, want := range []int{3, 2, 0, 0} {
		events := must[[]register.ConsentEvent](t)(s.ConsentHistory(rows.Row(i).ID))
		if len(events) != want {
			t.Errorf("person %d has %d events, not %d:\n%s", i+1, len(events), want, d.text())
		}
		for _, e := range events {
			if e.Method != "paper" || e.Evidence != "box 7" || calendar.LondonDate(e.At) != calendar.NewDate(2026, 3, 1) {
				t.Errorf("recorded %+v", e)
			}
		}
	}
}

func TestAGroupIsAskedOnPaper(t *testing.T) {
	d, s, dir := crowd(t, 5)
	rows := must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{Sort: "name"}))
	if err := s.Deactivate(t.Context(), rows.Row(1).ID, "left"); err != nil {
		t.Fatal(err)
	}
	d.committed()
	keys := d.pick(s, "P")
	d.shows("Ask on paper", "Asked on paper: 5 people, 3 questions")
	d.keys("ctrl+s")
	d.shows("On the paper: 4 people. Left out: 1 person.", "NOT MADE YET", "LEFT OUT: deactivated", "3 not asked")
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Fatalf("something was made before it was seen: %v, %v", files, err)
	}
	d.golden("sheet")
	d.sweep()
	d.size(80, 24)
	d.keys("esc")
	d.shows("Ask on paper", "consent-sheet-2026-03-02.pdf")
	d.keys("ctrl+s", "ctrl+s")
	d.shows("Made: consent-sheet-2026-03-02.pdf", "MADE, with the code ")
	paper, err := os.ReadFile(filepath.Join(dir, "consent-sheet-2026-03-02.pdf"))
	if err != nil || !strings.HasPrefix(string(paper), "%PDF") {
		t.Fatalf("the sheet is no PDF: %v", err)
	}
	asked := must[[]register.ConsentEvent](t)(s.ConsentHistory(rows.Row(0).ID))
	if len(asked) != len(keys) || asked[0].Act != register.Asked {
		t.Fatalf("the ledger says %+v", asked)
	}
	d.keys("E")
	d.shows("Answers on paper", "Where it lies: "+asked[0].Evidence, "Row 1, Person 01 Example", "0 answers typed of 4 people")
	d.hides("Person 02")
	d.keys("y", "n")
	d.golden("paper")
	d.sweep()
}

func TestTheQuestionsOfAPaper(t *testing.T) {
	_, s, _ := crowd(t, 2)
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: "out"}, 80, 24)
	d.keys("2", "P", "space")
	d.golden("paper-questions")
	d.sweep()
	d.keys("enter")
	d.golden("sheet-form")
}
