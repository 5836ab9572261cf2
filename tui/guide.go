package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/guide"
	"custos/tui/theme"
	"custos/tui/widget"
)

// guideList lists the pages of the guide. What is typed after "/" is looked for in whole pages.
type guideList struct {
	finder
	pages []guide.Page
}

func newGuideList(k *kit) Screen {
	l := &guideList{finder: newFinder(k, widget.Column{Title: "Page", Min: 30, Weight: 1}, widget.Column{Title: "custos help", Min: 14})}
	l.table.Empty = "No page has all of these words."
	l.show()
	return l
}

func (l *guideList) show() {
	l.pages = guide.Search(l.filter.Value())
	l.table.SetRows(pageRows(l.pages))
}

func (l *guideList) Init() tea.Cmd { return nil }

func (l *guideList) Title() string { return "Guide" }

func (l *guideList) At() widget.Where {
	return widget.Where{Scope: scopeGuide, Typing: l.filter.Typing(), Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return len(l.pages) == 0
		case widget.MarkOne, widget.MarkUp, widget.MarkDown, widget.MarkAll, goGuide:
			return true
		default:
			return false
		}
	}}
}

func (l *guideList) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if l.key(msg, l.At()) {
			l.table.SetCursor(0)
			l.show()
		}
	case actMsg:
		return l, l.turn(msg.action)
	}
	return l, nil
}

func (l *guideList) turn(a widget.Action) tea.Cmd {
	taken, changed := l.act(a)
	switch {
	case changed:
		l.show()
	case taken:
	case a == widget.Back:
		return pop()
	case a == widget.Open && len(l.pages) > 0:
		return push(newGuidePage(l.kit, l.pages[l.table.Cursor()]))
	}
	return nil
}

func (l *guideList) View(width, height int) string {
	th := l.kit.theme
	head := th.Muted.Render(th.Cut("How the jobs of the office are done.  / looks for words in all pages.", width))
	return fit(th, append([]string{head}, l.view(width, height-1)...), width, height)
}

// pageRows shows pages in a table.
type pageRows []guide.Page

func (r pageRows) Len() int           { return len(r) }
func (r pageRows) ID(i int) string    { return r[i].Name }
func (r pageRows) Row(i int) []string { return []string{r[i].Title, r[i].Name} }

// openGuide reads a page, or the list of them where there is none of that name.
func (k *kit) openGuide(name string) Screen {
	if p, ok := guide.Find(name); ok {
		return newGuidePage(k, p)
	}
	return newGuideList(k)
}

// guidePage is one page, with the links on it to walk through and words to look for.
type guidePage struct {
	kit    *kit
	page   guide.Page
	links  []string
	at     int // the link Enter follows; -1 before the first was gone to
	pane   *widget.Pane
	lines  []guide.Line
	width  int
	prompt *widget.Prompt
	sought string
}

func newGuidePage(k *kit, p guide.Page) Screen {
	g := &guidePage{kit: k, page: p, links: guide.Links(p.Text), at: -1, pane: widget.NewPane(k.theme)}
	g.lay(80)
	return g
}

func (g *guidePage) lay(width int) { g.width, g.lines = width, guide.Lines(g.page.Text, width-margin) }

func (g *guidePage) Init() tea.Cmd { return nil }

func (g *guidePage) Title() string { return g.page.Title }

func (g *guidePage) At() widget.Where {
	return widget.Where{Scope: scopeGuidePage, Typing: g.prompt != nil, Off: func(a widget.Action) bool {
		switch a {
		case widget.Open:
			return g.at < 0
		case widget.NextField, widget.PrevField:
			return len(g.links) == 0
		case guideAgain:
			return g.sought == ""
		case goGuide:
			return true
		default:
			return false
		}
	}}
}

func (g *guidePage) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if g.prompt != nil {
			return g, g.asked(msg)
		}
	case actMsg:
		return g.act(msg.action)
	}
	return g, nil
}

