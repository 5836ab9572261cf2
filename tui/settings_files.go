package tui

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// filesDesk sets which files stay how long, and where those go that leave.
type filesDesk interface {
	SetBackupKeep(ctx context.Context, keep register.BackupKeep, was ...register.BackupKeep) error
	SetExports(ctx context.Context, folder string, was ...string) error
	ForgetBackupFolder(ctx context.Context, folder, reason string) (int, error)
}

// exports is the folder that is offered for files that leave: one's own, or the office's, or where the program was
// started.
func (k *kit) exports() string {
	switch {
	case k.elsewhere():
		return "" // by its name alone
	case k.desk == nil:
		return k.env.Exports
	}
	settings := k.desk.Settings()
	return cmp.Or(k.prefs.Exports, settings.Exports, k.env.Exports)
}

// keeping is the line about how many backups stay.
func (s *settings) keeping(now *register.Settings) settingRows {
	row := setting{
		id: "keep", label: "Backups kept", value: now.BackupKeep.Words(),
		command: "custos office keep-backups --days N --weeks N --months N",
	}
	s.changes(&row, register.SettingsChange, newBackupKeep)
	return settingRows{row}
}

// exporting are the lines about where files go that leave.
func (s *settings) exporting(now *register.Settings) settingRows {
	rows := settingRows{
		{
			id: "exports", label: "Folder for exports", value: cmp.Or(now.Exports, "where the program is started"),
			command: "custos office exports DIR",
		},
		{
			id: "exports:own", label: "Your own folder", value: cmp.Or(s.kit.prefs.Exports, "the office's"), does: "changes it",
			open: func() tea.Cmd { return push(newOwnExports(s.kit)) },
		},
	}
	if s.kit.elsewhere() { // another folder is named at the machine it lies on
		here := setting{
			id: "exports:here", label: "What you export here", value: "goes to " + s.kit.env.Folder + ", not to the folders below",
		}
		return append(settingRows{here}, rows...)
	}
	s.changes(&rows[0], register.SettingsChange, newExports)
	return rows
}

// newBackupKeep asks how many backups are kept.
func newBackupKeep(k *kit) Screen {
	desk, was := filesDesk(k.desk), register.BackupKeep{}
	field := func(id, label string, n int) widget.Field {
		return widget.Field{ID: id, Label: label, Required: true, Value: fmt.Sprint(n), Validate: wholeNumber}
	}
	return newForm(k, formSpec{
		id: "settings:keep", title: "Backups kept", of: inSettings,
		intro: "The newest of each of the last days, weeks and months stays, the rest goes by itself. A certificate of an " +
			"erasure tells by when the last copy goes: backups made before go as was promised then, or sooner.",
		load: func() ([]widget.Field, error) {
			was = k.desk.Settings().BackupKeep
			held := was.Numbers()
			return []widget.Field{
				field("days", "Daily", held.Days), field("weeks", "Weekly", held.Weeks), field("months", "Monthly", held.Months),
			}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			var keep register.BackupKeep
			for id, n := range map[string]*int{"days": &keep.Days, "weeks": &keep.Weeks, "months": &keep.Months} {
				var err error
				if *n, err = number(v[id]); err != nil {
					return formDone{}, register.Errorf(register.Invalid, id, "%w", err)
				}
			}
			return formDone{said: "Kept from now on: " + keep.Words() + "."}, desk.SetBackupKeep(ctx, keep, was)
		},
	})
}

func newExports(k *kit) Screen {
	desk, was := filesDesk(k.desk), ""
	return newForm(k, formSpec{
		id: "settings:exports", title: "Folder for exports", of: inSettings,
		load: func() ([]widget.Field, error) {
			was = k.desk.Settings().Exports
			return []widget.Field{{
				ID: "exports", Label: "Folder", Value: was,
				Note: "In full. Every form that asks where a file goes offers it. Empty: where the program is started.",
			}}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			return formDone{said: "Set."}, desk.SetExports(ctx, v["exports"], was)
		},
	})
}

// newOwnExports asks for the folder this operator has files go to.
func newOwnExports(k *kit) Screen {
	return newForm(k, formSpec{
		title: "Your own folder for exports", intro: k.notThere(),
		load: asked(widget.Field{
			ID: "exports", Label: "Folder", Value: k.prefs.Exports, Note: "In full. Empty: the office's.",
		}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			folder := strings.TrimSpace(v["exports"])
			change := func(p *register.Preferences) { p.Exports = folder }
			return formDone{said: "Set.", then: send(prefsChangeMsg{change})}, nil
		},
	})
}

// newForget writes a backup folder off that is lost for good.
func newForget(k *kit, folder string) Screen {
	desk := filesDesk(k.desk)
	return newForm(k, formSpec{
		title: "Write a folder off", doing: "Writing it off",
		intro: "Nothing waits any longer for " + folder + ". The copies in it are told of as beyond reach, in plans and " +
			"certificates of erasures too. Should it be found, a backup into it puts them back on record.",
		load: asked(widget.Field{ID: "reason", Label: "What became of it", Required: true}),
		confirm: func(widget.Values) widget.Question {
			return widget.Question{
				Title: "Write a folder off", Yes: "Write it off",
				Text: "Whoever finds the copies needs a passphrase or the recovery key of their time to read them.",
			}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			n, err := desk.ForgetBackupFolder(ctx, folder, v["reason"])
			return formDone{said: "Written off, with " + count(n, "backup") + " in it."}, atQuestion(err, "reason")
		},
	})
}
