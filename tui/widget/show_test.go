package widget

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"custos/tui/theme"
)

func TestPaneScrollsWithinItsText(t *testing.T) {
	p := NewPane(named(theme.Dark))
	p.SetSize(20, 3)
	p.SetText("one\ntwo\nthree\nfour\na line too long for twenty columns")
	if got := strip(p.View()); got != "one\ntwo\nthree" {
		t.Errorf("top %q", got)
	}
	for _, a := range []Action{Last, Down, PageDown} {
		p.Act(a)
	}
	if got := strip(p.View()); got != "four\na line too long for\ntwenty columns" {
		t.Errorf("bottom %q", got)
	}
	if got := p.Position(); got != "lines 4 to 6 of 6" {
		t.Errorf("position %q", got)
	}
	p.Act(First)
	if got := p.Position(); got != "lines 1 to 3 of 6" {
		t.Errorf("position %q", got)
	}
	p.SetSize(80, 10)
	if got := p.Position(); got != "" {
		t.Errorf("all is shown, yet position %q", got)
	}
	if p.Act(Open) {
		t.Error("the pane swallowed an action of the screen")
	}
}

func TestPaneFrames(t *testing.T) {
	text := "Dear Ms Example,\n\n" + strings.Repeat("We hold the following about you. ", 12) + "\n\tIndented."
	golden(t, "pane", 7, func(w, h int) string {
		p := NewPane(named(theme.Dark))
		p.SetText(text)
		p.SetSize(w, h)
		return p.View()
	})
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		p := NewPane(th)
		p.SetText(strings.Join(hostile, "\n"))
		return func(w, h int) string {
			p.SetSize(w, h)
			p.Act(Down)
			return p.View()
		}
	}, false)
}

func TestToastEndsWithItsOwnTimer(t *testing.T) {
	toast := NewToast(named(theme.Dark))
	toast.SetWidth(40)
	if toast.Show(theme.Bad, "The file could not be read.", 0) != nil {
		t.Error("a message that stays needs no timer")
	}
	if got := strip(toast.View()); got != "PROBLEM: The file could not be read." {
		t.Errorf("got %q", got)
	}
	if toast.Show(theme.Good, "Saved.", time.Millisecond) == nil {
		t.Fatal("no timer")
	}
	first := ToastOverMsg{toast.number}
	toast.Show(theme.Good, "Sent.", time.Hour)
	toast.Update(first)
	if toast.Text() != "Sent." {
		t.Error("an older timer ended a newer message")
	}
	toast.Update(ToastOverMsg{toast.number})
	if toast.Text() != "" || strip(toast.View()) != "" {
		t.Error("the message stays")
	}
	sweepLines(t, func(th *theme.Theme, w int, s string) string {
		line := NewToast(th)
		line.SetWidth(w)
		line.Show(theme.Bad, s, 0)
		return line.View()
	})
}

func TestProgress(t *testing.T) {
	tests := []struct {
		name string
		in   Progress
		want string
	}{
		{
			"a quarter", Progress{Label: "Importing", Done: 1250, Total: 5000, Elapsed: 10 * time.Second},
			"Importing  █████░░░░░░░░░░░░░░░  1,250 of 5,000  about 30 s left  Esc cancels",
		},
		{
			"too early to say", Progress{Label: "Importing", Done: 2, Total: 5000, Elapsed: 200 * time.Millisecond},
			"Importing  ░░░░░░░░░░░░░░░░░░░░  2 of 5,000  Esc cancels",
		},
		{"no total", Progress{Label: "Reading", Done: 1234567}, "Reading  1,234,567 so far  Esc cancels"},
		{
			"stopping", Progress{Label: "Writing", Done: 5, Total: 5, Stopping: true},
			"Writing  ████████████████████  5 of 5  stopping",
		},
		{
			"more than promised", Progress{Label: "Writing", Done: 9, Total: 5},
			"Writing  ████████████████████  9 of 5  Esc cancels",
		},
	}
	for _, tt := range tests {
		if got := strip(tt.in.View(named(theme.Dark), 100)); got != tt.want {
			t.Errorf("%s:\ngot  %q\nwant %q", tt.name, got, tt.want)
		}
	}
	sweepLines(t, func(th *theme.Theme, w int, s string) string {
		return Progress{Label: s, Done: 3, Total: 9, Elapsed: time.Hour}.View(th, w)
	})
}

