package tui_test

import (
	"strings"
	"testing"

	"custos/internal/register"
	"custos/tui"
)

func TestRolesOfAnOperatorAreChangedInTheSettings(t *testing.T) {
	d, s := office(t, tui.Env{})
	op := register.Operator{Name: "bob", Roles: []register.Role{register.Viewer}}
	if err := s.AddOperator(t.Context(), op, []byte("seven quiet herons wade")); err != nil {
		t.Fatal(err)
	}
	d.keys("8")
	d.toRow("bob: viewer")
	d.keys("enter")
	d.shows("Settings > bob", "Roles", "Another SSH key", "Removal", "custos operator change bob")
	d.keys("enter", "down", "space", "ctrl+s")
	d.shows("Settings > bob", "viewer, officer")
	d.toRow("Another SSH key")
	d.keys("enter", "nonsense", "ctrl+s")
	d.shows("SSH key of bob") // what is no key is told at its question
}

func TestHowManyBackupsAreKeptIsSetInTheSettings(t *testing.T) {
	d, s := office(t, tui.Env{})
	d.keys("8")
	d.toRow("7 daily, 4 weekly and 12 monthly")
	d.keys("enter", "backspace", "1", "ctrl+s")
	d.shows("backups of 2 to 60 days are kept")
	d.keys("backspace", "9", "ctrl+s")
	if got := s.Settings().BackupKeep; got != (register.BackupKeep{Days: 9, Weeks: 4, Months: 12}) {
		t.Errorf("%+v", got)
	}
}

func TestColoursAndFolderAreOnesOwn(t *testing.T) {
	d, s := office(t, tui.Env{})
	d.keys("8")
	d.toRow("Your own folder")
	d.keys("enter", "/home/office/out", "enter")
	d.toRow("Colours")
	d.keys("enter", "high", "enter")
	kept := must[register.Preferences](t)(s.Preferences())
	if kept.Exports != "/home/office/out" || kept.Theme != "high-contrast" {
		t.Errorf("%+v", kept)
	}
}

// toRow goes down a list to the row that has some words.
func (d *drive) toRow(words string) {
	d.t.Helper()
	d.keys("home")
	for range 60 {
		if d.onRow(words) {
			return
		}
		d.keys("down")
	}
	d.t.Fatalf("no row has %q:\n%s", words, d.text())
}

func (d *drive) onRow(words string) bool {
	for _, line := range strings.Split(d.text(), "\n") {
		if len(line) > 0 && line[0] == '>' && strings.Contains(line, words) {
			return true
		}
	}
	return false
}

func TestHelpOfTheSettingsListsWhatOneMayDo(t *testing.T) {
	_, s := office(t, tui.Env{})
	d := start(t, tui.Env{Session: takeOn(t, s, "view", "another long passphrase of words", register.Viewer)}, 80, 60)
	d.keys("8")
	d.shows("Custos > Settings", "not for you")
	d.keys("?")
	d.shows("Change your passphrase.")
	d.hides("Add a member of staff", "Copy the store", "Write the store anew", "Replace every key", "recovery key")
}
