package sshd

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Whoever comes in is told once of the old files that went, those while they were away among them.
func TestWhatWentFromTheDropFolderIsTold(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	old := filepath.Join(dir, "old.csv")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(old, now.AddDate(0, 0, -8), now.AddDate(0, 0, -8)); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	s := &Server{cfg: Config{Now: func() time.Time { return now }}, untold: map[string]int{}}
	s.Swept("ann", 2)
	s.Swept("ben", 0)
	ann := &guest{operator: "ann", drop: root, log: slog.New(slog.DiscardHandler)}
	if said := s.sweep(ann); !strings.HasPrefix(said, "3 old files were removed from your drop folder") {
		t.Error(said)
	}
	if said := s.sweep(ann); said != "" {
		t.Errorf("told again: %s", said)
	}
	if said := s.sweep(&guest{operator: "ben"}); said != "" {
		t.Errorf("without a folder: %s", said)
	}
}
