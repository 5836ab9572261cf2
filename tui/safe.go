package tui

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// safeDesk keeps the store safe: its backups, its keys, its anchors.
type safeDesk interface {
	Safekeeping() (register.Safekeeping, error)
	SetSafekeeping(ctx context.Context, to string, lockMinutes int, was ...register.StandingOrder) error
	Backups() ([]register.Backup, error)
	Backup(ctx context.Context, to string, told func(step string, done, total int)) (register.Backup, error)
	BackupIfDue(ctx context.Context, told func(step string, done, total int)) (register.Backup, bool, error)
	CheckBackup(ctx context.Context, id register.ID, told func(step string, done, total int)) (register.BackupProof, error)
	CheckStore(ctx context.Context, told func(step string, done, total int)) (register.StoreReport, error)
	Compact(ctx context.Context) (register.Compacted, error)
	NewRecovery(ctx context.Context) (string, error)
	Rekey(ctx context.Context, in register.RekeyInput) (register.Rekeyed, error)
	Anchor(ctx context.Context, to string) (register.Anchor, error)
	CompareAnchor(data []byte) (register.AnchorVerdict, error)
	ChangePassphrase(ctx context.Context, passphrase []byte, was ...[]byte) error
	MustChange() bool
	ByKey() bool
}

// late is how many days old the newest backup may be: one made by itself every day is late sooner.
func late(k *register.Safekeeping) bool {
	if k.Automatic {
		return k.Days < 0 || k.Days > 1
	}
	return k.Days < 0 || k.Days >= 7
}

// lastBackup says how old the newest backup is, and whether that is too old.
func lastBackup(k *register.Safekeeping) (string, theme.Tone) {
	words := "Last backup: " + days(k.Days) + " ago"
	switch {
	case k.Days < 0:
		words = "Last backup: NONE YET"
	case k.Days == 0:
		words = "Last backup: today"
	case k.Days == 1:
		words = "Last backup: yesterday"
	}
	tone := theme.Muted
	if late(k) {
		tone = theme.Late
	}
	if late(k) && k.Days >= 0 {
		words += ", LATE"
	}
	return words, tone
}

// safe is the line on the backups: how old the newest is, and what is in the way.
func (h *home) safe() string {
	k, th := &h.data.Safe, h.kit.theme
	words, tone := lastBackup(k)
	line := th.Paint(tone, words) + "."
	if k.Trouble != "" && k.Due {
		line += "  " + th.Clean(k.Trouble)
	}
	switch n := len(k.Waiting); {
	case n == 1:
		line += "  Waiting for its folder: " + th.Clean(k.Waiting[0])
	case n > 1:
		line += fmt.Sprintf("  Waiting for %d folders.", n)
	}
	return line
}

// safekeeping are the lines about backups, keys and locking: those that the operator may act on.
func (s *settings) safekeeping(now *register.Settings) settingRows {
	rows := settingRows{
		{
			id: string(goBackups), label: "Backups", value: s.backedUp(), does: "lists them",
			open: func() tea.Cmd { return push(newBackups(s.kit)) },
		},
		{
			id: "backup-to", label: "Automatic backup", value: cmp.Or(now.BackupTo, "none is made by itself"),
			command: "custos office backup DIR",
		},
		{id: "lock", label: "Locks", value: lockWords(now.LockAfter()), command: "custos office lock --minutes N"},
	}
	s.changes(&rows[2], register.SettingsChange, newSafekeeping)
	if !s.kit.elsewhere() { // its folder is named at the machine it lies on
		s.changes(&rows[1], register.SettingsChange, newSafekeeping)
	}
	for _, x := range safeActs() {
		if s.kit.may(needs[x.action]) && !s.kit.hereAlone(x.action) {
			rows = append(rows, setting{
				id: string(x.action), label: x.label, value: x.value, does: x.does, open: func() tea.Cmd { return x.open(s.kit) },
			})
		}
	}
	for _, b := range safeKeys() {
		for i := range rows {
			if rows[i].id == string(b.Action) {
				rows[i].command = b.Command
			}
		}
	}
	return rows
}

// hereAlone reports whether something is done at the office's own machine alone, and the operator is elsewhere.
func (k *kit) hereAlone(a widget.Action) bool {
	switch a {
	case storeCompact, recoveryNew, storeRekey:
		return k.elsewhere()
	case backupMake:
		settings := k.desk.Settings()
		return k.elsewhere() && settings.BackupTo == ""
	default:
		return false
	}
}

