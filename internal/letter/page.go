package letter

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"custos/internal/calendar"
)

//go:embed page.html page.css portable.html withdrawal.html
var layout embed.FS

// RenderHTML writes the reply as one page that needs nothing else: no script,
// no picture, no address outside itself. Everything on it is escaped, and no
// character that hides or turns text around reaches it unmarked. An error is
// the writer's.
func RenderHTML(w io.Writer, r Reply) error {
	css, err := layout.ReadFile("page.css")
	if err != nil {
		return fmt.Errorf("reading the style of the reply: %w", err)
	}
	t, err := template.New("page.html").Funcs(template.FuncMap{"when": when, "inc": inc}).ParseFS(layout, "page.html")
	if err != nil {
		return fmt.Errorf("reading the layout of the reply: %w", err)
	}
	d := Data(r)
	var page bytes.Buffer
	err = t.Execute(&page, map[string]any{
		"Doc": &d, "Lang": language(r.Profile.Language), "Chapters": d.chapters(),
		"CSS": template.CSS(css), // a file of ours
	})
	if err != nil {
		return fmt.Errorf("filling in the reply: %w", err)
	}
	_, err = io.WriteString(w, visible(page.String()))
	return err
}

func language(tag string) string {
	if tag == "" {
		return "en-GB"
	}
	return tag
}

func inc(i int) int { return i + 1 }

// moment is a date or an instant as people and as programs read it.
type moment struct{ Machine, Human string }

// when recognises a value that is a date or an instant and nothing else; nil
// is any other text. Instants are told in London time.
func when(value string) *moment {
	if len(value) < len("2006-01-02") || len(value) > len(time.RFC3339Nano) || value[0] < '0' || value[0] > '9' {
		return nil
	}
	if d, err := calendar.ParseDate(value); err == nil {
		return &moment{value, d.Long()}
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return nil
	}
	return &moment{value, t.In(calendar.London()).Format("2 January 2006, 15:04")}
}

// Count says how many records a holding has.
func (h Holding) Count() string {
	if len(h.Records) == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", len(h.Records))
}

// None says why no record of a holding is shown.
func (h Holding) None() string {
	if h.LeftOut > 0 {
		return fmt.Sprintf("What we hold under %s (%s) was left out: %d. The reasons stand under What was left out and why.",
			h.Title, h.Collection, h.LeftOut)
	}
	return "We hold nothing under " + h.Title + " (" + h.Collection + ")."
}

// empty says the same in a cell of a table.
func (h Holding) empty() string {
	if h.LeftOut > 0 {
		return heldBack
	}
	return nothingHeld
}

// Sourced reports whether any value of a holding says where it came from.
func (h Holding) Sourced() bool {
	for _, r := range h.Records {
		for _, l := range r.Lines {
			if l.Source != "" {
				return true
			}
		}
	}
	return false
}

// Joined returns names as one text.
func (p Purpose) Joined(names []string) string { return strings.Join(names, ", ") }
