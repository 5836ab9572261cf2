package register

import (
	"slices"

	"custos/internal/calendar"
)

// CaseKind is what a kind of case consists of: what it is called, what it may
// rest on, what it may be refused for, and what has to be done.
type CaseKind struct {
	Right   calendar.Right `json:"right"`
	Prefix  string         `json:"prefix"` // of its case numbers
	Title   string         `json:"title"`
	Asks    string         `json:"asks"` // what the person wants, after "You ask us"
	Article string         `json:"article,omitempty"`

	Grounds  []LegalGround `json:"grounds,omitempty"`  // on which it succeeds
	Refusals []LegalGround `json:"refusals,omitempty"` // for which it may be refused, in whole or in part
	Tasks    []TaskKind    `json:"tasks"`

	// Outcomes are the decisions open to the office; none: it is answered
	// without a decision.
	Outcomes []Outcome `json:"outcomes,omitempty"`
	Extends  bool      `json:"extends,omitempty"` // may take two months more
	Fee      bool      `json:"fee,omitempty"`     // the law lets a fee be asked in some cases
}

// LegalGround is a reason the law knows, with its code in records and commands.
type LegalGround struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Source string `json:"source"`
}

// TaskKind is something to be done in a case. An event of the kind Done does
// it; without one it is ticked by hand.
type TaskKind struct {
	ID   string           `json:"id"`
	Text string           `json:"text"`
	Why  string           `json:"why,omitempty"` // the law or the rule behind it
	Done RequestEventKind `json:"-"`
}

// CaseRights returns the name of every kind of case, in the order a list offers them.
func CaseRights() []calendar.Right {
	rights := make([]calendar.Right, len(caseKinds))
	for i, k := range caseKinds {
		rights[i] = k.Right
	}
	return rights
}

// KindOfCase returns what a kind of case consists of.
func KindOfCase(r calendar.Right) (CaseKind, bool) {
	i := slices.IndexFunc(caseKinds, func(k CaseKind) bool { return k.Right == r })
	if i < 0 {
		return CaseKind{}, false
	}
	return caseKinds[i], true
}

// ParseCase reads the name of a kind of case, such as "access".
func ParseCase(s string) (calendar.Right, error) {
	if _, ok := KindOfCase(calendar.Right(s)); !ok {
		return "", Errorf(Invalid, "right", "not a kind of case: choose one of %v", CaseRights())
	}
	return calendar.Right(s), nil
}

// ground returns a ground of the kind by its code, one to succeed on or one to
// be refused for.
func (k *CaseKind) ground(code string) (g LegalGround, refusal, ok bool) {
	byCode := func(g LegalGround) bool { return g.Code == code }
	if i := slices.IndexFunc(k.Grounds, byCode); i >= 0 {
		return k.Grounds[i], false, true
	}
	if i := slices.IndexFunc(k.Refusals, byCode); i >= 0 {
		return k.Refusals[i], true, true
	}
	return LegalGround{}, false, false
}

// GroundTexts returns grounds in words with their source, unknown codes as they
// are.
func (k *CaseKind) GroundTexts(codes []string) []string {
	var words []string
	for _, code := range codes {
		g, _, ok := k.ground(code)
		if !ok {
			words = append(words, code)
			continue
		}
		words = append(words, g.Text+" ("+g.Source+")")
	}
	return words
}

// decides are the outcomes of a request that may be refused.
var decides = []Outcome{Fulfil, Partly, Refuse}

// manifest are the refusals open under every right (UK GDPR Art 12(5)).
var manifest = []LegalGround{
	{"unfounded", "the request is manifestly unfounded", "UK GDPR Art 12(5)"},
	{"excessive", "the request is manifestly excessive", "UK GDPR Art 12(5)"},
	{"unproved", "who is asking, or that they may, was not proved", "UK GDPR Arts 11(2), 12(6)"},
	{"nothing-held", "nothing on the person is held", "UK GDPR Art 12(4)"},
}

func refusals(more ...LegalGround) []LegalGround { return append(slices.Clone(more), manifest...) }
