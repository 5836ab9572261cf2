package tui

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// monthDesk tells what falls due, and writes it for a calendar.
type monthDesk interface {
	MonthDue(year int, month time.Month) ([][7]register.MonthDay, error)
	WriteDeadlines(ctx context.Context, to string, remindDays int) (register.Disclosure, error)
}

// month shows a month with what falls due on its days.
type month struct {
	kit   *kit
	desk  monthDesk
	on    calendar.Date // the selected day
	weeks [][7]register.MonthDay
	err   error
}

func newMonth(k *kit) Screen { return &month{kit: k, desk: k.desk, on: k.desk.Today()} }

// monthReadMsg is the month of a day as it was read.
type monthReadMsg struct {
	of    calendar.Date
	weeks [][7]register.MonthDay
	err   error
}

func (m *month) Init() tea.Cmd {
	desk, on := m.desk, m.on
	return func() tea.Msg {
		weeks, err := desk.MonthDue(on.Year(), on.Month())
		return monthReadMsg{on, weeks, err}
	}
}

func (m *month) Title() string { return "Due by month" }

// Refresh reads the month anew.
func (m *month) Refresh(register.Note) tea.Cmd { return m.Init() }

func (m *month) At() widget.Where {
	return widget.Where{Scope: scopeMonth, Off: func(a widget.Action) bool {
		return a == widget.Open && len(m.due()) == 0
	}}
}

// due are the cases that fall due on the selected day.
func (m *month) due() []register.MonthItem {
	d, _ := m.day()
	return d.Items
}

func (m *month) day() (register.MonthDay, bool) {
	for _, w := range m.weeks {
		for _, d := range w {
			if d.On == m.on {
				return d, true
			}
		}
	}
	return register.MonthDay{}, false
}

func (m *month) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case monthReadMsg:
		if msg.of.Year() == m.on.Year() && msg.of.Month() == m.on.Month() {
			m.weeks, m.err = msg.weeks, msg.err
		}
	case actMsg:
		return m, m.act(msg.action)
	}
	return m, nil
}

func (m *month) act(a widget.Action) tea.Cmd {
	switch a {
	case widget.Back:
		return pop()
	case widget.Left:
		return m.move(m.on.AddDays(-1))
	case widget.Right:
		return m.move(m.on.AddDays(1))
	case widget.Up:
		return m.move(m.on.AddDays(-7))
	case widget.Down:
		return m.move(m.on.AddDays(7))
	case widget.PageUp:
		return m.move(m.on.AddMonths(-1))
	case widget.PageDown:
		return m.move(m.on.AddMonths(1))
	case widget.First:
		return m.move(m.kit.desk.Today())
	case widget.Last:
		return m.move(m.on.AddDays(1 - m.on.Day()).AddMonths(1).AddDays(-1))
	case widget.Open:
		return m.open()
	case monthExport:
		return push(newDeadlines(m.kit))
	default:
		return nil
	}
}

// move goes to a day, and reads its month where it is another.
func (m *month) move(to calendar.Date) tea.Cmd {
	if to.IsZero() {
		return nil // no calendar goes that far
	}
	same := to.Year() == m.on.Year() && to.Month() == m.on.Month()
	m.on = to
	if same {
		return nil
	}
	return m.Init()
}

// open shows the case that is due on the day, or has one chosen.
func (m *month) open() tea.Cmd {
	due := m.due()
	switch len(due) {
	case 0:
		return nil
	case 1:
		return m.kit.show(theCase, due[0].Ref)
	}
	all := make([]widget.Option, len(due))
	for i, d := range due {
		all[i] = widget.Option{Value: d.Ref, Label: dueItem(&d)}
	}
	return choose(widget.NewPicker(m.kit.theme, "Due on "+day(m.on), all, ""), func(o widget.Option) tea.Cmd {
		return m.kit.show(theCase, o.Value)
	})
}

func dueItem(d *register.MonthItem) string {
	return d.Ref + "  " + d.What + "  " + strings.ToUpper(string(d.Pressure))
}

func (m *month) View(width, height int) string {
	th := m.kit.theme
	if m.err != nil {
		return fit(th, []string{th.Bad.Render(th.Cell(problem(m.err), width))}, width, height)
	}
	if th.Spoken {
		return fit(th, m.spoken(), width, height)
	}
	each := max(4, width/7)
	tall := 2
	if height >= 2+3*len(m.weeks)+8 {
		tall = 3
	}
	if height < 2+2*len(m.weeks)+2 {
		tall = 1
	}
	out := []string{th.Title.Render(th.Cut(m.on.Month().String()+" "+strconv.Itoa(m.on.Year()), width)), m.weekdays(each)}
	for _, w := range m.weeks {
		lines := make([]string, tall)
		for _, d := range w {
			for i, l := range m.cell(&d, each, tall) {
				lines[i] += l
			}
		}
		out = append(out, lines...)
	}
	return fit(th, append(out, m.detail(width, height-len(out))...), width, height)
}