func TestRoughly(t *testing.T) {
	for in, want := range map[time.Duration]string{
		100 * time.Millisecond: "1 s", 40 * time.Second: "40 s", 90 * time.Second: "2 min", 3 * time.Hour: "3 h",
	} {
		if got := roughly(in); got != want {
			t.Errorf("%v is %q, want %q", in, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for in, want := range map[int]string{
		0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -999: "-999", 1234567: "1,234,567",
	} {
		if got := Count(in); got != want {
			t.Errorf("%d is %q, want %q", in, got, want)
		}
	}
}

func TestBreadcrumb(t *testing.T) {
	th := named(theme.Dark)
	tests := []struct {
		width int
		want  string
	}{
		{60, "Custos > Requests > AR-2026-0042 > Letters     Office desk"},
		{45, "Custos > Requests > AR-2026-0042 > Letters"},
		{40, "Custos > … > AR-2026-0042 > Letters"},
		{25, "Custos > … > Letters"},
		{10, "Letters"},
	}
	for _, tt := range tests {
		got := Breadcrumb(th, tt.width, "Office desk", "Custos", "Requests", "AR-2026-0042", "Letters")
		if theme.Width(got) != tt.width {
			t.Errorf("%d columns: %d wide", tt.width, theme.Width(got))
		}
		if got := strings.Join(strings.Fields(ansi.Strip(got)), " "); got != strings.Join(strings.Fields(tt.want), " ") {
			t.Errorf("%d columns: %q, want %q", tt.width, got, tt.want)
		}
	}
	sweepLines(t, func(th *theme.Theme, w int, s string) string {
		return Breadcrumb(th, w, s, "Custos", s, s, "AR-1")
	})
}

func bars() []Bar {
	return []Bar{
		{"Overdue", 3, theme.Late}, {"Due soon", 11, theme.Soon}, {"On time", 140, theme.Calm}, {"Held", 0, theme.Muted},
		{"Odd", -4, theme.Plain},
	}
}

func TestBarsFrames(t *testing.T) {
	golden(t, "bars-across", 6, func(w, h int) string { return BarsAcross(named(theme.Dark), bars(), w, h) })
	golden(t, "bars-up", 8, func(w, h int) string { return BarsUp(named(theme.Dark), bars(), w, h) })
	golden(t, "bars-ascii", 8, func(w, h int) string { return BarsUp(named("ascii"), bars(), w, h) })
	odd := bars()
	for _, s := range hostile {
		odd = append(odd, Bar{s, 1 << 40, theme.Late})
	}
	for name, draw := range map[string]func(*theme.Theme, []Bar, int, int) string{"across": BarsAcross, "up": BarsUp} {
		t.Run(name, func(t *testing.T) {
			sweep(t, func(th *theme.Theme) func(w, h int) string {
				return func(w, h int) string { return draw(th, odd, w, h) }
			}, false)
		})
	}
}

func TestChartsCountAsEverythingElseDoes(t *testing.T) {
	th, many := named(theme.Dark), []Bar{{Label: "Held", Value: 12345}}
	for name, drawn := range map[string]string{
		"across": BarsAcross(th, many, 60, 3), "up": BarsUp(th, many, 60, 6), "spark": Spark(th, []int{7, 12345}, 60),
	} {
		if !strings.Contains(strip(drawn), "12,345") {
			t.Errorf("%s: %q", name, drawn)
		}
	}
}

func TestTooSmall(t *testing.T) {
	th := named(theme.Dark)
	for _, tt := range []struct {
		w, h int
		want bool
	}{{60, 15, false}, {59, 15, true}, {60, 14, true}, {200, 60, false}, {1, 1, true}} {
		view, small := TooSmall(th, tt.w, tt.h)
		if small != tt.want {
			t.Errorf("%dx%d: %v", tt.w, tt.h, small)
		}
		if small {
			fits(t, view, tt.w, tt.h)
		}
	}
}

func TestBoxIsExactlyItsSize(t *testing.T) {
	sweep(t, func(th *theme.Theme) func(w, h int) string {
		return func(w, h int) string { return Box(th, hostile[3], []string{"one", "two"}, w, h) }
	}, false)
	for w := range 8 {
		for h := 1; h < 4; h++ {
			fits(t, Box(named("ascii"), "Title", []string{"text"}, w, h), w, h)
		}
	}
}
