package tui

import (
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
)

// findingSort is what a finding is.
type findingSort int

const (
	heldFinding findingSort = iota
	mentionFinding
	documentFinding
)

// finding is a thing the pack takes in or leaves out.
type finding struct {
	sort   findingSort
	choice register.FindingChoice // names it, and says what was chosen
	judged bool
	in     bool
	what   string // the collection in words
	which  string // in a line
	full   []string
}

// id names a finding among the others.
func (f *finding) id() string {
	return strings.Join([]string{f.choice.Collection, f.choice.Record, f.choice.Field}, "|")
}

// findingsOf puts everything found into one list: what is to be judged first.
func findingsOf(found *register.Findings) []finding {
	var all, judged []finding
	for i := range found.Mentions {
		if f := mentioned(&found.Mentions[i]); f.judged {
			judged = append(judged, f)
		} else {
			all = append(all, f)
		}
	}
	all = append(all, judged...)
	for i := range found.Documents {
		all = append(all, documented(&found.Documents[i]))
	}
	for i := range found.Holdings {
		h := &found.Holdings[i]
		for j := range h.Records {
			all = append(all, held(h, &h.Records[j]))
		}
	}
	return all
}

func held(h *register.FoundHolding, r *register.FoundRecord) finding {
	f := finding{sort: heldFinding, what: h.Title, in: r.In, judged: true}
	if r.Choice != nil {
		f.choice = *r.Choice
	}
	f.choice.Collection, f.choice.Record = h.Collection, r.Key
	for _, l := range r.Record.Lines {
		f.full = append(f.full, l.Label+": "+l.Value)
	}
	f.which = strings.Join(f.full, "; ")
	return f
}

func mentioned(m *register.Mention) finding {
	f := finding{
		sort: mentionFinding, what: m.Title + ": " + m.Label, which: m.Passage, in: m.In(), judged: m.Judged(),
		full: []string{"Found: " + strings.Join(m.Found, ", "), m.Text},
	}
	if m.Choice != nil {
		f.choice = *m.Choice
	}
	f.choice.Collection, f.choice.Record, f.choice.Field, f.choice.Digest = m.Collection, m.Record, m.Field, m.Digest
	f.choice.Passage = m.Passage
	return f
}

// documented is a document held elsewhere; its id stands for the record.
func documented(d *register.Document) finding {
	return finding{
		sort: documentFinding, what: "Document held elsewhere", which: d.Title, in: d.Include, judged: true,
		choice: register.FindingChoice{Collection: "documents", Record: string(d.ID), Include: d.Include, Reason: d.Reason},
		full:   []string{d.Title, "Held in: " + d.Where, "SHA-256 " + d.Digest},
	}
}

// state is how the finding stands, in words.
func (f *finding) state() string {
	switch {
	case !f.judged:
		return "TO JUDGE"
	case !f.in:
		return "left out"
	case f.sort == mentionFinding:
		return "quoted"
	}
	return "in"
}

// findingRows shows findings in a table.
type findingRows []finding

func (r findingRows) Len() int        { return len(r) }
func (r findingRows) ID(i int) string { return r[i].id() }

func (r findingRows) Row(i int) []string {
	f := &r[i]
	why := f.choice.Reason
	if f.in {
		why = ""
	}
	return []string{f.state(), f.what, f.which, why}
}

// Tone brings out what nobody has judged yet.
func (r findingRows) Tone(row, _ int) theme.Tone {
	switch {
	case !r[row].judged:
		return theme.Soon
	case !r[row].in:
		return theme.Muted
	}
	return theme.Plain
}

// findingPart is a part of the list.
type findingPart struct {
	name string
	in   func(*finding) bool
}

func findingParts() []findingPart {
	of := func(s findingSort) func(*finding) bool { return func(f *finding) bool { return f.sort == s } }
	return []findingPart{
		{"everything", func(*finding) bool { return true }},
		{"mentions to judge", func(f *finding) bool { return !f.judged }},
		{"mentions by others", of(mentionFinding)},
		{"documents held elsewhere", of(documentFinding)},
		{"what is held", of(heldFinding)},
		{"what is left out", func(f *finding) bool { return f.judged && !f.in }},
	}
}
