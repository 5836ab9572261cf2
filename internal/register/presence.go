package register

import "time"

// Presence is where somebody at work is in the console. It is known while they are there and kept nowhere, and it holds
// nothing about a data subject but the id of the record that is open.
type Presence struct {
	Operator string
	Door     string    // where they came in
	Since    time.Time // UTC, when they came to where they are
	At       Pin       // the record that is open; zero: none, or none that may be known
	Doing    string    // Changing, or the part of the console that is open; empty: looking
}

// Changing is what somebody does who has a form open on a record.
const Changing = "changing"

// PresenceMoved is the verb of the note that somebody came, went or moved. No audit entry tells of it, and it touches
// only the collection PresenceNotes, which there is not.
const (
	PresenceMoved Verb   = "presence.moved"
	PresenceNotes string = "presence"
)
