package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// LetterInput asks for a letter of a case as a file.
type LetterInput struct {
	Ref  string
	Kind LetterKind
	// Values are by the name of a field what the office says itself; they stand
	// over what the case says.
	Values map[string][]string
	To     string // .pdf, .docx, .html or .txt; it must not exist; or Stream
	As     string // of Stream: pdf, docx, html or txt; "": pdf
}

// LetterPreview is a letter before it is written.
type LetterPreview struct {
	Kind    LetterKind          `json:"kind"`
	Text    string              `json:"text"` // as it will read, empty while something is missing
	Values  map[string][]string `json:"values"`
	Missing []LetterField       `json:"missing,omitempty"` // what it must say and nothing tells
	Draft   bool                `json:"draft,omitempty"`   // what it announces is not approved
}

// LetterFacts is what a letter needs to know beside the case.
type LetterFacts struct {
	Settings *Settings
	Person   string // full name
	Operator string
	Today    calendar.Date
	Other    *RequestRow // the case a duplicate is one of
	Sent     []string    // what a recipient was sent, and when
}

// LetterValues fills the fields of a letter of a kind from the case.
func (r *Request) LetterValues(k LetterKind, f LetterFacts) map[string][]string {
	v := values{}
	r.commonValues(v, f)
	r.decisionValues(v, k, f)
	r.clockValues(v, k)
	r.doneValues(v, k, f)
	return v
}

// values are by the name of a field; empty ones are left out.
type values map[string][]string

func (v values) put(name string, words ...string) {
	words = slices.DeleteFunc(slices.Clone(words), func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(words) > 0 {
		v[name] = words
	}
}

func (v values) day(name string, d calendar.Date) {
	if !d.IsZero() {
		v.put(name, d.Long())
	}
}

func (r *Request) commonValues(v values, f LetterFacts) {
	kind, _ := KindOfCase(r.Right)
	s := f.Settings
	v.put("office", s.Office)
	v.put("person", f.Person)
	v.put("requester", r.Requester)
	v.put("ref", r.Ref)
	v.put("right", strings.TrimPrefix(kind.Asks, "for "))
	v.put("article", kind.Article)
	v.put("how", howWords[r.How])
	v.put("operator", f.Operator)
	v.put("contact", s.Address)
	v.put("dpo_contact", s.contact("data-protection-officer"))
	v.put("regulator", s.RegulatorName())
	v.put("regulator_contact", either(s.RegulatorContact, s.contact("regulator")))
	v.put("complaint", s.Complaint())
	v.put("court", "You may ask "+courts[s.Nation]+" to put things right, whether or not you have complained to"+
		" anybody (Data Protection Act 2018 s.167).")
	v.day("received", r.Received())
	v.day("today", f.Today)
}

// howWords say the ways a request comes.
var howWords = map[string]string{
	"spoken": "by word of mouth", "letter": "by letter", "email": "by email", "form": "on a form",
	"social": "through social media",
}

// courts are those of DPA 2018 s.180.
var courts = map[calendar.Nation]string{
	calendar.EnglandAndWales: "the county court or the High Court", calendar.NorthernIreland: "a county court or the High Court",
	calendar.Scotland: "the sheriff court or the Court of Session",
}

// RegulatorName is the supervisory authority as letters name it.
func (s *Settings) RegulatorName() string { return either(s.Regulator, s.Profile.Regulator) }

// Complaint is how to complain, as the profile says it, with the supervisory
// authority named as the office names it.
func (s *Settings) Complaint() string {
	if s.Profile.Regulator == "" {
		return s.Profile.Complaint
	}
	return strings.ReplaceAll(s.Profile.Complaint, s.Profile.Regulator, s.RegulatorName())
}

func either(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// contact is how to reach a role of the profile, "" for one it lacks.
func (s *Settings) contact(role string) string {
	for _, c := range s.Profile.Contacts {
		if c.Role == role {
			return c.Title + ": " + c.How
		}
	}
	return ""
}

// decisionValues tell what was decided and why.
func (r *Request) decisionValues(v values, k LetterKind, f LetterFacts) {
	kind, _ := KindOfCase(r.Right)
	e, decided := r.Last(Decided)
	if decided {
		v.put("outcome", outcomeWords(r.Right, e.Outcome))
		v.put("reasons", e.Text)
		v.put("grounds", kind.GroundTexts(e.Grounds)...)
	}
	var exemptions []string
	for _, x := range r.Redactions {
		if known, ok := f.Settings.Exemption(x.Code); ok {
			exemptions = append(exemptions, known.Title+" ("+known.Source+")")
		}
	}
	slices.Sort(exemptions)
	v.put("exemptions", slices.Compact(exemptions)...)
	v.put("withheld", r.withheld(exemptions)...)
	switch k {
	case LetterRestricted:
		if set, ok := r.Last(RestrictionSet); ok {
			g, _ := RestrictionGround(first(set.Grounds))
			v.put("grounds", g.Text+" ("+g.Source+")")
		}
	case LetterExtension, LetterIdentity, LetterAuthority, LetterClarification, LetterFee, LetterLifting:
		delete(v, "reasons")
		asked := map[LetterKind]RequestEventKind{
			LetterExtension: Extended, LetterIdentity: IdentityAsked, LetterAuthority: AuthorityAsked,
			LetterClarification: ClarifyAsked, LetterFee: FeeAsked, LetterLifting: LiftingTold,
		}[k]
		if e, ok := r.Last(asked); ok {
			v.put("reasons", e.Text)
		}
	case LetterPortability: // where nothing is withheld, the reasons would stand under what is
		if e.Outcome == Fulfil {
			delete(v, "reasons")
		}
	default:
	}
}

// outcomeWords say a decision in a sentence.
func outcomeWords(right calendar.Right, out Outcome) string {
	words := map[Outcome]string{
		Fulfil: "We have done what you asked.", Partly: "We have done part of what you asked.",
		Refuse: "We cannot do what you asked.",
	}
	switch right {
	case calendar.Complaint:
		words = map[Outcome]string{
			Fulfil: "You were right to complain: we uphold your complaint.", Partly: "We uphold your complaint in part.",
			Refuse: "We looked into your complaint and do not uphold it.",
		}
	case calendar.Objection:
		words = map[Outcome]string{
			Fulfil: "We uphold your objection, and have stopped.", Partly: "We uphold your objection in part.",
			Refuse: "We do not uphold your objection, and go on.",
		}
	default:
	}
	return words[out]
}

// withheld tells what is not given without giving it away.
func (r *Request) withheld(exemptions []string) []string {
	var all []string
	for _, c := range r.Choices {
		if !c.Include && c.Reason != "" {
			all = append(all, "records: "+c.Reason)
		}
	}
	for _, d := range r.Documents {
		if !d.Include {
			all = append(all, "a document: "+d.Reason)
		}
	}
	for _, x := range exemptions {
		all = append(all, "words taken out: "+x)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
