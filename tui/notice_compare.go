package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// comparison shows two versions of a notice as one text, with what went and what came marked by brackets and by tone.
type comparison struct {
	kit   *kit
	title string
	old   register.Notice
	new   register.Notice
	parts []register.DiffPart
	ready bool
	pane  *widget.Pane
	width int // the lines are laid out for
}

func newComparison(k *kit, old, now register.Notice) Screen {
	title := old.Version + " to " + now.Version
	return &comparison{kit: k, title: title, old: old, new: now, pane: widget.NewPane(k.theme), width: -1}
}

type comparedMsg struct{ parts []register.DiffPart }

// Init compares outside the update loop: long wordings take their time.
func (c *comparison) Init() tea.Cmd {
	old, now := c.old.Text, c.new.Text
	return func() tea.Msg { return comparedMsg{register.NoticeDiff(old, now)} }
}

func (c *comparison) Title() string { return c.title }

func (c *comparison) At() widget.Where {
	return widget.Where{Scope: scopeText, Off: func(a widget.Action) bool { return a == widget.Open }}
}

func (c *comparison) Update(msg tea.Msg) (Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case comparedMsg:
		c.parts, c.ready, c.width = msg.parts, true, -1
	case actMsg:
		if msg.action == widget.Back {
			return c, pop()
		}
		c.pane.Act(msg.action)
	}
	return c, nil
}

func (c *comparison) View(width, height int) string {
	th := c.kit.theme
	if !c.ready {
		return fit(th, []string{th.Muted.Render(th.Cut("Comparing ...", width))}, width, height)
	}
	if c.width != width {
		c.width = width
		c.pane.SetLines(diffLines(th, c.parts, width))
	}
	head := th.Muted.Render(th.Cut(c.heading(), width))
	c.pane.SetSize(width, max(1, height-2))
	out := append([]string{head}, splitLines(c.pane.View())...)
	return fit(th, append(out, th.Muted.Render(th.Cut(c.pane.Position(), width))), width, height)
}

func (c *comparison) heading() string {
	out, in := 0, 0
	for _, p := range c.parts {
		n := len(strings.Fields(p.Text))
		switch p.Kind {
		case register.DiffOut:
			out += n
		case register.DiffIn:
			in += n
		}
	}
	return "[-gone-] " + count(out, "word") + ", {+new+} " + count(in, "word") + ", " + changeWord(c.new.Material) + " change"
}

// diffLines lays the parts out in lines. Every line of a part has its brackets, so that no line needs the one before.
func diffLines(th *theme.Theme, parts []register.DiffPart, width int) []string {
	d := diffText{th: th, width: max(8, width)}
	for _, p := range parts {
		lead, trail, tone := "", "", theme.Plain
		switch p.Kind {
		case register.DiffOut:
			lead, trail, tone = "[-", "-]", theme.Bad
		case register.DiffIn:
			lead, trail, tone = "{+", "+}", theme.Good
		}
		for i, l := range strings.Split(p.Text, "\n") {
			if i > 0 {
				d.end()
			}
			d.words(th.Clean(l), tone, lead, trail)
		}
	}
	d.end()
	return d.lines
}

// diffText fills lines with words of several tones.
type diffText struct {
	th    *theme.Theme
	width int
	lines []string
	line  string
	used  int
}

func (d *diffText) end() {
	d.lines = append(d.lines, d.line)
	d.line, d.used = "", 0
}

// words puts the words of one part on as many lines as they need, each run of them in its brackets.
func (d *diffText) words(s string, tone theme.Tone, lead, trail string) {
	words := strings.Fields(s)
	if s != "" && (s[0] == ' ' || lead != "") {
		d.space()
	}
	marks := theme.Width(lead) + theme.Width(trail)
	var run []string
	taken := 0
	flush := func() {
		if len(run) > 0 {
			d.put(lead+strings.Join(run, " ")+trail, tone)
		}
		run, taken = nil, 0
	}
	for _, w := range words {
		need := theme.Width(w)
		if len(run) > 0 {
			need++
		}
		if d.used+taken+need+marks > d.width && d.used+taken > 0 {
			flush()
			d.end()
			need = theme.Width(w)
		}
		run, taken = append(run, w), taken+need
	}
	flush()
	if len(words) > 0 && strings.HasSuffix(s, " ") {
		d.space()
	}
}

// space parts what comes from what stands on the line already.
func (d *diffText) space() {
	if d.used > 0 && d.used < d.width && !strings.HasSuffix(d.line, " ") {
		d.put(" ", theme.Plain)
	}
}

func (d *diffText) put(s string, tone theme.Tone) {
	d.used += theme.Width(s)
	d.line += d.th.Paint(tone, s)
}
