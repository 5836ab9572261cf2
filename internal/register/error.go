package register

import (
	"errors"
	"fmt"
)

// Kind says what sort of refusal an Error is, so that a door can choose an exit
// code or a place on the screen.
type Kind int

// The kinds. Internal is the zero value: an error nobody classified.
const (
	Internal Kind = iota
	Invalid       // a value is wrong; Field names it
	NotFound      // no such record
	Conflict      // somebody changed it first, or it exists already
	Denied        // this operator may not do this
	Locked        // the store is held by another process, or is locked
	Refused       // a rule forbids it, or it needs confirmation
)

// Error is what every operation returns. Msg is a sentence for the person at
// the keyboard; it may hold an id, never anything about a data subject.
type Error struct {
	Kind  Kind
	Field string
	Msg   string
	Err   error
}

// Error returns the sentence, led by the field where there is one.
func (e *Error) Error() string {
	msg := e.Msg
	if msg == "" && e.Err != nil {
		msg = e.Err.Error()
	}
	if e.Field != "" {
		return e.Field + ": " + msg
	}
	return msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of a kind about a field ("" for none). A %w verb sets
// the cause.
func Errorf(kind Kind, field, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Field: field, Msg: err.Error(), Err: errors.Unwrap(err)}
}

// KindOf returns the kind of the first Error in err's chain, Internal otherwise.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
