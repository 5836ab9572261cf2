package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// officeDesk changes how the office is set up and who works in it.
type officeDesk interface {
	Operators() ([]register.Operator, error)
	AddOperator(ctx context.Context, op register.Operator, passphrase []byte) error
	RemoveOperator(ctx context.Context, name string) error
	RenameOffice(ctx context.Context, name string, was ...string) error
	SetHolidays(ctx context.Context, text string, was ...string) error
	SetCompetentAge(ctx context.Context, years int, was ...int) error
	SetOffice(ctx context.Context, in register.OfficeInput, was ...register.OfficeInput) error
	SetTerms(ctx context.Context, text string, was ...string) error
}

// settings shows how the office is set up, where its store lies and who works in it.
type settings struct {
	kit       *kit
	desk      officeDesk
	table     *widget.Table
	rows      settingRows
	operators []register.Operator
	info      StoreInfo
	safe      register.Safekeeping
	err       error
}

func newSettings(k *kit) Screen {
	s := &settings{kit: k, desk: k.desk, table: widget.NewTable(k.theme,
		widget.Column{Title: "Setting", Min: 20},
		widget.Column{Title: "Is", Min: 30, Weight: 1},
		widget.Column{Title: "Enter", Min: 16, Priority: 1},
	)}
	s.table.Skips = true
	s.safe, s.err = k.desk.Safekeeping()
	s.list()
	return s
}

type (
	officeReadMsg struct {
		operators []register.Operator
		info      StoreInfo
		safe      register.Safekeeping
		err       error
	}
	officeDoneMsg struct{ said string }
)

func (s *settings) Init() tea.Cmd {
	desk, info, may := s.kit.desk, s.kit.env.StoreInfo, s.kit.may(register.OperatorRead)
	return func() tea.Msg {
		var msg officeReadMsg
		if may {
			msg.operators, msg.err = desk.Operators()
		}
		if info != nil && msg.err == nil {
			msg.info, msg.err = info()
		}
		if msg.err == nil {
			msg.safe, msg.err = desk.Safekeeping()
		}
		return msg
	}
}

func (s *settings) Title() string { return "Settings" }

func (s *settings) At() widget.Where {
	return widget.Where{Scope: scopeSettings, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			row, ok := s.selected()
			return !ok || row.open == nil
		case operatorRemove:
			row, ok := s.selected()
			return !ok || row.operator == ""
		case goBackups, backupMake, storeCheck, storeCompact, storeRekey, recoveryNew, anchorMake, anchorCompare, passphraseSet:
			_, ok := s.row(string(a))
			return !ok
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// Refresh reads the settings anew.
func (s *settings) Refresh(register.Note) tea.Cmd {
	s.list()
	return s.Init()
}

func (s *settings) selected() (setting, bool) {
	if s.table.Len() == 0 {
		return setting{}, false
	}
	return s.rows[s.table.Cursor()], true
}

func (s *settings) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case officeReadMsg:
		s.operators, s.info, s.safe, s.err = msg.operators, msg.info, msg.safe, msg.err
		s.list()
	case officeDoneMsg:
		return s, tea.Batch(s.Init(), say(theme.Good, msg.said))
	case actMsg:
		return s, s.act(msg)
	}
	return s, nil
}

func (s *settings) act(msg actMsg) tea.Cmd {
	row, ok := s.selected()
	switch {
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open && ok && row.open != nil:
		return row.open()
	case msg.action == goResidue:
		return push(newResidueForm(s.kit, ""))
	case msg.action == operatorAdd:
		return push(newOperator(s.kit))
	case msg.action == operatorRemove && ok && row.operator != "":
		return askOperatorRemoval(s.kit, row.operator, msg.key)
	}
	if row, ok := s.row(string(msg.action)); ok {
		return row.open()
	}
	s.table.Act(msg.action)
	return nil
}

// row finds the line of an action.
func (s *settings) row(id string) (setting, bool) {
	i := slices.IndexFunc(s.rows, func(r setting) bool { return r.id == id && r.open != nil })
	if i < 0 {
		return setting{}, false
	}
	return s.rows[i], true
}

func (s *settings) View(width, height int) string {
	th := s.kit.theme
	head := th.Muted.Render(th.Cut(s.intro(), width))
	if s.err != nil {
		head = th.Bad.Render(th.Cell(problem(s.err), width))
	}
	var foot []string
	if row, ok := s.selected(); ok && height > 2 {
		foot = []string{th.Muted.Render(th.Cell(row.elsewhere(), width))}
	}
	s.table.SetSize(width, max(1, height-1-len(foot)))
	return fit(th, append(append([]string{head}, splitLines(s.table.View())...), foot...), width, height)
}

// intro tells of the keys that work on no line by itself.
func (s *settings) intro() string {
	if s.kit.may(register.OperatorAdd) {
		return s.kit.keyed("n", "new operator") + " adds a member of staff; " + s.kit.keyed("Delete", "remove") +
			" takes the way in of the selected one away."
	}
	return "How the office is set up. What only somebody else may change says so."
}

func holidayWords(text string) string {
	if strings.TrimSpace(text) == "" {
		return "none; the built-in table is used"
	}
	return count(len(strings.Split(strings.TrimSpace(text), "\n")), "line") + " over the built-in table"
}
