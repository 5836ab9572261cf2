package desk_test

import (
	"path/filepath"
	"strings"
	"testing"

	"custos/internal/register"
)

func TestAFolderLostForGoodIsWrittenOff(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	ada := o.person(t, "Ada Ray", "ada@example.org")
	drawer := t.TempDir()
	stick := filepath.Join(drawer, "stick")
	b := o.backUp(t, stick)
	_, err := o.ForgetBackupFolder(ctx, b.Folder, "lost on the train")
	wantKind(t, err, register.Refused) // it is at hand
	move(t, stick, stick+".away")
	report := o.erase(t, o.erasureCase(t, ada, register.Fulfil))
	if k := o.safe(t); len(k.Waiting) != 1 || len(report.Waiting) != 1 {
		t.Fatalf("%+v, %+v", k, report)
	}
	_, err = o.ForgetBackupFolder(ctx, b.Folder, " ")
	wantKind(t, err, register.Invalid)
	_, err = o.ForgetBackupFolder(ctx, "/nowhere", "lost")
	wantKind(t, err, register.NotFound)
	n, err := o.ForgetBackupFolder(ctx, b.Folder, "lost on the train")
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if k := o.safe(t); len(k.Waiting) != 0 || k.Count != 0 {
		t.Errorf("%+v", k)
	}
	if lost := o.Settings().Lost; len(lost) != 1 || lost[0].Reason != "lost on the train" || lost[0].By != "office" {
		t.Errorf("%+v", lost)
	}
	trail, err := o.Trail(1)
	if err != nil || trail[0].Verb != register.BackupForget || strings.Contains(trail[0].Note, "stick") {
		t.Errorf("%+v, %v", trail, err)
	}
	bo := o.person(t, "Bo Li", "bo@example.org")
	ref := o.erasureCase(t, bo, register.Fulfil)
	if plan := o.erasurePlan(t, ref); !strings.Contains(plan.Backups, "beyond our reach") {
		t.Errorf("%s", plan.Backups)
	}
	again := o.erase(t, ref)
	if len(again.Waiting) != 0 || !strings.Contains(again.Words, "beyond reach") && !strings.Contains(again.Backups, "beyond reach") {
		t.Errorf("%+v", again)
	}
	move(t, stick+".away", stick)
	o.backUp(t, stick)
	if k := o.safe(t); k.Count == 0 {
		t.Errorf("%+v", k)
	}
	all, err := o.Backups()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if !x.Lost.IsZero() {
			t.Errorf("%s was found again and is still written off", x.ID)
		}
	}
}

func TestHowManyBackupsAreKeptIsSet(t *testing.T) {
	o := newOffice(t)
	keep := register.BackupKeep{Days: 2, Weeks: 1, Months: 1}
	if err := o.SetBackupKeep(t.Context(), keep); err != nil {
		t.Fatal(err)
	}
	b := o.backUp(t, t.TempDir())
	if want := keep.Until(o.Today()); b.Until != want {
		t.Errorf("until %s, want %s", b.Until, want)
	}
	wantKind(t, o.SetBackupKeep(t.Context(), register.BackupKeep{Days: 1}), register.Invalid)
	bo := o.person(t, "Bo Li", "bo@example.org")
	plan := o.erasurePlan(t, o.erasureCase(t, bo, register.Fulfil))
	if plan.BackupsUntil != keep.Until(o.Today()) {
		t.Errorf("the plan says %s, want %s", plan.BackupsUntil, keep.Until(o.Today()))
	}
	wantKind(t, o.SetExports(t.Context(), "somewhere"), register.Invalid)
	wantKind(t, o.SetExports(t.Context(), filepath.Join(t.TempDir(), "none")), register.Refused)
	if err := o.SetExports(t.Context(), t.TempDir()); err != nil {
		t.Error(err)
	}
}
