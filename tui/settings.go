package tui

import (
	"context"
	"fmt"
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
		return s.askRemoval(row.operator, msg.key)
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

// askRemoval has the name typed before somebody's way in is taken away.
func (s *settings) askRemoval(name, key string) tea.Cmd {
	desk := s.desk
	return ask(widget.Question{
		Title: "Remove " + name, Word: name, AskedBy: key,
		Text: name + " can no longer open the store. What they did stays in the audit trail under their name.",
	}, func() tea.Msg {
		if err := desk.RemoveOperator(context.Background(), name); err != nil {
			return fail(err)()
		}
		return officeDoneMsg{name + " can no longer open the store."}
	})
}

func (s *settings) View(width, height int) string {
	th := s.kit.theme
	head := th.Muted.Render(th.Cut("n adds a member of staff; Delete takes the way in of the selected one away.", width))
	if s.err != nil {
		head = th.Bad.Render(th.Cell(problem(s.err), width))
	}
	s.table.SetSize(width, max(1, height-1))
	return fit(th, append([]string{head}, splitLines(s.table.View())...), width, height)
}

// setting is one line: what it is, and what Enter does with it.
type setting struct {
	id, label, value string
	does             string
	open             func() tea.Cmd // nil: nothing
	operator         string
}

// list makes the lines out of what is known.
func (s *settings) list() {
	now, env := s.kit.desk.Settings(), s.kit.env
	s.rows = settingRows{
		{id: "office", label: "Office", value: now.Office},
		{id: "nation", label: "Bank holidays of", value: now.Nation.Name()},
		{id: "holidays", label: "Own bank holidays", value: holidayWords(now.Holidays)},
		{
			id: "profile", label: "Profile", does: "reads it", open: func() tea.Cmd { return push(s.profile()) },
			value: fmt.Sprintf("%s (%s, version %s)", now.Profile.Title, now.Profile.Name, now.Profile.Version),
		},
		{id: "theme", label: "Colours", value: s.kit.theme.Name, does: "chooses", open: s.chooseTheme},
		{id: "store", label: "Store", value: env.Store},
		s.competence(&now),
		s.adopting(),
	}
	s.rows = append(s.rows, s.paperwork()...)
	s.rows = append(s.rows, s.inLetters(&now)...)
	if s.info.Bytes > 0 {
		size := widget.Count(int(s.info.Bytes)) + " bytes"
		s.rows = append(s.rows, setting{id: "size", label: "Size of the store", value: size})
	}
	if s.info.Format != "" {
		s.rows = append(s.rows, setting{id: "format", label: "Format of the store", value: s.info.Format})
	}
	s.rows = append(s.rows, setting{id: "made", label: "Made", value: moment(now.Created)},
		setting{id: "version", label: "Program", value: strings.TrimSpace("custos " + env.Version)})
	if s.kit.may(register.SettingsChange) {
		s.rows[0].does, s.rows[0].open = "changes it", func() tea.Cmd { return push(newOfficeName(s.kit)) }
		s.rows[2].does, s.rows[2].open = "changes them", func() tea.Cmd { return push(newHolidays(s.kit)) }
	}
	for _, op := range s.operators {
		row := setting{id: "operator:" + op.Name, label: "Operator", operator: op.Name, value: operatorLine(&op)}
		if s.kit.may(register.OperatorChange) {
			row.does, row.open = "roles, SSH keys", func() tea.Cmd { return s.openOperator(op) }
		}
		s.rows = append(s.rows, row)
	}
	s.rows = append(s.rows, s.safekeeping(&now)...)
	s.rows = append(s.rows, s.filing(&now)...)
	s.rows = append(s.rows, s.missing()...)
	s.table.SetRows(s.rows)
}

func holidayWords(text string) string {
	if strings.TrimSpace(text) == "" {
		return "none; the built-in table is used"
	}
	return count(len(strings.Split(strings.TrimSpace(text), "\n")), "line") + " over the built-in table"
}

func (s *settings) chooseTheme() tea.Cmd {
	return choose(widget.NewPicker(s.kit.theme, "Colours, for you, here and the next time", themeOffers(), s.kit.theme.Name),
		func(o widget.Option) tea.Cmd {
			kept := send(prefsChangeMsg{func(p *register.Preferences) { p.Theme = o.Value }})
			return tea.Sequence(kept, send(themeMsg{o.Value}))
		})
}

// settingRows shows settings in a table.
type settingRows []setting

func (r settingRows) Len() int           { return len(r) }
func (r settingRows) ID(i int) string    { return r[i].id }
func (r settingRows) Row(i int) []string { return []string{r[i].label, r[i].value, r[i].does} }
