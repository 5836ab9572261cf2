package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const backupHelp = `Copy the store while it is in use. In the folder named, or the one the office
keeps its backups in, each backup is a data file with its manifest; beside them
lie the key ring, which every backup and every erasure replaces, and a ledger of
the erasures and refusals a restored copy must be told of. The copy is read back
whole before it counts.

Backups are thinned out to 7 daily, 4 weekly and 12 monthly ones, or as many as
'custos office keep-backups' says.

  --if-due  only where the newest is older than a day, for a timer; without a
            folder of the office nothing is done`

// backupDone is what "custos backup" did.
type backupDone struct {
	Made   bool             `json:"made"`          // false: none was due
	Why    string           `json:"why,omitempty"` // none was made
	Path   string           `json:"path,omitempty"`
	Backup *register.Backup `json:"backup,omitempty"`
}

func (a *app) backupCommand() *cobra.Command {
	var to string
	var ifDue bool
	cmd := &cobra.Command{
		Use: "backup", Short: "Copy the store, and prove the copy", Long: backupHelp, Args: takes(a.noSuchCommand),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			if ifDue {
				return a.backupIfDue(ctx, s)
			}
			if to == "" {
				to = s.Settings().BackupTo
			}
			if to == "" {
				if err := a.hereAlone("a backup of an office that has no folder for them", "its folder lies on the machine"); err != nil {
					return err
				}
				return usagef("say where to: --to DIR, or name the office's folder once with 'custos office backup'")
			}
			shown := a.progress()
			made, err := s.Backup(ctx, to, shown.told)
			shown.end()
			if err != nil {
				return err
			}
			return a.showBackup(made)
		}),
	}
	cmd.Flags().StringVar(&to, "to", "", "a folder, best on another disk")
	cmd.Flags().BoolVar(&ifDue, "if-due", false, "only where the newest one is older than a day")
	cmd.MarkFlagsMutuallyExclusive("to", "if-due")
	cmd.AddCommand(a.listBackups(), a.forgetBackups())
	return cmd
}

func (a *app) backupIfDue(ctx context.Context, s *desk.Seat) error {
	shown := a.progress()
	made, done, err := s.BackupIfDue(ctx, shown.told)
	shown.end()
	switch {
	case err != nil:
		return err
	case !done:
		why := "the newest backup is less than a day old"
		if s.Settings().BackupTo == "" {
			why = "the office has no folder for automatic backups"
		}
		return a.show(backupDone{Why: why}, func(p *page) { p.line("No backup was made: %s.", why) })
	}
	return a.showBackup(made)
}

func (a *app) showBackup(b register.Backup) error {
	file := filepath.Join(b.Folder, b.File)
	return a.show(backupDone{Made: true, Path: file, Backup: &b}, func(p *page) {
		p.pairs([2]string{"Backup", file}, [2]string{"Taken", onTheClock(b.At)}, [2]string{"Size", bytesInWords(b.Bytes)},
			[2]string{"Holds", people(b.People) + ", " + numbered(b.Records, "record")}, [2]string{"SHA-256", b.SHA256},
			[2]string{"Audit head", headInWords(b.AuditSeq, b.AuditHead)}, [2]string{"Read back", onTheClock(b.Proved)})
	})
}

// headInWords is where the audit trail stood: what to compare with later.
func headInWords(seq uint64, head string) string {
	if head == "" {
		return ""
	}
	return fmt.Sprintf("%d %s", seq, head)
}

// listedBackup is a backup in a list.
type listedBackup struct {
	Path      string    `json:"path"`
	At        time.Time `json:"at"`
	Bytes     int64     `json:"bytes"`
	People    int       `json:"people"`
	Records   int       `json:"records"`
	AuditSeq  uint64    `json:"audit_seq"`
	AuditHead string    `json:"audit_head"`
	Proved    time.Time `json:"proved,omitzero"` // zero where only the folder was looked at
	Problem   string    `json:"problem,omitempty"`
}

func (a *app) listBackups() *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use: "list", Short: "List the backups, the newest first", Args: takes(cobra.NoArgs),
		Long: "List the backups the store knows of. With --from the manifests in a folder are listed, for\n" +
			"which neither a store nor a passphrase is needed.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if from != "" {
				if err := a.hereAlone("--from", "it names a folder of the machine"); err != nil {
					return err
				}
				return a.listFolder(from)
			}
			return a.reads(func(_ context.Context, s *desk.Seat, _ []string) error {
				all, err := s.Backups()
				if err != nil {
					return err
				}
				var list []listedBackup
				for _, b := range all {
					if !b.Removed.IsZero() {
						continue
					}
					trouble := ""
					if !b.Lost.IsZero() {
						trouble = "LOST: its folder was written off"
					}
					list = append(list, listedBackup{filepath.Join(b.Folder, b.File), b.At, b.Bytes, b.People, b.Records,
						b.AuditSeq, b.AuditHead, b.Proved, trouble})
				}
				return a.showBackups(list)
			})(cmd, args)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "a folder of backups")
	return cmd
}

// listFolder lists what the manifests in a folder say. Nothing of it is proved.
func (a *app) listFolder(from string) error {
	found, err := a.env.ListBackups(from)
	if err != nil {
		return err
	}
	var list []listedBackup
	for _, b := range found {
		m := &b.Manifest
		list = append(list, listedBackup{b.Path, m.At, m.Bytes, m.People, m.Total(), m.AuditSeq, m.AuditHead, time.Time{}, b.Problem})
	}
	return a.showBackups(list)
}

func (a *app) showBackups(list []listedBackup) error {
	return a.show(list, func(p *page) {
		var rows [][]string
		for _, b := range list {
			state := b.Problem
			if !b.Proved.IsZero() && b.Problem == "" {
				state = "read back"
			}
			rows = append(rows, []string{onTheClock(b.At), strconv.Itoa(b.People), bytesInWords(b.Bytes),
				strconv.FormatUint(b.AuditSeq, 10), b.Path, state})
		}
		p.table("there is no backup", []string{"TAKEN", "PEOPLE", "SIZE", "AUDIT", "MANIFEST", ""}, rows)
	})
}
