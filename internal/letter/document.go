package letter

import "custos/internal/calendar"

// Document is an access reply as data: what data.json holds. Every field name
// is stable. Values are as they are held, unchanged; the page shows characters
// that draw nothing, or that turn text around, as visible marks.
type Document struct {
	Format      string       `json:"format"` // DocumentFormat
	Case        Case         `json:"case"`
	Held        []Holding    `json:"held"`
	Mentions    []Mention    `json:"mentions"`    // of the person in others' records
	Documents   []Paper      `json:"documents"`   // held elsewhere
	Omissions   []Omission   `json:"omissions"`   // what was left out, and why
	Purposes    []Purpose    `json:"purposes"`    // Art 15(1)(a)
	Categories  []Category   `json:"categories"`  // (b)
	Recipients  []Recipient  `json:"recipients"`  // (c)
	Disclosures []Disclosure `json:"disclosures"` // (c)
	Transfers   []Transfer   `json:"transfers"`   // Art 15(2)
	Retention   []Retention  `json:"retention"`   // (d)
	Rights      []Right      `json:"rights"`      // (e)
	Contacts    []Contact    `json:"contacts"`    // (f)
	Statements  []Statement  `json:"statements"`  // (d), (f), (g), (h) in sentences
	Deadline    []Step       `json:"deadline"`    // how the due date was worked out
	Audit       Audit        `json:"audit"`       // by which the reply can be checked
}

// DocumentFormat names the form of Document and its version.
const DocumentFormat = "custos access reply 1"

// Case is the request and how it was handled.
type Case struct {
	Ref       string        `json:"ref"`
	Right     string        `json:"right"`
	Office    string        `json:"office"`
	Person    string        `json:"person"`
	Requester string        `json:"requester,omitempty"` // somebody acting for the person
	Received  calendar.Date `json:"received,omitzero"`
	How       string        `json:"how"`
	Due       calendar.Date `json:"due,omitzero"`
	Written   calendar.Date `json:"written,omitzero"`
	Outcome   string        `json:"outcome,omitempty"`
	Reasons   string        `json:"reasons,omitempty"`
	Profile   string        `json:"profile"`
	Version   string        `json:"profile_version"`
	Draft     bool          `json:"draft"`
	Unchecked bool          `json:"not_second_checked"`
}

// Holding is what one collection holds; no records means nothing is held.
type Holding struct {
	Collection string   `json:"collection"`
	Title      string   `json:"title"`
	Purpose    string   `json:"purpose,omitempty"`
	Records    []Record `json:"records"`
	LeftOut    int      `json:"left_out,omitempty"` // records; why stands among the omissions
}

// Record is one record of a holding.
type Record struct {
	ID    string `json:"id,omitempty"`
	Lines []Line `json:"lines"`
}

// Line is one value that is held.
type Line struct {
	Field   string `json:"field"`
	Label   string `json:"label"`
	Value   string `json:"value"`
	Source  string `json:"source,omitempty"`
	Special bool   `json:"special,omitempty"` // special category, Art 9
}

// Mention is a passage about the person in a record kept on somebody else or
// on nobody.
type Mention struct {
	Collection string `json:"collection"`
	Title      string `json:"title"`
	Label      string `json:"label"`
	Passage    string `json:"passage"`
}

// Paper is a document held elsewhere than in the record.
type Paper struct {
	Title  string `json:"title"`
	Where  string `json:"where"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	File   string `json:"file,omitempty"` // its copy in the pack; none: it comes separately
}

// Omission is something that was left out, and why.
type Omission struct {
	What    string   `json:"what"`
	Count   int      `json:"count"`
	Why     string   `json:"why,omitempty"` // the exemption
	Law     string   `json:"law,omitempty"`
	Reasons []string `json:"reasons,omitempty"`
}

// Purpose is one thing the person's data is used for.
type Purpose struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Wording    string   `json:"wording"`
	Bases      []Basis  `json:"bases"`
	Article9   string   `json:"article9,omitempty"`
	Categories []string `json:"categories"`
	Recipients []string `json:"recipients,omitempty"`
	Retention  string   `json:"retention"`
}

// Basis is why the law allows a purpose.
type Basis struct {
	Title   string `json:"title"`
	Article string `json:"article"`
	Note    string `json:"note,omitempty"`
}

// Category is a category of personal data and the fields it covers.
type Category struct {
	Name   string   `json:"name"`
	Fields []string `json:"fields,omitempty"`
}

// Recipient is an organisation that receives or may receive the data.
type Recipient struct {
	Name    string `json:"name"`
	Role    string `json:"role"`
	Why     string `json:"why"`
	Country string `json:"country"`
}

// Disclosure is one time data about the person left the office.
type Disclosure struct {
	At     string   `json:"at"` // RFC 3339, UTC
	To     string   `json:"to"`
	What   string   `json:"what"`
	Fields []string `json:"fields,omitempty"`
}

// Transfer is a transfer out of the United Kingdom and its safeguard.
type Transfer struct {
	To        string `json:"to"`
	Country   string `json:"country"`
	Safeguard string `json:"safeguard"`
}

// Retention is how long one class of records is kept.
type Retention struct {
	Title     string `json:"title"`
	Period    string `json:"period"`
	Authority string `json:"authority"`
	Action    string `json:"action"`
}

// Right is a right the person has and how it stands here.
type Right struct {
	Title   string `json:"title"`
	Article string `json:"article"`
	Note    string `json:"note"`
}

// Contact is a role the person may turn to.
type Contact struct {
	Title string `json:"title"`
	How   string `json:"how"`
}

// Statement is a sentence of the reply.
type Statement struct {
	About string `json:"about"` // the id of the chapter of the page it stands in
	Text  string `json:"text"`
}

// Step is one step of working out the due date.
type Step struct {
	Date   calendar.Date `json:"date,omitzero"`
	Rule   string        `json:"rule"`
	Source string        `json:"source"`
}

// Audit is the entry of the office's audit trail the reply was built on.
type Audit struct {
	Sequence uint64 `json:"sequence"`
	Hash     string `json:"hash"`
}
