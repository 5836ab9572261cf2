package register

import "custos/internal/calendar"

// IncomingFate is what becomes of a request read from a file.
type IncomingFate string

// The fates.
const (
	IncomingNew     IncomingFate = "new"     // a case is opened
	IncomingRead    IncomingFate = "read"    // it was read before, under the same reference
	IncomingRefused IncomingFate = "refused" // for the reason given
)

// IncomingRow is one request of a file and what becomes of it.
type IncomingRow struct {
	Line      int            `json:"line"` // of the file
	Reference string         `json:"reference,omitempty"`
	Right     calendar.Right `json:"right,omitempty"`
	Received  calendar.Date  `json:"received,omitzero"`
	Name      string         `json:"name,omitempty"`
	Delegate  ID             `json:"delegate,omitempty"` // whose email it bears, where that is one person
	Fate      IncomingFate   `json:"fate"`
	Reason    string         `json:"reason,omitempty"`
	Ref       string         `json:"ref,omitempty"` // the case, where there is one
}

// IncomingPlan is what reading a file of requests does, or did: rows = new +
// read + refused.
type IncomingPlan struct {
	Rows    []IncomingRow `json:"rows"`
	New     int           `json:"new"`
	Read    int           `json:"already_read"`
	Refused int           `json:"refused"`
	Dry     bool          `json:"dry_run"`
}

// Tally counts the rows anew.
func (p *IncomingPlan) Tally() {
	p.New, p.Read, p.Refused = 0, 0, 0
	for _, row := range p.Rows {
		switch row.Fate {
		case IncomingNew:
			p.New++
		case IncomingRead:
			p.Read++
		case IncomingRefused:
			p.Refused++
		}
	}
}
