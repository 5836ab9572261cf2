package widget

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"custos/tui/theme"
)

// Progress is how far a piece of work has come. It draws only when it is asked and has no timer.
type Progress struct {
	Label    string
	Done     int
	Total    int           // 0 when nobody knows
	Elapsed  time.Duration // since the work began
	Stopping bool          // cancelling was asked for
	Kept     bool          // it cannot be cancelled
}

const barWidth = 20

// View is one line of exactly width columns: label, bar, count, estimate, and how to cancel.
func (p Progress) View(th *theme.Theme, width int) string {
	if th.Spoken {
		return p.spoken(th.Clean)
	}
	parts := []string{th.Clean(p.Label)}
	if p.Total > 0 {
		full := barWidth * clamp(p.Done, 0, p.Total) / p.Total
		bar := strings.Repeat(th.Glyphs.Bar, full) + strings.Repeat(th.Glyphs.Rest, barWidth-full)
		parts = append(parts, bar, Count(p.Done)+" of "+Count(p.Total))
	} else {
		parts = append(parts, Count(p.Done)+" so far")
	}
	if left, ok := p.Left(); ok {
		parts = append(parts, "about "+roughly(left)+" left")
	}
	hint := "Esc cancels"
	switch {
	case p.Kept:
		hint = ""
	case p.Stopping:
		hint = "stopping"
	}
	return th.Fit(strings.Join(append(parts, hint), "  "), width)
}

// Left estimates the time still needed from the pace so far; false while too little is known to say.
func (p Progress) Left() (time.Duration, bool) {
	if p.Done <= 0 || p.Total <= 0 || p.Done >= p.Total || p.Elapsed < time.Second {
		return 0, false
	}
	perItem := float64(p.Elapsed) / float64(p.Done)
	return time.Duration(perItem * float64(p.Total-p.Done)), true
}

// roughly says a duration as a person would.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(1, int(d.Round(time.Second)/time.Second)))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute)/time.Minute))
	}
	return fmt.Sprintf("%d h", int(d.Round(time.Hour)/time.Hour))
}

// Count writes a number with commas: 12,345.
func Count(n int) string {
	s := strconv.Itoa(n)
	from := 0
	if n < 0 {
		from = 1
	}
	for i := len(s) - 3; i > from; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
