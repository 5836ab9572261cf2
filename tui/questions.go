package tui

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// questionsDesk counts how every question stands over everybody.
type questionsDesk interface {
	PurposeCounts(ctx context.Context, on, known calendar.Date) ([]register.PurposeCount, error)
	CountsMoved(ids []register.ID) (before, after []register.PurposeCount, err error)
}

// questions lists what people are asked, one row per purpose, channel and brand, with how many said what and how many
// may be contacted, or how many it may be used for. It is counted behind the screen: the earlier figures stand meanwhile.
type questions struct {
	kit   *kit
	desk  questionsDesk
	days  asOf
	table *widget.Table
	rows  questionRows
	err   error
	ready bool

	stop  context.CancelFunc // ends the count that runs; nil when none does
	stale bool               // something was committed while it ran
	round int                // how often everybody was counted
}

func newQuestions(k *kit) Screen { return newQuestionsAt(k, asOf{}) }

func newQuestionsAt(k *kit, days asOf) Screen {
	q := &questions{kit: k, desk: k.desk, days: days, table: widget.NewTable(k.theme, questionColumns(nil)...)}
	q.table.Empty = "Reading ..."
	return q
}

type (
	countsMsg struct {
		counts []register.PurposeCount
		err    error
	}
	// movedMsg is what a commit about a few people changes in the counts of a round.
	movedMsg struct {
		round         int
		before, after []register.PurposeCount
	}
)

func (q *questions) Init() tea.Cmd { return q.count() }

// count counts anew, or once more after the count that runs.
func (q *questions) count() tea.Cmd {
	if q.stop != nil {
		q.stale = true
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	q.stop, q.stale = cancel, false
	desk, days := q.desk, q.days
	return func() tea.Msg {
		counts, err := desk.PurposeCounts(ctx, days.on, days.known)
		return countsMsg{counts, err}
	}
}

// touches names the collections that how a question stands is made of.
func touches(note register.Note, collections ...string) bool {
	return len(note.Collections) == 0 ||
		slices.ContainsFunc(collections, func(c string) bool { return slices.Contains(note.Collections, c) })
}

// Refresh counts anew after a commit that may change how somebody stands. What a commit about a few people changes shows
// at once, however many there are to be counted.
func (q *questions) Refresh(note register.Note) tea.Cmd {
	if q.ready && !touches(note, "consents", "suppressions", "settings", "delegates", "memberships") {
		return nil
	}
	if few := note.Verb == register.ConsentRecord || note.Verb == register.ConsentWithdraw; few && len(note.IDs) > 0 && !q.days.past() {
		return tea.Sequence(q.move(note.IDs), q.count())
	}
	return q.count()
}

func (q *questions) move(who []register.ID) tea.Cmd {
	desk, round := q.desk, q.round
	return func() tea.Msg {
		before, after, err := desk.CountsMoved(who)
		if err != nil {
			return nil // counting anew says what is wrong
		}
		return movedMsg{round, before, after}
	}
}

func (q *questions) moved(msg movedMsg) {
	if msg.round != q.round || len(msg.after) != len(q.rows) {
		return // counted anew meanwhile
	}
	for i := range q.rows {
		q.rows[i].Move(&msg.before[i], &msg.after[i])
	}
}

func (q *questions) Title() string {
	if q.days.past() {
		return "As it stood"
	}
	return "Consents"
}

// Selection is the question selected, as a command writes it.
func (q *questions) Selection() (word, text string) { return "question", q.table.SelectedID() }

func (q *questions) At() widget.Where { return widget.Where{Scope: scopeConsents, Off: q.off} }

func (q *questions) off(a widget.Action) bool {
	switch a {
	case widget.Open:
		return q.table.Len() == 0
	case consentMailing:
		row, some := q.selected()
		return !some || row.Use || q.days.past()
	case consentCounts:
		return q.days.past() || len(q.kit.desk.Settings().Profile.Profiling) == 0
	case goNotices:
		return !leads(theNotices)
	case goSuppressions:
		return !leads(theSuppressions)
	case widget.OpenFilter, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
		return true
	default:
		return false
	}
}

// whyNot says why there is no mailing list and no profiling, where it is not plain to see.
func (q *questions) whyNot(a widget.Action) string {
	row, some := q.selected()
	switch {
	case q.days.past():
		return ""
	case a == consentMailing && some && row.Use:
		return "No mailing list: nothing is sent for a use people agree to."
	case a == consentCounts && q.off(a):
		return "No profiling: the profile of this office allows none."
	}
	return ""
}

func (q *questions) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case countsMsg:
		return q, q.counted(msg)
	case movedMsg:
		q.moved(msg)
	case actMsg:
		return q, q.act(msg)
	}
	return q, nil
}

func (q *questions) counted(msg countsMsg) tea.Cmd {
	q.stop()
	q.stop = nil
	q.round++
	if errors.Is(msg.err, context.Canceled) {
		return nil
	}
	if q.err, q.ready = msg.err, true; msg.err == nil {
		q.rows = msg.counts
		q.table.SetColumns(questionColumns(q.rows))
		q.table.SetRows(q.rows)
		q.table.Empty = "The profile of this office asks nobody for consent."
	}
	if q.stale {
		return q.count()
	}
	return nil
}

func (q *questions) act(msg actMsg) tea.Cmd {
	row, some := q.selected()
	switch {
	case msg.action == widget.Back:
		if q.stop != nil {
			q.stop()
		}
		return pop()
	case msg.action == widget.Open && some:
		return push(newAnswers(q.kit, row))
	case msg.action == consentMailing && some:
		return push(newMailing(q.kit, &row))
	}
	switch msg.action {
	case consentRefresh:
		return push(newRefresh(q.kit))
	case consentCounts:
		return push(newProfiling(q.kit))
	case consentAsOf:
		return push(newAsOf(q.kit, func(days asOf) Screen { return newQuestionsAt(q.kit, days) }))
	case goNotices:
		return q.kit.show(theNotices, "")
	case goSuppressions:
		return q.kit.show(theSuppressions, "")
	default:
		q.table.Act(msg.action)
	}
	return nil
}

func (q *questions) selected() (register.PurposeCount, bool) {
	if q.table.Cursor() >= len(q.rows) {
		return register.PurposeCount{}, false
	}
	return q.rows[q.table.Cursor()], true
}
