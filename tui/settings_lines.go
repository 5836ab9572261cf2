package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// setting is one line: what it is, what Enter does with it, and the same on the command line. A heading has only an id
// and a label.
type setting struct {
	id, label, value string
	does             string
	open             func() tea.Cmd // nil: nothing
	operator         string
	command          string
	heads            bool
}

// elsewhere words where the same is done without the console.
func (r *setting) elsewhere() string {
	if r.command == "" {
		return ""
	}
	return "On the command line: " + r.command
}

// settingRows shows settings in a table.
type settingRows []setting

func (r settingRows) Len() int        { return len(r) }
func (r settingRows) ID(i int) string { return r[i].id }

func (r settingRows) Heading(i int) string {
	if r[i].heads {
		return r[i].label
	}
	return ""
}

func (r settingRows) Row(i int) []string {
	does := r[i].does
	if does == "" {
		does = "only tells"
	}
	return []string{r[i].label, r[i].value, does}
}

// changes lets Enter open a form, for whoever may change what the line is about.
func (s *settings) changes(row *setting, v register.Verb, form func(*kit) Screen) {
	if s.kit.may(v) {
		row.does, row.open = "changes it", func() tea.Cmd { return push(form(s.kit)) }
		return
	}
	row.does = "not for you"
}

// list makes the lines out of what is known, group by group.
func (s *settings) list() {
	now := s.kit.desk.Settings()
	s.rows = nil
	for _, g := range []struct {
		head string
		rows settingRows
	}{
		{"The office", s.theOffice(&now)},
		{"Letters", append(s.inLetters(&now), s.paperwork(&now)...)},
		{"Staff", s.staff()},
		{"How it looks", settingRows{{
			id: "theme", label: "Colours", value: s.kit.theme.Name, does: "chooses", open: s.chooseTheme,
			command: "custos --theme NAME",
		}}},
		{"Keeping safe", append(s.safekeeping(&now), s.keeping(&now)...)},
		{"The store", append(s.theStore(&now), s.missing()...)},
	} {
		if len(g.rows) > 0 {
			s.rows = append(s.rows, setting{id: "head:" + g.head, label: g.head, heads: true})
			s.rows = append(s.rows, g.rows...)
		}
	}
	s.table.SetRows(s.rows)
}

// theOffice are the lines about what the office is and what it works by.
func (s *settings) theOffice(now *register.Settings) settingRows {
	rows := settingRows{
		{id: "office", label: "Office", value: now.Office, command: "custos office rename NAME"},
		{id: "nation", label: "Bank holidays of", value: now.Nation.Name(), command: "custos office show"},
		{id: "holidays", label: "Own bank holidays", value: holidayWords(now.Holidays), command: "custos office holidays FILE"},
		{id: "terms", label: "Terms of the school", value: termWords(now.Terms), command: "custos office terms FILE"},
		{
			id: "profile", label: "Profile", does: "reads it", open: func() tea.Cmd { return push(s.profile()) },
			value:   fmt.Sprintf("%s (%s, version %s)", now.Profile.Title, now.Profile.Name, now.Profile.Version),
			command: "custos profile show " + now.Profile.Name,
		},
		s.adopting(),
		s.competence(now),
	}
	s.changes(&rows[0], register.SettingsChange, newOfficeName)
	s.changes(&rows[2], register.SettingsChange, newHolidays)
	s.changes(&rows[3], register.SettingsChange, newTerms)
	return rows
}

// staff are the operators, one a line.
func (s *settings) staff() settingRows {
	var rows settingRows
	for _, op := range s.operators {
		row := setting{
			id: "operator:" + op.Name, label: "Operator", operator: op.Name, value: operatorLine(&op),
			does: "not for you", command: "custos operator change " + op.Name,
		}
		if s.kit.may(register.OperatorChange) {
			row.does, row.open = "roles, SSH keys", func() tea.Cmd { return push(newOperatorPage(s.kit, op.Name)) }
		}
		rows = append(rows, row)
	}
	if s.kit.may(register.OperatorAdd) {
		rows = append(rows, setting{
			id: string(operatorAdd), label: "Another operator", value: "somebody else who works with the register",
			does: "adds one", open: func() tea.Cmd { return push(newOperator(s.kit)) }, command: "custos operator add NAME",
		})
	}
	return rows
}

// theStore are the lines about where the data lies, and where files go that leave.
func (s *settings) theStore(now *register.Settings) settingRows {
	rows := settingRows{{id: "store", label: "Store", value: s.kit.env.Store, command: "custos info"}}
	if s.info.Bytes > 0 {
		rows = append(rows, setting{
			id: "size", label: "Size of the store", value: widget.Count(int(s.info.Bytes)) + " bytes", command: "custos info",
		})
	}
	if s.info.Format != "" {
		rows = append(rows, setting{id: "format", label: "Format of the store", value: s.info.Format, command: "custos info"})
	}
	rows = append(rows,
		setting{id: "made", label: "Made", value: moment(now.Created), command: "custos info"},
		setting{
			id: "version", label: "Program", value: strings.TrimSpace("custos " + s.kit.env.Version), command: "custos version",
		})
	return append(rows, s.exporting(now)...)
}
