package tui

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// disclosureDesk tells what left the office.
type disclosureDesk interface {
	Disclosures() ([]register.Disclosure, error)
	DisclosurePage(ctx context.Context, id register.ID) (register.DisclosurePage, error)
}

// disclosures lists the files that left, the latest first.
type disclosures struct {
	listing[register.Disclosure]
}

func newDisclosures(k *kit) Screen {
	return &disclosures{listing[register.Disclosure]{
		finder: newFinder(k,
			widget.Column{Title: "Left on", Min: 11},
			widget.Column{Title: "What", Min: 20, Weight: 2},
			widget.Column{Title: "To", Min: 14, Weight: 1},
			widget.Column{Title: "People", Min: 6, Right: true, Priority: 1},
			widget.Column{Title: "Case", Min: 12, Priority: 2},
			widget.Column{Title: "By", Min: 10, Priority: 3},
			widget.Column{Title: "Number", Min: 14, Priority: 4},
		),
		scope: scopeDisclosures, touched: []string{"disclosures"},
		none: "Nothing has left the office yet.", unlike: "No file is like that.",
		read: disclosureDesk(k.desk).Disclosures,
		rows: func(all []register.Disclosure) widget.Rows { return disclosureRows(all) },
	}}
}

func (d *disclosures) Title() string { return "Files that left" }

// Selection is the number of the disclosure selected.
func (d *disclosures) Selection() (word, text string) { return "disclosure", d.table.SelectedID() }

func (d *disclosures) At() widget.Where {
	return d.at(func(a widget.Action) bool { return a == widget.Open && d.table.Len() == 0 })
}

func (d *disclosures) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, pressed := msg.(actMsg)
	switch {
	case d.take(msg), !pressed:
	case act.action == widget.Back:
		return d, pop()
	case act.action == widget.Open:
		return d, d.kit.show(theDisclosure, d.table.SelectedID())
	}
	return d, nil
}

func (d *disclosures) View(width, height int) string {
	return d.page(width, height, d.above(width, "Files that left", "Enter shows who was in one."))
}

// disclosureRows shows files that left in a table.
type disclosureRows []register.Disclosure

func (r disclosureRows) Len() int        { return len(r) }
func (r disclosureRows) ID(i int) string { return string(r[i].ID) }

func (r disclosureRows) Row(i int) []string {
	d := &r[i]
	return []string{short(calendar.LondonDate(d.At)), d.What, d.Recipient, strconv.Itoa(d.Count), d.Request, d.PreparedBy, string(d.ID)}
}

// disclosure shows a file that left above the people who were in it.
type disclosure struct {
	finder
	desk  disclosureDesk
	id    register.ID
	page  register.DisclosurePage
	shown peopleIn
	ready bool
}

func newDisclosure(k *kit, id string) Screen {
	d := &disclosure{desk: k.desk, id: register.ID(id), finder: newFinder(k,
		widget.Column{Title: "Name", Min: 24, Weight: 1}, widget.Column{Title: "Id", Min: 14},
	)}
	d.table.Empty = "Reading ..."
	return d
}

func (d *disclosure) door() (thing, string) { return theDisclosure, string(d.id) }

type disclosureMsg struct {
	page register.DisclosurePage
	err  error
}

func (d *disclosure) Init() tea.Cmd {
	desk, id := d.desk, d.id
	return func() tea.Msg {
		page, err := desk.DisclosurePage(context.Background(), id)
		return disclosureMsg{page, err}
	}
}

// Refresh reads it anew after a commit that may have changed who can be named.
func (d *disclosure) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "disclosures", "disclosed", "delegates") {
		return nil
	}
	return d.Init()
}

func (d *disclosure) Title() string { return string(d.id) }

// Selection is the id of the person selected.
func (d *disclosure) Selection() (word, text string) { return "id", d.table.SelectedID() }

func (d *disclosure) At() widget.Where {
	return widget.Where{Scope: scopeDisclosure, Typing: d.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, copyIt:
			return d.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (d *disclosure) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case disclosureMsg:
		if msg.err != nil {
			return d, tea.Batch(pop(), fail(msg.err))
		}
		d.page, d.ready = msg.page, true
		d.show()
	case tea.KeyMsg:
		if d.key(msg, d.At()) {
			d.show()
		}
	case actMsg:
		taken, changed := d.finder.act(msg.action)
		switch {
		case changed:
			d.show()
		case taken:
		case msg.action == widget.Back:
			return d, pop()
		case msg.action == widget.Open:
			return d, d.kit.show(thePerson, d.table.SelectedID())
		}
	}
	return d, nil
}

func (d *disclosure) show() {
	d.table.Empty = "Nobody on record was in it."
	if len(d.page.People) > 0 {
		d.table.Empty = "Nobody in it is called that."
	}
	words := d.words()
	d.shown = nil
	for _, p := range d.page.People {
		if holds(strings.ToLower(p.Name+" "+string(p.ID)), words) {
			d.shown = append(d.shown, p)
		}
	}
	d.table.SetRows(d.shown)
}

func (d *disclosure) View(width, height int) string {
	th := d.kit.theme
	if !d.ready {
		return fit(th, []string{th.Muted.Render("Reading ...")}, width, height)
	}
	t := &text{th: th, width: width}
	x := &d.page.Disclosure
	t.add("", theme.Plain, x.What+", "+moment(x.At))
	t.add("  To          ", theme.Plain, toWhom(x))
	if x.Request != "" {
		t.add("  Case        ", theme.Plain, x.Request)
	}
	t.add("  Prepared by ", theme.Plain, preparedBy(x))
	t.add("  SHA-256     ", theme.Muted, x.Digest)
	t.add("", theme.Plain, d.inIt())
	lines := t.lines[:min(len(t.lines), max(1, height/2))]
	return fit(th, append(lines, d.view(width, height-len(lines))...), width, height)
}

func toWhom(x *register.Disclosure) string {
	if x.Role == "" {
		return x.Recipient
	}
	return x.Recipient + ", " + x.Role
}

func preparedBy(x *register.Disclosure) string {
	words := x.PreparedBy
	if x.ApprovedBy != "" {
		words += ", approved by " + x.ApprovedBy
	}
	if x.Unchecked {
		words += ", not second-checked"
	}
	if x.Draft {
		words += ", a draft"
	}
	return words
}

// inIt counts who was in the file.
func (d *disclosure) inIt() string {
	words := howMany(d.page.Disclosure.Count) + " in it"
	if d.page.Gone > 0 {
		words += ", " + widget.Count(d.page.Gone) + " of them erased since"
	}
	return words + ". " + d.table.Position()
}

// peopleIn shows who was in a file.
type peopleIn []register.PersonIn

func (r peopleIn) Len() int           { return len(r) }
func (r peopleIn) ID(i int) string    { return string(r[i].ID) }
func (r peopleIn) Row(i int) []string { return []string{r[i].Name, string(r[i].ID)} }
