package guide

import (
	"fmt"
	"strings"
	"unicode"
)

// Manual is a page as a page of the manual, custos-NAME(7), in the marks of man(7). The date is shown as it is given, and
// source names the program with its version.
func Manual(p Page, date, source string) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %q \"7\" %q %q \"Custos manual\"\n.SH NAME\n", "CUSTOS-"+strings.ToUpper(p.Name), date, source)
	fmt.Fprintf(&b, "%s \\- %s\n.SH DESCRIPTION\n", roff("custos-"+p.Name), roff(p.Title))
	kept := false
	for _, block := range parse(p.Text)[1:] {
		if asIs := block.kind == Command || block.kind == Picture; asIs != kept {
			b.WriteString(map[bool]string{true: ".PP\n.nf\n", false: ".fi\n"}[asIs])
			kept = asIs
		}
		switch {
		case kept:
			b.WriteString(line(roff(block.spans[0].Text)))
		case len(block.spans) == 0:
		case block.kind == Heading:
			b.WriteString(".SH " + roff(strings.ToUpper(Line{Spans: block.spans}.String())) + "\n")
		case block.kind == Listed:
			b.WriteString(".IP " + roff(strings.Replace(strings.TrimSpace(block.lead), "-", "*", 1)) + " 4\n" + line(styled(block.spans)))
		default:
			b.WriteString(".PP\n" + line(styled(block.spans)))
		}
	}
	if kept {
		b.WriteString(".fi\n")
	}
	return b.String()
}

// styled writes spans with keys and strong words in bold, and a link as the page it leads to.
func styled(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Style {
		case Code, Strong:
			b.WriteString(`\fB` + roff(s.Text) + `\fR`)
		case Link:
			b.WriteString(roff(s.Text) + ` (\fB` + roff("custos-"+s.To) + `\fR(7))`)
		case Plain:
			b.WriteString(roff(s.Text))
		}
	}
	return b.String()
}

// roff is a text in the marks of man(7), in ASCII: a terminal of another locale would leave out what is not.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "~", "─", `\-`, "│", "|", "█", "#", "▲", "^", "▼", "v").Replace(s)
	var b strings.Builder
	for _, r := range s {
		if r > unicode.MaxASCII {
			fmt.Fprintf(&b, `\[u%04X]`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// line keeps a text from being taken for a command of man.
func line(s string) string {
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s + "\n"
}
