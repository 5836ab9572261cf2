package audit

import (
	"fmt"
	"unicode/utf8"
)

// Limits on an entry. They keep one line of an export below 16 MiB.
const (
	MaxText     = 128     // bytes in an operator, door, verb, operation or approver
	MaxNote     = 1024    // bytes in a note
	MaxSubject  = 64      // bytes in a subject's id
	MaxSubjects = 100_000 // subjects in an entry
	MaxAt       = 253402300799999
)

// An Entry is one event, final once written. Its text is UTF-8 without control characters.
type Entry struct {
	Seq  uint64   // 1 for the first entry of a store, then without gaps
	Prev [32]byte // hash of the entry before; for the first one, Start(store).Hash
	At   int64    // instant by the clock of the machine that wrote it, in Unix milliseconds, UTC, years 1970 to 9999

	Operator string // id of who did it
	Door     string // how they came in, such as console, cli or ssh
	Verb     string // what was done, such as delegate.amend
	Approver string // id of who approved it; empty when nobody was asked

	Subjects  []string // ids of the data subjects concerned, never names; empty when there are none, or too many to list
	Operation string   // id of the operation; several entries may share one
	Changes   [32]byte // hash over the sealed bytes of the records written; zero when none were
	Note      string   // a fixed phrase, a count, a legal ground: never anything about a person

	Unchecked bool // a second person should have checked it, and none did
	Refused   bool // it was attempted and refused: nothing was changed
}

// Check says which field of an entry is out of range, or nil.
func (e Entry) Check() error {
	if e.Seq == 0 {
		return fmt.Errorf("audit entry: the sequence number is 0, and the first is 1")
	}
	if e.At < 0 || e.At > MaxAt {
		return fmt.Errorf("audit entry %d: the time is outside the years 1970 to 9999", e.Seq)
	}
	for _, f := range []struct {
		name, text string
		limit      int
		required   bool
	}{
		{"operator", e.Operator, MaxText, true},
		{"door", e.Door, MaxText, true},
		{"verb", e.Verb, MaxText, true},
		{"approver", e.Approver, MaxText, false},
		{"operation", e.Operation, MaxText, false},
		{"note", e.Note, MaxNote, false},
	} {
		if f.required && f.text == "" {
			return fmt.Errorf("audit entry %d: the %s is missing", e.Seq, f.name)
		}
		if err := checkText(f.text, f.limit); err != nil {
			return fmt.Errorf("audit entry %d: the %s %w", e.Seq, f.name, err)
		}
	}
	return e.checkSubjects()
}

func (e *Entry) checkSubjects() error {
	if len(e.Subjects) > MaxSubjects {
		return fmt.Errorf("audit entry %d: %d subjects are more than %d", e.Seq, len(e.Subjects), MaxSubjects)
	}
	for i, s := range e.Subjects {
		if s == "" {
			return fmt.Errorf("audit entry %d: subject %d has no id", e.Seq, i+1)
		}
		if err := checkText(s, MaxSubject); err != nil {
			return fmt.Errorf("audit entry %d: subject %d %w", e.Seq, i+1, err)
		}
	}
	return nil
}

func checkText(s string, limit int) error {
	if len(s) > limit {
		return fmt.Errorf("has %d bytes, more than %d", len(s), limit)
	}
	if !utf8.ValidString(s) {
		return fmt.Errorf("is not UTF-8")
	}
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == 0x7f {
			return fmt.Errorf("holds a control character")
		}
	}
	return nil
}
