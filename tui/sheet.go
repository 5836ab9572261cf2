package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// sheet shows who would be on a consent sheet and how they stand, makes it, and leads to the grid for the answers.
type sheet struct {
	finder
	desk  sheetDesk
	in    register.SheetInput
	all   sheetRows
	shown sheetRows
	done  *register.Disclosure // nil until it is made
	busy  bool
}

func newSheet(k *kit, in register.SheetInput, rows []register.SheetRow) Screen {
	s := &sheet{desk: k.desk, in: in, finder: newFinder(k,
		widget.Column{Title: "No", Min: 4, Right: true},
		widget.Column{Title: "Name", Min: 18, Weight: 2},
		widget.Column{Title: "On the paper", Min: 21, Weight: 1},
		widget.Column{Title: "How they stand", Min: 18, Weight: 2, Priority: 1},
	)}
	s.take(rows)
	return s
}

// take lists the people, those on the paper with their places on it.
func (s *sheet) take(rows []register.SheetRow) {
	s.all = s.all[:0:0]
	number := 0
	for i := range rows {
		row := sheetRow{SheetRow: &rows[i]}
		if row.LeftOut == "" {
			number++
			row.number = number
		}
		s.all = append(s.all, row)
	}
	s.show()
}

// Refresh looks again who is to be asked, after a commit that may have changed it and until the paper is made.
func (s *sheet) Refresh(note register.Note) tea.Cmd {
	if s.busy || s.done != nil || !touches(note, "consents", "delegates", "suppressions", "memberships", "settings") {
		return nil
	}
	desk, in := s.desk, s.in
	return func() tea.Msg {
		rows, err := desk.SheetPeople(in)
		return sheetPeopleMsg{rows, err}
	}
}

type (
	sheetPeopleMsg struct {
		rows []register.SheetRow
		err  error
	}
	sheetMadeMsg struct {
		done register.Disclosure
		err  error
	}
)

func (s *sheet) Init() tea.Cmd { return nil }

func (s *sheet) Title() string { return "Sheet" }

// Selection is the code on the paper once it is made, and the selected person before.
func (s *sheet) Selection() (word, text string) {
	if s.done != nil {
		return "code", string(s.done.ID)
	}
	return "id", s.table.SelectedID()
}

func (s *sheet) At() widget.Where {
	return widget.Where{Scope: scopeSheet, Typing: s.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case sheetPrint:
			return s.busy || s.done != nil || len(s.on()) == 0
		case consentGrid:
			return s.busy || len(s.on()) == 0
		case copyIt:
			return s.table.Len() == 0
		case widget.Open, widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

// on are the people on the paper, in its order.
func (s *sheet) on() []register.ID {
	var who []register.ID
	for _, r := range s.all {
		if r.number > 0 {
			who = append(who, r.Delegate)
		}
	}
	return who
}

func (s *sheet) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case sheetPeopleMsg:
		switch {
		case s.busy || s.done != nil: // the paper is as it was made
		case msg.err != nil:
			return s, fail(msg.err)
		default:
			s.take(msg.rows)
		}
	case sheetMadeMsg:
		return s, s.made(msg)
	case tea.KeyMsg:
		if s.key(msg, s.At()) {
			s.show()
		}
	case actMsg:
		return s, s.act(msg)
	}
	return s, nil
}

func (s *sheet) show() {
	s.table.Empty = "There is nobody in the group."
	words := s.words()
	s.shown = s.shown[:0:0]
	for i := range s.all {
		if holds(strings.ToLower(strings.Join(s.all.Row(i), " ")), words) {
			s.shown = append(s.shown, s.all[i])
		}
	}
	s.table.SetRows(s.shown)
}