func (s *settings) backedUp() string {
	words, _ := lastBackup(&s.safe)
	return fmt.Sprintf("%s; %s kept", words, count(s.safe.Count, "backup"))
}

func lockWords(after time.Duration) string {
	if after == 0 {
		return "never by itself"
	}
	return "after " + count(int(after/time.Minute), "minute") + " without a key"
}

// safeAct is something done to the store as a whole.
type safeAct struct {
	action             widget.Action
	label, value, does string
	open               func(*kit) tea.Cmd
}

func safeActs() []safeAct {
	form := func(f func(*kit) Screen) func(*kit) tea.Cmd { return func(k *kit) tea.Cmd { return push(f(k)) } }
	return []safeAct{
		{backupMake, "Back up now", "a copy in a folder, read back whole", "makes one", askBackup},
		{storeCheck, "Check the store", "every record and every sum is read", "checks it", form(newStoreCheck)},
		{storeCompact, "Compact the store", "frees the room of what was deleted", "asks first", askCompact},
		{anchorMake, "Export an anchor", "the signed head of the audit trail, kept elsewhere", "writes it", form(newAnchor)},
		{anchorCompare, "Compare an anchor", "tells whether the trail stands as it stood", "reads one", form(newAnchorCompare)},
		{passphraseSet, "Your passphrase", "known to you alone", "changes it", form(newPassphrase)},
		{recoveryNew, "New recovery key", "the old one opens nothing any more", "asks first", form(newRecoveryForm)},
		{storeRekey, "New keys for everything", "after somebody else saw one", "asks first", form(newRekey)},
	}
}

// newSafekeeping asks where the automatic backup goes and when the console locks.
func newSafekeeping(k *kit) Screen {
	desk, was := safeDesk(k.desk), register.StandingOrder{}
	return newForm(k, formSpec{
		id: "settings:safekeeping", title: "Safe keeping", of: inSettings,
		load: func() ([]widget.Field, error) {
			now, minutes := k.desk.Settings(), ""
			if was = now.StandingOrder(); was.LockMinutes != 0 {
				minutes = fmt.Sprint(was.LockMinutes)
			}
			lock := widget.Field{
				ID: "lock_minutes", Label: "Minutes without a key until the console locks", Value: minutes,
				Note: fmt.Sprintf("Empty: %d, the usual. -1: never.", register.DefaultLockMinutes),
			}
			if k.elsewhere() {
				return []widget.Field{lock}, nil
			}
			return []widget.Field{{
				ID: "to", Label: "Folder of the automatic backup", Value: was.BackupTo,
				Note: "In full, best on another disk or a stick. Empty: none is made by itself.",
			}, lock}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			n := 0
			if v["lock_minutes"] != "" {
				if _, err := fmt.Sscanf(v["lock_minutes"], "%d", &n); err != nil {
					return formDone{}, register.Errorf(register.Invalid, "lock_minutes", "a number of minutes, or -1 for never")
				}
			}
			to := v["to"]
			if k.elsewhere() {
				to = was.BackupTo
			}
			return formDone{said: "Set."}, desk.SetSafekeeping(ctx, to, n, was)
		},
	})
}

// askBackup makes a backup, from elsewhere into the folder of the office.
func askBackup(k *kit) tea.Cmd {
	if settings := k.desk.Settings(); k.elsewhere() {
		return push(backingUp(k, settings.BackupTo))
	}
	return push(newBackup(k))
}

// newBackup asks where a backup goes, and makes it.
func newBackup(k *kit) Screen {
	now := k.desk.Settings()
	return newForm(k, formSpec{
		title: "Back up now",
		intro: "Work goes on meanwhile. The copy is sealed as the store is, and read back whole before it counts.",
		load: asked(widget.Field{
			ID: "to", Label: "Folder", Value: now.BackupTo, Required: true,
			Note: "Best on another disk or a stick. A folder of its own is made in it.",
		}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			return formDone{next: backingUp(k, v["to"])}, nil
		},
	})
}

