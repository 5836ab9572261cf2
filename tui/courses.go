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
	listing[register.CourseRow]
}

func newCourses(k *kit) Screen {
	desk := courseDesk(k.desk)
	return &courses{listing[register.CourseRow]{
		finder: newFinder(k,
			widget.Column{Title: "Course", Min: 24, Weight: 3},
			widget.Column{Title: "Code", Min: 8, Priority: 3},
			widget.Column{Title: "Starts", Min: 11},
			widget.Column{Title: "Ends", Min: 11, Priority: 4},
			widget.Column{Title: "Where", Min: 14, Weight: 1, Priority: 2},
			widget.Column{Title: "Booked", Min: 6, Right: true, Priority: 1},
			widget.Column{Title: "Came", Min: 6, Right: true, Priority: 5},
		),
		scope: scopeCourses, touched: []string{"courses", "bookings"},
		none: "No course is on record yet: n adds one.", unlike: "No course is like that.",
		read: func() ([]register.CourseRow, error) { return desk.CourseRows(context.Background()) },
		rows: func(all []register.CourseRow) widget.Rows { return courseRows(all) },
	}}
}

func (c *courses) Title() string { return "Courses" }

// Selection is the id of the course selected.
func (c *courses) Selection() (word, text string) { return "id", c.table.SelectedID() }

func (c *courses) At() widget.Where {
	return c.at(func(a widget.Action) bool { return (a == widget.Open || a == courseEdit) && c.table.Len() == 0 })
}

func (c *courses) Update(msg tea.Msg) (Screen, tea.Cmd) {
	act, pressed := msg.(actMsg)
	switch {
	case c.take(msg), !pressed:
	case act.action == widget.Back:
		return c, pop()
	case act.action == widget.Open:
		return c, c.kit.show(theCourse, c.table.SelectedID())
	case act.action == courseAdd:
		return c, push(newCourseForm(c.kit, ""))
	case act.action == courseEdit:
		return c, push(newCourseForm(c.kit, register.ID(c.table.SelectedID())))
	}
	return c, nil
}

func (c *courses) View(width, height int) string {
	return c.page(width, height, c.above(width, "Courses", "Enter shows who is booked."))
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
