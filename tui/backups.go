package tui

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// backups lists the backups on record, the newest first. None goes by hand: they are thinned out.
type backups struct {
	kit   *kit
	desk  safeDesk
	table *widget.Table
	rows  backupRows
	err   error
}

func newBackups(k *kit) Screen {
	b := &backups{kit: k, desk: k.desk, table: widget.NewTable(k.theme,
		widget.Column{Title: "As of", Min: 17},
		widget.Column{Title: "Size", Min: 9, Right: true, Priority: 3},
		widget.Column{Title: "People", Min: 7, Right: true, Priority: 2},
		widget.Column{Title: "Read back", Min: 17, Priority: 1},
		widget.Column{Title: "Made by", Min: 10, Priority: 4},
		widget.Column{Title: "Folder", Min: 14, Weight: 1},
	)}
	b.table.Empty = "No backup has been made yet: b in the settings makes one."
	if k.hereAlone(backupMake) {
		b.table.Empty = "No backup has been made yet: the office's own machine makes one."
	}
	return b
}

type backupsReadMsg struct {
	all []register.Backup
	err error
}

func (b *backups) Init() tea.Cmd {
	desk := b.desk
	return func() tea.Msg {
		all, err := desk.Backups()
		return backupsReadMsg{all, err}
	}
}

// Refresh reads them anew.
func (b *backups) Refresh(register.Note) tea.Cmd { return b.Init() }

func (b *backups) Title() string { return "Backups" }

func (b *backups) At() widget.Where {
	return widget.Where{Scope: scopeBackups, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			row, ok := b.selected()
			return !ok || !row.There() || !b.kit.may(register.StoreCheck)
		case backupForget:
			row, ok := b.selected()
			return !ok || !row.There()
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (b *backups) selected() (register.Backup, bool) {
	if i := b.table.Cursor(); i < len(b.rows) {
		return b.rows[i], true
	}
	return register.Backup{}, false
}

func (b *backups) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case backupsReadMsg:
		b.rows, b.err = msg.all, msg.err
		b.table.SetRows(b.rows)
	case actMsg:
		row, ok := b.selected()
		switch {
		case msg.action == widget.Back:
			return b, pop()
		case msg.action == backupForget && ok:
			return b, push(newForget(b.kit, row.Folder))
		case msg.action == widget.Open && ok:
			return b, push(newBackupCheck(b.kit, row))
		}
		b.table.Act(msg.action)
	}
	return b, nil
}

func (b *backups) View(width, height int) string {
	th := b.kit.theme
	head := th.Muted.Render(th.Cut("Enter reads the selected one back whole. Kept: "+b.keeps()+".", width))
	if b.err != nil {
		head = th.Bad.Render(th.Cell(problem(b.err), width))
	}
	foot := &text{th: th, width: width}
	if row, ok := b.selected(); ok && height > 12 {
		foot.lines = append(foot.lines, "")
		foot.backup(&row)
	}
	b.table.SetSize(width, max(1, height-1-len(foot.lines)))
	return fit(th, append(append([]string{head}, splitLines(b.table.View())...), foot.lines...), width, height)
}

// newBackupCheck reads a backup back whole, once more.
func newBackupCheck(k *kit, b register.Backup) Screen {
	desk := safeDesk(k.desk)
	return newDoing(k, "Check a backup", "Reading the backup back", func(ctx context.Context, tell Tell) (report, error) {
		proof, err := desk.CheckBackup(ctx, b.ID, tell)
		return func(t *text) { t.proof(&b, &proof) }, err
	})
}

func (t *text) proof(b *register.Backup, p *register.BackupProof) {
	if len(p.Problems) > 0 {
		t.add("", theme.Bad, "This backup is NOT whole. Make another one, on another disk.")
	} else {
		t.add("", theme.Good, "This backup is whole: every record of it opens.")
	}
	t.problems(p.Problems)
	t.lines = append(t.lines, "")
	t.backup(b)
	words := count(p.Records, "record") + " opened"
	if p.Dark > 0 {
		words += fmt.Sprintf(". %s in it are gone since, by an erasure or a merge: nobody can open what it holds of them", howMany(p.Dark))
	}
	t.lines = append(t.lines, labelled(t.th, "Now", words+".", t.width, theme.Plain)...)
}

// backupRows shows backups in a table.
type backupRows []register.Backup

func (r backupRows) Len() int        { return len(r) }
func (r backupRows) ID(i int) string { return string(r[i].ID) }

func (r backupRows) Row(i int) []string {
	b := &r[i]
	read := "never"
	switch {
	case !b.Lost.IsZero():
		read = "LOST"
	case !b.Removed.IsZero():
		read = "thinned out"
	case !b.Proved.IsZero():
		read = when(b.Proved)
	}
	return []string{when(b.At), size(b.Bytes), widget.Count(b.People), read, b.By, b.Folder}
}

// Tone sets back what is gone, and what was never read back apart.
func (r backupRows) Tone(row, _ int) theme.Tone {
	switch b := &r[row]; {
	case !b.There():
		return theme.Muted
	case b.Proved.IsZero():
		return theme.Late
	}
	return theme.Plain
}

func (b *backups) keeps() string {
	settings := b.kit.desk.Settings()
	return settings.BackupKeep.Words()
}