func backingUp(k *kit, to string) Screen {
	desk := safeDesk(k.desk)
	return newDoing(k, "Back up now", "Copying the store", func(ctx context.Context, tell Tell) (report, error) {
		b, err := desk.Backup(ctx, to, tell)
		if b.ID == "" {
			return nil, err
		}
		return func(t *text) {
			t.head("The backup is made and was read back whole")
			t.backup(&b)
			t.head("How it becomes a store again")
			t.add("  ", theme.Plain, "custos restore "+b.Folder+" --to FOLDER")
			t.add("  ", theme.Muted, "What was erased or refused since is done again before anybody can look. "+
				"A passphrase or the recovery key of today opens it.")
			if err != nil {
				t.head("Still to be done")
				t.add("  ", theme.Soon, problem(err))
			}
		}, nil
	})
}

// backup is what the office remembers of one.
func (t *text) backup(b *register.Backup) {
	pair := func(label, value string) {
		t.lines = append(t.lines, labelled(t.th, label, value, t.width, theme.Plain)...)
	}
	pair("File", b.File)
	pair("Folder", b.Folder)
	pair("As of", moment(b.At))
	pair("Made by", b.By+automatically(b))
	pair("Size", size(b.Bytes))
	pair("Holds", fmt.Sprintf("%s, %s", howMany(b.People), count(b.Records, "record")))
	pair("Audit trail", fmt.Sprintf("entry %d, %s", b.AuditSeq, b.AuditHead))
	pair("Read back", cmp.Or(moment(b.Proved), "never"))
	switch {
	case !b.Lost.IsZero():
		pair("Written off", moment(b.Lost)+": its folder is lost for good")
	case !b.Removed.IsZero():
		pair("Thinned out", moment(b.Removed))
	}
}

func automatically(b *register.Backup) string {
	if b.Automatic {
		return ", by itself"
	}
	return ""
}

// size says how large a file is.
func size(n int64) string {
	if n < 1<<20 {
		return widget.Count(int((n+1023)>>10)) + " kB"
	}
	return widget.Count(int((n+1<<19)>>20)) + " MB"
}

// newStoreCheck walks the whole store and lists what it found.
func newStoreCheck(k *kit) Screen {
	desk := safeDesk(k.desk)
	return newDoing(k, "Check the store", "Reading the store", func(ctx context.Context, tell Tell) (report, error) {
		found, err := desk.CheckStore(ctx, tell)
		return func(t *text) { t.checked(&found) }, err
	})
}

func (t *text) checked(r *register.StoreReport) {
	n := 0
	for _, x := range r.Records {
		n += x
	}
	switch {
	case !r.Intact:
		t.add("", theme.Bad, "DAMAGED. Nothing was changed. Keep a copy of the folder, then restore the newest backup.")
	case len(r.Problems) > 0:
		t.add("", theme.Soon, "Everything is as it was written; some of it is odd.")
	default:
		t.add("", theme.Good, "Everything is as it was written.")
	}
	t.add("", theme.Muted, fmt.Sprintf("%s read, the audit trail up to entry %d. %s.", count(n, "record"), r.AuditSeq, moment(r.At)))
	t.problems(r.Problems)
}

// problems lists what is damaged first, then what is odd.
func (t *text) problems(all []register.StoreProblem) {
	for _, odd := range []bool{false, true} {
		word, tone := "DAMAGED", theme.Bad
		if odd {
			word, tone = "odd", theme.Soon
		}
		for _, p := range all {
			if p.Oddity == odd {
				t.add("  ", tone, word+"  "+strings.TrimSpace(p.Where+" "+p.ID)+": "+p.What)
			}
		}
	}
}

// askCompact compacts the store after asking.
func askCompact(k *kit) tea.Cmd {
	desk := safeDesk(k.desk)
	return ask(widget.Question{
		Title: "Compact the store", Yes: "Compact it", AskedBy: "enter",
		Text: "The store is written anew without the room of what was deleted, verified, and put in the place of the old file, " +
			"whose bytes are overwritten. Changes wait meanwhile.",
	}, push(newDoing(k, "Compact", "Writing the store anew", func(ctx context.Context, _ Tell) (report, error) {
		done, err := desk.Compact(ctx)
		return func(t *text) {
			t.add("", theme.Good, fmt.Sprintf("The store took %s and takes %s now.", size(done.Before), size(done.After)))
		}, err
	})))
}
