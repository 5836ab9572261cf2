package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// history shows every event of a person's ledger, the latest first, and the selected one in full.
type history struct {
	kit    *kit
	desk   consentDesk
	who    register.ID
	name   string
	events []register.ConsentEvent
	table  *widget.Table
}

func newHistory(k *kit, who register.ID, name string) Screen {
	h := &history{kit: k, desk: k.desk, who: who, name: name, table: widget.NewTable(k.theme,
		widget.Column{Title: "When", Min: 24},
		widget.Column{Title: "Purpose", Min: 14, Weight: 2},
		widget.Column{Title: "By", Min: 6, Priority: 2},
		widget.Column{Title: "What happened", Min: 20},
		widget.Column{Title: "How", Min: 8, Priority: 3},
		widget.Column{Title: "Recorded by", Min: 12, Priority: 4},
	)}
	h.table.Empty = "Nothing has been asked and nothing has been said."
	return h
}

type historyMsg struct {
	events []register.ConsentEvent
	err    error
}

func (h *history) Init() tea.Cmd {
	desk, who := h.desk, h.who
	return func() tea.Msg {
		events, err := desk.ConsentHistory(who)
		return historyMsg{events, err}
	}
}

// Refresh reads the ledger anew after a commit.
func (h *history) Refresh(register.Note) tea.Cmd { return h.Init() }

func (h *history) Title() string { return "Consents" }

// Selection is the id of the event selected.
func (h *history) Selection() (word, text string) { return "event", h.table.SelectedID() }

func (h *history) At() widget.Where {
	return widget.Where{Scope: scopeHistory, Off: func(a widget.Action) bool {
		return a == widget.Open || (a == consentCorrect || a == consentShare) && len(h.events) == 0
	}}
}

func (h *history) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case historyMsg:
		if msg.err != nil {
			return h, tea.Batch(pop(), fail(msg.err))
		}
		slices.Reverse(msg.events)
		h.events = msg.events
		h.table.SetRows(consentRows{msg.events, h.kit.desk.Settings().Profile, corrected(msg.events)})
	case actMsg:
		switch msg.action {
		case widget.Back:
			return h, pop()
		case consentCorrect:
			if h.table.Cursor() < len(h.events) {
				return h, push(newCorrection(h.kit, h.events[h.table.Cursor()]))
			}
		case consentShare:
			return h, push(newPersonConsents(h.kit, h.who))
		case consentAsOf:
			return h, push(newAsOf(h.kit, func(days asOf) Screen { return newStood(h.kit, h.who, days) }))
		default:
			h.table.Act(msg.action)
		}
	}
	return h, nil
}

func (h *history) View(width, height int) string {
	detail := h.detail(width)
	detail = detail[:min(len(detail), height/2)]
	h.table.SetSize(width, max(1, height-len(detail)))
	return fit(h.kit.theme, append(splitLines(h.table.View()), detail...), width, height)
}

// detail is the selected event in words, as an access reply tells it.
func (h *history) detail(width int) []string {
	if h.table.Cursor() >= len(h.events) {
		return nil
	}
	profile := h.kit.desk.Settings().Profile
	t := &text{th: h.kit.theme, width: width, lines: []string{""}}
	record := h.events[h.table.Cursor()].Answer(register.Names{Profile: &profile})
	for _, l := range record.Lines {
		t.line(l)
	}
	return t.lines
}

type consentRows struct {
	events  []register.ConsentEvent
	profile register.Profile
	wrong   map[register.ID]bool // put right by a later event
}

func corrected(events []register.ConsentEvent) map[register.ID]bool {
	wrong := map[register.ID]bool{}
	for _, e := range events {
		if e.Corrects != "" {
			wrong[e.Corrects] = true
		}
	}
	return wrong
}

func (r consentRows) Len() int        { return len(r.events) }
func (r consentRows) ID(i int) string { return string(r.events[i].ID) }

func (r consentRows) Row(i int) []string {
	e := r.events[i]
	what := string(e.Act)
	if r.wrong[e.ID] {
		what = "PUT RIGHT: " + what
	}
	return []string{moment(e.At), purposeName(&r.profile, e.Purpose), channelName(e.Channel), what, e.Method, e.RecordedBy}
}

func (r consentRows) Tone(row, column int) theme.Tone {
	switch {
	case column != 3:
		return theme.Plain
	case r.wrong[r.events[row].ID]:
		return theme.Muted
	}
	return consentTone(r.events[row].Act)
}
