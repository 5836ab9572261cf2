package tui

import (
	"cmp"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/theme"
)

const (
	wide  = 120 // columns from which the side pane stands beside the main one
	aside = 46  // columns of the side pane there
)

func (p *person) View(width, height int) string {
	th := p.kit.theme
	if !p.ready {
		return fit(th, []string{th.Muted.Render("Reading ...")}, width, height)
	}
	if width < wide {
		p.lay(width, width)
		lower := min(p.lower, height/2)
		p.side.SetSize(width, lower)
		p.main.SetSize(width, max(1, height-lower-2))
		rule := p.rule("Where they stand", p.side.Position(), p.aside, width)
		held := p.rule("What is held", p.main.Position(), !p.aside, width)
		out := append([]string{rule}, splitLines(p.side.View())...)
		return fit(th, append(append(out, held), splitLines(p.main.View())...), width, height)
	}
	left := width - aside - 3
	p.lay(left, aside)
	p.main.SetSize(left, height-1)
	p.side.SetSize(aside, height-1)
	main, side := splitLines(p.main.View()), splitLines(p.side.View())
	bar := " " + th.Border.Render(th.Lines.Left) + " "
	out := []string{th.Fit(p.rule("What is held", p.main.Position(), !p.aside, left), left) + bar +
		p.rule("Where they stand", p.side.Position(), p.aside, aside)}
	for i := range main {
		out = append(out, th.Fit(main[i], left)+bar+side[i])
	}
	return fit(th, out, width, height)
}

// rule heads a pane; the one that scrolls has the cursor before its name.
func (p *person) rule(title, position string, moves bool, width int) string {
	th := p.kit.theme
	lead := "  "
	if moves {
		lead = th.Glyphs.Cursor + " "
	}
	if position != "" {
		title += " (" + position + ")"
	}
	return th.Title.Render(th.Cut(lead+title, width))
}

// lay makes the lines of both panes when the page or the width has changed.
func (p *person) lay(main, side int) {
	if p.drawn == main {
		return
	}
	p.drawn = main
	held, standing := p.held(main), p.standing(side)
	p.main.SetLines(held)
	p.side.SetLines(standing)
	p.upper, p.lower = len(held), len(standing)
}

// text gathers wrapped and toned lines.
type text struct {
	th    *theme.Theme
	width int
	lines []string
}

// add wraps a text from outside under a lead; its further lines are indented as far.
func (t *text) add(lead string, tone theme.Tone, s string) {
	if t.th.Spoken {
		t.lines = append(t.lines, lead+t.th.Clean(s))
		return
	}
	indent := theme.Width(lead)
	for i, l := range theme.Wrap(t.th.Clean(s), max(8, t.width-indent)) {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		t.lines = append(t.lines, lead+t.th.Paint(tone, l))
	}
}

func (t *text) head(s string) {
	if len(t.lines) > 0 {
		t.lines = append(t.lines, "")
	}
	t.lines = append(t.lines, t.th.Title.Render(t.th.Cut(t.th.Clean(s), t.width)))
}

// standing is who it is, what is missing, and how memberships, consents and cases stand.
func (p *person) standing(width int) []string {
	t := &text{th: p.kit.theme, width: width}
	p.addWho(t)
	t.head("Memberships")
	for _, m := range p.page.Memberships {
		t.add("  ", ended(m), membershipWords(m))
	}
	if len(p.page.Memberships) == 0 {
		t.add("  ", theme.Muted, "none")
	}
	t.head("Consents")
	t.consents(p.page.Consents)
	t.head("Cases")
	for _, r := range p.page.Requests {
		t.add("  ", pressing(r.Pressure), r.Ref+"  "+string(r.Right)+"  "+pressure(r))
	}
	if len(p.page.Requests) == 0 {
		t.add("  ", theme.Muted, "none")
	}
	return t.lines
}

func (p *person) addWho(t *text) {
	d := p.page.Delegate
	t.head(cmp.Or(d.Name, string(d.ID)))
	if d.Status == register.Restricted {
		t.restricted(&d)
	} else {
		t.add("  ", statusTone(d.Status), statusWords(&d))
	}
	t.holdsOf(p.page.Holds)
	if len(p.page.Missing) == 0 {
		return
	}
	t.add("  ", theme.Soon, "INCOMPLETE: mandatory and missing")
	for _, m := range p.page.Missing {
		t.add("    ", theme.Plain, strings.TrimSuffix(m.Title+": "+m.Consequence, ": "))
	}
}

func statusTone(s register.Status) theme.Tone {
	if s == register.Deactivated || s == register.Erased {
		return theme.Muted
	}
	return theme.Plain
}

