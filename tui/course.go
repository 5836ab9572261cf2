package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// course shows who is booked on a course, and how it ended for them.
type course struct {
	finder
	desk  courseDesk
	id    register.ID
	page  register.CoursePage
	shown bookingRows
	ready bool
}

func newCourse(k *kit, id string) Screen {
	c := &course{desk: k.desk, id: register.ID(id), finder: newFinder(k,
		widget.Column{Title: "Name", Min: 20, Weight: 2},
		widget.Column{Title: "Stands", Min: 10},
		widget.Column{Title: "Booked on", Min: 11, Priority: 3},
		widget.Column{Title: "Certificate", Min: 11, Priority: 2},
		widget.Column{Title: "Requirements", Min: 16, Weight: 2, Priority: 1},
	)}
	c.table.Markable = true
	c.table.Empty = "Reading ..."
	return c
}

func (c *course) door() (thing, string) { return theCourse, string(c.id) }

type courseMsg struct {
	page register.CoursePage
	err  error
}

func (c *course) Init() tea.Cmd {
	desk, id := c.desk, c.id
	return func() tea.Msg {
		page, err := desk.CoursePage(context.Background(), id)
		return courseMsg{page, err}
	}
}

// Refresh reads the course anew after a commit that may have changed it.
func (c *course) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "courses", "bookings", "delegates") {
		return nil
	}
	return c.Init()
}

func (c *course) Title() string {
	if !c.ready {
		return string(c.id)
	}
	return c.page.Course.Title
}

// Selection is the id of the person selected.
func (c *course) Selection() (word, text string) { return "id", string(c.selected().Delegate) }

func (c *course) At() widget.Where {
	return widget.Where{Scope: scopeCourse, Typing: c.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, courseMark, copyIt:
			return c.table.Len() == 0
		case courseBook, courseEdit:
			return !c.ready
		default:
			return false
		}
	}}
}

func (c *course) selected() register.BookingLine {
	if c.table.Cursor() >= len(c.shown) {
		return register.BookingLine{}
	}
	return c.shown[c.table.Cursor()]
}

func (c *course) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case courseMsg:
		if msg.err != nil {
			return c, tea.Batch(pop(), fail(msg.err))
		}
		c.page, c.ready = msg.page, true
		c.show()
	case tea.KeyMsg:
		if c.key(msg, c.At()) {
			c.show()
		}
	case actMsg:
		return c, c.act(msg)
	}
	return c, nil
}

func (c *course) show() {
	c.table.Empty = "Nobody is booked: B books somebody, also from the list of people, with everybody marked there."
	if len(c.page.Bookings) > 0 {
		c.table.Empty = "Nobody booked is like that."
	}
	words := c.words()
	c.shown = nil
	for _, b := range c.page.Bookings {
		if holds(strings.ToLower(b.Name+" "+string(b.State)), words) {
			c.shown = append(c.shown, b)
		}
	}
	c.table.SetRows(c.shown)
}

func (c *course) act(msg actMsg) tea.Cmd {
	taken, changed := c.finder.act(msg.action)
	switch {
	case changed:
		c.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open:
		return c.kit.show(thePerson, string(c.selected().Delegate))
	case msg.action == courseEdit:
		return push(newCourseForm(c.kit, c.id))
	case msg.action == courseBook:
		return pickBooked(c.kit, &c.page)
	case msg.action == courseMark:
		return push(newEnding(c.kit, c.page.Course.Title, c.meant()))
	}
	return nil
}

// meant are the bookings an action is about.
func (c *course) meant() []register.BookingLine {
	ids := c.marked()
	return slices.DeleteFunc(slices.Clone(c.page.Bookings), func(b register.BookingLine) bool { return !slices.Contains(ids, b.ID) })
}

func (c *course) View(width, height int) string {
	th := c.kit.theme
	if !c.ready {
		return fit(th, []string{th.Muted.Render("Reading ...")}, width, height)
	}
	head := []string{
		th.Title.Render(th.Cell(c.page.Course.Title, width)),
		th.Muted.Render(th.Cell(courseWords(&c.page.Course), width)),
		th.Cell("Booked: "+c.table.Position()+".", width),
	}
	return fit(th, append(head, c.view(width, height-len(head))...), width, height)
}

// courseWords says when and where a course is.
func courseWords(c *register.Course) string {
	words := day(c.Starts)
	if !c.Ends.IsZero() && c.Ends != c.Starts {
		words += " to " + day(c.Ends)
	}
	if c.Venue != "" {
		words += ", " + c.Venue
	}
	if c.Code != "" {
		words += ", " + c.Code
	}
	return words
}

// bookingRows shows bookings in a table.
type bookingRows []register.BookingLine

func (r bookingRows) Len() int        { return len(r) }
func (r bookingRows) ID(i int) string { return string(r[i].ID) }

func (r bookingRows) Row(i int) []string {
	b := &r[i]
	name := b.Name
	if b.Status != register.Active && b.Status != "" {
		name += " (" + string(b.Status) + ")"
	}
	return []string{name, string(b.State), short(b.BookedOn), short(b.Certificate), b.Requirements}
}

// Tone sets those who cancelled back.
func (r bookingRows) Tone(row, _ int) theme.Tone {
	if r[row].State == register.Cancelled {
		return theme.Muted
	}
	return theme.Plain
}

// pickBooked asks who else is booked on a course.
func pickBooked(k *kit, page *register.CoursePage) tea.Cmd {
	people, err := personOptions(k.desk)
	if err != nil {
		return fail(err)
	}
	booked := map[string]bool{}
	for _, b := range page.Bookings {
		booked[string(b.Delegate)] = b.State != register.Cancelled
	}
	people = slices.DeleteFunc(people, func(o widget.Option) bool { return booked[o.Value] })
	if len(people) == 0 {
		return say(theme.Muted, "Everybody held is booked already.")
	}
	at := page.Course
	return choose(widget.NewPicker(k.theme, "Book whom on "+at.Title+"?", people, ""), func(o widget.Option) tea.Cmd {
		return push(newBooking(k, []register.ID{register.ID(o.Value)}, &at))
	})
}

// pickCourse asks on which course people are booked: those still to come first.
func pickCourse(k *kit, who []register.ID) tea.Cmd {
	desk := courseDesk(k.desk)
	return func() tea.Msg {
		rows, err := desk.CourseRows(context.Background())
		switch {
		case err != nil:
			return fail(err)()
		case len(rows) == 0:
			return say(theme.Muted, "No course is on record yet: 9 leads to the courses, n adds one.")()
		}
		options := make([]widget.Option, len(rows))
		for i, c := range rows {
			options[i] = widget.Option{Value: string(c.ID), Label: c.Title + ", " + courseWords(&c.Course)}
		}
		title := fmt.Sprintf("Book %s on which course?", howMany(len(who)))
		return choose(widget.NewPicker(k.theme, title, options, ""), func(o widget.Option) tea.Cmd {
			i := slices.IndexFunc(rows, func(c register.CourseRow) bool { return string(c.ID) == o.Value })
			return push(newBooking(k, who, &rows[i].Course))
		})()
	}
}
