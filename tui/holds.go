package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// holdsDesk keeps a person's data from being erased, and lets it go again.
type holdsDesk interface {
	Holds(who register.ID) ([]register.Hold, error)
	SetHold(ctx context.Context, in register.HoldInput) (register.Hold, error)
	ReleaseHold(ctx context.Context, who, id register.ID, because string) error
}

// holdList lists what keeps a person's data from being erased, what was released too.
type holdList struct {
	finder
	desk  holdsDesk
	who   register.ID
	all   holdRows
	shown holdRows
	err   error
	ready bool
}

func newHolds(k *kit, who string) Screen {
	h := &holdList{desk: k.desk, who: register.ID(who), finder: newFinder(k,
		widget.Column{Title: "State", Min: 9},
		widget.Column{Title: "For", Min: 12},
		widget.Column{Title: "Since", Min: 11, Priority: 1},
		widget.Column{Title: "Look again", Min: 11, Priority: 2},
		widget.Column{Title: "Reason", Min: 20, Weight: 1},
		widget.Column{Title: "Number", Min: 14, Priority: 3},
	)}
	h.table.Empty = "Reading ..."
	return h
}

type holdsMsg struct {
	holds []register.Hold
	err   error
}

func (h *holdList) Init() tea.Cmd {
	desk, who := h.desk, h.who
	return func() tea.Msg {
		holds, err := desk.Holds(who)
		return holdsMsg{holds, err}
	}
}

// Refresh reads them anew after a commit that may have changed one.
func (h *holdList) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "holds") {
		return nil
	}
	return h.Init()
}

func (h *holdList) Title() string { return "Holds" }

// Selection is the number of the hold selected.
func (h *holdList) Selection() (word, text string) { return "hold", h.table.SelectedID() }

func (h *holdList) At() widget.Where {
	return widget.Where{Scope: scopeHolds, Typing: h.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case holdRelease:
			x, ok := h.selected()
			return !ok || !x.Standing()
		case holdSet:
			return !h.ready || h.err != nil
		case copyIt:
			return h.table.Len() == 0
		case widget.Open, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (h *holdList) selected() (register.Hold, bool) {
	if h.table.Cursor() >= len(h.shown) {
		return register.Hold{}, false
	}
	return h.shown[h.table.Cursor()], true
}

func (h *holdList) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case holdsMsg:
		h.all, h.err, h.ready = msg.holds, msg.err, true
		h.show()
	case tea.KeyMsg:
		if h.key(msg, h.At()) {
			h.show()
		}
	case actMsg:
		return h, h.act(msg)
	}
	return h, nil
}

func (h *holdList) show() {
	h.table.Empty = "Nothing keeps this person's data: n sets a hold."
	if len(h.all) > 0 {
		h.table.Empty = "No hold is like that."
	}
	words := h.words()
	h.shown = nil
	for i := range h.all {
		if holds(strings.ToLower(strings.Join(h.all.Row(i), " ")), words) {
			h.shown = append(h.shown, h.all[i])
		}
	}
	h.table.SetRows(h.shown)
}

func (h *holdList) act(msg actMsg) tea.Cmd {
	taken, changed := h.finder.act(msg.action)
	switch {
	case changed:
		h.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case h.At().Off(msg.action):
	case msg.action == holdSet:
		return push(newHold(h.kit, h.who))
	case msg.action == holdRelease:
		x, _ := h.selected()
		return push(newHoldRelease(h.kit, h.who, x.ID))
	}
	return nil
}

func (h *holdList) View(width, height int) string {
	th := h.kit.theme
	head := th.Muted.Render(th.Cut("Holds on "+string(h.who)+": "+h.table.Position()+".  While one stands, nothing of them is erased.", width))
	if h.err != nil {
		head = th.Bad.Render(th.Cell(problem(h.err), width))
	}
	foot := h.detail(width)
	return fit(th, append(append([]string{head}, h.view(width, height-1-len(foot))...), foot...), width, height)
}

// detail is the selected hold in full, in the same few lines whatever it is.
func (h *holdList) detail(width int) []string {
	const room = 3
	lines := make([]string, room)
	if x, ok := h.selected(); ok {
		t := &text{th: h.kit.theme, width: width}
		t.add("", theme.Plain, holdWords(&x)+" Set by "+x.By+".")
		if !x.Standing() {
			t.add("", theme.Muted, "Released "+day(x.Released)+" by "+x.ReleasedBy+": "+x.Because)
		}
		copy(lines, t.lines)
	}
	return lines
}

// holdWords is a hold in a sentence.
func holdWords(x *register.Hold) string {
	words := strings.ReplaceAll(x.Kind, "-", " ") + ", since " + day(x.On) + ": " + x.Reason
	if !x.Review.IsZero() {
		words += ". To be looked at again on " + day(x.Review)
	}
	return strings.TrimSuffix(words, ".") + "."
}

// holdRows shows holds in a table.
type holdRows []register.Hold

func (r holdRows) Len() int        { return len(r) }
func (r holdRows) ID(i int) string { return string(r[i].ID) }

func (r holdRows) Row(i int) []string {
	x, state := &r[i], "STANDS"
	if !x.Standing() {
		state = "released"
	}
	return []string{state, strings.ReplaceAll(x.Kind, "-", " "), short(x.On), short(x.Review), x.Reason, string(x.ID)}
}

// Tone sets the released ones back.
func (r holdRows) Tone(row, _ int) theme.Tone {
	if r[row].Standing() {
		return theme.Plain
	}
	return theme.Muted
}
