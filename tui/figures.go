package tui

import (
	"context"
	"fmt"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// figuresDesk counts the cases of a year.
type figuresDesk interface {
	Figures(year int) (register.YearFigures, error)
	WriteFigures(ctx context.Context, year int, to string) (register.Disclosure, error)
}

// figures shows the cases of a year in numbers and charts.
type figures struct {
	kit  *kit
	desk figuresDesk
	year int
	data register.YearFigures
	err  error
	read bool
	pane *widget.Pane
}

func newFigures(k *kit) Screen {
	return &figures{kit: k, desk: k.desk, year: k.desk.Today().Year(), pane: widget.NewPane(k.theme)}
}

// figuresReadMsg is a year as it was counted.
type figuresReadMsg struct {
	year int
	data register.YearFigures
	err  error
}

func (f *figures) Init() tea.Cmd {
	desk, year := f.desk, f.year
	return func() tea.Msg {
		data, err := desk.Figures(year)
		return figuresReadMsg{year, data, err}
	}
}

func (f *figures) Title() string { return fmt.Sprintf("Figures of %d", f.year) }

// Refresh counts the year anew.
func (f *figures) Refresh(register.Note) tea.Cmd { return f.Init() }

func (f *figures) At() widget.Where {
	return widget.Where{Scope: scopeFigures, Off: func(a widget.Action) bool {
		return a == widget.Open || a == figuresExport && (!f.read || f.err != nil)
	}}
}

func (f *figures) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case figuresReadMsg:
		if msg.year == f.year {
			f.data, f.err, f.read = msg.data, msg.err, true
		}
	case actMsg:
		return f, f.act(msg.action)
	}
	return f, nil
}

func (f *figures) act(a widget.Action) tea.Cmd {
	switch a {
	case widget.Back:
		return pop()
	case widget.Left:
		f.year--
		return f.Init()
	case widget.Right:
		f.year = min(f.year+1, f.kit.desk.Today().Year())
		return f.Init()
	case figuresExport:
		return push(newFiguresFile(f.kit, f.year))
	default:
		f.pane.Act(a)
		return nil
	}
}

func (f *figures) View(width, height int) string {
	th := f.kit.theme
	switch {
	case f.err != nil:
		return fit(th, []string{th.Bad.Render(th.Cell(problem(f.err), width))}, width, height)
	case !f.read:
		return fit(th, []string{th.Muted.Render(th.Cut("Counting ...", width))}, width, height)
	}
	return fit(th, scrolled(th, f.pane, f.lines(width), width, height), width, height)
}

func (f *figures) lines(width int) []string {
	th, y := f.kit.theme, &f.data
	out := []string{
		th.Title.Render(th.Cell(fmt.Sprintf("Cases received in %d, as of %s", y.Year, day(y.AsOf)), width)),
	}
	out = append(out, theme.Wrap(f.summary(), width)...)
	out = append(out, th.Muted.Render(th.Cut("Left and right: another year.", width)), "", heading(th, "Received, by month", width))
	months := make([]widget.Bar, len(y.Months))
	for i, n := range y.Months {
		months[i] = widget.Bar{Label: register.MonthName(i)[:3], Value: n}
	}
	out = append(out, splitLines(widget.BarsUp(th, months, width, 7))...)
	out = append(out, "", heading(th, "Answered in time and late, by kind", width))
	var bars []widget.Bar
	for _, k := range y.Kinds {
		if k.InTime+k.Late == 0 {
			continue
		}
		bars = append(bars, widget.Bar{Label: k.Title + ", in time", Value: k.InTime, Tone: theme.Calm},
			widget.Bar{Label: k.Title + ", LATE", Value: k.Late, Tone: theme.Late})
	}
	if len(bars) == 0 {
		out = append(out, th.Muted.Render(th.Cut("Nothing was answered in time or late.", width)))
	} else {
		out = append(out, splitLines(widget.BarsAcross(th, bars, width, len(bars)))...)
	}
	return append(append(out, ""), f.table(width)...)
}

func (f *figures) summary() string {
	a := &f.data.All
	text := fmt.Sprintf("%d received, %d answered, %d open. In time: %d. LATE: %d. Median: %s.", a.Received, a.Answered, a.Open, a.InTime,
		a.Late, days(a.Median))
	if b := f.data.Before; b != nil {
		text += fmt.Sprintf(" The year before: %d received, %d LATE.", b.All.Received, b.All.Late)
	}
	return text
}

// table is every kind in a line, all of them together first; columns at the end go where there is no room for them.
func (f *figures) table(width int) []string {
	const name, each = 20, 9
	th := f.kit.theme
	fits := max(0, (width-name)/each)
	line := func(title string, cells []string) string {
		text := th.Cell(title, name)
		for _, c := range cells[:min(fits, len(cells))] {
			text += th.FitRight(c, each)
		}
		return text
	}
	heads := []string{
		"Received", "In time", "Late", "Open", "Extended", "Refused", "Partly", "Median", "Longest", "Before",
	}
	if th.Spoken {
		return f.spoken(heads)
	}
	out := []string{th.Title.Render(line("Kind", heads))}
	kinds := append([]register.KindFigures{f.data.All}, f.data.Kinds...)
	for i := range kinds {
		out = append(out, line(kinds[i].Title, f.cells(i, &kinds[i])))
	}
	return append(out, "", th.Muted.Render(th.Cut("Median and longest: days to the reply. Before: received the year before.", width)))
}

func (f *figures) cells(i int, k *register.KindFigures) []string {
	var cells []string
	for _, n := range []int{k.Received, k.InTime, k.Late, k.Open, k.Extended, k.Refused, k.Partly, k.Median, k.Longest} {
		cells = append(cells, widget.Count(n))
	}
	switch b := f.data.Before; {
	case b == nil:
	case i == 0:
		cells = append(cells, widget.Count(b.All.Received))
	case i <= len(b.Kinds):
		cells = append(cells, widget.Count(b.Kinds[i-1].Received))
	}
	return cells
}

// newFiguresFile asks where the figures of a year go.
func newFiguresFile(k *kit, year int) Screen {
	desk := figuresDesk(k.desk)
	return newForm(k, formSpec{
		id: fmt.Sprintf("export:figures:%d", year), title: "Export",
		intro: "Nobody is named in it. A report to print ends in .html or .pdf, a table in .csv.",
		load: asked(widget.Field{
			ID: "to", Label: "File", File: true, Required: true, Validate: endsIn(".html", ".pdf", ".csv"),
			Note:  "A file that exists is never written over.",
			Value: filepath.Join(k.exports(), fmt.Sprintf("figures-%d.pdf", year)),
		}),
		doing: "Writing the report",
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			_, err := desk.WriteFigures(ctx, year, v["to"])
			return formDone{said: "The figures are " + filepath.Base(v["to"]) + ", in " + filepath.Dir(v["to"])}, err
		},
	})
}