// statusWords is how a record stands, since when and why.
func statusWords(d *register.Delegate) string {
	status := string(d.Status)
	if !d.StatusSince.IsZero() {
		status += ", since " + day(d.StatusSince)
	}
	if d.StatusReason != "" {
		status += ": " + d.StatusReason
	}
	return status
}

func ended(m register.MembershipEntry) theme.Tone {
	if m.To.IsZero() {
		return theme.Plain
	}
	return theme.Muted
}

func membershipWords(m register.MembershipEntry) string {
	words := m.Name
	for _, more := range []string{m.Role, m.Access} {
		if more != "" {
			words += ", " + more
		}
	}
	if !m.From.IsZero() {
		words += ", from " + day(m.From)
	}
	if !m.To.IsZero() {
		words += " to " + day(m.To)
	}
	return words
}

func consentTone(a register.ConsentAct) theme.Tone {
	switch a {
	case register.Given, register.Renewed:
		return theme.Good
	case register.Withdrawn, register.Objected, register.RefusedIt:
		return theme.Bad
	case register.NeverAsked:
		return theme.Muted
	case register.Asked, register.Expired:
	}
	return theme.Plain
}

// consentWords is how a question stands: "News by email: given since 2 March 2026".
func consentWords(c register.ConsentLine) string {
	words := lineName(&c) + ": " + consentAct(c.State)
	if !c.Since.IsZero() {
		words += ", " + moment(c.Since)
	}
	if c.Basis != "" && c.Basis != register.Consent {
		words += "; rests on " + strings.ToLower(c.Basis.Title())
	}
	return words
}

// lineName is the question of a line in words.
func lineName(c *register.ConsentLine) string { return questionName(c.Title, c.Use, lineKey(c)) }

// consents says how every question stands, the channels of a purpose together, and what may be done.
func (t *text) consents(all []register.ConsentLine) {
	last := ""
	for i := range all {
		c := &all[i]
		if c.Purpose != last {
			last = c.Purpose
			t.add("  ", theme.Plain, purposeWords(c))
		}
		lead := "may    "
		switch {
		case c.Use:
			lead = mayWord(true, c.May) + ":"
		case !c.May:
			lead = "MAY NOT"
		}
		t.add("    "+t.th.Paint(mayTone(c.May), lead)+" ", consentTone(c.State), standsWords(c))
	}
	if len(all) == 0 {
		t.add("  ", theme.Muted, "The profile of this office asks nobody for consent.")
	}
}

// purposeWords is what is asked about, and the basis where that is not consent.
func purposeWords(c *register.ConsentLine) string {
	if c.Basis == "" || c.Basis == register.Consent {
		return c.Title
	}
	return c.Title + " (rests on " + strings.ToLower(c.Basis.Title()) + ")"
}

// standsWords is how one channel stands: "email: given, 2 Mar 2026". A use has none to name.
func standsWords(c *register.ConsentLine) string {
	words := byWords(c.Channel, c.Brand) + ": "
	if c.Use {
		words = ""
	}
	if c.Rule == register.RuleService {
		return words + "nobody is asked, a service message"
	}
	words += consentAct(c.State)
	if !c.Since.IsZero() {
		words += ", " + short(calendar.LondonDate(c.Since))
	}
	return words
}

func consentAct(a register.ConsentAct) string {
	if a == register.NeverAsked {
		return "never asked"
	}
	return string(a)
}

// held is every record of every collection, line by line with its source.
func (p *person) held(width int) []string {
	t := &text{th: p.kit.theme, width: width}
	for _, h := range p.page.Holdings {
		if len(h.Entries) == 0 {
			continue
		}
		t.head(h.Title)
		if h.Purpose != "" {
			t.add("  ", theme.Muted, "Kept for: "+h.Purpose)
		}
		for i, e := range h.Entries {
			if i > 0 {
				t.lines = append(t.lines, "")
			}
			for _, l := range e.Lines {
				t.line(l)
			}
		}
	}
	return t.lines
}

func (t *text) line(l register.Line) {
	label := l.Label
	if l.Special {
		label += " [special]"
	}
	value, source := l.Value, ""
	if l.Source != "" {
		source = "(" + l.Source + ")"
	}
	if t.th.Spoken {
		t.add("", theme.Plain, strings.TrimSpace(label+": "+value+"   "+source))
		return
	}
	lead := "  " + t.th.Muted.Render(t.th.Cell(label, min(24, t.width/3))) + " "
	if both := value + "   " + source; theme.Width(lead)+theme.Width(t.th.Clean(both)) <= t.width {
		t.add(lead, theme.Plain, strings.TrimSpace(both))
		return
	}
	t.add(lead, theme.Plain, value)
	if source != "" { // beside the value it would be torn apart
		t.add(strings.Repeat(" ", theme.Width(lead)), theme.Plain, source)
	}
}
