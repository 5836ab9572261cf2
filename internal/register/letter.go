package register

import (
	"slices"
	"time"
)

// LetterKind is what a letter is for. Each kind has one template in an office.
type LetterKind string

// The kinds, in the order a case may need them.
const (
	LetterAcknowledgement   LetterKind = "acknowledgement"
	LetterIdentity          LetterKind = "identity"  // asks for evidence of who asks
	LetterAuthority         LetterKind = "authority" // asks for proof that they may act for the person
	LetterFee               LetterKind = "fee"       // asks for a fee, Art 12(5)
	LetterClarification     LetterKind = "clarification"
	LetterExtension         LetterKind = "extension" // Art 12A
	LetterRefusal           LetterKind = "refusal"   // Art 12(4)
	LetterPartial           LetterKind = "partial"
	LetterReply             LetterKind = "reply"
	LetterRectified         LetterKind = "rectified"           // Art 16
	LetterRestricted        LetterKind = "restricted"          // Art 18
	LetterLifting           LetterKind = "restriction-lifting" // goes out before the lifting, Art 18(3)
	LetterObjection         LetterKind = "objection-outcome"   // Art 21
	LetterPortability       LetterKind = "portability"         // Art 20
	LetterErased            LetterKind = "erasure-certificate" // Art 17
	LetterRecipientsTold    LetterKind = "recipients-told"     // to the person, Art 19
	LetterRecipientNotice   LetterKind = "recipient-notice"    // to a recipient, Art 19
	LetterComplaintReceived LetterKind = "complaint-acknowledgement"
	LetterComplaintProgress LetterKind = "complaint-progress"
	LetterComplaintOutcome  LetterKind = "complaint-outcome" // DPA 2018 s.164A
	LetterRecord            LetterKind = "record"            // goes with an educational record
	LetterEnquiry           LetterKind = "enquiry-answer"
	LetterDuplicate         LetterKind = "duplicate"
	LetterUnanswered        LetterKind = "closed-unanswered"
)

// LetterKinds returns every kind, in the order a case may need them.
func LetterKinds() []LetterKind {
	kinds := make([]LetterKind, len(letters))
	for i, l := range letters {
		kinds[i] = l.kind
	}
	return kinds
}

// ParseLetterKind reads the name of a kind, such as "refusal". Its error is
// Invalid.
func ParseLetterKind(s string) (LetterKind, error) {
	if k := LetterKind(s); k.Title() != "" {
		return k, nil
	}
	return "", Errorf(Invalid, "letter", "there is no such letter: choose one of %s", letterNames())
}

// Title returns the kind in words, empty for no kind.
func (k LetterKind) Title() string {
	if l := letterOf(k); l != nil {
		return l.title
	}
	return ""
}

// LetterField is a place in a template that a letter fills in.
type LetterField struct {
	Name  string // as it stands between braces
	About string // what the letter puts there
	List  bool   // several values; alone in a paragraph they become bullet points
	// Needed marks what a letter of this kind must say: a template without it
	// is not saved, and no letter is written while it has no value.
	Needed bool
}

// LetterFields returns what a template of a kind may use: first what every
// letter has, then what is the kind's own.
func LetterFields(k LetterKind) []LetterField {
	fields := slices.Clone(commonFields)
	l := letterOf(k)
	if l == nil {
		return fields
	}
	fields = append(fields, l.own...)
	for i := range fields {
		fields[i].Needed = slices.Contains(l.needs, fields[i].Name)
	}
	return fields
}

// LetterTemplate is what an office makes the letters of a kind from.
type LetterTemplate struct {
	Kind    LetterKind `json:"kind"`
	Subject string     `json:"subject"` // the heading of the letter: text with fields
	Body    string     `json:"body"`    // Markdown with fields
	Updated time.Time  `json:"updated"` // UTC; zero: as it came with the program
	By      string     `json:"by"`      // operator
}

// letter is a kind with its words and fields.
type letter struct {
	kind  LetterKind
	title string
	needs []string // names of common and own fields
	own   []LetterField
}

func letterOf(k LetterKind) *letter {
	for i := range letters {
		if letters[i].kind == k {
			return &letters[i]
		}
	}
	return nil
}

func letterNames() string {
	names := string(letters[0].kind)
	for _, l := range letters[1:] {
		names += ", " + string(l.kind)
	}
	return names
}
