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

func TestTheTrailIsListedVerifiedAndExported(t *testing.T) {
	dir := t.TempDir()
	d, s := office(t, tui.Env{Exports: dir})
	received(t, s, calendar.Access, 3, nil)
	d.keys("7")
	d.shows("Custos > Audit", "request.open", "delegate.add", "tester")
	order(t, d, "request.open", "delegate.add", "store.create")
	d.keys("S")
	order(t, d, "store.create", "delegate.add", "request.open")
	d.keys("S", "/", "request")
	d.hides("delegate.add")
	d.keys("esc", "esc", "v")
	d.shows("The chain holds: ")
	d.keys("x", "ctrl+s")
	d.shows("audit-2026-03-02.jsonl holds ")
	if text, err := os.ReadFile(filepath.Join(dir, "audit-2026-03-02.jsonl")); err != nil || strings.Count(string(text), "\n") < 4 {
		t.Errorf("the export has %q, %v", text, err)
	}
	d.committed()
	d.shows("audit.export")
}

func TestSettingsAreShownAndChanged(t *testing.T) {
	long := strings.Repeat("What the notice says. ", 400)
	d, s := office(t, tui.Env{
		Store: "/srv/custos", Version: "1.2", StoreInfo: func() (tui.StoreInfo, error) { return tui.StoreInfo{Bytes: 123456, Format: "1"}, nil },
		Describe: func(p register.Profile) string { return p.Title + "\n" + long },
		ReadFile: files(map[string]string{"days.csv": "scotland,2026-03-03,Snow day\n", "bad.csv": "scotland\n"}),
	})
	d.keys("8")
	d.shows("Test office", "England and Wales", "On the command line: custos office rename NAME", "tester: viewer, officer, dpo")
	d.keys("end")
	d.shows("The store", "/srv/custos", "123,456 bytes", "custos 1.2")
	d.keys("home")
	d.keys("enter", " of Elm", "ctrl+s")
	d.committed()
	d.shows("Test office of Elm")
	d.keys("down", "down", "enter", "enter", "bad.csv", "ctrl+s")
	d.shows("PROBLEM: File: bad.csv line 1: a line has 3 fields here")
	d.shows("│ File")
	d.keys("backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "days.csv", "ctrl+s")
	d.committed()
	d.shows("1 line over the built-in table")
	if got := s.Settings().Holidays; !strings.Contains(got, "Snow day") {
		t.Errorf("the holidays are %q", got)
	}
	d.keys("down", "down", "enter")
	d.shows("Custos > Settings > Profile", "What the notice says", "lines 1 to")
	d.keys("end", "esc")
	d.shows("Custos > Settings")
}

func TestColoursAreChosenForTheSession(t *testing.T) {
	d, _ := office(t, tui.Env{})
	d.keys("8")
	d.toRow("Colours")
	d.keys("enter")
	d.shows("Colours, for you, here and the next time")
	d.keys("light", "enter")
	d.shows("Custos > Settings", "The colours are light")
	quiet, _ := office(t, tui.Env{Getenv: func(name string) string {
		return map[string]string{"LANG": "en_GB.UTF-8", "NO_COLOR": "1"}[name]
	}})
	quiet.keys("8")
	quiet.toRow("Colours")
	quiet.keys("enter", "light", "enter")
	quiet.shows("they stay mono")
}

func TestAnOperatorIsAddedAndRemovedByName(t *testing.T) {
	d, s := office(t, tui.Env{Strength: func(p []byte, known ...string) (int, string) {
		return len(p) % 5, strings.Join(known, "+")
	}})
	d.keys("8", "n", "dora", "enter", "enter")
	d.shows("PROBLEM: Roles")
	d.keys("down", "down", "space", "enter", "enter", "seven quiet herons wade")
	d.shows("Strength of the passphrase: Test office+dora (3 of 4)")
	d.hides("seven quiet")
	d.keys("enter", "seven quiet herons waded", "ctrl+s")
	d.shows("this is not the same passphrase")
	d.keys("backspace", "enter", "no key", "ctrl+s")
	d.shows("Custos > Settings > New operator", "PROBLEM: SSH key: this is no public key")
	for range "no key" {
		d.keys("backspace")
	}
	d.keys("ctrl+s")
	d.committed()
	d.shows("dora may open the store now", "dora: dpo")
	d.toRow("dora")
	d.send(tea.KeyMsg{Type: tea.KeyDelete})
	d.shows("Remove dora", "Type dora and press Enter")
	d.keys("enter")
	d.shows("dora: dpo")
	d.send(tea.KeyMsg{Type: tea.KeyDelete})
	d.keys("nobody", "enter")
	d.shows("That is not dora")
	d.keys("backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "dora", "enter")
	d.committed()
	d.shows("dora can no longer open the store")
	d.hides("dora: dpo")
	if all := must[[]register.Operator](t)(s.Operators()); len(all) != 1 {
		t.Errorf("operators: %+v", all)
	}
}

func TestTheRegisterOfBreachesLeavesFromItsList(t *testing.T) {
	dir := t.TempDir()
	d, s := office(t, tui.Env{Exports: dir})
	must[register.BreachRow](t)(s.AddBreach(t.Context(), register.BreachInput{Aware: morning, What: "A list went astray."}))
	d.keys("B", "x")
	d.shows("Breaches > Export breaches", "recorded as a disclosure", "breaches-2026-03-02.csv")
	d.keys("ctrl+s")
	d.shows("The breaches list is breaches-2026-03-02.csv")
	if text, err := os.ReadFile(filepath.Join(dir, "breaches-2026-03-02.csv")); err != nil || !strings.Contains(string(text), "A list went astray.") {
		t.Errorf("the file has %q, %v", text, err)
	}
	if all := must[[]register.Disclosure](t)(s.Disclosures()); len(all) != 1 {
		t.Errorf("recorded: %+v", all)
	}
}

func TestAListLeavesAsAFileAndIsRecorded(t *testing.T) {
	dir := t.TempDir()
	d, s := office(t, tui.Env{Exports: dir})
	received(t, s, calendar.Access, 3, nil)
	d.keys("4", "x")
	d.shows("Custos > Requests > Export requests", "recorded as a disclosure", "requests-2026-03-02.csv")
	d.keys("tab", "tab", "tab", "space", "ctrl+s") // the person's number
	d.shows("The requests list is requests-2026-03-02.csv: 1 person")
	if text, err := os.ReadFile(filepath.Join(dir, "requests-2026-03-02.csv")); err != nil || !strings.Contains(string(text), "AR-2026-0001") {
		t.Errorf("the file has %q, %v", text, err)
	}
	d.keys("x", "ctrl+s")
	d.shows("PROBLEM: File:")
	d.keys("esc", "2", "/", "ada", "enter", "x", "enter")
	d.shows("What the list shows now", "/delegates-2026-03-")
	d.keys("ctrl+s")
	d.shows("The delegates list is delegates-2026-03-02.csv: 1 person")
	text, err := os.ReadFile(filepath.Join(dir, "delegates-2026-03-02.csv"))
	if err != nil || !strings.Contains(string(text), "Ada") || strings.Contains(string(text), "Sample") {
		t.Errorf("the file has %q, %v", text, err)
	}
}

func TestFramesOfTheOffice(t *testing.T) {
	d, s := office(t, tui.Env{Exports: "/srv/out", Store: "/srv/custos", Version: "1.2"})
	received(t, s, calendar.Access, 3, nil)
	d.keys("7")
	d.golden("audit")
	d.keys("8")
	d.golden("settings")
	d.keys("n")
	d.golden("operator-new")
	d.keys("esc", "4", "x")
	d.golden("export")
}

func TestTrap10EveryOfficeFrameFitsEverySize(t *testing.T) {
	for name, keys := range map[string][]string{
		"requests": {"4"}, "filtered": {"4", "/", "x"}, "new case": {"4", "o"}, "case": {"4", "enter"},
		"decide": {"4", "enter", "d"}, "close": {"4", "enter", "z"}, "imports": {"6"},
		"plan": {"6", "n", "down", "enter", "staff.csv", "enter", "enter"}, "audit": {"7", "v"}, "settings": {"8"},
		"columns":  {"6", "n", "down", "enter", "staff.csv", "enter", "enter", "m"},
		"a column": {"6", "n", "down", "enter", "staff.csv", "enter", "enter", "m", "enter"},
		"operator": {"8", "n"}, "export": {"4", "x"}, "profile": {"8", "down", "down", "down", "down", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			d, s := office(t, tui.Env{ReadFile: files(map[string]string{"staff.csv": staff})})
			received(t, s, calendar.Access, 40, func(in *register.RequestInput) {
				in.Delegate, in.Name, in.Requester = "", "\x1b]0;x\a\u202eCy 日本語の名前", "\x1b[2J union"
				in.Note, in.IdentityNeeded = "a\u2066b\u009b31m\nnew line", true
			})
			d.keys(keys...)
			d.sweep()
			for _, bad := range []string{"\x1b]", "\x1b[2J", "\u202e", "\u2066", "\a"} {
				if strings.Contains(d.m.View(), bad) {
					t.Errorf("the screen holds %q", bad)
				}
			}
		})
	}
}
