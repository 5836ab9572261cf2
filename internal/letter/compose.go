package letter

import (
	"slices"
	"time"

	"custos/internal/register"
)

// Data returns the reply as data, without the words that were marked to be
// taken out: nothing of a reply is made from anything else. The page and the tables are made from it.
func Data(r Reply) Document {
	used := relevant(&r)
	d := Document{
		Format:      DocumentFormat,
		Case:        caseOf(&r),
		Held:        held(&r),
		Mentions:    mentions(&r),
		Documents:   papers(&r),
		Omissions:   withheld(&r),
		Categories:  categories(&r, used),
		Recipients:  recipients(&r, used),
		Disclosures: disclosures(&r),
		Retention:   retention(&r, used),
		Audit:       Audit{r.AuditSeq, r.AuditHash},
		// Lists are never null in JSON, so that a reader need not ask.
		Purposes: []Purpose{}, Rights: []Right{}, Contacts: []Contact{}, Deadline: []Step{},
	}
	for _, u := range used {
		d.Purposes = append(d.Purposes, purpose(&r, u))
	}
	d.Transfers = transfers(&r, d.Recipients)
	for _, x := range r.Profile.Rights {
		d.Rights = append(d.Rights, Right{x.Title, x.Right.Article(), x.Note})
	}
	for _, x := range r.Profile.Contacts {
		d.Contacts = append(d.Contacts, Contact{x.Title, x.How})
	}
	for _, s := range r.Request.Deadline.Steps {
		d.Deadline = append(d.Deadline, Step{s.Date, s.Rule, s.Source})
	}
	d.Statements = statements(&r, len(d.Transfers))
	d.redact(&r)
	return d
}

func caseOf(r *Reply) Case {
	decided, _ := r.Request.Last(register.Decided)
	return Case{
		Ref: r.Request.Ref, Right: string(r.Request.Right), Office: r.Office, Person: r.Person,
		Requester: r.Request.Requester, Received: r.Request.Received(), How: r.Request.How,
		Due: r.Request.Deadline.Due, Written: r.On,
		Outcome: string(decided.Outcome), Reasons: decided.Text,
		Profile: r.Profile.Title, Version: r.Profile.Version,
		Draft: r.Draft, Unchecked: r.Unchecked,
	}
}

func held(r *Reply) []Holding {
	all := make([]Holding, len(r.Holdings))
	for i, h := range r.Holdings {
		why := h.Purpose
		if p, ok := r.Profile.Purpose(h.Purpose); ok {
			why = p.Title
		}
		all[i] = Holding{h.Collection, h.Title, why, make([]Record, len(h.Entries)), h.LeftOut}
		for j, e := range h.Entries {
			all[i].Records[j] = Record{e.ID, make([]Line, len(e.Lines))}
			for k, l := range e.Lines {
				all[i].Records[j].Lines[k] = Line(l)
			}
		}
	}
	return all
}

// use is a purpose that applies to the person, by the rules that make it so.
type use struct {
	register.Purpose
	rules []register.BasisRule
}

// relevant returns the purposes that apply to the person's kind at any of
// their access levels.
func relevant(r *Reply) []use {
	levels := r.Access
	if len(levels) == 0 {
		levels = []string{""}
	}
	var all []use
	for _, p := range r.Profile.Purposes {
		u := use{Purpose: p}
		for _, level := range levels {
			rule, ok := p.BasisFor(r.Kind, level)
			if ok && !slices.ContainsFunc(u.rules, func(b register.BasisRule) bool { return b.Basis == rule.Basis }) {
				u.rules = append(u.rules, rule)
			}
		}
		if len(u.rules) > 0 {
			all = append(all, u)
		}
	}
	return all
}

func purpose(r *Reply, u use) Purpose {
	x := Purpose{ID: u.ID, Title: u.Title, Wording: u.Wording, Article9: u.Article9, Categories: u.Categories}
	for _, b := range u.rules {
		x.Bases = append(x.Bases, Basis{b.Basis.Title(), b.Basis.Article(), b.Note})
	}
	for _, id := range u.Recipients {
		x.Recipients = append(x.Recipients, recipientName(r, id))
	}
	if rule, ok := r.Profile.RetentionRule(u.Retention); ok {
		x.Retention = rule.Words()
	}
	return x
}

