package letter

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

//go:embed figures.html
var figuresLayout embed.FS

// Figures is the report of a year's cases in numbers, to print: for governors,
// trustees or the regulator. Nobody is named in it.
type Figures struct {
	Office  string
	At      time.Time // of writing, UTC
	Audit   register.AuditMark
	Figures register.YearFigures
}

func (f *Figures) title() string {
	return fmt.Sprintf("Requests and complaints received in %d", f.Figures.Year)
}

// HTML writes the report as a page that needs nothing else.
func (f Figures) HTML(w io.Writer) error {
	css, err := layout.ReadFile("page.css")
	if err != nil {
		return fmt.Errorf("reading the style of the report: %w", err)
	}
	t, err := template.New("figures.html").Funcs(template.FuncMap{"before": f.before}).ParseFS(figuresLayout, "figures.html")
	if err != nil {
		return fmt.Errorf("reading the layout of the report: %w", err)
	}
	var page strings.Builder
	err = t.Execute(&page, map[string]any{
		"Title": f.title(), "Audit": f.Audit.String(), "Office": f.Office, "Day": calendar.LondonDate(f.At).Long(), "On": calendar.LondonDate(f.At).String(),
		"Lines": append([]register.KindFigures{f.Figures.All}, f.Figures.Kinds...), "Months": f.months(),
		"AsOf": f.Figures.AsOf.Long(), "InTime": inTimeWords, "Last": f.Figures.Year - 1,
		"CSS": template.CSS(css), // a file of ours
	})
	if err != nil {
		return fmt.Errorf("filling in the report: %w", err)
	}
	_, err = io.WriteString(w, visible(page.String()))
	return err
}

// PDF writes the same report to print. The same input gives the same bytes.
func (f Figures) PDF(w io.Writer) error {
	p, err := newPaper(f.title(), "en-GB", f.At)
	if err != nil {
		return err
	}
	p.begin(foot(f.title(), f.Audit, f.Office))
	p.print(full(officeFace), f.Office)
	p.gap(4)
	p.print(full(titleFace), f.title())
	p.print(full(smallFace), "As things stood on "+f.Figures.AsOf.Long())
	for _, x := range f.passages() {
		p.said(x)
	}
	return p.write(w)
}

// passages says in words what the page says in tables.
func (f *Figures) passages() []passage {
	all := []passage{{Heading: "In short", Points: f.points(&f.Figures.All)}}
	for i := range f.Figures.Kinds {
		k := &f.Figures.Kinds[i]
		all = append(all, passage{Heading: k.Title, Points: f.points(k)})
	}
	months := passage{Heading: "By month received"}
	for _, m := range f.months() {
		months.Points = append(months.Points, point{m.Name, strconv.Itoa(m.Count)})
	}
	return append(all, months, passage{Heading: "How it is counted", Paras: []string{inTimeWords}})
}

const inTimeWords = "In time means that the reply went out no later than the day it was due, for a complaint the acknowledgement." +
	" Replies that went out later and by the last lawful day are shown apart. Days run from the start of the clock to the reply."

func (f *Figures) points(k *register.KindFigures) []point {
	number := strconv.Itoa
	points := []point{
		{"Received", fmt.Sprintf("%d (%d in %d)", k.Received, f.before(k.Right), f.Figures.Year-1)},
		{"Answered", number(k.Answered)}, {"In time", number(k.InTime)}, {"By the last lawful day", number(k.Lawful)},
		{"Late", number(k.Late)}, {"Still open", number(k.Open)}, {"Closed without reply", number(k.Closed)},
		{"Extended", number(k.Extended)}, {"Refused", number(k.Refused)}, {"Granted in part", number(k.Partly)},
	}
	if k.Answered > 0 {
		points = append(points, point{"Days to the reply", fmt.Sprintf("median %d, longest %d", k.Median, k.Longest)})
	}
	return points
}

// before is how many of a kind came in the year before; "" is all kinds.
func (f *Figures) before(r calendar.Right) int {
	if f.Figures.Before == nil {
		return 0
	}
	for _, k := range append([]register.KindFigures{f.Figures.Before.All}, f.Figures.Before.Kinds...) {
		if k.Right == r {
			return k.Received
		}
	}
	return 0
}

// monthCount is a bar of the chart: a month, and how long it is of the longest.
type monthCount struct {
	Name    string
	Count   int
	Percent int
}

func (f *Figures) months() []monthCount {
	most := 1
	for _, n := range f.Figures.Months {
		most = max(most, n)
	}
	months := make([]monthCount, len(f.Figures.Months))
	for i, n := range f.Figures.Months {
		months[i] = monthCount{register.MonthName(i), n, 100 * n / most}
	}
	return months
}
