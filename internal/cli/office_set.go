package cli

import (
	"context"
	"path/filepath"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

func backupsKept(days int) string {
	if days == 0 {
		return "not said"
	}
	return numbered(days, "day")
}

const lettersHelp = `Say how the office speaks of itself in letters: how to reach it, whom people may
complain to beside it, and how long copies of the store are kept, which the
certificate of an erasure tells. What is not given stays; "" goes back to what
the profile says.`

func (a *app) officeLetters() *cobra.Command {
	var in register.OfficeInput
	cmd := &cobra.Command{
		Use: "set", Short: "Change what letters say of the office", Long: lettersHelp, Args: takes(cobra.NoArgs),
	}
	f := cmd.Flags()
	f.StringVar(&in.Address, "address", "", "how people reach the office")
	f.StringVar(&in.Regulator, "regulator", "", "the name of the supervisory authority")
	f.StringVar(&in.RegulatorContact, "regulator-contact", "", "how to reach it")
	f.IntVar(&in.BackupDays, "backup-days", 0, "how many days copies of the store are kept; 0 for not said")
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
		now := s.Settings()
		for flag, keep := range map[string]func(){
			"address": func() { in.Address = now.Address }, "regulator": func() { in.Regulator = now.Regulator },
			"regulator-contact": func() { in.RegulatorContact = now.RegulatorContact },
			"backup-days":       func() { in.BackupDays = now.BackupDays },
		} {
			if !f.Changed(flag) {
				keep()
			}
		}
		if err := s.SetOffice(ctx, in); err != nil {
			return err
		}
		return a.showSettings(s.Settings())
	})
	return cmd
}

func (a *app) officeTerms() *cobra.Command {
	var none bool
	cmd := &cobra.Command{
		Use: "terms FILE", Short: "Take the school's terms from a file", Args: takes(cobra.MaximumNArgs(1)),
		Long: "Take the school's terms from a file, a line FROM,TO for each stretch the school is open.\n" +
			"Requests for an educational record are counted in school days. Cases keep the dates they\nhave.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if none == (len(args) == 1) {
				return usagef("give a file, or --none")
			}
			var text []byte
			if !none {
				var err error
				if text, err = a.readSmall(args[0]); err != nil {
					return err
				}
			}
			if err := s.SetTerms(ctx, string(text)); err != nil {
				return err
			}
			return a.showSettings(s.Settings())
		}),
	}
	cmd.Flags().BoolVar(&none, "none", false, "forget those given")
	return cmd
}

const officeBackupsHelp = `Say where the daily backup goes, best to another disk. It is made when somebody
comes in and the newest one is older than a day, and by 'custos backup --if-due'.`

func (a *app) officeBackups() *cobra.Command {
	var none bool
	cmd := &cobra.Command{
		Use: "backup DIR", Short: "Say where the daily backup goes", Long: officeBackupsHelp, Args: takes(cobra.MaximumNArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if none == (len(args) == 1) {
				return usagef("give a folder, or --none")
			}
			to := ""
			if !none {
				if err := a.hereAlone("another folder for backups", "it lies on the machine"); err != nil {
					return err
				}
				var err error
				if to, err = filepath.Abs(args[0]); err != nil {
					return err
				}
			}
			if err := s.SetSafekeeping(ctx, to, s.Settings().LockMinutes); err != nil {
				return err
			}
			return a.showSettings(s.Settings())
		}),
	}
	cmd.Flags().BoolVar(&none, "none", false, "make no backup by itself")
	return cmd
}

func (a *app) officeLock() *cobra.Command {
	var never bool
	var minutes int
	cmd := &cobra.Command{
		Use: "lock", Short: "Say when a console nobody touches locks", Args: takes(cobra.NoArgs),
	}
	cmd.Flags().IntVar(&minutes, "minutes", register.DefaultLockMinutes, "after so many minutes without a key")
	cmd.Flags().BoolVar(&never, "never", false, "do not lock it")
	cmd.MarkFlagsMutuallyExclusive("minutes", "never")
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
		if minutes < 1 {
			return usagef("--minutes is at least 1; --never does not lock the console")
		}
		if never {
			minutes = -1
		}
		if err := s.SetSafekeeping(ctx, s.Settings().BackupTo, minutes); err != nil {
			return err
		}
		return a.showSettings(s.Settings())
	})
	return atLeastOne(cmd, "minutes", "never")
}
