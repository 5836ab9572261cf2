package register

import (
	"time"

	"custos/internal/calendar"
)

// PersonPage is everything a person's page shows.
type PersonPage struct {
	Delegate    Delegate          `json:"delegate"`
	Missing     []MissingField    `json:"missing"`
	Memberships []MembershipEntry `json:"memberships"`
	Consents    []ConsentLine     `json:"consents"`
	Requests    []RequestRow      `json:"requests"`
	Holdings    []Holding         `json:"holdings"`
	// Suppressed are the entries that match an address of theirs.
	Suppressed []Suppression `json:"suppressed,omitempty"`
	// Holds keep the person's data from being erased, released ones too.
	Holds []Hold `json:"holds,omitempty"`
}

// MembershipEntry is a membership with the organisation's name.
type MembershipEntry struct {
	Membership
	Name string `json:"name"`
}

// ConsentLine is how one question stands for a person.
type ConsentLine struct {
	Purpose string     `json:"purpose"`
	Title   string     `json:"title"`
	Channel string     `json:"channel"`
	Brand   string     `json:"brand,omitempty"`
	Basis   Basis      `json:"basis"`
	State   ConsentAct `json:"state"`
	Since   time.Time  `json:"since,omitzero"`
	Use     bool       `json:"use,omitempty"` // a use of data is asked about, not a message
	// May says whether they may be contacted, or it may be used, and Rule by which rule.
	May    bool           `json:"may"`
	Rule   ContactRule    `json:"rule"`
	Events []ConsentEvent `json:"events,omitempty"`
}

// OrganisationPage is everything an organisation's page shows.
type OrganisationPage struct {
	Organisation Organisation  `json:"organisation"`
	People       []DelegateRow `json:"people"`
}

// Pressure says how near a due date is.
type Pressure string

// The pressures. Words, since colour alone is not enough.
const (
	Calm    Pressure = "in time"
	Soon    Pressure = "due soon"
	Late    Pressure = "overdue"
	Stopped Pressure = "clock stopped"
	Settled Pressure = "done"
	Unset   Pressure = "no set date" // no law sets a day, or the one it set was kept
)

// soonDays is how many days ahead a case starts to press.
const soonDays = 7

// RequestRow is a case in a list.
type RequestRow struct {
	Ref        string         `json:"ref"`
	Right      calendar.Right `json:"right"`
	State      RequestState   `json:"state"`
	Received   calendar.Date  `json:"received"`
	Due        calendar.Date  `json:"due,omitzero"`
	LastLawful calendar.Date  `json:"last_lawful,omitzero"`
	DaysLeft   int            `json:"days_left"` // negative: overdue; 0 too when the clock is stopped
	Pressure   Pressure       `json:"pressure"`
	Delegate   ID             `json:"delegate,omitempty"`
	Name       string         `json:"name"`
	Owner      string         `json:"owner"`
	Extended   bool           `json:"extended,omitempty"`
	Outcome    Outcome        `json:"outcome,omitempty"`
	Replied    calendar.Date  `json:"replied,omitzero"`
}

// RequestPage is everything a case page shows.
type RequestPage struct {
	RequestRow
	How         string          `json:"how"`
	Requester   string          `json:"requester,omitempty"`
	Relation    string          `json:"relation,omitempty"`
	Kind        CaseKind        `json:"kind"`
	Start       calendar.Date   `json:"start,omitzero"`
	NoticeBy    calendar.Date   `json:"extension_notice_by,omitzero"`
	Steps       []calendar.Step `json:"steps"`
	RuleVersion string          `json:"rule_version"`
	Events      []RequestEvent  `json:"events"`
	Next        []NextAction    `json:"next"`
	Revision    uint64          `json:"revision"`
	Tasks       []Task          `json:"tasks"`
	Pending     []RequestEvent  `json:"pending,omitempty"` // acts that wait for another's approval
	// Recount is the deadline as the rules of today would give it, where that is
	// another than the one kept.
	Recount *calendar.Deadline `json:"recount,omitempty"`
	Former  []FormerDeadline   `json:"former_deadlines,omitempty"`
	// Others are the other cases of the same person, Alike those that may be
	// this one again: same name or requester, near in time.
	Others     []RequestRow    `json:"others,omitempty"`
	Alike      []RequestRow    `json:"alike,omitempty"`
	Choices    []FindingChoice `json:"choices,omitempty"`
	Documents  []Document      `json:"documents,omitempty"`
	Redactions []Redaction     `json:"redactions,omitempty"`
	Keeps      []ErasureChoice `json:"keeps,omitempty"`
	Visit      *Visit          `json:"visit,omitempty"`
	// Competence says, of a child, who decides and why; empty for an adult.
	Competence string `json:"competence,omitempty"`
}

