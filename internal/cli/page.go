package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"custos/internal/calendar"
	"custos/internal/display"
	"custos/internal/register"
)

// page is a result as people read it. Everything written to it is cleaned, so nothing from a file or the store can act
// on the terminal.
type page struct {
	out   bytes.Buffer
	clean display.Cleaner
}

// line writes one line.
func (p *page) line(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(p.clean.Clean(fmt.Sprintf(format, args...)), " "))
	p.out.WriteByte('\n')
}

// text writes a longer text, line by line.
func (p *page) text(s string) {
	for _, line := range p.clean.Lines(strings.TrimRight(s, "\n")) {
		p.line("%s", line)
	}
}

// heading begins a part, apart from what came before.
func (p *page) heading(title string) {
	if p.out.Len() > 0 {
		p.line("")
	}
	p.line("%s", title)
}

// pairs writes labels and values in two columns, leaving out empty values.
func (p *page) pairs(list ...[2]string) {
	var rows [][]string
	for _, pair := range list {
		if pair[1] != "" {
			rows = append(rows, pair[:])
		}
	}
	p.columns(rows)
}

// table writes a heading and rows under it, or what to say when there are none.
func (p *page) table(none string, heads []string, rows [][]string) {
	if len(rows) == 0 {
		p.line("%s", none)
		return
	}
	p.columns(append([][]string{heads}, rows...))
}

const gap = "  "

// columns writes rows so that each column begins at the same place.
func (p *page) columns(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			row[i] = p.clean.Clean(cell)
			widths[i] = max(widths[i], display.Width(row[i]))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-display.Width(cell)) + gap)
			}
		}
		p.line("%s", b.String())
	}
}

// onTheClock is an instant as people read it: the time in London, "" for none. In JSON instants are UTC.
func onTheClock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(calendar.London()).Format("2006-01-02 15:04")
}

// numbered is a number of things: "1 row", "2 rows".
func numbered(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

// show writes a result to standard output: as JSON when asked for, otherwise as people read it.
func (a *app) show(result any, human func(*page)) error {
	if a.flags.json {
		return a.encode(result)
	}
	var p page
	human(&p)
	_, err := a.result().Write(p.out.Bytes())
	return err
}

func (a *app) encode(result any) error {
	e := json.NewEncoder(a.result())
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(withoutNull(result))
}

// say writes a message to standard error.
func (a *app) say(format string, args ...any) {
	var p page
	p.text(fmt.Sprintf(format, args...))
	_, _ = a.env.Stderr.Write(p.out.Bytes()) // a terminal that has gone away is nobody's news
}

// done says what became of a record.
func (a *app) done(id register.ID, what string) error {
	result := struct {
		ID register.ID `json:"id"`
	}{id}
	return a.show(result, func(p *page) { p.line("%s %s", id, what) })
}

// result is where a result goes: the output, unless a file went there.
func (a *app) result() io.Writer {
	if a.files().Streamed() {
		return a.env.Stderr
	}
	return a.env.Stdout
}
