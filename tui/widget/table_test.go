package widget

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"custos/tui/theme"
)

// cases is a Rows of n made-up requests.
type cases struct {
	n     int
	asked *[]int
}

func (c cases) Len() int        { return c.n }
func (c cases) ID(i int) string { return "AR-" + strconv.Itoa(i) }

func (c cases) Row(i int) []string {
	if c.asked != nil {
		*c.asked = append(*c.asked, i)
	}
	states := []string{"OVERDUE", "DUE SOON", "ON TIME"}
	return []string{c.ID(i), "Pupil number " + strconv.Itoa(i), states[i%3], strconv.Itoa(i * 7 % 31), "access"}
}

func (c cases) Tone(row, column int) theme.Tone {
	if column != 2 {
		return theme.Plain
	}
	return []theme.Tone{theme.Late, theme.Soon, theme.Calm}[row%3]
}

// strings of any kind, every cell hostile.
type hostileRows struct{ n int }

func (h hostileRows) Len() int        { return h.n }
func (h hostileRows) ID(i int) string { return strconv.Itoa(i) }
func (h hostileRows) Row(i int) []string {
	row := make([]string, 5)
	for c := range row {
		row[c] = hostile[(i+c)%len(hostile)]
	}
	return row[:1+i%5]
}

func columns() []Column {
	return []Column{
		{Title: "Case", Min: 8}, {Title: "Subject", Min: 16, Weight: 3, Priority: 1}, {Title: "State", Min: 8},
		{Title: "Days", Min: 6, Right: true, Priority: 2}, {Title: "Kind", Min: 24, Weight: 1, Priority: 3},
	}
}

func tableOf(th *theme.Theme, rows Rows) *Table {
	t := NewTable(th, columns()...)
	t.Markable = true
	t.SetRows(rows)
	return t
}

func TestTableFrames(t *testing.T) {
	golden(t, "table", 8, func(w, h int) string {
		table := tableOf(named(theme.Dark), cases{n: 40})
		table.SetSize(w, h)
		table.SetSort(3, false)
		table.SetCursor(30)
		table.Act(MarkOne)
		return table.View()
	})
	golden(t, "table-empty", 4, func(w, h int) string {
		table := tableOf(named(theme.Dark), cases{})
		table.SetSize(w, h)
		return table.View()
	})
}

func TestTableSweep(t *testing.T) {
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		table := tableOf(th, hostileRows{n: 100})
		table.SetSort(0, true)
		return func(w, h int) string {
			table.SetSize(w, h)
			table.SetCursor((w * h) % 100)
			return table.View()
		}
	}, true)
}

func TestTrap10TheSelectedRowIsAlwaysShown(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := tableOf(named(theme.Mono), cases{n: rapid.IntRange(1, 60).Draw(rt, "rows")})
		acts := []Action{Up, Down, PageUp, PageDown, First, Last, MarkOne, MarkUp, MarkDown, MarkAll}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			switch rapid.IntRange(0, 4).Draw(rt, "kind") {
			case 0:
				table.SetSize(rapid.IntRange(2, 90).Draw(rt, "w"), rapid.IntRange(1, 12).Draw(rt, "h"))
			case 1:
				table.SetCursor(rapid.IntRange(-5, 70).Draw(rt, "to"))
			case 2:
				table.SetRows(cases{n: rapid.IntRange(1, 60).Draw(rt, "rows")})
			default:
				table.Act(rapid.SampledFrom(acts).Draw(rt, "act"))
			}
			view := table.View()
			if table.height > 0 && !strings.Contains(ansi.Strip(view), ">") {
				rt.Fatalf("%dx%d, cursor %d, first %d:\n%s", table.width, table.height, table.cursor, table.first, view)
			}
			if table.height > 0 && strings.Count(view, "\n")+1 != table.height {
				rt.Fatalf("%d lines in a table of %d", strings.Count(view, "\n")+1, table.height)
			}
		}
	})
}

func TestOnlyVisibleRowsAreAskedFor(t *testing.T) {
	for _, n := range []int{100, 1_000_000} {
		var asked []int
		table := tableOf(named(theme.Dark), cases{n: n, asked: &asked})
		table.SetSize(80, 11)
		table.Act(Down)
		table.View()
		if len(asked) != 10 {
			t.Errorf("%d rows: %d rows asked for, want 10", n, len(asked))
		}
	}
}

func TestColumnsAreDroppedByPriority(t *testing.T) {
	tests := []struct {
		width int
		want  []int
	}{
		{200, []int{0, 1, 2, 3, 4}}, {50, []int{0, 1, 2, 3}}, {40, []int{0, 1, 2}}, {20, []int{0, 2}},
		{10, []int{0}}, {3, []int{0}},
	}
	for _, tt := range tests {
		var got []int
		total := -columnGap
		for _, p := range place(columns(), nil, tt.width) {
			got = append(got, p.index)
			total += p.width + columnGap
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%d columns: %s", tt.width, diff)
		}
		if total > tt.width {
			t.Errorf("%d columns: takes %d", tt.width, total)
		}
	}
}

func TestSpareColumnsAreSharedByWeight(t *testing.T) {
	got := place([]Column{{Min: 10, Weight: 3}, {Min: 10}, {Min: 10, Weight: 1}}, nil, 34+9)
	if diff := cmp.Diff([]int{10 + 7, 10, 10 + 2}, []int{got[0].width, got[1].width, got[2].width}); diff != "" {
		t.Error(diff)
	}
}

