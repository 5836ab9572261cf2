package tui_test

import (
	"strings"
	"testing"

	"custos/internal/profile"
	"custos/tui"
)

// From elsewhere every form that asks for a file says where files lie, and offers no path of the office's machine.
func TestFilesFromElsewhereLieInTheDropFolder(t *testing.T) {
	d, s := office(t, tui.Env{Folder: "your drop folder"})
	if err := s.SetExports(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	d.keys("2", "x")
	d.shows("Files lie in your drop folder: sftp brings and")
	name := "delegates-" + s.Today().String() + ".csv"
	d.shows(" " + name)
	if strings.Contains(d.text(), "/"+name) {
		t.Errorf("a path is offered:\n%s", d.text())
	}
	d.keys("esc", "esc", "6", "n")
	d.shows("with its name in your drop folder")
}

func TestSettingsReadFilesOfTheDropFolder(t *testing.T) {
	d, _ := office(t, tui.Env{Folder: "your drop folder", ParseProfile: profile.Parse, ReadFile: files(nil)})
	d.size(100, 60)
	d.keys("8")
	for _, row := range []string{"Own bank holidays", "Terms of the school", "Another profile"} {
		d.toRow(row)
		d.keys("enter")
		d.shows("ith its name in your drop folder", "sftp brings and fetches them")
		d.keys("esc")
	}
}

func TestFromElsewhereSettingsSayThatTheirFoldersCountForNothing(t *testing.T) {
	d, _ := office(t, tui.Env{Folder: "your drop folder"})
	d.size(80, 60)
	d.keys("8")
	d.shows("goes to your drop folder, not to the")
	d.toRow("Folder for exports")
	d.keys("enter")
	d.hides("Custos > Settings >")
	d.toRow("Your own folder")
	d.keys("enter")
	d.shows("It counts at the office's own machine")
	here, _ := office(t, tui.Env{})
	here.size(80, 60)
	here.keys("8")
	here.hides("drop folder", "What you export here")
}

// What is for the office's own machine alone is not offered elsewhere, and what is offered is not refused.
func TestFromElsewhereTheStoreIsLeftWhereItLies(t *testing.T) {
	d, s := office(t, tui.Env{Folder: "your drop folder"})
	d.size(80, 60)
	d.keys("8")
	d.shows("Check the store", "Your passphrase")
	d.hides("Back up now", "Compact the store", "New recovery key", "New keys")
	d.keys("b", "ctrl+k", "ctrl+n", "ctrl+e")
	d.hides("Custos > Settings >", "[Yes]")
	d.toRow("Automatic backup")
	d.keys("enter")
	d.hides("Custos > Settings >")
	d.toRow("Locks")
	d.keys("enter")
	d.shows("Minutes without a key")
	d.hides("Folder of the automatic backup")
	d.keys("5", "ctrl+s")
	if got := s.Settings(); got.LockMinutes != 5 {
		t.Errorf("locks after %d minutes", got.LockMinutes)
	}
	if err := s.SetSafekeeping(t.Context(), t.TempDir(), 5); err != nil {
		t.Fatal(err)
	}
	d.keys("1", "8", "b")
	d.shows("The backup is made and was read back whole")
}