// NextAction is what may be done next with a case, in words.
type NextAction struct {
	Do   RequestEventKind `json:"do"`
	Text string           `json:"text"`
}

// Press tells how near the due date is on a day.
func (r *Request) Press(today calendar.Date) (Pressure, int) {
	switch r.State() {
	case RepliedTo, ClosedCase:
		return Settled, 0
	default:
	}
	if r.Deadline.Due.IsZero() && !r.Deadline.Stopped {
		return Unset, 0
	}
	if r.Deadline.Due.IsZero() {
		return Stopped, 0
	}
	return pressed(r.Deadline.Due, today)
}

// pressed tells how near a due date is on a day.
func pressed(due, today calendar.Date) (Pressure, int) {
	left := today.DaysUntil(due)
	switch {
	case left < 0:
		return Late, left
	case left <= soonDays:
		return Soon, left
	}
	return Calm, left
}

// Home is what the first screen answers: what must I do today?
type Home struct {
	Today         calendar.Date `json:"today"`
	Office        string        `json:"office"`
	Profile       string        `json:"profile"`
	People        int           `json:"delegates"`
	Incomplete    int           `json:"incomplete"`
	Organisations int           `json:"organisations"`
	Due           []RequestRow  `json:"due"`     // open cases, most pressing first
	Waiting       []RequestRow  `json:"waiting"` // waiting for somebody else
	ByWeek        []WeekCount   `json:"requests_by_week"`
	Safe          Safekeeping   `json:"safekeeping"`
	// Sections are the same and all else that asks for something, what presses most first.
	Sections []HomeSection `json:"sections"`
	ByRight  []HomeCount   `json:"open_by_right,omitempty"`
	ByState  []HomeCount   `json:"open_by_state,omitempty"`
	Outlook  *Outlook      `json:"outlook,omitempty"` // nil: not counted yet
}

// WeekCount counts the requests received in a week.
type WeekCount struct {
	From  calendar.Date `json:"from"` // a Monday
	Count int           `json:"count"`
}

// AuditRow is a line of the audit trail, in words.
type AuditRow struct {
	Seq       uint64    `json:"seq"`
	At        time.Time `json:"at"`
	Operator  string    `json:"operator"`
	Door      string    `json:"door"`
	Verb      Verb      `json:"verb"`
	Subjects  []ID      `json:"subjects,omitempty"`
	Operation ID        `json:"operation"`
	Note      string    `json:"note,omitempty"`
	Unchecked bool      `json:"not_second_checked,omitempty"`
}

// AuditVerdict is the outcome of walking the chain.
type AuditVerdict struct {
	Entries uint64 `json:"entries"`
	Head    string `json:"head"` // hex hash of the last entry
	Intact  bool   `json:"intact"`
	// Gaps are entries that damage took; the chain holds on both sides of each.
	Gaps []AuditGap `json:"gaps,omitempty"`
	// Shown is what an exported trail proves by itself, in words, and Open what takes more than the file.
	Shown []string `json:"shown,omitempty"`
	Open  []string `json:"open,omitempty"`
}

// AuditGap is a run of lost entries, by the numbers of the first and the last.
type AuditGap struct {
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
}
