package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/register"
	"custos/internal/vault"
	"custos/store"
)

// folder is a new folder for backups.
func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (o *office) backUp(t *testing.T, to string) register.Backup {
	t.Helper()
	b, err := o.Backup(t.Context(), to, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// proves reads a backup as its owner does without the store.
func (o *office) proves(t *testing.T, b register.Backup, c store.Credential) (store.BackupReport, error) {
	t.Helper()
	return store.CheckBackup(t.Context(), filepath.Join(b.Folder, b.File), c, store.Options{
		Now: func() time.Time { return o.now }, Params: vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}, CheapKDF: true,
	})
}

// dark are those in a backup whom nobody can read any more.
func (o *office) dark(t *testing.T, b register.Backup) []register.ID {
	t.Helper()
	r, err := o.proves(t, b, store.Credential{Operator: "office", Passphrase: []byte(passphrase)})
	if err != nil || len(r.Findings) > 0 {
		t.Fatalf("%+v, %v", r.Findings, err)
	}
	return r.Dark
}

func (o *office) safe(t *testing.T) register.Safekeeping {
	t.Helper()
	k, err := o.Safekeeping()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestABackupIsMadeProvedAndOnRecord(t *testing.T) {
	o := newOffice(t)
	o.person(t, "Ada", "ada@example.org")
	to := folder(t)
	var steps []string
	b, err := o.Backup(t.Context(), to, func(step string, _, _ int) {
		if len(steps) == 0 { // never two at once
			_, err := o.Backup(t.Context(), to, nil)
			wantKind(t, err, register.Conflict)
		}
		steps = append(steps, step)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(steps, "prove") || !slices.Contains(steps, "copy") {
		t.Errorf("told %q", steps)
	}
	if b.Proved.IsZero() || b.Automatic || b.By != "office" || b.People != 1 || b.Records == 0 || !strings.HasPrefix(b.Folder, to) {
		t.Errorf("%+v", b)
	}
	if len(o.dark(t, b)) != 0 {
		t.Error("somebody is dark in a new backup")
	}
	rows, err := o.Trail(0)
	i := slices.IndexFunc(rows, func(r register.AuditRow) bool { return r.Verb == register.BackupMake })
	if err != nil || i < 0 || strings.Contains(rows[i].Note, to) || !strings.Contains(rows[i].Note, b.AuditHead) {
		t.Errorf("%+v, %v", rows, err)
	}
	home, err := o.Home()
	if err != nil || home.Safe.Days != 0 || home.Safe.Due || home.Safe.Count != 1 || len(home.Safe.Waiting) > 0 {
		t.Errorf("%+v, %v", home.Safe, err)
	}
	o.now = noon.Add(72 * time.Hour)
	if home, _ := o.Home(); home.Safe.Days != 3 || !home.Safe.Due {
		t.Errorf("%+v", home.Safe)
	}
	_, err = o.Backup(t.Context(), filepath.Join(o.dir, "within"), nil)
	wantKind(t, err, register.Refused)
}

func TestTheDailyBackupIsMadeByWhoeverComesInFirst(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	kim := o.hire(t, "kim", register.Viewer)
	_, err := kim.Backup(ctx, folder(t), nil)
	wantKind(t, err, register.Denied)
	if _, made, err := kim.BackupIfDue(ctx, nil); made || err != nil {
		t.Fatalf("made without an order: %v, %v", made, err)
	}
	to := folder(t)
	if err := o.SetSafekeeping(ctx, to, 0); err != nil {
		t.Fatal(err)
	}
	o.backUp(t, folder(t)) // one elsewhere is none there
	b, made, err := kim.BackupIfDue(ctx, nil)
	if !made || err != nil || !b.Automatic || b.By != "kim" {
		t.Fatalf("%+v, %v, %v", b, made, err)
	}
	o.now = noon.Add(11 * time.Hour) // the same day
	if _, made, err := kim.BackupIfDue(ctx, nil); made || err != nil {
		t.Errorf("made twice: %v, %v", made, err)
	}
	o.now = noon.Add(13 * time.Hour)
	away := to + ".away"
	move(t, to, away)
	_, made, err = kim.BackupIfDue(ctx, nil)
	wantKind(t, err, register.Refused)
	if k := o.safe(t); made || !strings.Contains(k.Words(), "plug the stick in") {
		t.Errorf("%v: %s", made, k.Words())
	}
	move(t, away, to)
	if _, made, err = kim.BackupIfDue(ctx, nil); !made || err != nil {
		t.Errorf("%v, %v", made, err)
	}
	if k := o.safe(t); k.Trouble != "" || k.Due || k.Count != 3 {
		t.Errorf("%+v", k)
	}
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestBackupsAreThinnedOutInTheirFolder(t *testing.T) {
	o := newOffice(t)
	to, other := folder(t), folder(t)
	first := o.backUp(t, other)
	var all []register.Backup
	for range 10 { // Monday 16 March to Wednesday 25
		all = append(all, o.backUp(t, to))
		o.now = o.now.Add(24 * time.Hour)
	}
	left := map[string]bool{}
	for _, b := range all {
		_, err := os.Stat(filepath.Join(b.Folder, b.File))
		left[b.At.Format("02")] = err == nil
	}
	for day, want := range map[string]bool{"16": false, "17": false, "18": false, "19": true, "22": true, "25": true} {
		if left[day] != want {
			t.Errorf("the backup of the %sth is there: %v", day, left[day])
		}
	}
	known, err := o.Backups()
	if err != nil || len(known) != 11 {
		t.Fatalf("%d, %v", len(known), err)
	}
	for _, b := range known {
		if b.ID == first.ID && !b.Removed.IsZero() {
			t.Error("the only one in its folder was removed")
		}
		if b.ID != first.ID && b.Removed.IsZero() != left[b.At.Format("02")] {
			t.Errorf("of %s: removed %s", b.At, b.Removed)
		}
	}
}

// A stick that is not plugged in keeps what it has, and what lies in the place of a backup is nobody's to remove.
func TestOnlyWhatIsAtHandIsThinnedOut(t *testing.T) {
	o := newOffice(t)
	to := folder(t)
	old := o.backUp(t, to)
	path := filepath.Join(old.Folder, old.File)
	move(t, path, path+".kept")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.now = noon.Add(24 * time.Hour)
	o.backUp(t, to)
	o.now = noon.AddDate(0, 0, 60)
	o.backUp(t, to)
	o.now = noon.AddDate(1, 0, 0)
	o.backUp(t, to)
	if b, err := os.ReadFile(path); err != nil || string(b) != "{}" {
		t.Errorf("%q, %v", b, err)
	}
	of := func(id register.ID) register.Backup {
		known, err := o.Backups()
		if err != nil {
			t.Fatal(err)
		}
		return known[slices.IndexFunc(known, func(b register.Backup) bool { return b.ID == id })]
	}
	if b := of(old.ID); !b.Removed.IsZero() {
		t.Errorf("it is said to be removed: %+v", b)
	}
	move(t, path+".kept", path)
	if err := o.KeepUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b := of(old.ID); b.Removed.IsZero() {
		t.Error("it is back at hand and still kept")
	}
}

// What a store does not know of, as one that was restored, it learns from the folder.
func TestABackupNobodyKnowsOfIsPutOnRecord(t *testing.T) {
	o := newOffice(t)
	to := folder(t)
	made, err := o.db.Backup(t.Context(), to, nil)
	if err != nil {
		t.Fatal(err)
	}
	o.now = noon.Add(time.Hour)
	o.backUp(t, to)
	known, err := o.Backups()
	if err != nil || len(known) != 2 || known[1].SHA256 != made.Manifest.SHA256 || known[1].Proved.IsZero() {
		t.Fatalf("%+v, %v", known, err)
	}
}

func TestSafekeepingIsSet(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	wantKind(t, o.SetSafekeeping(ctx, "stick", 0), register.Invalid)
	wantKind(t, o.SetSafekeeping(ctx, filepath.Join(t.TempDir(), "nowhere"), 0), register.Refused)
	wantKind(t, o.SetSafekeeping(ctx, o.dir, 0), register.Refused)
	wantKind(t, o.hire(t, "kim", register.Officer).SetSafekeeping(ctx, "", 0), register.Denied)
	to := folder(t)
	if err := o.SetSafekeeping(ctx, to+"/", 30); err != nil {
		t.Fatal(err)
	}
	now := o.Settings()
	if now.BackupTo != to || now.LockAfter() != 30*time.Minute || !o.safe(t).Automatic {
		t.Errorf("%q, %s", now.BackupTo, now.LockAfter())
	}
}
