package cli

import (
	"context"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) officeCommand() *cobra.Command {
	return a.noun("office", "How the office is set up", a.showOffice(), a.renameOffice(), a.officeLetters(),
		a.officeHolidays(), a.officeTerms(), a.officeBackups(), a.officeKeep(), a.officeExports(), a.officeLock())
}

// office is the set-up in a result.
type office struct {
	Office   string    `json:"office"`
	Nation   string    `json:"nation"`
	Profile  string    `json:"profile"`
	Created  time.Time `json:"created"`
	Holidays string    `json:"holidays"` // the office's own bank holidays, "" for none
	Terms    string    `json:"terms"`    // of its school, "" for none

	Address          string `json:"address"`
	Regulator        string `json:"regulator"`
	RegulatorContact string `json:"regulator_contact"`
	BackupDays       int    `json:"backup_days"`  // 0: not said
	BackupTo         string `json:"backup_to"`    // "": no backup is made by itself
	LockMinutes      int    `json:"lock_minutes"` // 0: never
	Exports          string `json:"exports"`      // "": where the program is started

	BackupKeep  register.BackupKeep   `json:"backup_keep"`
	LostFolders []register.LostFolder `json:"lost_folders"`
}

func (a *app) showSettings(s register.Settings) error {
	o := office{
		Office: s.Office, Nation: string(s.Nation), Profile: s.Profile.Name, Created: s.Created, Holidays: s.Holidays,
		Terms: s.Terms, Address: s.Address, Regulator: s.RegulatorName(), RegulatorContact: s.RegulatorContact,
		BackupDays: s.BackupDays, BackupTo: s.BackupTo, LockMinutes: int(s.LockAfter().Minutes()),
		Exports: s.Exports, BackupKeep: s.BackupKeep.Numbers(), LostFolders: append([]register.LostFolder{}, s.Lost...),
	}
	return a.show(o, func(p *page) {
		p.pairs([2]string{"Office", o.Office}, [2]string{"Nation", o.Nation}, [2]string{"Profile", s.Profile.Title},
			[2]string{"Since", calendar.LondonDate(o.Created).String()}, [2]string{"Address", o.Address},
			[2]string{"Regulator", o.Regulator}, [2]string{"Copies kept", backupsKept(o.BackupDays)},
			[2]string{"Daily backup", first(o.BackupTo, "none")}, [2]string{"Backups kept", s.BackupKeep.Words()},
			[2]string{"Locks", locksAfter(o.LockMinutes)}, [2]string{"Folder for exports", o.Exports})
		if o.Holidays != "" {
			p.heading("Bank holidays beyond those built in:")
			p.text(o.Holidays)
		}
		if o.Terms != "" {
			p.heading("School terms:")
			p.text(o.Terms)
		}
	})
}

func (a *app) showOffice() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show the office's name, nation and profile", Args: takes(cobra.NoArgs),
		RunE: a.reads(func(_ context.Context, s *desk.Seat, _ []string) error { return a.showSettings(s.Settings()) }),
	}
}

func (a *app) renameOffice() *cobra.Command {
	return &cobra.Command{
		Use: "rename NAME", Short: "Change the name letters and packs carry", Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if err := s.RenameOffice(ctx, args[0]); err != nil {
				return err
			}
			return a.showSettings(s.Settings())
		}),
	}
}

func (a *app) officeHolidays() *cobra.Command {
	var builtin bool
	cmd := &cobra.Command{
		Use: "holidays FILE", Short: "Take the bank holidays of later years from a file", Args: takes(cobra.MaximumNArgs(1)),
		Long: "Take bank holidays from a file, beside those built in. A line is NATION,DATE,NAME to add\n" +
			"one, -NATION,DATE to take one away, or years,FIRST,LAST to widen the table. Cases keep\n" +
			"the dates they have.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if builtin == (len(args) == 1) {
				return usagef("give a file, or --builtin")
			}
			var text []byte
			if !builtin {
				var err error
				if text, err = a.readSmall(args[0]); err != nil {
					return err
				}
			}
			if err := s.SetHolidays(ctx, string(text)); err != nil {
				return err
			}
			return a.showSettings(s.Settings())
		}),
	}
	cmd.Flags().BoolVar(&builtin, "builtin", false, "go back to those built in")
	return cmd
}

func locksAfter(minutes int) string {
	if minutes == 0 {
		return "never"
	}
	return "after " + numbered(minutes, "minute") + " without a key"
}
