package register

import (
	"time"

	"custos/internal/calendar"
)

// DelegateInput is what a form or a command gives to add a person or to change
// one. Values holds only the fields it speaks of, by field id.
type DelegateInput struct {
	Kind     string
	Values   map[string]string
	Source   Provenance
	Strict   bool   // refuse a record that would be incomplete
	Revision uint64 // of the record the form was filled from; 0: adding
	// Membership, where an organisation is named.
	Organisation ID
	Role, Access string
}

// OrganisationInput is the same for an organisation.
type OrganisationInput struct {
	Values   map[string]string
	Source   Provenance
	Revision uint64
}

// MembershipInput ties a person to an organisation, or changes how.
type MembershipInput struct {
	Delegate     ID
	Organisation ID
	Role         string
	Access       string
	From         calendar.Date
	Source       Provenance
	// Was is the membership as it was read before, the zero Membership for none:
	// another by now is a Conflict. Nil: whatever is held is replaced.
	Was *Membership
}

// BookingInput puts a person on a course.
type BookingInput struct {
	Delegate     ID
	Course       ID
	Organisation ID
	BookedOn     calendar.Date
	Requirements string
}

// ConsentInput is one act to record in the ledger. Where At is zero, On says on
// which day it happened; where both are, it is now.
type ConsentInput struct {
	Delegate  ID
	Purpose   string
	Channel   string
	Brand     string
	Act       ConsentAct
	At        time.Time
	On        calendar.Date
	Method    string
	Notice    string // a notice of the profile; "": the purpose's own
	Evidence  string
	GivenBy   string
	Authority string
	Expires   calendar.Date // zero: as the purpose says
	Collected string        // how the details were come by, where an opt-out was offered
	Corrects  ID
}

// WithdrawalInput takes consent back. Empty fields mean all: every purpose,
// every channel, every brand the person has said yes to.
type WithdrawalInput struct {
	Delegate ID
	Purpose  string
	Channel  string
	Brand    string
	Object   bool // an objection to direct marketing, UK GDPR Art 21(2)
	At       time.Time
	On       calendar.Date // as in ConsentInput
	Method   string
	Evidence string
	GivenBy  string
	Letter   string // a file for the reply, .pdf or .html; "": none
}

// RequestInput opens a case.
type RequestInput struct {
	Right           calendar.Right
	Delegate        ID
	Name            string // who asks, where nobody is matched yet
	Received        calendar.Date
	How             string
	Requester       string
	Relation        string // of the requester to the person
	AuthorityNeeded bool
	AuthorityWhy    string // what is asked for, and why
	IdentityNeeded  bool
	Identity        string // why identity is asked for, or why it need not be
	Note            string
	Sender          string // reference of a request sent by machine
}

// DecisionInput decides a case.
type DecisionInput struct {
	On      calendar.Date // zero: today
	Outcome Outcome
	Grounds []string // codes of the kind of case
	Reason  string
}

// OfficeInput is how the office speaks of itself and of the regulator in
// letters. All of it is set as given; empty goes back to what the profile says.
type OfficeInput struct {
	Address          string // how people reach the office, in lines
	Regulator        string
	RegulatorContact string
	BackupDays       int // how long copies of the store are kept; 0: not said
}
