package tui

import (
	"cmp"
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// undoDesk takes changes back.
type undoDesk interface {
	UndoLast(ctx context.Context) (register.Undone, error)
}

// askUndo takes the last change back after asking.
func (m *Model) askUndo(key string) tea.Cmd {
	desk := undoDesk(m.kit.desk)
	yes := func() tea.Msg {
		done, err := desk.UndoLast(context.Background())
		if err != nil {
			return fail(err)()
		}
		return sayMsg{theme.Good, undone(&done)}
	}
	q := widget.Question{
		Title: "Undo", Yes: "Undo it", AskedBy: key,
		Text: "Your last change is taken back. Both the change and the undoing stay in the audit trail.",
	}
	return address(m.top().id, ask(q, yes))
}

// changeWords are what can be undone, by its verb.
var changeWords = map[register.Verb]string{
	register.DelegateAdd:        "a new person",
	register.DelegateChange:     "a change to a person",
	register.DelegateDeactivate: "a deactivation",
	register.DelegateReactivate: "a reactivation",
	register.MembershipSet:      "a membership",
	register.MembershipEnd:      "the end of a membership",
	register.OrganisationAdd:    "a new organisation",
	register.OrganisationChange: "a change to an organisation",
	register.CourseAdd:          "a new course",
	register.CourseChange:       "a change to a course",
	register.BookingAdd:         "a booking",
	register.BookingChange:      "a change to a booking",
	register.ConsentRecord:      "an answer on consent",
}

// undone says what was undone; it fits a line of 80 columns.
func undone(u *register.Undone) string {
	return "Undone: " + cmp.Or(changeWords[u.Verb], "your last change") + ". " + putBack(u)
}

// putBack counts what an undo put back, removed and kept, without what there was none of.
func putBack(u *register.Undone) string {
	var parts []string
	add := func(n int, words string) {
		if n > 0 {
			parts = append(parts, widget.Count(n)+words)
		}
	}
	kept := " kept (used since)"
	if u.Verb == register.ConsentRecord {
		kept = " kept (a no stays)"
	}
	add(u.Restored, " put back")
	add(u.Removed, " removed")
	add(u.Kept, kept)
	if len(parts) == 0 {
		return "Nothing was left to put back."
	}
	return strings.Join(parts, ", ") + "."
}
