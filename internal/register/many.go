package register

import (
	"slices"
	"strings"

	"custos/internal/calendar"
)

// ManyAct is what is done with many records at once.
type ManyAct string

// The acts: the first six with people, the last two with cases.
const (
	ManyDeactivate ManyAct = "deactivate"
	ManyReactivate ManyAct = "reactivate"
	ManySet        ManyAct = "set"   // one field of the profile
	ManyJoin       ManyAct = "join"  // an organisation
	ManyLeave      ManyAct = "leave" // an organisation, today
	ManyTold       ManyAct = "told"  // of a version of a notice
	ManyAssign     ManyAct = "assign"
	ManyNote       ManyAct = "note"
)

// ManyActs lists the acts.
func ManyActs() []ManyAct {
	return []ManyAct{ManyDeactivate, ManyReactivate, ManySet, ManyJoin, ManyLeave, ManyTold, ManyAssign, ManyNote}
}

// Many is one thing to be done with many records: the act, and what that one asks for.
type Many struct {
	Act          ManyAct       `json:"act"`
	Reason       string        `json:"reason,omitempty"`       // deactivate, reactivate
	Field        string        `json:"field,omitempty"`        // set
	Value        string        `json:"value,omitempty"`        // set; empty: what is held goes
	Source       Provenance    `json:"source,omitzero"`        // set, join: zero for entered by the office
	Organisation ID            `json:"organisation,omitempty"` // join, leave
	Role         string        `json:"role,omitempty"`         // join
	Access       string        `json:"access,omitempty"`       // join
	From         calendar.Date `json:"from,omitzero"`          // join: zero for today
	Notice       string        `json:"notice,omitempty"`       // told
	Version      string        `json:"version,omitempty"`      // told
	How          string        `json:"how,omitempty"`          // told
	On           calendar.Date `json:"on,omitzero"`            // told; zero: today
	To           string        `json:"to,omitempty"`           // assign: the login of a colleague
	Text         string        `json:"text,omitempty"`         // note; assign: may be empty
}

// Cases reports whether the records are cases, named by their references; else they are people.
func (m *Many) Cases() bool { return m.Act == ManyAssign || m.Act == ManyNote }

// Verb is what an operator must be allowed to do: the verb of the same thing done with one record.
func (m *Many) Verb() Verb {
	switch m.Act {
	case ManyDeactivate:
		return DelegateDeactivate
	case ManyReactivate:
		return DelegateReactivate
	case ManySet:
		return DelegateChange
	case ManyJoin:
		return MembershipSet
	case ManyLeave:
		return MembershipEnd
	case ManyTold:
		return NoticeTold
	case ManyAssign:
		return RequestAssign
	case ManyNote:
		return RequestNote
	}
	return ""
}

// Undoable reports whether an undo takes it back. What is told in a case or of a notice stays, as it does where one is
// told: it is put right by another entry.
func (m *Many) Undoable() bool { return !m.Cases() && m.Act != ManyTold }

// Validate returns an Invalid error naming what the act asks for and the input lacks.
func (m *Many) Validate() error {
	lacks := func(field, value, words string) error {
		if strings.TrimSpace(value) == "" {
			return Errorf(Invalid, field, "%s", words)
		}
		return nil
	}
	switch m.Act {
	case ManyDeactivate, ManyReactivate:
		return lacks("reason", m.Reason, "say why")
	case ManySet:
		return lacks("field", m.Field, "say which field")
	case ManyJoin, ManyLeave:
		return lacks("organisation", string(m.Organisation), "say which organisation")
	case ManyTold:
		return lacks("notice", m.Notice, "say which notice")
	case ManyAssign:
		return lacks("to", m.To, "say to whom")
	case ManyNote:
		return lacks("text", m.Text, "write the note")
	}
	return Errorf(Invalid, "act", "what is done with many records is one of %v", ManyActs())
}

// ManyOutcome is what becomes of one of many records.
type ManyOutcome string

// The outcomes.
const (
	ManyChanges ManyOutcome = "changes"
	ManySame    ManyOutcome = "same"    // it is so already
	ManyRefused ManyOutcome = "refused" // the reason is given
)

// ManyRow is one record in a plan.
type ManyRow struct {
	ID      ID          `json:"id"` // or the reference of a case
	Name    string      `json:"name,omitempty"`
	Outcome ManyOutcome `json:"outcome"`
	Was     string      `json:"was,omitempty"`
	Becomes string      `json:"becomes,omitempty"`
	Reason  string      `json:"reason,omitempty"` // why it is refused, or the same
	Seen    uint64      `json:"-"`                // revision of the record the plan was made from
}

// ManyCounts are the records by outcome.
type ManyCounts struct {
	Rows    int `json:"rows"`
	Changes int `json:"changes"`
	Same    int `json:"same"`
	Refused int `json:"refused"`
}

// Tally adds a record's outcome.
func (c *ManyCounts) Tally(o ManyOutcome) {
	c.Rows++
	switch o {
	case ManyChanges:
		c.Changes++
	case ManySame:
		c.Same++
	case ManyRefused:
		c.Refused++
	}
}

// ManyPlan is what would become of every record, before anything is done.
type ManyPlan struct {
	What   Many       `json:"what"`
	Counts ManyCounts `json:"counts"`
	Rows   []ManyRow  `json:"rows"`
}

// ManyDone is what became of them.
type ManyDone struct {
	ID      ID         `json:"id"`      // its parts carry it in the audit trail
	Counts  ManyCounts `json:"counts"`  // of the records that were come to
	Left    int        `json:"left"`    // records not come to, where it was stopped or failed
	Refused []ManyRow  `json:"refused"` // since the plan was made, by what came meanwhile
}

// DistinctIDs are ids in their order, each once.
func DistinctIDs(ids []ID) []ID {
	seen := make(map[ID]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id ID) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
}
