package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// caseFilterMsg is a filter that was chosen.
type caseFilterMsg struct{ value string }

// What narrows the list down. Those with more to them are followed by it: state:open, kind:access, within:7, part:Overdue.
const (
	filterNone   = "none"
	filterOpen   = "open"
	filterMine   = "mine"
	filterState  = "state:"
	filterKind   = "kind:"
	filterWithin = "within:"
	filterPart   = "part:"
)

// chooseFilter lists everything the list can be narrowed down to, with what it is narrowed down to now.
func (r *requests) chooseFilter() tea.Cmd {
	all := []widget.Option{
		{Value: filterNone, Label: "Every case: no filter"},
		r.filterOption(filterOpen, "Only those that wait for an answer"), r.filterOption(filterMine, "Only mine"),
	}
	for _, n := range []int{7, 14, 31} {
		all = append(all, r.filterOption(fmt.Sprint(filterWithin, n), "Due within "+days(n)+", or overdue"))
	}
	for _, s := range register.RequestStates() {
		all = append(all, r.filterOption(filterState+string(s), "State: "+stateWords(s)))
	}
	for _, right := range register.CaseRights() {
		kind, _ := register.KindOfCase(right)
		all = append(all, r.filterOption(filterKind+string(right), "Kind: "+kind.Title))
	}
	for _, part := range register.CaseParts() {
		all = append(all, r.filterOption(filterPart+string(part), "At home under: "+string(part)))
	}
	p := widget.NewPicker(r.kit.theme, "Which cases are listed? Choosing one again takes it away.", all, "")
	return choose(p, func(o widget.Option) tea.Cmd { return send(caseFilterMsg{o.Value}) })
}

func (r *requests) filterOption(value, label string) widget.Option {
	mark := r.kit.theme.Glyphs.Unmarked
	if r.narrowed(value) {
		mark = r.kit.theme.Glyphs.Marked
	}
	return widget.Option{Value: value, Label: mark + " " + label}
}

// narrowed reports whether a filter is on.
func (r *requests) narrowed(value string) bool {
	q := &r.query
	state, isState := strings.CutPrefix(value, filterState)
	kind, isKind := strings.CutPrefix(value, filterKind)
	part, isPart := strings.CutPrefix(value, filterPart)
	switch {
	case value == filterOpen:
		return q.OnlyOpen
	case value == filterMine:
		return q.Owner != ""
	case isState:
		return q.State == register.RequestState(state)
	case isKind:
		return q.Right == calendar.Right(kind)
	case isPart:
		return q.Part == register.HomePart(part)
	}
	return r.within > 0 && value == fmt.Sprint(filterWithin, r.within)
}

// narrow puts a filter on, or takes it off where it is on already.
func (r *requests) narrow(value string) {
	q, on := &r.query, !r.narrowed(value)
	state, isState := strings.CutPrefix(value, filterState)
	kind, isKind := strings.CutPrefix(value, filterKind)
	part, isPart := strings.CutPrefix(value, filterPart)
	switch {
	case value == filterNone:
		r.query, r.within = register.CaseQuery{}, 0
	case value == filterOpen:
		q.OnlyOpen = on
	case value == filterMine:
		q.Owner = ""
		if on {
			q.Owner = r.kit.desk.Operator().Name
		}
	case isState:
		q.State = ""
		if on {
			q.State = register.RequestState(state)
		}
	case isKind:
		q.Right = ""
		if on {
			q.Right = calendar.Right(kind)
		}
	case isPart:
		q.Part = ""
		if on {
			q.Part = register.HomePart(part)
		}
	default:
		within := 0
		if _, err := fmt.Sscanf(value, filterWithin+"%d", &within); err != nil || !on {
			within = 0
		}
		r.within = within
	}
}

// showing says which cases are listed.
func (r *requests) showing() string {
	var parts []string
	add := func(when bool, words string) {
		if when {
			parts = append(parts, words)
		}
	}
	kind, _ := register.KindOfCase(r.query.Right)
	add(r.query.OnlyOpen, "unanswered")
	add(r.query.Owner != "", "mine")
	add(r.query.State != "", stateWords(r.query.State))
	add(r.query.Right != "", strings.ToLower(kind.Title))
	add(r.within > 0, "due within "+days(r.within))
	add(r.query.Part != "", strings.ToLower(string(r.query.Part)))
	if len(parts) == 0 {
		return "every case"
	}
	return strings.Join(parts, ", ")
}
