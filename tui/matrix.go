package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// matrixDesk tells how the questions of the profile stand for several people.
type matrixDesk interface {
	ConsentKeys() []register.ConsentKey
	Matrix(ids []register.ID, keys []register.ConsentKey) ([]register.MatrixRow, error)
}

// matrix shows how every question stands for each of several people. The columns scroll sideways under a cursor.
type matrix struct {
	kit   *kit
	desk  matrixDesk
	who   []register.ID
	keys  []register.ConsentKey
	uses  []string // the purposes that are a use of data, by id
	rows  []register.MatrixRow
	err   error
	ready bool

	table  *widget.Table
	column int // index in keys of the selected one
	first  int // the first that is shown
	fits   int // how many are shown
	name   int // columns of the names
	cell   int // columns of a question
}

const (
	leastCell = 14 // "no   withdrawn"
	mostCell  = 28 // "  email (family-learning)"
	columnGap = 2  // as the table has it
)

func newMatrix(k *kit, who []register.ID) Screen {
	m := &matrix{kit: k, desk: k.desk, who: who, keys: k.desk.ConsentKeys(), table: widget.NewTable(k.theme)}
	m.table.Empty = "Reading ..."
	for _, x := range k.desk.Settings().Profile.Purposes {
		if x.Use {
			m.uses = append(m.uses, x.ID)
		}
	}
	m.cell = leastCell
	for i, key := range m.keys { // two for the cursor
		m.cell = min(mostCell, max(m.cell, 2+len(byOrUse(m.use(i), key.Channel, key.Brand))))
	}
	return m
}

type matrixMsg struct {
	rows []register.MatrixRow
	err  error
}

func (m *matrix) Init() tea.Cmd {
	desk, who, keys := m.desk, m.who, m.keys
	return func() tea.Msg {
		rows, err := desk.Matrix(who, keys)
		return matrixMsg{rows, err}
	}
}

// Refresh reads the people anew after a commit that may change how they stand.
func (m *matrix) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "consents", "suppressions", "settings", "delegates", "memberships") {
		return nil
	}
	return m.Init()
}

func (m *matrix) Title() string { return "By purpose" }

// Selection is the id of the person selected.
func (m *matrix) Selection() (word, text string) { return "id", m.table.SelectedID() }

func (m *matrix) At() widget.Where {
	return widget.Where{Scope: scopeMatrix, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, consentWhy, copyIt:
			return len(m.rows) == 0 || len(m.keys) == 0
		case consentSheet, consentGrid:
			return len(m.rows) == 0 || !gathers(a)
		case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (m *matrix) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case matrixMsg:
		m.ready = true
		if m.err = msg.err; msg.err == nil {
			m.rows = msg.rows
		}
		m.table.Empty = "None of the people chosen is held any more."
		m.lay()
	case actMsg:
		return m, m.act(msg)
	}
	return m, nil
}

func (m *matrix) act(msg actMsg) tea.Cmd {
	switch msg.action {
	case widget.Back:
		return pop()
	case widget.Left:
		m.move(m.column - 1)
	case widget.Right:
		m.move(m.column + 1)
	case widget.Open, consentWhy:
		if len(m.rows) > 0 && len(m.keys) > 0 {
			row := &m.rows[m.table.Cursor()]
			return push(newWhy(m.kit, row.Delegate, row.Name, m.keys[m.column]))
		}
	case consentSheet, consentGrid:
		return m.kit.gather(msg.action, m.who)
	default:
		m.table.Act(msg.action)
	}
	return nil
}

func (m *matrix) move(to int) {
	m.column = max(0, min(to, len(m.keys)-1))
	m.lay()
}

// size fits as many questions beside the names as there is room for.
func (m *matrix) size(width int) {
	const least, lead = 14, 2
	m.fits = max(1, min(len(m.keys), (width-lead-least)/(m.cell+columnGap)))
	if m.kit.theme.Spoken {
		m.fits = len(m.keys)
	}
	m.name = max(1, width-lead-m.fits*(m.cell+columnGap))
	m.lay()
}

