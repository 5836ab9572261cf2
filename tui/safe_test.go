package tui_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/register"
	"custos/store/storetest"
	"custos/tui"
)

func TestHowOldTheNewestBackupIs(t *testing.T) {
	for _, c := range []struct {
		days      int
		automatic bool
		words     string
		late      bool
	}{
		{-1, false, "Last backup: NONE YET", true},
		{-1, true, "Last backup: NONE YET", true},
		{0, true, "Last backup: today", false},
		{1, true, "Last backup: yesterday", false},
		{2, true, "Last backup: 2 days ago, LATE", true},
		{2, false, "Last backup: 2 days ago", false},
		{6, false, "Last backup: 6 days ago", false},
		{7, false, "Last backup: 7 days ago, LATE", true},
	} {
		words, late := tui.LastBackup(register.Safekeeping{Days: c.days, Automatic: c.automatic})
		if words != c.words || late != c.late {
			t.Errorf("%d days, automatic %v: %q, late %v", c.days, c.automatic, words, late)
		}
	}
}

func TestABackupIsMadeListedAndReadBack(t *testing.T) {
	d, _, _ := lockable(t, 120, 40)
	to := t.TempDir()
	d.shows("Last backup: NONE YET")
	d.keys("8")
	d.keys("end")
	d.shows("Backups", "Last backup: NONE YET; 0 backups kept", "none is made by itself", "after 15 minutes without a key")
	d.keys("b", to, "ctrl+s")
	d.shows("The backup is made and was read back whole", "custos restore", "1 person", "Audit trail")
	d.keys("esc", "B")
	d.shows("Custos > Settings > Backups", "2 Mar 2026 09:00", "tester")
	d.keys("enter")
	d.shows("This backup is whole: every record of it opens.")
	data, err := filepath.Glob(filepath.Join(to, "*", "*.data"))
	if err != nil || len(data) != 1 {
		t.Fatalf("%v, %v", data, err)
	}
	raw := must[[]byte](t)(os.ReadFile(data[0]))
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(data[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
	d.keys("esc", "enter")
	d.shows("This backup is NOT whole", "DAMAGED")
	d.sweep()
	d.size(120, 40)
	d.keys("1")
	d.committed()
	d.shows("Last backup: today")
}

func TestTheStoreIsCheckedAndCompacted(t *testing.T) {
	d, _, _ := lockable(t, 80, 24)
	d.keys("8", "c")
	d.shows("Everything is as it was written.")
	d.keys("esc", "ctrl+k")
	d.shows("Compact the store", "> No")
	d.keys("right", "space")
	d.shows("The store took")
}

func TestANewRecoveryKeyIsAskedForTwiceAndShownOnce(t *testing.T) {
	d, _, _ := lockable(t, 80, 24)
	d.keys("8", "ctrl+n")
	d.shows("Type NEW KEY")
	d.golden("recovery-new")
	d.size(80, 24)
	d.keys("new", "ctrl+s")
	d.shows("type NEW KEY to go on")
	for range len("new") {
		d.keys("backspace")
	}
	d.keys("NEW KEY", "ctrl+s")
	d.shows("> No")
	d.keys("right", "space")
	d.shows("This is the new recovery key.", "Custos > Settings > Recovery key")
	key := d.text()
	d.keys("ctrl+l", storetest.Passphrase, "enter")
	d.shows("A recovery key was on the screen", "Custos > Settings")
	for _, line := range strings.Split(key, "\n") {
		if strings.Count(line, "-") > 3 {
			d.hides(strings.TrimSpace(line))
		}
	}
}

func TestNewKeysForEverything(t *testing.T) {
	d, s, _ := lockable(t, 80, 24)
	err := s.AddOperator(t.Context(), register.Operator{Name: "alex", Roles: []register.Role{register.DPO}},
		[]byte("another long passphrase of words"))
	if err != nil {
		t.Fatal(err)
	}
	d.keys("8", "ctrl+e")
	d.golden("rekey")
	d.size(80, 24)
	d.keys("not mine", "enter", "NEW KEYS", "ctrl+s", "right", "space")
	d.shows("PROBLEM", "New keys for everything")
	d.hides("recovery key.")
	for range len("not mine") {
		d.keys("backspace")
	}
	d.keys(storetest.Passphrase, "enter", "ctrl+s", "right", "space")
	d.shows("This is the new recovery key.", "To be used once, by whom they are made for", "alex  ")
	var once string
	for _, line := range strings.Split(d.text(), "\n") {
		if _, after, ok := strings.Cut(line, "  alex  "); ok {
			once = strings.TrimSpace(after)
		}
	}
	d.keys("enter", "right", "space")
	d.shows("Custos > Settings")
	d.keys("ctrl+l", "shift+tab")
	for range len("tester") {
		d.keys("backspace")
	}
	d.keys("alex", "enter", once, "enter")
	d.shows("Custos > Your passphrase", "was made for you and seen by somebody else")
	d.keys("my own long passphrase of words", "enter", "my own long passphrase of words", "ctrl+s")
	d.shows("Custos > Home", "Your new passphrase opens the store")
	d.keys("ctrl+l", "my own long passphrase of words", "enter")
	d.shows("Custos > Home", "alex")
}

func TestAnAnchorIsWrittenAndCompared(t *testing.T) {
	s := sit(t, "teaching-school")
	dir := t.TempDir()
	d := start(t, tui.Env{Session: s, Theme: "mono", Exports: dir, ReadFile: os.ReadFile}, 120, 40)
	d.keys("8", "x", "ctrl+s")
	d.shows("is signed in anchor-2026-03-02.json")
	d.keys("X", filepath.Join(dir, "anchor-2026-03-02.json"), "ctrl+s")
	d.shows("Custos > Settings > Anchor", "IT HOLDS")
}

func TestWhatAnOperatorMayNotDoIsNotOffered(t *testing.T) {
	d, s, _ := lockable(t, 80, 40)
	takeOn(t, s, "view", "another long passphrase of words", register.Viewer)
	d.keys("ctrl+l", "shift+tab")
	for range len("tester") {
		d.keys("backspace")
	}
	d.keys("view", "enter", "another long passphrase of words", "enter", "8", "end")
	d.shows("Custos > Settings", "Your passphrase", "Locks")
	d.hides("Back up now", "New keys", "New recovery", "Compact", "anchor")
	d.keys("b", "ctrl+e")
	d.shows("Custos > Settings")
}

func TestTheDailyBackupIsMadeAsSomebodySitsDown(t *testing.T) {
	_, s, at := lockable(t, 80, 24)
	to := t.TempDir()
	if err := s.SetSafekeeping(t.Context(), to, 0); err != nil {
		t.Fatal(err)
	}
	env := at.env()
	env.Session = s
	d := start(t, env, 80, 24)
	d.shows("The daily backup is made", "Custos > Home")
	if made := must[[]register.Backup](t)(s.Backups()); len(made) != 1 || !made[0].Automatic {
		t.Fatalf("%+v", made)
	}
	if last := at.asked[len(at.asked)-1]; last != 24*time.Hour {
		t.Errorf("it looks again after %v", last)
	}
	d = start(t, env, 80, 24)
	d.hides("daily backup")
}

func TestAStickThatIsNotThereIsOneLine(t *testing.T) {
	_, s, at := lockable(t, 80, 24)
	to := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(to, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.SetSafekeeping(t.Context(), to, 0); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(to); err != nil {
		t.Fatal(err)
	}
	env := at.env()
	env.Session = s
	d := start(t, env, 80, 24)
	d.shows("The daily backup: ", "Custos > Home", "No case is open.", "NONE YET")
	if last := at.asked[len(at.asked)-1]; last != time.Hour {
		t.Errorf("it looks again after %v", last)
	}
	d.keys("2")
	d.hides("The daily backup")
}

// dawdling makes a backup that ends when it is let.
type dawdling struct {
	seat
	begun, end chan struct{}
}

func (s dawdling) Backup(ctx context.Context, to string, _ func(step string, done, total int)) (register.Backup, error) {
	close(s.begun)
	<-s.end
	if err := ctx.Err(); err != nil {
		return register.Backup{}, err
	}
	return s.seat.Backup(ctx, to, nil)
}
