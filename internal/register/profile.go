package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// Profile is what one privacy notice demands of the office, as data: who is
// kept, which fields, on what basis, for how long and who receives them. The
// sentences are written for the person the data is about.
type Profile struct {
	Name     string `toml:"name" json:"name"`         // as init takes it: teaching-school
	Title    string `toml:"title" json:"title"`       // as people read it: Teaching school
	Version  string `toml:"version" json:"version"`   // of the profile, not of a notice
	Language string `toml:"language" json:"language"` // of the sentences, such as en-GB
	Summary  string `toml:"summary" json:"summary"`
	// Regulator is the supervisory authority's name, which may change.
	Regulator string `toml:"regulator" json:"regulator"`

	Source    string `toml:"source" json:"source"`                 // Art 15(1)(g): where data comes from
	Special   string `toml:"special" json:"special"`               // Art 9: what is done with it
	Withhold  string `toml:"withhold" json:"withhold"`             // what leaving a field out means in general
	OnBehalf  string `toml:"on_behalf" json:"on_behalf,omitempty"` // mail sent for partners
	Layered   string `toml:"layered" json:"layered,omitempty"`     // the wider notices this one stands under
	Retained  string `toml:"retained" json:"retained"`             // Art 15(1)(d)
	Requests  string `toml:"requests" json:"requests"`             // how a right may be used
	Complaint string `toml:"complaint" json:"complaint"`           // Art 15(1)(f): the office first
	Automated string `toml:"automated" json:"automated"`           // Art 15(1)(h)

	// CompetentAge is the age in years from which a child answers for
	// themselves; the office may set another. 0: DefaultCompetentAge.
	CompetentAge int `toml:"competent_age" json:"competent_age,omitempty"`
	// Charity says that the office is one: PECR reg 22(3A) is for charities only.
	Charity bool `toml:"charity" json:"charity,omitempty"`

	Kinds        []PersonKind    `toml:"kind" json:"kinds"`
	AccessLevels []AccessLevel   `toml:"access" json:"access_levels"`
	Channels     []Channel       `toml:"channel" json:"channels"`
	Brands       []Brand         `toml:"brand" json:"brands,omitempty"`
	Purposes     []Purpose       `toml:"purpose" json:"purposes"`
	Notices      []Notice        `toml:"notice" json:"notices"`
	Recipients   []Recipient     `toml:"recipient" json:"recipients"`
	Transfers    []Transfer      `toml:"transfer" json:"transfers,omitempty"`
	Retention    []RetentionRule `toml:"retention" json:"retention"`
	Rights       []RightOffer    `toml:"right" json:"rights"`
	Contacts     []ContactPoint  `toml:"contact" json:"contacts"`
	// Profiling lists all that may be counted about people, and how coarsely;
	// empty: no profiling.
	Profiling []ProfilingField `toml:"profiling" json:"profiling,omitempty"`
}

// ProfilingField is a field in the only form in which profiling may use it.
type ProfilingField struct {
	Field string `toml:"field" json:"field"` // of a kind of person
	As    string `toml:"as" json:"as"`       // one of Coarsenings
	Title string `toml:"title" json:"title"`
}

// Coarsenings returns what a value may be reduced to: an age band of a date of
// birth, the letters before the first digit of a postcode, or the value of a
// choice as it is.
func Coarsenings() []string { return []string{"age-band", "postcode-area", "choice"} }

// PersonKind is a kind of data subject and the fields kept on one.
type PersonKind struct {
	ID    string `toml:"id" json:"id"`
	Title string `toml:"title" json:"title"`
	// Subscriber is one of Subscribers: it follows whoever pays for the line or
	// mailbox, not the look of the address.
	Subscriber string `toml:"subscriber" json:"subscriber"`
	// Minors says that most are children: their date of birth decides who answers
	// for them, so a yes has to wait until it is held.
	Minors bool    `toml:"minors" json:"minors,omitempty"`
	Fields []Field `toml:"field" json:"fields"`
}

// Working reports whether people of the kind are met at their work: those are
// presumed reasonable to name where they work in education (DPA 2018 Sch 2
// para 17).
func (k *PersonKind) Working() bool { return k.Subscriber == "corporate" && !k.Minors }

// Subscribers returns the classes of PECR reg 22. Sole traders, childminders
// among them, and most partnerships are individuals.
func Subscribers() []string { return []string{"corporate", "individual"} }

// Field is one thing kept on a person.
type Field struct {
	ID          string   `toml:"id" json:"id"`
	Title       string   `toml:"title" json:"title"`
	Type        string   `toml:"type" json:"type,omitempty"`       // text (default), long, date, choice
	Mandatory   bool     `toml:"mandatory" json:"mandatory"`       // else voluntary
	Special     bool     `toml:"special" json:"special,omitempty"` // special category, UK GDPR Art 9
	Category    string   `toml:"category" json:"category"`         // Art 15(1)(b)
	Consequence string   `toml:"consequence" json:"consequence,omitempty"`
	Options     []string `toml:"options" json:"options,omitempty"`
	// Own says that the person gives it, whoever sends it in for them.
	Own     bool     `toml:"own" json:"own,omitempty"`
	Columns []string `toml:"columns" json:"columns,omitempty"` // further headings it goes by in imports
}

// FieldTypes returns what Field.Type may be; empty means text.
func FieldTypes() []string { return []string{"text", "long", "date", "choice"} }

