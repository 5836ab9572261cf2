package tui_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
	"custos/tui"
)

// casework is an office with a case of several kinds, overdue, soon due, calm and stopped.
func casework(t *testing.T, env tui.Env) (*drive, seat) {
	t.Helper()
	env.Now = func() time.Time { return morning }
	d, s := office(t, env)
	received(t, s, calendar.Access, 60, nil)
	received(t, s, calendar.Erasure, 1, nil)
	received(t, s, calendar.Objection, 27, nil)
	received(t, s, calendar.Complaint, 5, nil)
	received(t, s, calendar.Access, 9, func(in *register.RequestInput) {
		in.IdentityNeeded, in.Delegate, in.Name = true, "", "Bo \x1b]52;c;x\a \u202eSample"
	})
	enquiry := received(t, s, calendar.Enquiry, 3, nil)
	must[register.RequestPage](t)(s.Progress(t.Context(), enquiry, register.RequestEvent{Kind: register.Replied, On: s.Today()}))
	return d, s
}

func TestTheListIsNarrowedDown(t *testing.T) {
	d, _ := casework(t, tui.Env{})
	d.keys("4")
	d.shows("Showing every case: 6 of 6, 1 OVERDUE")
	d.keys("f")
	d.shows("Which cases are listed?", "[ ] Only those that wait for an answer", "[ ] Due within 7 days, or overdue")
	d.keys("wait for", "enter")
	d.shows("Showing unanswered: 5 of 6")
	d.hides("EN-2026-0001")
	d.keys("f", "within 7", "enter")
	d.shows("Showing unanswered, due within 7 days: 2 of 6", "AR-2026-0001", "OB-2026-0001")
	d.keys("f", "kind: obj", "enter")
	d.shows("Showing unanswered, objection, due within 7 days: 1 of 6")
	d.keys("f", "kind: obj")
	d.shows("[x] Kind: Objection")
	d.keys("enter") // chosen again, it is taken away
	d.shows("Showing unanswered, due within 7 days: 2 of 6")
	d.keys("f", "every case", "enter", "/", "sample", "enter")
	d.shows("Showing every case: 1 of 6", "AR-2026-0002")
}

func TestTheBoard(t *testing.T) {
	d, s := casework(t, tui.Env{})
	d.keys("4", "v")
	d.shows("waiting identity (1)", "open (4)", "replied (1)", "> AR-2026-0002 Bo")
	d.keys("right", "down", "down")
	d.shows("> CP-2026-0001")
	d.golden("requests-board")
	d.sweep()
	d.size(60, 24)
	d.keys("home", "left", "right", "right")
	d.shows("< open (4)", "> EN-2026-0001", "replied (1)")
	must[register.RequestPage](t)(s.Progress(t.Context(), "EN-2026-0001", register.RequestEvent{Kind: register.CaseClosed, On: s.Today()}))
	d.committed()
	d.shows("> EN-2026-0001", "closed (1)") // the selected case is followed to its new state
	d.keys("enter")
	d.shows("Requests > EN-2026-0001")
	d.keys("esc", "v")
	d.shows("Where it stands")
}

func TestTheMonth(t *testing.T) {
	dir := t.TempDir()
	d, s := casework(t, tui.Env{Exports: dir})
	received(t, s, calendar.Access, 27, func(in *register.RequestInput) { in.Delegate, in.Name = "", "Cy Unknown" })
	d.keys("4", "m")
	d.shows("March 2026", "Mon", "> 2 today", "2 March 2026: nothing is due")
	d.keys("right")
	d.shows("Tuesday, 3 March 2026", "2 due", "OB-2026-0001  Objection: reply due  DUE SOON")
	d.golden("month")
	d.sweep()
	d.size(80, 24)
	d.keys("enter")
	d.shows("Due on 3 March 2026", "AR-2026-0003", "OB-2026-0001")
	d.keys("objection", "enter")
	d.shows("Due by month > OB-2026-0001")
	d.keys("esc", "pgdown", "down", "down")
	d.shows("April 2026", "Friday, 17 April 2026")
	d.keys("up", "up")
	d.shows("3 April 2026: Good Friday")
	d.keys("pgup", "pgup", "pgup")
	d.shows("January 2026")
	d.keys("home")
	d.shows("2 today")
	d.keys("x", "ctrl+s")
	d.shows("The due dates are due-2026-03-02.ics")
	text, err := os.ReadFile(filepath.Join(dir, "due-2026-03-02.ics"))
	if err != nil || !strings.Contains(string(text), "OB-2026-0001") || strings.Contains(string(text), "Example") {
		t.Errorf("the calendar is %q, %v", text, err)
	}
	d.keys("1", "m")
	d.shows("Custos > Due by month")
}

