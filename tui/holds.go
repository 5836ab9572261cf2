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
	listing[register.Hold]
	who register.ID
}

func newHolds(k *kit, who string) Screen {
	desk := holdsDesk(k.desk)
	return &holdList{who: register.ID(who), listing: listing[register.Hold]{
		finder: newFinder(k,
			widget.Column{Title: "State", Min: 9},
			widget.Column{Title: "For", Min: 12},
			widget.Column{Title: "Since", Min: 11, Priority: 1},
			widget.Column{Title: "Look again", Min: 11, Priority: 2},
			widget.Column{Title: "Reason", Min: 20, Weight: 1},
			widget.Column{Title: "Number", Min: 14, Priority: 3},
		),
		scope: scopeHolds, touched: []string{"holds"},
		none: "Nothing keeps this person's data: n sets a hold.", unlike: "No hold is like that.",
		read: func() ([]register.Hold, error) { return desk.Holds(register.ID(who)) },
		rows: func(all []register.Hold) widget.Rows { return holdRows(all) },
	}}
}

func (h *holdList) Title() string { return "Holds" }

// Selection is the number of the hold selected.
func (h *holdList) Selection() (word, text string) { return "hold", h.table.SelectedID() }

func (h *holdList) At() widget.Where {
	return h.at(func(a widget.Action) bool {
		switch a {
		case holdRelease:
			x, ok := h.selected()
			return !ok || !x.Standing()
		case holdSet:
			return !h.ready || h.err != nil
		case widget.Open:
			return true
		default:
			return false
		}
	})
}

func (h *holdList) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, pressed := msg.(actMsg)
	switch {
	case h.take(msg), !pressed:
	case act.action == widget.Back:
		return h, pop()
	case h.At().Off(act.action):
	case act.action == holdSet:
		return h, push(newHold(h.kit, h.who))
	case act.action == holdRelease:
		x, _ := h.selected()
		return h, push(newHoldRelease(h.kit, h.who, x.ID))
	}
	return h, nil
}

func (h *holdList) View(width, height int) string {
	head := h.above(width, "Holds on "+string(h.who), "While one stands, nothing of them is erased.")
	return h.page(width, height, head, h.detail(width, 3, tellHold)...)
}

// tellHold is a hold in full.
func tellHold(t *text, x *register.Hold) {
	t.add("", theme.Plain, holdWords(x)+" Set by "+x.By+".")
	if !x.Standing() {
		t.add("", theme.Muted, "Released "+day(x.Released)+" by "+x.ReleasedBy+": "+x.Because)
	}
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
