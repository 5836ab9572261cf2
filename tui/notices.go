package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// noticeDesk publishes notices.
type noticeDesk interface {
	PublishNotice(ctx context.Context, in register.NoticeInput, dry bool) (register.NoticeEffect, error)
	NoticeTold(ctx context.Context, in register.Telling) error
}

// notices lists every version of every notice of the profile in force.
type notices struct {
	finder
	shown noticeRows
}

func newNotices(k *kit, _ string) Screen {
	n := &notices{finder: newFinder(k,
		widget.Column{Title: "Notice", Min: 16, Weight: 1},
		widget.Column{Title: "Version", Min: 7},
		widget.Column{Title: "State", Min: 8},
		widget.Column{Title: "From", Min: 11},
		widget.Column{Title: "To", Min: 11, Priority: 1},
		widget.Column{Title: "Change", Min: 8, Priority: 2},
		widget.Column{Title: "Told", Min: 6, Right: true, Priority: 4},
		widget.Column{Title: "Digest", Min: 12, Priority: 3},
	)}
	n.show()
	return n
}

func (n *notices) Init() tea.Cmd { return nil }

// Refresh shows what was published meanwhile.
func (n *notices) Refresh(register.Note) tea.Cmd {
	n.show()
	return nil
}

func (n *notices) Title() string { return "Notices" }

// show lists from memory.
func (n *notices) show() {
	settings := n.kit.desk.Settings()
	all := settings.Profile.NoticeVersions("")
	n.table.Empty = "The profile of this office has no notice."
	if len(all) > 0 {
		n.table.Empty = "No version is like that."
	}
	told := map[string]int{}
	for _, t := range settings.Told {
		told[t.Notice+"|"+t.Version] += t.People
	}
	words := n.words()
	n.shown = noticeRows{today: n.kit.desk.Today(), told: told}
	for _, v := range all {
		if holds(strings.ToLower(v.ID+" "+v.Title+" "+v.Version), words) {
			n.shown.all = append(n.shown.all, v)
		}
	}
	n.table.SetRows(n.shown)
}

func (n *notices) selected() (register.Notice, bool) {
	if n.table.Cursor() >= n.shown.Len() {
		return register.Notice{}, false
	}
	return n.shown.all[n.table.Cursor()], true
}

// before is the version a version replaced.
func (n *notices) before(v register.Notice) (register.Notice, bool) {
	profile := n.kit.desk.Settings().Profile
	for _, old := range profile.NoticeVersions(v.ID) {
		if old.From.Before(v.From) {
			return old, true
		}
	}
	return register.Notice{}, false
}

func (n *notices) At() widget.Where {
	return widget.Where{Scope: scopeNotices, Typing: n.filter.Typing(), Off: func(a widget.Action) bool {
		v, some := n.selected()
		switch a {
		case noticeCompare:
			_, old := n.before(v)
			return !some || !old
		case widget.Open, noticePublish, noticeTold:
			return !some
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (n *notices) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if n.key(msg, n.At()) {
			n.show()
		}
	case actMsg:
		return n, n.act(msg)
	}
	return n, nil
}

func (n *notices) act(msg actMsg) tea.Cmd {
	taken, changed := n.finder.act(msg.action)
	v, some := n.selected()
	switch {
	case changed:
		n.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case !some:
	case msg.action == widget.Open:
		return push(newReading(n.kit, v.Title+" "+v.Version, v.Text))
	case msg.action == noticeCompare:
		if old, ok := n.before(v); ok {
			return push(newComparison(n.kit, old, v))
		}
	case msg.action == noticePublish:
		return push(newPublication(n.kit, v.ID))
	case msg.action == noticeTold:
		return push(newTelling(n.kit, v))
	}
	return nil
}

func (n *notices) View(width, height int) string {
	th := n.kit.theme
	head := th.Muted.Render(th.Cut("Versions: "+n.table.Position()+".  A wording people were shown is never changed.", width))
	var foot []string
	if v, ok := n.selected(); ok {
		foot = append(foot, th.Cell(v.Title, width), th.Muted.Render(th.Cell("SHA-256 "+v.Digest(), width)))
	}
	return fit(th, append(append([]string{head}, n.view(width, height-1-len(foot))...), foot...), width, height)
}

// noticeRows shows versions in a table.
type noticeRows struct {
	all   []register.Notice
	today calendar.Date
	told  map[string]int
}

func (r noticeRows) Len() int        { return len(r.all) }
func (r noticeRows) ID(i int) string { return r.all[i].ID + "|" + r.all[i].Version }

func (r noticeRows) Row(i int) []string {
	n, told := &r.all[i], ""
	if people := r.told[r.ID(i)]; people > 0 {
		told = widget.Count(people)
	}
	return []string{n.ID, n.Version, r.state(n), short(n.From), short(n.To), changeWord(n.Material), told, n.Digest()[:12]}
}

func (r noticeRows) state(n *register.Notice) string {
	switch {
	case n.From.After(r.today):
		return "TO COME"
	case !n.To.IsZero() && n.To.Before(r.today):
		return "ended"
	}
	return "IN FORCE"
}

// Tone sets back what no longer counts.
func (r noticeRows) Tone(row, _ int) theme.Tone {
	switch r.state(&r.all[row]) {
	case "ended":
		return theme.Muted
	case "TO COME":
		return theme.Soon
	}
	return theme.Plain
}

func changeWord(material bool) string {
	if material {
		return "MATERIAL"
	}
	return "minor"
}