func TestTheFigures(t *testing.T) {
	dir := t.TempDir()
	d, _ := casework(t, tui.Env{Exports: dir})
	d.keys("4", "F")
	d.shows("Cases received in 2026, as of 2 March 2026", "6 received", "Received, by month", "Jan", "Dec")
	d.golden("figures")
	d.sweep()
	d.size(120, 60)
	d.shows("Access, in time", "Access, LATE", "Kind", "Longest", "Objection")
	d.keys("left")
	d.shows("Cases received in 2025", "0 received")
	d.keys("right", "right")
	d.shows("Cases received in 2026")
	for i, ending := range []string{"pdf", "html", "csv"} {
		d.keys("x")
		for range "pdf" {
			if i > 0 {
				d.keys("backspace")
			}
		}
		if i > 0 {
			d.keys(ending)
		}
		d.keys("ctrl+s")
		d.shows("The figures are figures-2026." + ending)
		if info, err := os.Stat(filepath.Join(dir, "figures-2026."+ending)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", ending, err)
		}
	}
	d.keys("x")
	for range "pdf" {
		d.keys("backspace")
	}
	d.keys("doc", "ctrl+s")
	d.shows("the name has to end in .html or .pdf or .csv")
}

func TestRequestsByMachineAreReadIn(t *testing.T) {
	file := `{"exercise":["access"],"regime":"gdpr","email":"ada@example.org","agent-id":"a","request-id":"r1"}`
	d, s := office(t, tui.Env{ReadFile: func(path string) ([]byte, error) {
		if path == "/in/asked.json" {
			return []byte(file), nil
		}
		return nil, os.ErrNotExist
	}})
	d.keys("4", "i", "/in/none.json", "ctrl+s")
	d.shows("PROBLEM")
	for range "none.json" {
		d.keys("backspace")
	}
	d.keys("asked.json", "ctrl+s")
	d.shows("asked.json: 1 case to open, 0 read before, 0 refused.", "Nothing is written yet", "access", "Ada Example", "matched to D")
	d.golden("incoming")
	d.sweep()
	d.size(80, 24)
	if n := must[register.CaseList](t)(s.Cases(register.CaseQuery{})).Len(); n != 0 {
		t.Fatalf("%d cases are open before it is agreed to", n)
	}
	d.keys("ctrl+s", "enter")
	d.shows("Nothing is written yet") // Enter takes No
	d.keys("ctrl+s", "right", "enter")
	d.shows("asked.json: 1 case opened", "AR-2026-0001")
	d.keys("enter")
	d.shows("Plan > AR-2026-0001", "NEXT: Record that proof of authority has arrived", "a, agent")
	d.keys("esc", "esc", "i", "/in/asked.json", "ctrl+s")
	d.shows("0 cases to open, 1 read before")
	d.keys("ctrl+s")
	d.hides("Open 0")
}

