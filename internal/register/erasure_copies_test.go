package register

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCopiesOfTheStoreAreToldHonestly(t *testing.T) {
	of := func(days ...string) []Backup {
		var all []Backup
		for _, text := range days {
			all = append(all, backupOf(on(text), 9))
		}
		return all
	}
	gone := of("2026-11-20")
	gone[0].Removed = gone[0].At
	unproved := of("2026-11-20")
	unproved[0].Proved = time.Time{}
	const (
		none    = "No backup of our records was made"
		sealed  = "destroyed there too"
		deleted = "The last one is deleted by"
		overdue = "should be deleted already"
		unsaid  = "has not said"
		other   = "Copies made by other means may still hold the data"
	)
	for _, c := range []struct {
		name  string
		all   []Backup
		to    string
		days  int
		until string
		words []string
	}{
		{"nothing at all", nil, "", 0, "", []string{none, unsaid}},
		{"copies by other means", nil, "", 30, "2026-12-23", []string{none, other, "23 December 2026"}},
		{"one on record", of("2026-09-30"), "", 0, "2027-08-31", []string{sealed, deleted, "31 August 2027", unsaid}},
		{"the newest counts", of("2026-09-30", "2026-10-31"), "", 0, "2027-09-30", []string{sealed, "30 September 2027"}},
		{"one never proved is one", unproved, "", 0, "2027-10-31", []string{sealed}},
		{"one that was removed", gone, "", 0, "", []string{none}},
		{"one may be made today", gone, "/stick", 0, "2027-10-31", []string{sealed, "31 October 2027"}},
		{"the later of the two: copies", of("2026-09-30"), "", 365, "2027-11-23", []string{sealed, "31 August 2027", "23 November 2027"}},
		{"the later of the two: backups", of("2026-09-30"), "", 5, "2027-08-31", []string{sealed, "28 November 2026"}},
		{"a stick in a drawer", of("2025-09-30", "2026-11-01"), "", 0, "2027-10-31", []string{sealed, overdue, deleted}},
		{"nothing but sticks in drawers", of("2025-09-30"), "", 0, "", []string{sealed, overdue}},
	} {
		s := &Settings{BackupTo: c.to, BackupDays: c.days}
		words, until := s.Copies(c.all, on("2026-11-23"))
		if got := until.String(); until.IsZero() != (c.until == "") || c.until != "" && got != c.until {
			t.Errorf("%s: until %q, want %q", c.name, got, c.until)
		}
		for _, piece := range []string{none, sealed, overdue} {
			if strings.Contains(words, piece) != slices.Contains(c.words, piece) {
				t.Errorf("%s: %q is said or not said wrongly: %s", c.name, piece, words)
			}
		}
		for _, want := range c.words {
			if !strings.Contains(words, want) {
				t.Errorf("%s: %q is missing: %s", c.name, want, words)
			}
		}
		if strings.Contains(words, "/stick") {
			t.Errorf("%s: a letter names a folder: %s", c.name, words)
		}
	}
}

// What copies there are changes nothing of what was approved.
func TestBackupsAreNoPartOfWhatIsApproved(t *testing.T) {
	f := erasureFacts(t)
	before := PlanErasure(f)
	f.Backups = []Backup{backupOf(f.On, 9)}
	f.Settings.BackupTo, f.Settings.BackupDays = "/stick", 90
	f.Settings.RingsDue = map[string]ID{"/stick": "X"}
	after := PlanErasure(f)
	if after.Digest != before.Digest {
		t.Error("the digest covers the backups")
	}
	if after.Backups == before.Backups || !after.BackupsUntil.After(f.On) {
		t.Errorf("%s: %s", after.BackupsUntil, after.Backups)
	}
}