// lay gives the table the questions that are shown.
func (m *matrix) lay() {
	switch {
	case m.column < m.first:
		m.first = m.column
	case m.column >= m.first+m.fits:
		m.first = m.column - m.fits + 1
	}
	m.first = max(0, min(m.first, len(m.keys)-m.fits))
	columns := []widget.Column{{Title: "Name", Min: m.name}}
	for i := m.first; i < min(m.first+m.fits, len(m.keys)); i++ {
		columns = append(columns, widget.Column{Title: m.lead(i) + byOrUse(m.use(i), m.keys[i].Channel, m.keys[i].Brand), Min: m.cell})
	}
	if m.kit.theme.Spoken {
		columns = m.spokenColumns()
	}
	m.table.SetColumns(columns)
	m.table.SetRows(matrixRows{m})
}

// use reports whether a question is about a use of data.
func (m *matrix) use(i int) bool { return slices.Contains(m.uses, m.keys[i].Purpose) }

// lead marks the column the cursor is in.
func (m *matrix) lead(i int) string {
	if i == m.column {
		return m.kit.theme.Glyphs.Cursor + " "
	}
	return "  "
}

func (m *matrix) View(width, height int) string {
	th := m.kit.theme
	switch {
	case m.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(m.err), width))}, width, height)
	case !m.ready:
		return fit(th, []string{th.Muted.Render(th.Cut("Reading ...", width))}, width, height)
	case len(m.keys) == 0:
		return fit(th, []string{th.Muted.Render(th.Cut("The profile of this office asks nobody for consent.", width))}, width, height)
	}
	m.size(width)
	m.table.SetSize(width, max(1, height-3))
	out := append([]string{th.Cell(m.chosen(), width), m.heads(width)}, splitLines(m.table.View())...)
	return fit(th, append(out, th.Muted.Render(th.Cut(m.legend(), width))), width, height)
}

// chosen is the selected cell in full.
func (m *matrix) chosen() string {
	if len(m.rows) == 0 {
		return ""
	}
	row, profile := m.rows[m.table.Cursor()], m.kit.desk.Settings().Profile
	may := mayWord(m.use(m.column), row.Allowed[m.column])
	return keyName(&profile, m.keys[m.column]) + ": " + consentAct(row.States[m.column]) + ", " + may + ". " + row.Name
}

// heads names the purposes over the channels, each once over all of its own.
func (m *matrix) heads(width int) string {
	th, profile := m.kit.theme, m.kit.desk.Settings().Profile
	if th.Spoken {
		return "" // every question has its whole name
	}
	line, end := strings.Repeat(" ", m.name+2), min(m.first+m.fits, len(m.keys))
	for i := m.first; i < end; {
		from, purpose := i, m.keys[i].Purpose
		for i < end && m.keys[i].Purpose == purpose {
			i++
		}
		x, _ := profile.Purpose(purpose)
		line += strings.Repeat(" ", columnGap) + th.Cell("  "+x.Title, (i-from)*(m.cell+columnGap)-columnGap)
	}
	return th.Title.Render(th.Cut(line, width))
}

func (m *matrix) legend() string {
	text := fmt.Sprintf("%s, question %d of %d", m.table.Position(), m.column+1, len(m.keys))
	if m.fits < len(m.keys) {
		text += ", Left and Right move"
	}
	return text + ". may, no: today"
}

// matrixRows shows the questions that fit.
type matrixRows struct{ m *matrix }

func (r matrixRows) Len() int        { return len(r.m.rows) }
func (r matrixRows) ID(i int) string { return string(r.m.rows[i].Delegate) }

func (r matrixRows) Row(i int) []string {
	row := r.m.rows[i]
	cells := []string{row.Name}
	for c := r.m.first; c < min(r.m.first+r.m.fits, len(r.m.keys)); c++ {
		cells = append(cells, matrixCell(row.Allowed[c], row.States[c]))
	}
	return cells
}

// Tone is by whether the person may be contacted, or it may be used.
func (r matrixRows) Tone(row, column int) theme.Tone {
	if column == 0 || r.m.first+column-1 >= len(r.m.keys) {
		return theme.Plain
	}
	return mayTone(r.m.rows[row].Allowed[r.m.first+column-1])
}

// matrixCell says in a few letters whether somebody may be contacted, or it may be used, and what they answered.
func matrixCell(may bool, state register.ConsentAct) string {
	words := string(state)
	if state == register.NeverAsked {
		words = "not asked"
	}
	if may {
		return "may  " + words
	}
	return "no   " + words
}
