package cli

import (
	"context"
	"path/filepath"

	"custos/internal/desk"
	"custos/internal/register"

	"github.com/spf13/cobra"
)

const officeKeepHelp = `Say how many backups are kept: the newest of each of the last days, weeks and
months. At least 2 daily, 1 weekly and 1 monthly one stay. A certificate of an
erasure tells by when the last copy goes; backups made before go as was promised
then, or sooner.`

func (a *app) officeKeep() *cobra.Command {
	var usual bool
	var keep register.BackupKeep
	cmd := &cobra.Command{
		Use: "keep-backups", Short: "Say how many backups are kept", Long: officeKeepHelp, Args: takes(cobra.NoArgs),
	}
	f := cmd.Flags()
	f.IntVar(&keep.Days, "days", 0, "daily ones")
	f.IntVar(&keep.Weeks, "weeks", 0, "weekly ones")
	f.IntVar(&keep.Months, "months", 0, "monthly ones")
	f.BoolVar(&usual, "usual", false, "go back to 7 daily, 4 weekly and 12 monthly")
	cmd.RunE = a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
		now := s.Settings().BackupKeep.Numbers()
		for flag, take := range map[string]func(){
			"days": func() { keep.Days = now.Days }, "weeks": func() { keep.Weeks = now.Weeks },
			"months": func() { keep.Months = now.Months },
		} {
			if !f.Changed(flag) {
				take()
			}
		}
		if usual {
			keep = register.BackupKeep{}
		}
		if err := s.SetBackupKeep(ctx, keep); err != nil {
			return err
		}
		return a.showSettings(s.Settings())
	})
	return atLeastOne(cmd, "days", "weeks", "months", "usual")
}

func (a *app) officeExports() *cobra.Command {
	var none bool
	cmd := &cobra.Command{
		Use: "exports DIR", Short: "Say which folder is offered for files that leave", Args: takes(cobra.MaximumNArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			if none == (len(args) == 1) {
				return usagef("give a folder, or --none")
			}
			folder := ""
			if !none {
				if err := a.hereAlone("another folder for exports", "it lies on the machine"); err != nil {
					return err
				}
				var err error
				if folder, err = filepath.Abs(args[0]); err != nil {
					return err
				}
			}
			if err := s.SetExports(ctx, folder); err != nil {
				return err
			}
			return a.showSettings(s.Settings())
		}),
	}
	cmd.Flags().BoolVar(&none, "none", false, "offer none")
	return cmd
}

const forgetHelp = `Write a backup folder off that is lost for good, such as a stick: nothing waits
for it any longer. The copies in it are told of as beyond reach, in plans and
certificates of erasures too. Should it be found, a backup into it puts them
back on record.`

func (a *app) forgetBackups() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "forget DIR --reason TEXT", Short: "Write a lost backup folder off", Long: forgetHelp, Args: takes(cobra.ExactArgs(1)),
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, args []string) error {
			folder := args[0]
			if a.env.Seat == nil { // from elsewhere it is named as it stands on record
				var err error
				if folder, err = filepath.Abs(folder); err != nil {
					return err
				}
			}
			n, err := s.ForgetBackupFolder(ctx, folder, reason)
			if err != nil {
				return err
			}
			return a.show(struct {
				Folder  string `json:"folder"`
				Backups int    `json:"backups"`
			}{folder, n}, func(p *page) { p.line("%s is written off, with %s in it.", folder, numbered(n, "backup")) })
		}, "reason"),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "what became of it")
	return cmd
}
