package letter

import (
	"strconv"
	"strings"

	"custos/internal/register"
)

// Section is one part of a reply as a table: rows of as many cells as Header
// has names. Cells are as they are held; whoever writes them to a spreadsheet
// format guards against formulas.
type Section struct {
	Name     string   // of its file and of its place on the page
	Title    string   // in words
	Header   []string // column names, stable
	Headings []string // column names in words
	Rows     [][]string
}

// File returns the name of the section's file in the pack.
func (s *Section) File() string { return "tables/" + s.Name + ".csv" }

// column is a column's stable name and its heading.
type column struct{ name, heading string }

func section(name, title string, columns ...column) *Section {
	s := &Section{Name: name, Title: title}
	for _, c := range columns {
		s.Header, s.Headings = append(s.Header, c.name), append(s.Headings, c.heading)
	}
	return s
}

func (s *Section) add(cells ...string) { s.Rows = append(s.Rows, cells) }

// Sections returns the reply as tables, in the order of the page. Together they
// hold every value of Data.
func Sections(r Reply) []Section {
	d := Data(r)
	return d.sections()
}

func (d *Document) sections() []Section {
	all := []*Section{
		d.caseTable(), d.heldTable(), d.mentionTable(), d.documentTable(), d.omissionTable(), d.purposeTable(), d.categoryTable(), d.recipientTable(), d.disclosureTable(),
		d.transferTable(), d.retentionTable(), d.rightTable(), d.contactTable(), d.statementTable(),
		d.deadlineTable(), d.auditTable(),
	}
	out := make([]Section, len(all))
	for i, s := range all {
		out[i] = *s
	}
	return out
}

const (
	nothingHeld = "We hold nothing here."
	heldBack    = "What we hold here was left out."
)

func (d *Document) heldTable() *Section {
	s := section("held", "What we hold", column{"collection", "Collection"}, column{"title", "Title"},
		column{"purpose", "Purpose"}, column{"record", "Record"}, column{"field", "Field"}, column{"label", "What"},
		column{"value", "Value"}, column{"source", "Where it came from"}, column{"special", "Special category"})
	for _, h := range d.Held {
		if len(h.Records) == 0 {
			s.add(h.Collection, h.Title, h.Purpose, "", "", h.empty(), "", "", "")
		}
		for _, r := range h.Records {
			for _, l := range r.Lines {
				s.add(h.Collection, h.Title, h.Purpose, r.ID, l.Field, l.Label, l.Value, l.Source, yes(l.Special))
			}
		}
	}
	return s
}

func (d *Document) purposeTable() *Section {
	s := section("purposes", "Why we use it and what allows it", column{"id", "Purpose"}, column{"title", "Title"},
		column{"wording", "What we do"}, column{"basis", "Lawful basis"}, column{"article", "Article"},
		column{"note", "Note"}, column{"article9", "Special category condition"}, column{"categories", "Categories"},
		column{"recipients", "Recipients"}, column{"retention", "Kept for"})
	for _, p := range d.Purposes {
		for _, b := range p.Bases {
			s.add(p.ID, p.Title, p.Wording, b.Title, b.Article, b.Note, p.Article9,
				list(p.Categories), list(p.Recipients), p.Retention)
		}
	}
	return s
}

func (d *Document) categoryTable() *Section {
	s := section("categories", "Categories of data", column{"name", "Category"}, column{"fields", "What it covers"})
	for _, c := range d.Categories {
		s.add(c.Name, list(c.Fields))
	}
	return s
}

func (d *Document) recipientTable() *Section {
	s := section("recipients", "Who receives it", column{"name", "Recipient"}, column{"role", "Role"},
		column{"why", "Why"}, column{"country", "Where"})
	for _, r := range d.Recipients {
		s.add(r.Name, r.Role, r.Why, r.Country)
	}
	return s
}

func (d *Document) disclosureTable() *Section {
	s := section("disclosures", "When it left the office", column{"at", "When"}, column{"to", "To"},
		column{"what", "What"}, column{"fields", "Fields"})
	for _, x := range d.Disclosures {
		s.add(x.At, x.To, x.What, list(x.Fields))
	}
	return s
}

func (d *Document) transferTable() *Section {
	s := section("transfers", "Transfers out of the United Kingdom", column{"to", "To"},
		column{"country", "Country"}, column{"safeguard", "Safeguard"})
	for _, t := range d.Transfers {
		s.add(t.To, t.Country, t.Safeguard)
	}
	return s
}

func (d *Document) retentionTable() *Section {
	s := section("retention", "How long we keep it", column{"title", "Records"}, column{"period", "Kept"},
		column{"authority", "Why so long"}, column{"action", "What happens then"})
	for _, r := range d.Retention {
		s.add(r.Title, r.Period, r.Authority, r.Action)
	}
	return s
}

func (d *Document) rightTable() *Section {
	s := section("rights", "Your rights", column{"title", "Right"}, column{"article", "Law"}, column{"note", "Here"})
	for _, r := range d.Rights {
		s.add(r.Title, r.Article, r.Note)
	}
	return s
}

func (d *Document) contactTable() *Section {
	s := section("contacts", "Whom to turn to", column{"title", "Who"}, column{"how", "How"})
	for _, c := range d.Contacts {
		s.add(c.Title, c.How)
	}
	return s
}

func (d *Document) statementTable() *Section {
	s := section("statements", "Statements", column{"about", "About"}, column{"text", "Statement"})
	for _, x := range d.Statements {
		s.add(x.About, x.Text)
	}
	return s
}

func (d *Document) deadlineTable() *Section {
	s := section("deadline", "How the due date was worked out", column{"date", "Date"}, column{"rule", "Step"},
		column{"source", "Law or guidance"})
	for _, x := range d.Deadline {
		s.add(x.Date.String(), x.Rule, x.Source)
	}
	return s
}

func (d *Document) caseTable() *Section {
	c := &d.Case
	s := section("case", "Your request", column{"item", "Item"}, column{"value", "Value"})
	for _, x := range []struct{ item, value string }{
		{"Case number", c.Ref}, {"Right", c.Right}, {"Office", c.Office}, {"Person", c.Person},
		{"Made by", c.Requester}, {"Received", c.Received.String()}, {"How it was made", c.How}, {"Due", c.Due.String()},
		{"Written", c.Written.String()}, {"Decision", decision(c.Outcome)}, {"Reasons", c.Reasons},
		{"Privacy profile", c.Profile}, {"Profile version", c.Version},
		{"Draft", yes(c.Draft)}, {"Not checked by a second person", yes(c.Unchecked)},
	} {
		if x.value != "" {
			s.add(x.item, x.value)
		}
	}
	return s
}

// decision tells an outcome in words that hold its name.
func decision(outcome string) string {
	switch register.Outcome(outcome) {
	case register.Fulfil:
		return "fulfilled"
	case register.Partly:
		return "partly fulfilled"
	case register.Refuse:
		return "refused"
	}
	return outcome
}

func (d *Document) auditTable() *Section {
	s := section("audit", "Audit entry", column{"item", "Item"}, column{"value", "Value"})
	s.add("Format of the data", d.Format)
	s.add("Number of the audit entry", strconv.FormatUint(d.Audit.Sequence, 10))
	s.add("Hash of the audit entry", d.Audit.Hash)
	return s
}

func list(items []string) string { return strings.Join(items, "; ") }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
