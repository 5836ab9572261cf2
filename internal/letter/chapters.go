package letter

import "custos/internal/register"

// chapter is one numbered part of the page: paragraphs, then the holdings or
// the purposes or tables.
type chapter struct {
	ID, Title string
	Paras     []string
	Held      []Holding
	Purposes  []Purpose
	Tables    []table
}

// table is a section on the page, and what is said where it has no rows.
type table struct {
	Section
	Empty string
	Quiet bool // the heading above says the caption already
}

// The ids of the chapters in which sentences of the profile stand.
const (
	chapterHeld       = "held"
	chapterRecipients = "recipients"
	chapterTransfers  = "transfers"
	chapterRetention  = "retention"
	chapterSource     = "source"
	chapterRights     = "rights"
	chapterComplaint  = "complaint"
	chapterAutomated  = "automated"
	chapterChecking   = "checking"
)

// chapters returns the page in its order: everything the UK GDPR asks for in
// Art 15, then how the reply came about and how to check it.
func (d *Document) chapters() []chapter {
	all := []chapter{
		{ID: "request", Title: "Your request", Paras: d.opening(), Tables: []table{{Section: *d.caseTable()}}},
		{ID: chapterHeld, Title: "What we hold on you", Paras: d.heldWords(), Held: d.Held},
		{ID: "mentions", Title: "What others' records say of you", Paras: []string{mentionWords}, Tables: []table{
			{Section: *d.mentionTable(), Empty: "None of them says anything about you that we found."},
		}},
		{ID: "documents", Title: "Documents held elsewhere",
			Tables: []table{{Section: *d.documentTable(), Empty: "There are none that we know of."}}},
		{ID: "omissions", Title: "What was left out and why", Paras: d.omissionWords(),
			Tables: []table{{Section: *d.omissionTable(), Empty: "Nothing was left out."}}},
		{ID: "purposes", Title: "Why we use it and what allows it", Paras: d.purposeWords(), Purposes: d.Purposes},
		{ID: "categories", Title: "Categories of data", Tables: []table{{Section: *d.categoryTable(), Empty: "None."}}},
		{ID: chapterRecipients, Title: "Who has had it or will have it", Paras: []string{roles}, Tables: []table{
			{Section: *d.recipientTable(), Empty: "Nobody outside the office receives it."},
			{Section: *d.disclosureTable(), Empty: "Nothing about you has left the office in a file."},
		}},
		{ID: chapterTransfers, Title: "Transfers out of the United Kingdom", Tables: []table{{Section: *d.transferTable()}}},
		{ID: chapterRetention, Title: "How long we keep it",
			Tables: []table{{Section: *d.retentionTable(), Empty: "Nothing is kept."}}},
		{ID: chapterSource, Title: "Where it came from", Paras: []string{sources}},
		{ID: chapterRights, Title: "Your rights", Tables: []table{{Section: *d.rightTable()}}},
		{ID: chapterComplaint, Title: "How to complain", Tables: []table{{Section: *d.contactTable()}}},
		{ID: chapterAutomated, Title: "Decisions made by computer"},
		{ID: "deadline", Title: "How the due date was worked out",
			Tables: []table{{Section: *d.deadlineTable(), Empty: "No date has been worked out yet."}}},
		{ID: chapterChecking, Title: "How to check these files", Paras: d.checking(), Tables: []table{{Section: *d.auditTable()}}},
	}
	for i := range all {
		if len(all[i].Tables) == 1 {
			all[i].Tables[0].Quiet = true
		}
		for _, s := range d.Statements {
			if s.About == all[i].ID {
				all[i].Paras = append(all[i].Paras, s.Text)
			}
		}
	}
	return all
}

const (
	copyOf = "This is a copy of everything we hold on you, collection by collection. A collection in which we hold " +
		"nothing says so."
	copyBut = "This is a copy of what we hold on you, collection by collection, but for what was left out: see What was " +
		"left out and why. A collection in which we hold nothing says so."
	marks = "A mark such as [ U+202E ] stands for a character in the record that cannot be shown. Times are " +
		"those of a clock in London."
	nothingAtAll = "We hold nothing on you."
	noPurpose    = "None of the purposes we keep data for applies to you."
	roles        = "A controller decides itself what it does with the data, within the law; a processor does only what " +
		"we instruct it to do."
	sources = "Where we noted the source of a single value, it stands beside the value under What we hold on you."
)

func (d *Document) heldWords() []string {
	for _, h := range d.Held {
		if len(h.Records) > 0 || h.LeftOut > 0 {
			if len(d.Omissions) > 0 {
				return []string{copyBut, marks}
			}
			return []string{copyOf, marks}
		}
	}
	return []string{nothingAtAll}
}

func (d *Document) purposeWords() []string {
	if len(d.Purposes) == 0 {
		return []string{noPurpose}
	}
	return nil
}

func (d *Document) opening() []string {
	who := "You asked"
	if d.Case.Requester != "" {
		who = d.Case.Requester + " asked for you"
	}
	paras := []string{who + " what data " + d.Case.Office + " holds on you. This is our reply, under Article 15 of the " +
		"UK General Data Protection Regulation. You may keep it, print it and share it as you like."}
	switch register.Outcome(d.Case.Outcome) {
	case register.Partly:
		paras = append(paras, "We give you part of what you asked for. The reasons stand below; you may complain about "+
			"this decision, as told under How to complain.")
	case register.Refuse:
		paras = append(paras, "We do not give you what you asked for. The reasons stand below; you may complain about "+
			"this decision, as told under How to complain.")
	default:
	}
	return paras
}

func (d *Document) checking() []string {
	paras := []string{
		"This reply consists of this page, of " + DataFile + " with the same content for computers, and of the same " +
			"content once more as tables in the folder tables, which a spreadsheet opens.",
		"The file " + ManifestFile + " lists every other file with its size and SHA-256 digest. If the digest of a file " +
			"is the same, it is as we made it. The command shasum -a 256 followed by its name shows the digest on Linux " +
			"and macOS; Get-FileHash followed by its name shows it in PowerShell on Windows.",
		"Our audit trail, in which no entry can be changed unnoticed, stood at the entry below when this reply was " +
			"made. Quote its number if you ask us about the reply.",
	}
	if d.Case.Unchecked {
		paras = append(paras, "One person both prepared and approved this reply; nobody else checked it.")
	}
	return paras
}
