package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// adoption shows what going over to a profile means, what stands in the way first, and goes over.
type adoption struct {
	finder
	desk  adoptDesk
	next  register.Profile
	means register.Adoption
	all   adoptRows
	shown adoptRows
	busy  bool
	done  bool
	wrong error // why it cannot be adopted any more
}

func newAdoption(k *kit, next register.Profile, means register.Adoption) Screen {
	a := &adoption{desk: k.desk, next: next, means: means, finder: newFinder(k,
		widget.Column{Title: "How", Min: 9},
		widget.Column{Title: "People", Min: 7, Right: true},
		widget.Column{Title: "What it means", Min: 30, Weight: 1},
	)}
	a.all = adoptionRows(&means)
	a.show()
	return a
}

type (
	adoptMsg   struct{} // agreed to
	adoptedMsg struct {
		means register.Adoption
		err   error
	}
	adoptAnewMsg adoptedMsg // what it would mean now
)

// Refresh works out anew what going over would mean: another may have changed what stands in the way.
func (a *adoption) Refresh(note register.Note) tea.Cmd {
	if a.busy || a.done || !touches(note, "consents", "suppressions", "settings", "delegates", "memberships", "holds") {
		return nil
	}
	desk, next := a.desk, a.next
	return func() tea.Msg {
		means, err := desk.Adopt(context.Background(), next, true)
		return adoptAnewMsg{means, err}
	}
}

func (a *adoption) Init() tea.Cmd { return nil }

func (a *adoption) Title() string { return "What it means" }

func (a *adoption) At() widget.Where {
	return widget.Where{Scope: scopeAdopt, Typing: a.filter.Typing(), Off: func(x widget.Action) bool {
		switch x {
		case profileAdopt:
			return a.busy || a.done || a.wrong != nil || len(a.means.Blocking) > 0
		case widget.Open:
			return a.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// whyNot says why the profile cannot be adopted.
func (a *adoption) whyNot(x widget.Action) string {
	if x == profileAdopt && len(a.means.Blocking) > 0 {
		return "Not while something stands in the way: the rows at the top say what."
	}
	return ""
}

func (a *adoption) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case adoptMsg:
		return a, a.adopt()
	case adoptedMsg:
		return a, a.adopted(msg)
	case adoptAnewMsg:
		if a.busy || a.done {
			break
		}
		if a.wrong = msg.err; msg.err == nil {
			a.means, a.all = msg.means, adoptionRows(&msg.means)
			a.show()
		}
	case tea.KeyMsg:
		if a.key(msg, a.At()) {
			a.show()
		}
	case actMsg:
		return a, a.act(msg)
	}
	return a, nil
}

func (a *adoption) show() {
	a.table.Empty = "Nothing changes for anybody."
	if len(a.all) > 0 {
		a.table.Empty = "No change is like that."
	}
	words := a.words()
	a.shown = a.shown[:0:0]
	for i := range a.all {
		if holds(strings.ToLower(strings.Join(a.all.Row(i), " ")), words) {
			a.shown = append(a.shown, a.all[i])
		}
	}
	a.table.SetRows(a.shown)
}

func (a *adoption) act(msg actMsg) tea.Cmd {
	taken, changed := a.finder.act(msg.action)
	switch {
	case changed:
		a.show()
	case taken || a.busy:
	case msg.action == widget.Back && a.done:
		return pop()
	case msg.action == widget.Back:
		return swap(newAdopting(a.kit))
	case msg.action == widget.Open && a.table.Len() > 0:
		return push(newReading(a.kit, "Change", a.shown[a.table.Cursor()].text()))
	case msg.action == profileAdopt && !a.At().Off(profileAdopt):
		return ask(widget.Question{
			Title: "Adopt " + a.named(), Yes: "Adopt it", AskedBy: msg.key,
			Text: "The office works by it from now on. " + a.counted() +
				" What people answered stays in the ledger; nothing is sent by this.",
		}, send(adoptMsg{}))
	}
	return nil
}

// named is the profile to adopt with its version.
func (a *adoption) named() string { return a.means.Profile + ", version " + a.means.Becomes }

// counted is how much changes in a sentence.
func (a *adoption) counted() string {
	blocking := "nothing stands"
	if n := len(a.means.Blocking); n > 0 {
		blocking = counted(n, "thing stands", "things stand")
	}
	return fmt.Sprintf("%s, counted over %s; %s in the way.", counted(len(a.means.Rows), "change", "changes"),
		howMany(a.means.People), blocking)
}

func (a *adoption) adopt() tea.Cmd {
	a.busy = true
	desk, next := a.desk, a.next
	return func() tea.Msg {
		means, err := desk.Adopt(context.Background(), next, false)
		return adoptedMsg{means, err}
	}
}

// adopted ends it; where something has come into the way meanwhile, that is shown.
func (a *adoption) adopted(msg adoptedMsg) tea.Cmd {
	a.busy = false
	if msg.err != nil {
		if len(msg.means.Blocking) > 0 {
			a.means = msg.means
			a.all = adoptionRows(&a.means)
			a.show()
		}
		return fail(msg.err)
	}
	a.done = true
	return tea.Batch(a.kit.drafts.drop(adoptDraft), say(theme.Good, "The office works by "+a.named()+"."))
}

func (a *adoption) View(width, height int) string {
	th := a.kit.theme
	tone, state := theme.Soon, "NOT ADOPTED YET: ctrl+s adopts it, Esc goes back to the question."
	switch {
	case a.busy:
		state = "Adopting ..."
	case a.done:
		tone, state = theme.Good, "ADOPTED. f in the Consents area lists whom to ask again."
	case a.wrong != nil:
		tone, state = theme.Late, "IT CANNOT BE ADOPTED: "+problem(a.wrong)+" Esc goes back to the question."
	case len(a.means.Blocking) > 0:
		tone, state = theme.Late, "IT CANNOT BE ADOPTED: see what BLOCKS it. Esc goes back to the question."
	}
	head := []string{
		th.Title.Render(th.Cell(fmt.Sprintf("%s instead of version %s", a.named(), a.means.Was), width)),
		th.Cut(a.counted(), width), th.Paint(tone, th.Cut(state, width)),
		th.Muted.Render(th.Cut(a.table.Position(), width)),
	}
	foot := a.selected(width)
	return fit(th, append(append(head, a.view(width, height-len(head)-len(foot))...), foot...), width, height)
}

// selected is the selected change in full, in the same few lines whatever it is.
func (a *adoption) selected(width int) []string {
	const room = 3
	lines := make([]string, room)
	if i := a.table.Cursor(); i < len(a.shown) {
		t := &text{th: a.kit.theme, width: width}
		t.add("", theme.Plain, a.shown[i].Words)
		copy(lines, t.lines)
	}
	return lines
}
