package profile

import (
	"fmt"
	"strings"

	"custos/internal/register"
)

// Describe returns a profile as plain text that reads like the notice it came
// from: paragraphs of any length under short headings, no line wrapped.
func Describe(p register.Profile) string {
	w := &writer{}
	w.linef("%s (%s, version %s)", p.Title, p.Name, p.Version)
	w.para(p.Summary)
	w.people(&p)
	w.purposes(&p)
	w.sharing(&p)
	w.head("How long we keep it")
	w.para(p.Retained)
	for _, r := range p.Retention {
		w.linef("- %s: %s. %s.", r.Title, r.Words(), r.Authority)
	}
	w.rights(&p)
	w.wordings(&p)
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) linef(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) head(title string) { w.linef("\n%s\n", strings.ToUpper(title)) }

func (w *writer) para(text string) {
	if text != "" {
		w.linef("%s", text)
	}
}

func (w *writer) people(p *register.Profile) {
	w.head("Whom we keep records of, and what")
	w.para(p.Withhold)
	for _, k := range p.Kinds {
		w.linef("\n%s (%s)", k.Title, k.ID)
		for _, f := range k.Fields {
			duty := "voluntary"
			if f.Mandatory {
				duty = "mandatory"
			}
			if f.Special {
				duty += ", special category"
			}
			w.linef("- %s (%s): %s", f.Title, duty, f.Consequence)
		}
	}
	if len(p.AccessLevels) > 0 {
		w.linef("\nLevels of access")
	}
	for _, a := range p.AccessLevels {
		w.linef("- %s (%s): %s", a.Title, a.ID, a.Means)
	}
	w.linef("")
	w.para(p.Special)
	w.head("Where it comes from")
	w.para(p.Source)
}

func (w *writer) purposes(p *register.Profile) {
	w.head("What we use it for, and why the law allows it")
	for i, x := range p.Purposes {
		if i > 0 {
			w.linef("")
		}
		w.linef("%s (%s)", x.Title, x.ID)
		w.para(x.Wording)
		for _, b := range x.Bases {
			w.linef("- %s%s. %s", b.Basis.Title(), among(&b), b.Note)
		}
		if x.Article9 != "" {
			w.linef("- Special category data: %s.", x.Article9)
		}
		if len(x.Channels) > 0 {
			w.linef("- Asked separately for: %s.", strings.Join(x.Channels, ", "))
		}
	}
	w.linef("")
	w.para(p.OnBehalf)
	w.head("Decisions by computer")
	w.para(p.Automated)
}

// among says for whom a basis holds, "" where for everybody.
func among(b *register.BasisRule) string {
	var parts []string
	if len(b.Kinds) > 0 {
		parts = append(parts, strings.Join(b.Kinds, ", "))
	}
	if len(b.Access) > 0 {
		parts = append(parts, "access level "+strings.Join(b.Access, ", "))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

func (w *writer) sharing(p *register.Profile) {
	w.head("Who receives it")
	for _, r := range p.Recipients {
		w.linef("- %s (%s): %s", r.Name, r.Role, r.Why)
	}
	w.head("Transfers out of the United Kingdom")
	if len(p.Transfers) == 0 {
		w.para("None.")
	}
	for _, t := range p.Transfers {
		to, _ := p.Recipient(t.Recipient)
		w.linef("- %s, in %s. Safeguard: %s", to.Name, t.Country, t.Safeguard)
	}
}

func (w *writer) rights(p *register.Profile) {
	w.head("Your rights")
	w.para(p.Requests)
	for _, r := range p.Rights {
		w.linef("- %s (%s). %s", r.Title, r.Right.Article(), r.Note)
	}
	w.head("How to complain")
	w.para(p.Complaint)
	w.head("Whom to turn to")
	for _, c := range p.Contacts {
		w.linef("- %s: %s", c.Title, c.How)
	}
}

func (w *writer) wordings(p *register.Profile) {
	w.head("Wordings shown to people")
	for i, n := range p.Notices {
		if i > 0 {
			w.linef("")
		}
		until := ""
		if !n.To.IsZero() {
			until = " to " + n.To.Long()
		}
		w.linef("%s (%s, version %s, in force from %s%s)", n.Title, n.ID, n.Version, n.From.Long(), until)
		w.para(strings.TrimSpace(n.Text))
	}
}
