package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/widget"
)

// questions lists what people are asked: one row per purpose, channel and brand.
type questions struct {
	kit   *kit
	rows  questionRows
	table *widget.Table
}

func newQuestions(k *kit) Screen {
	q := &questions{kit: k, table: widget.NewTable(k.theme,
		widget.Column{Title: "Question", Min: 24, Weight: 3},
		widget.Column{Title: "By", Min: 6},
	)}
	q.table.Empty = "The profile of this office asks nobody for consent."
	return q
}

func (q *questions) Init() tea.Cmd {
	profile := q.kit.desk.Settings().Profile
	q.rows = nil
	for _, x := range profile.Purposes {
		if !x.Asks() {
			continue
		}
		for _, channel := range x.Channels {
			q.rows = append(q.rows, register.PurposeCount{Purpose: x.ID, Title: x.Title, Channel: channel})
		}
	}
	q.table.SetRows(q.rows)
	return nil
}

func (q *questions) Title() string { return "Consents" }

func (q *questions) At() widget.Where {
	return widget.Where{Scope: scopeConsents, Off: func(a widget.Action) bool {
		switch a {
		case goNotices:
			return !leads(theNotices)
		case goSuppressions:
			return !leads(theSuppressions)
		case widget.Open, consentRefresh, consentMailing, consentAsOf, widget.OpenFilter,
			widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (q *questions) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, ok := msg.(actMsg)
	if !ok {
		return q, nil
	}
	switch act.action {
	case widget.Back:
		return q, pop()
	case goNotices:
		return q, q.kit.show(theNotices, "")
	case goSuppressions:
		return q, q.kit.show(theSuppressions, "")
	default:
		q.table.Act(act.action)
	}
	return q, nil
}

func (q *questions) View(width, height int) string {
	q.table.SetSize(width, height)
	return fit(q.kit.theme, splitLines(q.table.View()), width, height)
}

// questionRows shows questions in a table.
type questionRows []register.PurposeCount

func (r questionRows) Len() int { return len(r) }

// ID is the question as forms write it.
func (r questionRows) ID(i int) string {
	return r[i].Purpose + "|" + r[i].Channel + "|" + r[i].Brand
}

func (r questionRows) Row(i int) []string { return []string{r[i].Title, r[i].Channel} }