func TestTheOfficeSpeaksOfItself(t *testing.T) {
	d, s := office(t, tui.Env{ReadFile: files(map[string]string{
		"/in/terms.csv": "2026-01-05,2026-02-13\n2026-02-23,2026-03-27\n", "/in/wrong.csv": "2026-01-05,2026-02-13\n2026-02-23,2026-02-31\n",
	})})
	d.keys("8")
	d.toRow("Terms of the school")
	d.keys("enter")
	d.shows("Settings > Terms of the school")
	d.keys("2026-02-23", "ctrl+s")
	d.shows("PROBLEM: Terms: line 1: a line has 2 fields here, from and to; this one has 1")
	d.keys("enter", "/in/wrong.csv", "ctrl+s")
	d.shows("PROBLEM: Or a file with them: wrong.csv line 2 field \"to\":")
	for range "wrong.csv" {
		d.keys("backspace")
	}
	d.keys("terms.csv", "ctrl+s")
	d.shows("2 lines: read.", "Terms of the school")
	d.toRow("Regulator")
	d.keys("enter")
	d.shows("Letters and copies", "Address of the office")
	d.keys("1 School Lane", "enter", "The New Regulator", "enter", "Its House", "enter", "5000", "ctrl+s")
	d.shows("PROBLEM", "copies are kept 0 to 3660 days")
	d.keys("backspace", "backspace", "ctrl+s")
	d.shows("Letters say so from now on.", "1 School Lane", "The New Regulator", "50 days")
	now := s.Settings()
	if now.Address != "1 School Lane" || now.BackupDays != 50 || !strings.Contains(now.Terms, "2026-03-27") {
		t.Errorf("the office is %+v", now)
	}
}

// fill puts cases into the store at one go.
func fill(b testing.TB, s seat, n int) {
	b.Helper()
	clocks := register.Clocks{Holidays: calendar.Builtin()}
	change := store.Change{Operator: "tester", Door: desk.Console, Verb: register.RequestOpen}
	_, err := s.db.Update(b.Context(), change, func(tx *store.Tx) error {
		for i := range n {
			r := register.Request{
				Ref: register.CaseRef(calendar.Access, 2026, i+1), Right: calendar.Access, Nation: calendar.EnglandAndWales,
				Name: fmt.Sprintf("Person %d", i), How: "letter", Owner: "tester",
			}
			came := register.RequestEvent{Kind: register.Received, On: s.Today().AddDays(-i % 60)}
			if err := errors.Join(r.Add(came), r.Reckon(clocks), tx.Requests().Put(r)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// countedDesk is a desk that counts the rows its lists are asked for.
type countedDesk struct {
	seat
	rows *int
}

type countedList struct {
	register.CaseList
	rows *int
}

func (l countedList) Row(i int) register.RequestRow {
	*l.rows++
	return l.CaseList.Row(i)
}

func (c countedDesk) Cases(q register.CaseQuery) (register.CaseList, error) {
	list, err := c.seat.Cases(q)
	return countedList{list, c.rows}, err
}

func TestTenThousandCasesCostNoMoreThanAHundred(t *testing.T) {
	var few, many int
	for _, x := range []struct {
		n    int
		rows *int
	}{{100, &few}, {10_000, &many}} {
		s := sit(t, "teaching-school")
		fill(t, s, x.n)
		d := start(t, tui.Env{Session: countedDesk{s, x.rows}, Theme: "mono"}, 80, 24)
		d.keys("4", "down", "down", "pgdown", "end", "home")
		d.shows(fmt.Sprintf("Showing every case: %s of", map[int]string{100: "100", 10_000: "10,000"}[x.n]))
	}
	if many > few+100 {
		t.Errorf("10,000 cases were read for %d rows, 100 for %d", many, few)
	}
}

// BenchmarkCaseList compares opening the list of 10,000 cases, and moving in it, with one of 100.
func BenchmarkCaseList(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		s := sit(b, "teaching-school")
		fill(b, s, n)
		b.Run(fmt.Sprintf("open/%d", n), func(b *testing.B) {
			var m tea.Model = tui.New(benchEnv(s))
			m, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			for b.Loop() {
				m = pressed(m, "1")
				m = pressed(m, "4")
				_ = m.View()
			}
		})
		b.Run(fmt.Sprintf("move/%d", n), func(b *testing.B) {
			var m tea.Model = tui.New(benchEnv(s))
			m, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			m = pressed(m, "4")
			for i := 0; b.Loop(); i++ {
				key := tea.KeyDown
				if i%90 == 89 {
					key = tea.KeyHome
				}
				m, _ = m.Update(tea.KeyMsg{Type: key})
				_ = m.View()
			}
		})
	}
}

// pressed presses a key and does at once what it sets off.
func pressed(m tea.Model, key string) tea.Model {
	m, cmd := m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)})
	for cmd != nil {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			cmd = nil
			for _, c := range batch {
				if c != nil {
					m, _ = m.Update(c())
				}
			}
			continue
		}
		m, cmd = m.Update(msg)
	}
	return m
}
