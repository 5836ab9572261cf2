package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// consents shows every event of a person's ledger, the latest first, and the selected one in full.
type consents struct {
	kit    *kit
	desk   consentDesk
	who    register.ID
	name   string
	events []register.ConsentEvent
	table  *widget.Table
}

func newConsents(k *kit, who register.ID, name string) Screen {
	c := &consents{kit: k, desk: k.desk, who: who, name: name, table: widget.NewTable(k.theme,
		widget.Column{Title: "When", Min: 24},
		widget.Column{Title: "Purpose", Min: 14, Weight: 2},
		widget.Column{Title: "By", Min: 6, Priority: 2},
		widget.Column{Title: "What happened", Min: 13},
		widget.Column{Title: "How", Min: 8, Priority: 3},
		widget.Column{Title: "Recorded by", Min: 12, Priority: 4},
	)}
	c.table.Empty = "Nothing has been asked and nothing has been said."
	return c
}

type consentsMsg struct {
	events []register.ConsentEvent
	err    error
}

func (c *consents) Init() tea.Cmd {
	desk, who := c.desk, c.who
	return func() tea.Msg {
		events, err := desk.ConsentHistory(who)
		return consentsMsg{events, err}
	}
}

// Refresh reads the ledger anew after a commit.
func (c *consents) Refresh(register.Note) tea.Cmd { return c.Init() }

func (c *consents) Title() string { return "Consents" }

// Selection is the id of the event selected.
func (c *consents) Selection() (word, text string) { return "event", c.table.SelectedID() }

func (c *consents) At() widget.Where {
	return widget.Where{Scope: scopeConsents, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (c *consents) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case consentsMsg:
		if msg.err != nil {
			return c, tea.Batch(pop(), fail(msg.err))
		}
		slices.Reverse(msg.events)
		c.events = msg.events
		c.table.SetRows(consentRows{msg.events, c.kit.desk.Settings().Profile})
	case actMsg:
		if msg.action == widget.Back {
			return c, pop()
		}
		c.table.Act(msg.action)
	}
	return c, nil
}

func (c *consents) View(width, height int) string {
	detail := c.detail(width)
	detail = detail[:min(len(detail), height/2)]
	c.table.SetSize(width, max(1, height-len(detail)))
	return fit(c.kit.theme, append(splitLines(c.table.View()), detail...), width, height)
}

// detail is the selected event in words, as an access reply tells it.
func (c *consents) detail(width int) []string {
	if c.table.Cursor() >= len(c.events) {
		return nil
	}
	profile := c.kit.desk.Settings().Profile
	t := &text{th: c.kit.theme, width: width, lines: []string{""}}
	record := c.events[c.table.Cursor()].Answer(register.Names{Profile: &profile})
	for _, l := range record.Lines {
		t.line(l)
	}
	return t.lines
}

type consentRows struct {
	events  []register.ConsentEvent
	profile register.Profile
}

func (r consentRows) Len() int        { return len(r.events) }
func (r consentRows) ID(i int) string { return string(r.events[i].ID) }

func (r consentRows) Row(i int) []string {
	e := r.events[i]
	purpose := e.Purpose
	if p, ok := r.profile.Purpose(e.Purpose); ok {
		purpose = p.Title
	}
	return []string{moment(e.At), purpose, e.Channel, string(e.Act), e.Method, e.RecordedBy}
}

func (r consentRows) Tone(row, column int) theme.Tone {
	if column != 3 {
		return theme.Plain
	}
	return consentTone(r.events[row].Act)
}