func (g *guidePage) asked(msg tea.KeyMsg) tea.Cmd {
	switch g.prompt.Update(msg) {
	case widget.Answered:
		g.sought, g.prompt = g.prompt.Value(), nil
		return g.find()
	case widget.Dismissed:
		g.prompt = nil
	case widget.Asking:
	}
	return nil
}

func (g *guidePage) act(a widget.Action) (Screen, tea.Cmd) {
	switch a {
	case widget.Back:
		return g, pop()
	case widget.NextField:
		g.choose(1)
	case widget.PrevField:
		g.choose(-1)
	case widget.Open:
		if p, ok := guide.Find(g.links[g.at]); ok {
			return g, push(newGuidePage(g.kit, p))
		}
	case widget.Right, widget.Left:
		return g.leaf(a == widget.Right), nil
	case guideFind:
		g.prompt = widget.NewPrompt(g.kit.theme, "Find", g.sought)
	case guideAgain:
		return g, g.find()
	default:
		g.pane.Act(a)
	}
	return g, nil
}

// leaf is the page after this one, or before it.
func (g *guidePage) leaf(on bool) Screen {
	all := guide.Pages()
	i := slices.IndexFunc(all, func(p guide.Page) bool { return p.Name == g.page.Name })
	step := len(all) - 1
	if on {
		step = 1
	}
	return newGuidePage(g.kit, all[(i+step)%len(all)])
}

// choose goes to another link and shows it.
func (g *guidePage) choose(by int) {
	if g.at < 0 && by < 0 {
		g.at = 0
	}
	g.at = (g.at + by + len(g.links)) % len(g.links)
	for i, l := range g.lines {
		if slices.ContainsFunc(l.Spans, func(s guide.Span) bool { return s.Style == guide.Link && s.To == g.links[g.at] }) {
			g.pane.Show(i)
			return
		}
	}
}

// find goes on to the next line that holds the words looked for, and round to the first.
func (g *guidePage) find() tea.Cmd {
	from := g.pane.First() + 1
	for i := range g.lines {
		at := (from + i) % len(g.lines)
		if contains(g.lines[at].String(), g.sought) {
			g.pane.Top(at)
			return nil
		}
	}
	return say(theme.Muted, "Nothing on this page says that.")
}

func (g *guidePage) View(width, height int) string {
	th := g.kit.theme
	if g.width != width {
		g.lay(width)
	}
	var shown []string
	for _, l := range g.lines {
		if th.Spoken && l.Kind == guide.Picture {
			continue // a drawing says nothing to a voice
		}
		shown = append(shown, g.line(l, width))
	}
	foot := []string{th.Muted.Render(th.Cut(g.foot(), width))}
	if g.prompt != nil {
		foot = splitLines(g.prompt.View(width))
	}
	g.pane.SetLines(shown)
	g.pane.SetSize(width, max(1, height-len(foot)))
	return fit(th, append(splitLines(g.pane.View()), foot...), width, height)
}

// margin is where the mark of the chosen link stands.
const margin = 2

// line draws a line; the one with the chosen link has the cursor before it.
func (g *guidePage) line(l guide.Line, width int) string {
	th, lead, out := g.kit.theme, "  ", ""
	for _, s := range l.Spans {
		text := th.Clean(s.Text)
		switch {
		case l.Kind == guide.Heading, s.Style == guide.Strong:
			text = th.Title.Render(text)
		case s.Style == guide.Link && g.at >= 0 && s.To == g.links[g.at]:
			text, lead = th.Selected.Render(text), th.Glyphs.Cursor+" "
		case s.Style == guide.Code, s.Style == guide.Link, l.Kind == guide.Command:
			text = th.Key.Render(text)
		}
		out += text
	}
	return th.Cut(lead+out, width)
}

func (g *guidePage) foot() string {
	if at := g.pane.Position(); at != "" {
		return at
	}
	return "all of it"
}
