package tui_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

const staff = "Full name;Mail;Shoe size\n" +
	"Cy Newcomer;cy@example.org;42\n" +
	"Ada Example;ada@example.org;38\n" +
	"Cy Newcomer;CY@example.org;42\n" +
	";nameless@example.org;\n" +
	"\n" +
	"Di \x1b[2J\u202eNasty;not an address;40\n"

// files answers as a disk would.
func files(all map[string]string) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) {
		if text, ok := all[path]; ok {
			return []byte(text), nil
		}
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
}

// importing opens the plan of staff.csv.
func importing(t *testing.T, env tui.Env) (*drive, seat) {
	t.Helper()
	env.ReadFile = files(map[string]string{"staff.csv": staff, "photo.csv": "\x89PNG\r\n\x1a\nxxxx"})
	d, s := office(t, env)
	d.keys("6")
	d.shows("Custos > Imports", "Nothing has been imported")
	d.keys("n", "down", "enter", "staff.csv", "enter", "enter")
	return d, s
}

func TestAnImportIsSeenBeforeItIsWrittenAndTakenBackWhole(t *testing.T) {
	d, s := importing(t, tui.Env{})
	d.shows("Custos > Imports > Plan", "staff.csv: CSV, UTF-8, semicolons, headings in line 1, 3 columns, 5 rows, 1",
		"2 of 3 columns are read as fields, guessed from the headings",
		"5 rows: 1 new, 0 changed, 2 REFUSED, 1 the same, 1 twice in the file", "Showing 2 rows that are REFUSED")
	d.shows("this is not an email address", "Line 5, name: the name is empty")
	d.hides("not an address", "nameless") // a reason never repeats the value
	if n := peopleHeld(t, s); n != 2 {
		t.Fatalf("a plan wrote something: %d people", n)
	}
	d.keys("v")
	d.shows("Showing 1 row that would be added", "Cy Newcomer")
	d.keys("ctrl+s")
	d.shows("Import staff.csv", "Write 1 row")
	d.keys("ctrl+s", "enter")
	d.shows("Custos > Imports > Plan")
	d.keys("ctrl+s", "right", "enter")
	d.committed()
	d.shows("Imported as I", "1 new, 0 changed, 2 refused", "staff.csv", "done")
	if n := peopleHeld(t, s); n != 3 {
		t.Fatalf("%d people after the import", n)
	}
	d.keys("u")
	d.shows("Undo the import I", "Take 1 row back")
	d.keys("u", "enter")
	d.shows("done")
	d.keys("u", "right", "enter")
	d.committed()
	d.shows("undone", ": 1 removed.")
	if n := peopleHeld(t, s); n != 2 {
		t.Fatalf("%d people after the undoing", n)
	}
}

func peopleHeld(t *testing.T, s seat) int {
	t.Helper()
	return must[register.Rows[register.DelegateRow]](t)(s.Delegates(register.Query{})).Len()
}

func TestAFileThatCannotBeReadIsSaidAtItsQuestion(t *testing.T) {
	d, _ := importing(t, tui.Env{})
	d.keys("esc", "n", "down", "enter", "nothere.csv", "ctrl+s")
	d.shows("nothere.csv does not exist", "nothere.csv")
	for range len("nothere.csv") {
		d.keys("backspace")
	}
	d.keys("photo.csv", "ctrl+s")
	d.shows("it is a picture (PNG), not a table", "Custos > Imports > Import")
}

func TestColumnsAreChosenAndRemembered(t *testing.T) {
	d, s := importing(t, tui.Env{})
	d.keys("m")
	d.shows("Custos > Imports > Columns", "Full name", "Cy Newcomer", "95%", "Shoe size", "(left out)")
	d.keys("down", "down", "enter")
	d.shows("What is in the column Shoe size?", "Phone")
	d.keys("job title", "enter")
	d.shows("100%", "Job title")
	d.keys("esc")
	d.shows("Custos > Imports > Plan", "3 of 3 columns are read as fields, chosen here", "1 changed")
	d.keys("ctrl+s", "right", "enter")
	d.committed()
	if len(s.Settings().Mappings) != 1 {
		t.Fatalf("remembered: %v", s.Settings().Mappings)
	}
	d.keys("n", "down", "enter", "staff.csv", "enter", "enter")
	d.shows("3 of 3 columns are read as fields, as for an earlier file of this layout")
	d.keys("m", "enter", "left out", "enter", "esc")
	d.shows("No column is the name: press m and say which")
}

func TestAFieldTakenFromAnotherColumnLeavesThatOneWithout(t *testing.T) {
	d, _ := importing(t, tui.Env{})
	d.keys("m", "down", "down", "enter", "now the column mail", "enter")
	d.golden("columns")
	d.shows("(left out)", "Email")
}

// slow is a desk whose imports wait for their context to end.
type slow struct {
	seat
	stopped chan struct{}
}

func (s slow) Apply(ctx context.Context, p *register.Plan, told func(done, total int)) (register.Batch, error) {
	told(1, 5)
	<-ctx.Done()
	close(s.stopped)
	b := register.Batch{ID: "B0000000000000", State: register.BatchStopped, Counts: register.Counts{Rows: 1, New: 1}}
	return b, fmt.Errorf("writing: %w", ctx.Err())
}

func TestStoppingAnImportIsAskedFor(t *testing.T) {
	s := slow{sit(t, "teaching-school"), make(chan struct{})}
	d := start(t, tui.Env{Session: s, Theme: "mono", ReadFile: files(map[string]string{"staff.csv": staff})}, 80, 24)
	d.keys("6", "n", "down", "enter", "staff.csv", "enter", "enter", "ctrl+s", "right")
	work := d.behind("enter")
	work.until("1 of 5")
	d.shows("Writing", "Esc cancels")
	d.keys("1")
	d.shows("Writing") // no key leads away from it
	d.keys("esc")
	d.shows("Stop the import", "Rows written so far stay")
	d.keys("esc")
	select {
	case <-s.stopped:
		t.Fatal("Esc alone stopped it")
	default:
	}
	d.keys("esc", "right", "enter")
	d.shows("stopping")
	work.until("Stopped")
	d.shows("Custos > Imports", "Stopped after 1 of 5 rows")
}

func TestAFailedReadingOfImportsIsSaid(t *testing.T) {
	d := start(t, tui.Env{Session: broken{sit(t, "teaching-school")}, Theme: "mono"}, 80, 24)
	d.keys("6")
	d.shows("the page is damaged")
	d.keys("7")
	d.shows("the page is damaged")
	d.keys("v")
	d.shows("THE CHAIN IS BROKEN")
	d.keys("8")
	d.shows("the page is damaged")
}

// broken is a desk on a store that cannot be read.
type broken struct{ seat }

var errPage = errors.New("the page is damaged")

func (broken) Batches() ([]register.Batch, error)          { return nil, errPage }
func (broken) Trail(int) ([]register.AuditRow, error)      { return nil, errPage }
func (broken) Operators() ([]register.Operator, error)     { return nil, errPage }
func (broken) VerifyTrail() (register.AuditVerdict, error) { return register.AuditVerdict{}, errPage }

func TestFramesOfImports(t *testing.T) {
	d, _ := importing(t, tui.Env{})
	d.golden("plan")
	d.keys("v", "v", "v")
	d.size(80, 24)
	d.keys("ctrl+s", "right", "enter")
	d.committed()
	d.golden("imports")
	if !strings.Contains(d.text(), "staff.csv") {
		t.Error("the list lacks the file")
	}
	d.keys("n")
	d.golden("import-file")
}
