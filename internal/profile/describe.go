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
	if p.Charity {
		w.para("We are a charity.")
	}
	w.para(p.Layered)
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
		if k.Minors {
			w.linef("Mostly children: nobody can agree to anything until the date of birth is held.")
		}
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
	if p.CompetentAge > 0 {
		w.linef("From the age of %d a child answers for themselves; before that a parent or carer answers for them.",
			p.CompetentAge)
	}
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
		if n.Material {
			w.para("A change that matters: whoever agreed before it is told of it and asked again.")
		}
		w.para(strings.TrimSpace(n.Text))
	}
}