func (s *sheet) act(msg actMsg) tea.Cmd {
	taken, changed := s.finder.act(msg.action)
	switch {
	case changed:
		s.show()
	case taken || s.busy:
	case msg.action == widget.Back && s.done == nil:
		return swap(newSheetForm(s.kit, s.in.Delegates, s.in.Keys))
	case msg.action == widget.Back:
		return pop()
	case msg.action == sheetPrint && s.done == nil && len(s.on()) > 0:
		return s.print()
	case msg.action == consentGrid && len(s.on()) > 0:
		code := ""
		if s.done != nil {
			code = string(s.done.ID)
		}
		return push(newPaper(s.kit, s.on(), s.in.Keys, code))
	}
	return nil
}

func (s *sheet) print() tea.Cmd {
	s.busy = true
	desk, in := s.desk, s.in
	return func() tea.Msg {
		done, err := desk.ConsentSheet(context.Background(), in)
		return sheetMadeMsg{done, err}
	}
}

func (s *sheet) made(msg sheetMadeMsg) tea.Cmd {
	s.busy = false
	if msg.err != nil {
		return fail(msg.err)
	}
	s.done = &msg.done
	return tea.Batch(s.kit.drafts.drop(sheetDraft),
		say(theme.Good, "Made: "+filepath.Base(s.in.To)+", in "+filepath.Dir(s.in.To)+"."))
}

func (s *sheet) View(width, height int) string {
	th, on := s.kit.theme, len(s.on())
	recorded := "not recorded as asked"
	if s.in.RecordAsked {
		recorded = "recorded as asked"
	}
	state := "NOT MADE YET: ctrl+s makes it, Esc goes back."
	switch {
	case s.busy:
		state = "Making the paper ..."
	case s.done != nil:
		state = "MADE, with the code " + string(s.done.ID) + " on it. E enters the answers once they are back."
	case on == 0:
		state = "NOBODY is left to ask; Esc goes back."
	}
	head := []string{
		th.Title.Render(th.Cut(fmt.Sprintf("On the paper: %s. Left out: %s. %s, %s.", howMany(on), howMany(len(s.all)-on),
			count(len(s.in.Keys), "question"), recorded), width)),
		th.Soon.Render(th.Cut(state, width)),
	}
	foot := s.questions(width)
	return fit(th, append(append(head, s.view(width, height-len(head)-len(foot))...), foot...), width, height)
}

// questions names what is asked, in the order the answers stand in.
func (s *sheet) questions(width int) []string {
	th, profile := s.kit.theme, s.kit.desk.Settings().Profile
	var names []string
	for _, key := range s.in.Keys {
		names = append(names, keyName(&profile, key))
	}
	all := theme.Wrap(th.Clean("Asked: "+strings.Join(names, "; ")), width)
	return all[:min(len(all), 2)]
}

// sheetRow is one person of the group; number is their place on the paper, 0 for who is left out.
type sheetRow struct {
	*register.SheetRow
	number int
}

type sheetRows []sheetRow

func (r sheetRows) Len() int        { return len(r) }
func (r sheetRows) ID(i int) string { return string(r[i].Delegate) }

func (r sheetRows) Row(i int) []string {
	x, number, on := r[i], "", "LEFT OUT: "+r[i].LeftOut
	if x.number > 0 {
		number, on = strconv.Itoa(x.number), "yes"
		if x.Parent {
			on = "yes, a parent"
		}
	}
	return []string{number, x.Name, on, x.stand()}
}

// stand counts how the questions stand for the person: "1 given, 2 not asked".
func (r *sheetRow) stand() string {
	var order []string
	counts := map[string]int{}
	for q, state := range r.States {
		word := string(state)
		switch {
		case !r.Asks[q]:
			word = "not put to them"
		case state == register.NeverAsked:
			word = "not asked"
		}
		if counts[word]++; counts[word] == 1 {
			order = append(order, word)
		}
	}
	for i, word := range order {
		order[i] = strconv.Itoa(counts[word]) + " " + word
	}
	return strings.Join(order, ", ")
}

// Tone sets back who is left out.
func (r sheetRows) Tone(row, _ int) theme.Tone {
	if r[row].number == 0 {
		return theme.Muted
	}
	return theme.Plain
}
