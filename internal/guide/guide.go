// Package guide is the manual of the office: one short page for each job, in the office's words, with pictures of the
// screens. It knows the pages, their order, and the few marks of Markdown they are written with; it lays them out in
// plain lines. It never draws on a terminal, and it holds nothing about anybody: the people in its pictures are made up.
package guide

import (
	"embed"
	"slices"
	"strings"
)

//go:embed *.md frames/*.txt
var files embed.FS

// Page is one job. Text is Markdown of the subset that Lines reads; it begins with the title and holds its pictures.
type Page struct {
	Name  string // what "custos help NAME" is asked for
	Title string
	Text  string
}

// order is the order of the pages, the first day first.
func order() []string {
	return []string{
		"start", "tour", "people", "organisations", "consents", "mailing", "access", "requests", "deadlines", "breaches", "letters", "pack",
		"erasure", "notices", "backups", "keys", "together", "elsewhere", "accessible", "settings", "trail", "trouble", "commands",
	}
}

// Pages lists every page in the order they are to be read.
func Pages() []Page {
	names := order()
	pages := make([]Page, 0, len(names))
	for _, name := range names {
		if p, ok := Find(name); ok {
			pages = append(pages, p)
		}
	}
	return pages
}

// Find returns a page by its name.
func Find(name string) (Page, bool) {
	if !slices.Contains(order(), name) {
		return Page{}, false
	}
	text, err := files.ReadFile(name + ".md")
	if err != nil {
		return Page{}, false
	}
	body := strings.ReplaceAll(string(text), "\r\n", "\n")
	title, _, _ := strings.Cut(strings.TrimPrefix(body, "# "), "\n")
	return Page{Name: name, Title: title, Text: pictured(body)}, true
}

// The mark of a picture, alone on its line: {{frame NAME}}.
const (
	pictureOpens  = "{{frame "
	pictureCloses = "}}"
)

func picture(line string) (string, bool) {
	name, opens := strings.CutPrefix(strings.TrimSpace(line), pictureOpens)
	name, closes := strings.CutSuffix(name, pictureCloses)
	return name, opens && closes
}

// pictured puts the screens where their marks stand.
func pictured(source string) string {
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		name, ok := picture(line)
		if !ok {
			continue
		}
		frame, err := files.ReadFile("frames/" + name + ".txt")
		if err != nil {
			lines[i] = ""
			continue
		}
		lines[i] = fence + "text\n" + strings.TrimRight(strings.ReplaceAll(string(frame), "\r\n", "\n"), "\n") + "\n" + fence
	}
	return strings.Join(lines, "\n")
}

// Search lists the pages in which every word of a query stands, those with a word in the title first.
func Search(query string) []Page {
	words := strings.Fields(strings.ToLower(query))
	var titled, rest []Page
	for _, p := range Pages() {
		title, text := strings.ToLower(p.Title), strings.ToLower(p.Text)
		in := func(where string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(where, w) })
		}
		switch {
		case in(title):
			titled = append(titled, p)
		case in(text):
			rest = append(rest, p)
		}
	}
	return append(titled, rest...)
}
