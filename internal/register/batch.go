package register

import (
	"errors"
	"slices"
	"time"
)

// BatchState is how an import ended.
type BatchState string

// The states of an import.
const (
	BatchRunning BatchState = "running" // or stopped by a crash between two chunks
	BatchDone    BatchState = "done"
	BatchStopped BatchState = "stopped" // cancelled by the operator
	BatchUndone  BatchState = "undone"
)

// Batch is one import: what came in, and the operations that undo it.
type Batch struct {
	ID         ID         `json:"id"`
	Noun       string     `json:"noun"` // delegates or organisations
	File       string     `json:"file"` // its base name, sealed with the record
	By         string     `json:"by"`
	At         time.Time  `json:"at"`
	State      BatchState `json:"state"`
	Counts     Counts     `json:"counts"`
	Operations []ID       `json:"operations"` // one per chunk, oldest first
}

// Counts are the rows of an import by what became of them.
type Counts struct {
	Rows      int `json:"rows"`
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Same      int `json:"same"`
	Duplicate int `json:"duplicate"`
	Refused   int `json:"refused"`
}

// Balanced reports whether every row is accounted for exactly once.
func (c Counts) Balanced() bool {
	return c.Rows == c.New+c.Changed+c.Same+c.Duplicate+c.Refused
}

// Fate is what an import would do with a row.
type Fate string

// The fates.
const (
	FateNew       Fate = "new"
	FateChanged   Fate = "changed"
	FateSame      Fate = "same"
	FateDuplicate Fate = "duplicate" // the same person stands twice in the file
	FateRefused   Fate = "refused"
)

// Tally adds a row's fate.
func (c *Counts) Tally(f Fate) {
	c.Rows++
	switch f {
	case FateNew:
		c.New++
	case FateChanged:
		c.Changed++
	case FateSame:
		c.Same++
	case FateDuplicate:
		c.Duplicate++
	case FateRefused:
		c.Refused++
	}
}

// Problem is what is wrong with a row: its line, its field and the reason,
// none of it the value itself.
type Problem struct {
	Line   int    `json:"line"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
}

// ProblemOf returns what an error says is wrong with a row, nil for no error.
func ProblemOf(err error) *Problem {
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return &Problem{Field: e.Field, Reason: e.Msg}
	}
	return &Problem{Reason: err.Error()}
}

// FieldLinks stands in Given for a row that only adds a link to an organisation
// held.
const FieldLinks = "links"

// Incoming is one row read from a file: a person or an organisation before it
// is compared with what is held. Exactly one of the pointers is set.
type Incoming struct {
	Line         int
	Delegate     *Delegate
	Organisation *Organisation
	// Employer is the organisation a delegate's row names, by URN or by name.
	EmployerURN, EmployerName string
	Role, Access              string
	// Given lists the fields the file has columns for: only they may change.
	Given []string
	// Answers are what the row says to questions a column was mapped to.
	Answers []FileAnswer
	// Refused is why the row cannot be read; the pointers are then nil.
	Refused *Problem
}

// AddsLink reports whether the row only adds a link to an organisation held.
func (in *Incoming) AddsLink() bool { return slices.Equal(in.Given, []string{FieldLinks}) }
