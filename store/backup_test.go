package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"custos/internal/register"
)

func backup(t testing.TB, db *DB, to string) BackupMade {
	t.Helper()
	made, err := db.Backup(context.Background(), to, nil)
	if err != nil {
		t.Fatalf("backup: %v", err)
	}
	return made
}

func TestABackupIsProvedAndListed(t *testing.T) {
	db := newStore(t)
	for i := range 50 {
		put(t, db, undoable(), someone(i))
	}
	to := t.TempDir()
	made := backup(t, db, to)
	report, err := CheckBackup(context.Background(), to, testCredential(), testOptions())
	if err != nil || len(report.Findings) > 0 || report.Records == 0 || report.Manifest.People != 50 {
		t.Fatalf("%+v %v", report, err)
	}
	listed, err := ListBackups(to)
	if err != nil || len(listed) != 1 || listed[0].Problem != "" || listed[0].Path != made.Path {
		t.Fatalf("%+v %v", listed, err)
	}
	entries, _ := os.ReadDir(filepath.Dir(made.Path))
	for _, e := range entries {
		fmt.Println(e.Name())
	}
	_ = register.Active
}