func categories(r *Reply, used []use) []Category {
	all := []Category{}
	add := func(name, field string) {
		i := slices.IndexFunc(all, func(c Category) bool { return c.Name == name })
		if i < 0 {
			i, all = len(all), append(all, Category{Name: name})
		}
		if field != "" {
			all[i].Fields = append(all[i].Fields, field)
		}
	}
	kind, _ := r.Profile.Kind(r.Kind)
	for _, f := range kind.Fields {
		add(f.Category, f.Title)
	}
	for _, u := range used {
		for _, name := range u.Categories {
			add(name, "")
		}
	}
	return all
}

const home = "United Kingdom"

// recipients returns whoever may receive the data for a purpose, and whoever
// has received it for any reason.
func recipients(r *Reply, used []use) []Recipient {
	wanted := map[string]bool{}
	for _, u := range used {
		for _, id := range u.Recipients {
			wanted[id] = true
		}
	}
	for _, d := range r.Disclosures {
		wanted[d.Recipient] = true
	}
	all := []Recipient{}
	for _, x := range r.Profile.Recipients {
		if wanted[x.ID] {
			country := x.Country
			if country == "" {
				country = home
			}
			all = append(all, Recipient{x.Name, x.Role, x.Why, country})
		}
	}
	return all
}

// recipientName returns a recipient's name: UK GDPR Art 15(1)(c) asks for the
// recipients themselves where they are known.
func recipientName(r *Reply, id string) string {
	if x, ok := r.Profile.Recipient(id); ok {
		return x.Name
	}
	switch id {
	case "data subject":
		return "yourself"
	case "internal":
		return "inside the office"
	}
	return id
}

// fieldTitles names fields as the person knows them.
func fieldTitles(r *Reply, ids []string) []string {
	kind, _ := r.Profile.Kind(r.Kind)
	var titles []string
	for _, id := range ids {
		title := id
		for _, f := range kind.Fields {
			if f.ID == id {
				title = f.Title
			}
		}
		titles = append(titles, title)
	}
	return titles
}

func disclosures(r *Reply) []Disclosure {
	all := []Disclosure{}
	for _, d := range r.Disclosures {
		to, fields := recipientName(r, d.Recipient), fieldTitles(r, d.Fields)
		all = append(all, Disclosure{d.At.UTC().Format(time.RFC3339), to, d.What, fields})
	}
	return all
}

func transfers(r *Reply, to []Recipient) []Transfer {
	all := []Transfer{}
	for _, t := range r.Profile.Transfers {
		name := recipientName(r, t.Recipient)
		if slices.ContainsFunc(to, func(x Recipient) bool { return x.Name == name }) {
			all = append(all, Transfer{name, t.Country, t.Safeguard})
		}
	}
	return all
}

func retention(r *Reply, used []use) []Retention {
	all := []Retention{}
	for _, rule := range r.Profile.Retention {
		if slices.ContainsFunc(used, func(u use) bool { return u.Retention == rule.Class }) {
			all = append(all, Retention{rule.Title, rule.Words(), rule.Authority, rule.Action})
		}
	}
	return all
}

const (
	noTransfer = "We do not send your data out of the United Kingdom."
	court      = "You may also go to court if you think that your rights were not respected, whether or not you " +
		"have complained to anybody (Data Protection Act 2018 s.167)."
)

func statements(r *Reply, transfers int) []Statement {
	p := &r.Profile
	abroad := ""
	if transfers == 0 {
		abroad = noTransfer
	}
	all := []Statement{}
	for _, s := range []Statement{
		{chapterHeld, p.Special}, {chapterRecipients, p.OnBehalf}, {chapterTransfers, abroad},
		{chapterRetention, p.Retained}, {chapterSource, p.Source}, {chapterRights, p.Requests},
		{chapterComplaint, p.Complaint}, {chapterComplaint, court}, {chapterAutomated, p.Automated},
	} {
		if s.Text != "" {
			all = append(all, s)
		}
	}
	return all
}
