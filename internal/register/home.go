package register

import "custos/internal/calendar"

// HomePart is a part of the day's work, in words.
type HomePart string

// The parts, what presses most first.
const (
	HomeOverdue    HomePart = "Overdue"
	HomeBreaches   HomePart = "Breaches"
	HomeApprovals  HomePart = "To approve"
	HomeSoon       HomePart = "Due within a week"
	HomeCarryOut   HomePart = "Granted, not carried out"
	HomeReplies    HomePart = "Replies to send"
	HomeAdvice     HomePart = "Come back with advice"
	HomeComplaints HomePart = "Complaints"
	HomeOpen       HomePart = "In time"
	HomeWaiting    HomePart = "Waiting for others"
	HomeToClose    HomePart = "Answered, to be closed"
	HomeOffice     HomePart = "Looking after the office"
	HomeHere       HomePart = "Who is here"
	HomePinned     HomePart = "Pinned"
	HomeRecent     HomePart = "Recent"
)

// CaseParts are the parts that cases stand in, what presses most first. A case stands in one of them at most.
func CaseParts() []HomePart {
	return []HomePart{
		HomeOverdue, HomeApprovals, HomeSoon, HomeCarryOut, HomeReplies, HomeAdvice, HomeComplaints, HomeWaiting, HomeOpen,
		HomeToClose,
	}
}

// HomeTarget says what a line of the day's work opens.
type HomeTarget string

// The targets; those of a record have its id.
const (
	OpensCase         HomeTarget = PinCase
	OpensPerson       HomeTarget = PinPerson
	OpensOrganisation HomeTarget = PinOrganisation
	OpensBreach       HomeTarget = "breach"
	OpensRefresh      HomeTarget = "people to ask again"
	OpensIncomplete   HomeTarget = "incomplete records"
	OpensImports      HomeTarget = "imports"
	OpensBackups      HomeTarget = "backups"
	OpensPassphrase   HomeTarget = "passphrase"
	OpensNothing      HomeTarget = "" // it only tells
)

// HomeSection is a part of the day's work with its lines, what presses most first.
type HomeSection struct {
	Part  HomePart   `json:"part"`
	Count int        `json:"count"`
	Lines []HomeLine `json:"lines"`
}

// HomeLine is one thing to do or to know.
type HomeLine struct {
	Opens    HomeTarget    `json:"opens,omitempty"`
	ID       string        `json:"id,omitempty"` // of what it opens
	What     string        `json:"what"`         // the case's number, or what it is about
	Kind     string        `json:"kind,omitempty"`
	Name     string        `json:"name,omitempty"` // of the person or the organisation
	Due      calendar.Date `json:"due,omitzero"`
	Words    string        `json:"words"` // how it stands or what is to be done
	Pressure Pressure      `json:"pressure,omitempty"`
}

// HomeCount is a bar of a chart.
type HomeCount struct {
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Outlook is what is counted over everybody, and so known only from time to time.
type Outlook struct {
	AskAgain int         `json:"ask_again"`          // people whose answers end or are too old
	Months   []ConsentIn `json:"consents,omitempty"` // of twelve months, the oldest first
}

// ConsentIn counts what people said in a month.
type ConsentIn struct {
	From calendar.Date `json:"from"` // the first of the month
	Yes  int           `json:"yes"`
	No   int           `json:"no"`
}