func (m *month) weekdays(each int) string {
	text := ""
	for _, d := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		text += m.kit.theme.Fit("  "+d, each)
	}
	return m.kit.theme.Muted.Render(text)
}

// cell is a day: its number, how many cases are due on it, and the first of them where there is room.
func (m *month) cell(d *register.MonthDay, width, height int) []string {
	th := m.kit.theme
	out := make([]string, height)
	number := strconv.Itoa(d.On.Day())
	if d.On.IsZero() {
		number = ""
	}
	if d.On == m.kit.desk.Today() {
		number += " today"
	}
	due, tone := dueCount(d)
	for i := range out {
		lead, text, paint := "  ", "", tone
		switch {
		case i == 0 && height == 1 && due != "":
			text = number + " *"
		case i == 0:
			text = number
			if !d.In || !d.Working {
				paint = theme.Muted
			} else {
				paint = theme.Plain
			}
		case i == 1:
			text = due
		case len(d.Items) > 0:
			text = d.Items[0].Ref
		}
		if d.On == m.on && i == 0 {
			lead = th.Glyphs.Cursor + " "
		}
		text = th.Fit(th.Cut(lead+text, width-1), width)
		if d.On == m.on {
			out[i] = th.Selected.Render(text)
		} else {
			out[i] = th.Paint(paint, text)
		}
	}
	return out
}

// dueCount says how many cases are due on a day and how they press; a bank holiday says that it is one.
func dueCount(d *register.MonthDay) (string, theme.Tone) {
	tone := theme.Calm
	for _, item := range d.Items {
		if t := pressing(item.Pressure); t == theme.Late || t == theme.Soon && tone != theme.Late {
			tone = t
		}
	}
	switch {
	case len(d.Items) > 0 && tone == theme.Late:
		return strconv.Itoa(len(d.Items)) + " LATE", tone
	case len(d.Items) > 0:
		return strconv.Itoa(len(d.Items)) + " due", tone
	case d.Holiday != "":
		return "holiday", theme.Muted
	}
	return "", theme.Plain
}

// detail is what falls on the selected day.
func (m *month) detail(width, height int) []string {
	th := m.kit.theme
	d, _ := m.day()
	head := m.on.Weekday().String() + ", " + day(m.on)
	switch {
	case d.Holiday != "":
		head += ": " + d.Holiday
	case len(d.Items) == 0:
		head += ": nothing is due"
	}
	out := []string{"", th.Title.Render(th.Cell(head, width))}
	for i, item := range d.Items {
		if len(out) == height-1 && i < len(d.Items)-1 {
			return append(out, th.Muted.Render(th.Cut(strconv.Itoa(len(d.Items)-i)+" more: Enter lists them", width)))
		}
		out = append(out, th.Paint(pressing(item.Pressure), th.Cell(dueItem(&item), width)))
	}
	return out
}

// newDeadlines asks where the due dates go as a calendar file.
func newDeadlines(k *kit) Screen {
	desk := monthDesk(k.desk)
	return newForm(k, formSpec{
		id: "export:deadlines", title: "Export due dates",
		intro: "A file that a calendar reads: case numbers and what is due, and nobody's name. It is recorded.",
		load: asked(
			widget.Field{
				ID: "to", Label: "File", File: true, Required: true, Validate: endsIn(".ics"),
				Note:  "Ends in .ics. A file that exists is never written over.",
				Value: filepath.Join(k.exports(), "due-"+k.desk.Today().String()+".ics"),
			},
			widget.Field{
				ID: "remind", Label: "Remind how many days ahead", Value: "7", Required: true, Validate: wholeNumber,
				Note: "0 for no reminder.",
			},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			ahead, err := number(v["remind"])
			if err != nil {
				return formDone{}, register.Errorf(register.Invalid, "remind", "%w", err)
			}
			_, err = desk.WriteDeadlines(ctx, v["to"], ahead)
			return formDone{said: "The due dates are " + filepath.Base(v["to"]) + ", in " + filepath.Dir(v["to"])}, err
		},
	})
}

// endsIn checks that the name of a file has one of some endings.
func endsIn(endings ...string) func(string) error {
	return func(name string) error {
		for _, e := range endings {
			if strings.EqualFold(filepath.Ext(strings.TrimSpace(name)), e) {
				return nil
			}
		}
		return register.Errorf(register.Invalid, "", "the name has to end in %s", strings.Join(endings, " or "))
	}
}