// Check returns an Invalid error when a value does not fit the field's type.
// An empty value always fits.
func (f *Field) Check(value string) error {
	if value == "" {
		return nil
	}
	switch f.Type {
	case "date":
		if _, err := calendar.ParseDate(value); err != nil {
			return Errorf(Invalid, f.ID, "%s is a date such as 2026-03-02", f.Title)
		}
	case "choice":
		if !slices.Contains(f.Options, value) {
			return Errorf(Invalid, f.ID, "%s is one of: %s", f.Title, strings.Join(f.Options, ", "))
		}
	}
	return nil
}

// AccessLevel is what an account may do, such as manager or reader.
type AccessLevel struct {
	ID    string `toml:"id" json:"id"`
	Title string `toml:"title" json:"title"`
	Means string `toml:"means" json:"means"`
}

// ChannelIDs returns the ways to reach somebody that a profile may use.
func ChannelIDs() []string { return []string{"email", "phone", "post", "sms"} }

// Channel is a way to reach somebody, in the words of the profile.
type Channel struct {
	ID    string `toml:"id" json:"id"`
	Title string `toml:"title" json:"title"`
}

// Brand is a newsletter or service known by a name of its own.
type Brand struct {
	ID    string `toml:"id" json:"id"`
	Title string `toml:"title" json:"title"`
}

// Notice is a version of a wording people were shown.
type Notice struct {
	ID       string        `toml:"id" json:"id"`
	Version  string        `toml:"version" json:"version"`
	Title    string        `toml:"title" json:"title"`
	Text     string        `toml:"text" json:"text"`
	From     calendar.Date `toml:"from" json:"from"`
	To       calendar.Date `toml:"to" json:"to,omitzero"`
	Material bool          `toml:"material" json:"material,omitempty"`
}

// Recipient is an organisation data goes to.
type Recipient struct {
	ID      string `toml:"id" json:"id"`
	Name    string `toml:"name" json:"name"`
	Role    string `toml:"role" json:"role"` // one of RecipientRoles
	Why     string `toml:"why" json:"why"`
	Country string `toml:"country" json:"country,omitempty"` // empty: in the UK
}

// RecipientRoles returns what a recipient may be under the UK GDPR.
func RecipientRoles() []string { return []string{"controller", "joint-controller", "processor"} }

// Transfer is a restricted transfer and its safeguard (UK GDPR Art 44 to 49).
type Transfer struct {
	Recipient string `toml:"recipient" json:"recipient"`
	Country   string `toml:"country" json:"country"`
	Safeguard string `toml:"safeguard" json:"safeguard"`
}

// RightOffer says how a right stands in this office.
type RightOffer struct {
	Right calendar.Right `toml:"right" json:"right"`
	Title string         `toml:"title" json:"title"`
	Note  string         `toml:"note" json:"note"`
}

// ContactPoint is a role people may turn to; never a named person.
type ContactPoint struct {
	Role  string `toml:"role" json:"role"`
	Title string `toml:"title" json:"title"`
	How   string `toml:"how" json:"how"`
}

// Kind returns the kind of person with an id.
func (p *Profile) Kind(id string) (PersonKind, bool) {
	return find(p.Kinds, func(k PersonKind) bool { return k.ID == id })
}

// Holds reports whether a record of the kind has the field. Every record may
// have those that every profile knows.
func (k *PersonKind) Holds(field string) bool {
	return new(Delegate).core(field) != nil || slices.ContainsFunc(k.Fields, func(f Field) bool { return f.ID == field })
}

// FieldNames lists the ids of the kind's fields, for an error message.
func (k *PersonKind) FieldNames() string {
	ids := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		ids[i] = f.ID
	}
	return strings.Join(ids, ", ")
}

// KindNames lists the ids of the kinds, for an error message.
func (p *Profile) KindNames() string {
	ids := make([]string, len(p.Kinds))
	for i, k := range p.Kinds {
		ids[i] = k.ID
	}
	return strings.Join(ids, ", ")
}

// Purpose returns the purpose with an id.
func (p *Profile) Purpose(id string) (Purpose, bool) {
	return find(p.Purposes, func(x Purpose) bool { return x.ID == id })
}

// Recipient returns the recipient with an id.
func (p *Profile) Recipient(id string) (Recipient, bool) {
	return find(p.Recipients, func(x Recipient) bool { return x.ID == id })
}

// RetentionRule returns the retention class with an id.
func (p *Profile) RetentionRule(class string) (RetentionRule, bool) {
	return find(p.Retention, func(x RetentionRule) bool { return x.Class == class })
}

// Notice returns the version of a notice in force on a date: of several, the
// one that began last.
func (p *Profile) Notice(id string, on calendar.Date) (Notice, bool) {
	var found Notice
	for _, n := range p.Notices {
		in := n.ID == id && !on.Before(n.From) && (n.To.IsZero() || !n.To.Before(on))
		if in && (found.ID == "" || n.From.After(found.From)) {
			found = n
		}
	}
	return found, found.ID != ""
}

// MissingField is a mandatory field a record lacks and what that means.
type MissingField struct {
	Field       string `json:"field"`
	Title       string `json:"title"`
	Consequence string `json:"consequence"`
}

// Missing returns the mandatory fields a person's record lacks. The
// organisation and the access level live in a membership, so the caller gives
// it (nil for none).
func (p *Profile) Missing(d *Delegate, m *Membership) []MissingField {
	kind, _ := p.Kind(d.Kind)
	var missing []MissingField
	for _, f := range kind.Fields {
		if f.Mandatory && !held(f.ID, d, m) {
			missing = append(missing, MissingField{f.ID, f.Title, f.Consequence})
		}
	}
	return missing
}

func held(field string, d *Delegate, m *Membership) bool {
	switch field {
	case FieldOrganisation:
		return m != nil
	case FieldAccess:
		return m != nil && m.Access != ""
	}
	return d.Value(field) != ""
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	var zero T
	return zero, false
}