func TestMarks(t *testing.T) {
	tests := []struct {
		name string
		acts []Action
		want []string
	}{
		{"space goes on", []Action{MarkOne, MarkOne}, []string{"AR-0", "AR-1"}},
		{"space twice on a row", []Action{MarkOne, Up, MarkOne}, []string{}},
		{"extend", []Action{MarkDown, MarkDown}, []string{"AR-0", "AR-1", "AR-2"}},
		{"extend and back", []Action{MarkDown, MarkDown, MarkUp}, []string{"AR-0", "AR-1"}},
		{"extend through the anchor", []Action{Down, MarkDown, MarkUp, MarkUp}, []string{"AR-0", "AR-1"}},
		{
			"earlier marks survive going back", []Action{Down, MarkOne, First, MarkDown, MarkDown, MarkUp, MarkUp},
			[]string{"AR-0", "AR-1"},
		},
		{"a plain move ends the stretch", []Action{MarkDown, Down, MarkUp}, []string{"AR-0", "AR-1", "AR-2"}},
		{"all", []Action{MarkAll}, []string{"AR-0", "AR-1", "AR-2", "AR-3"}},
		{"all twice is none", []Action{MarkAll, MarkAll}, []string{}},
		{"all but one", []Action{MarkAll, MarkOne}, []string{"AR-1", "AR-2", "AR-3"}},
		{"extend at the end", []Action{Last, MarkDown}, []string{"AR-3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := tableOf(named(theme.Dark), cases{n: 4})
			table.SetSize(80, 10)
			for _, a := range tt.acts {
				table.Act(a)
			}
			if diff := cmp.Diff(tt.want, table.MarkedIDs()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// shifted is cases with the first rows gone.
type shifted struct {
	cases
	by int
}

func (s shifted) Len() int           { return s.n - s.by }
func (s shifted) ID(i int) string    { return s.cases.ID(i + s.by) }
func (s shifted) Row(i int) []string { return s.cases.Row(i + s.by) }

func TestMarksAndCursorFollowTheirRows(t *testing.T) {
	table := tableOf(named(theme.Dark), cases{n: 10})
	table.SetSize(80, 10)
	for _, a := range []Action{MarkOne, Down, MarkOne, Down} {
		table.Act(a)
	}
	table.SetRows(shifted{cases{n: 10}, 2})
	if got := table.SelectedID(); got != "AR-4" {
		t.Errorf("cursor is on %s", got)
	}
	if diff := cmp.Diff([]string{"AR-2"}, table.MarkedIDs()); diff != "" {
		t.Errorf("a row that is gone must not stay marked:\n%s", diff)
	}
	if got := table.Position(); got != "3 of 8, 1 marked" {
		t.Errorf("position %q", got)
	}
	table.SetRows(nil)
	if table.Len() != 0 || table.MarkCount() != 0 || table.SelectedID() != "" || table.Position() != "0 of 0" {
		t.Error("an empty table still has something in it")
	}
}

func TestAnActionThatIsNotForTablesIsLeftAlone(t *testing.T) {
	table := tableOf(named(theme.Dark), cases{n: 4})
	if table.Act(Back) || table.Act("request.extend") {
		t.Error("the table swallowed an action of the screen")
	}
	table.Markable = false
	if table.Act(MarkAll) {
		t.Error("a table without marks marked")
	}
}

func BenchmarkTableKeypress(b *testing.B) {
	keys := sampleKeys()
	for _, n := range []int{100, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			table := tableOf(named(theme.Dark), cases{n: n})
			table.SetSize(120, 40)
			down := press("down")
			for b.Loop() {
				a, _ := keys.Match(down, Where{Scope: requests})
				table.Act(a)
				if table.Cursor() == n-1 {
					table.SetCursor(0)
				}
				table.View()
			}
		})
	}
}

func BenchmarkTableMove(b *testing.B) {
	for _, n := range []int{100, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			table := tableOf(named(theme.Dark), cases{n: n})
			table.SetSize(120, 40)
			for b.Loop() {
				table.Act(Down)
				table.Act(PageUp)
			}
		})
	}
}

func TestColumnsLeftOutMakeRoomAndTheFirstStays(t *testing.T) {
	cols := []Column{{Title: "Name", Min: 10}, {Title: "Email", Min: 10, Priority: 2}, {Title: "Kind", Min: 10, Priority: 1}}
	indexes := func(hidden map[string]bool, width int) string {
		var all []string
		for _, p := range place(cols, hidden, width) {
			all = append(all, cols[p.index].Title)
		}
		return strings.Join(all, " ")
	}
	for _, c := range []struct {
		hidden []string
		width  int
		want   string
	}{
		{nil, 34, "Name Email Kind"}, {nil, 22, "Name Kind"}, {[]string{"Kind"}, 22, "Name Email"},
		{[]string{"Kind"}, 34, "Name Email"}, {[]string{"Name", "Email", "Kind"}, 34, "Name"}, {[]string{"gone"}, 34, "Name Email Kind"},
	} {
		hidden := map[string]bool{}
		for _, title := range c.hidden {
			hidden[title] = true
		}
		if got := indexes(hidden, c.width); got != c.want {
			t.Errorf("%v at %d: %s, want %s", c.hidden, c.width, got, c.want)
		}
	}
}
