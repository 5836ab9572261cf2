package tui

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// courseDesk keeps training and who is booked on it.
type courseDesk interface {
	CourseRows(ctx context.Context) ([]register.CourseRow, error)
	CoursePage(ctx context.Context, id register.ID) (register.CoursePage, error)
	AddCourse(ctx context.Context, c register.Course) (register.ID, error)
	ChangeCourse(ctx context.Context, before, after register.Course) error
	Book(ctx context.Context, in register.BookingInput) (register.ID, error)
	Mark(ctx context.Context, b register.Booking, was ...register.Booking) error
}

// courses lists training, the latest first.
type courses struct {
	finder
	desk  courseDesk
	all   []register.CourseRow
	shown courseRows
	err   error
	ready bool
}

func newCourses(k *kit) Screen {
	c := &courses{desk: k.desk, finder: newFinder(k,
		widget.Column{Title: "Course", Min: 24, Weight: 3},
		widget.Column{Title: "Code", Min: 8, Priority: 3},
		widget.Column{Title: "Starts", Min: 11},
		widget.Column{Title: "Ends", Min: 11, Priority: 4},
		widget.Column{Title: "Where", Min: 14, Weight: 1, Priority: 2},
		widget.Column{Title: "Booked", Min: 6, Right: true, Priority: 1},
		widget.Column{Title: "Came", Min: 6, Right: true, Priority: 5},
	)}
	c.table.Empty = "Reading ..."
	return c
}

type coursesMsg struct {
	all []register.CourseRow
	err error
}

func (c *courses) Init() tea.Cmd {
	desk := c.desk
	return func() tea.Msg {
		all, err := desk.CourseRows(context.Background())
		return coursesMsg{all, err}
	}
}

// Refresh reads them anew after a commit that may have changed one.
func (c *courses) Refresh(note register.Note) tea.Cmd {
	if !touches(note, "courses", "bookings") {
		return nil
	}
	return c.Init()
}

func (c *courses) Title() string { return "Courses" }

// Selection is the id of the course selected.
func (c *courses) Selection() (word, text string) { return "id", c.table.SelectedID() }

func (c *courses) At() widget.Where {
	return widget.Where{Scope: scopeCourses, Typing: c.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open, courseEdit, copyIt:
			return c.table.Len() == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll:
			return true
		default:
			return false
		}
	}}
}

func (c *courses) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case coursesMsg:
		c.all, c.err, c.ready = msg.all, msg.err, true
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

func (c *courses) show() {
	c.table.Empty = "No course is on record yet: n adds one."
	if len(c.all) > 0 {
		c.table.Empty = "No course is like that."
	}
	words := c.words()
	c.shown = nil
	for _, x := range c.all {
		if holds(strings.ToLower(x.Title+" "+x.Code+" "+x.Venue+" "+short(x.Starts)), words) {
			c.shown = append(c.shown, x)
		}
	}
	c.table.SetRows(c.shown)
}

func (c *courses) act(msg actMsg) tea.Cmd {
	taken, changed := c.finder.act(msg.action)
	switch {
	case changed:
		c.show()
	case taken:
	case msg.action == widget.Back:
		return pop()
	case msg.action == widget.Open:
		return c.kit.show(theCourse, c.table.SelectedID())
	case msg.action == courseAdd:
		return push(newCourseForm(c.kit, ""))
	case msg.action == courseEdit:
		return push(newCourseForm(c.kit, register.ID(c.table.SelectedID())))
	}
	return nil
}

func (c *courses) View(width, height int) string {
	th := c.kit.theme
	head := th.Muted.Render(th.Cut("Courses: "+c.table.Position()+".  Enter shows who is booked.", width))
	if c.err != nil {
		head = th.Bad.Render(th.Cell(problem(c.err), width))
	}
	return fit(th, append([]string{head}, c.view(width, height-1)...), width, height)
}

// courseRows shows courses in a table.
type courseRows []register.CourseRow

func (r courseRows) Len() int        { return len(r) }
func (r courseRows) ID(i int) string { return string(r[i].ID) }

func (r courseRows) Row(i int) []string {
	x := &r[i]
	return []string{x.Title, x.Code, short(x.Starts), short(x.Ends), x.Venue, strconv.Itoa(x.Booked), strconv.Itoa(x.Attended)}
}

// courseForm adds a course, or changes one.
type courseForm struct {
	kit  *kit
	desk courseDesk
	id   register.ID // empty: adding
	held register.Course
}

func newCourseForm(k *kit, id register.ID) Screen {
	f := &courseForm{kit: k, desk: k.desk, id: id}
	spec := formSpec{id: "course:new", title: "New course", load: f.load, submit: f.submit}
	if id != "" {
		spec.id, spec.title = "course:"+string(id), "Change"
	}
	return newForm(k, spec)
}

func (f *courseForm) load() ([]widget.Field, error) {
	if f.id != "" {
		page, err := f.desk.CoursePage(context.Background(), f.id)
		if err != nil {
			return nil, err
		}
		f.held = page.Course
	}
	return []widget.Field{
		{ID: "title", Label: "What it is called", Required: true, Value: f.held.Title},
		{ID: "code", Label: "Its short name", Value: f.held.Code},
		{ID: "venue", Label: "Where it is held", Value: f.held.Venue},
		{ID: "starts", Label: "First day", Kind: widget.Date, Required: true, Value: dayText(f.held.Starts)},
		{ID: "ends", Label: "Last day", Kind: widget.Date, Value: dayText(f.held.Ends), Note: "None: it is over on the first."},
	}, nil
}

// dayText is a day as a field holds it.
func dayText(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (f *courseForm) submit(ctx context.Context, v widget.Values) (formDone, error) {
	c := f.held
	c.Title, c.Code, c.Venue = strings.TrimSpace(v["title"]), strings.TrimSpace(v["code"]), strings.TrimSpace(v["venue"])
	var err error
	if c.Starts, err = dayOf(v, "starts"); err != nil {
		return formDone{}, err
	}
	if c.Ends, err = dayOf(v, "ends"); err != nil {
		return formDone{}, err
	}
	if f.id != "" {
		return formDone{said: "Changed " + string(f.id) + "."}, f.desk.ChangeCourse(ctx, f.held, c)
	}
	id, err := f.desk.AddCourse(ctx, c)
	if err != nil {
		return formDone{}, err
	}
	return formDone{said: "Added " + string(id) + ".", next: newCourse(f.kit, string(id))}, nil
}
