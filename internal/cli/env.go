package cli

import (
	"io"
	"time"
)

// Env is what the program around the commands hands in: the streams, the clock, and the doors to things the commands
// must not know themselves.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Terminal       Terminal
	Now            func() time.Time // only handed on, and to say today's date
	Getenv         func(string) string
	Build          Build

	DefaultStore string // where the store lies unless told otherwise
	ConfigFile   string // read when it exists

	// ReadPassphrase asks on the terminal without echo.
	ReadPassphrase func(prompt string) ([]byte, error)
	Console        Console
}

// Terminal says which of the streams are terminals.
type Terminal struct{ In, Out, Err bool }

// Build says what this program is.
type Build struct {
	Version, Go, OS, Arch string
}
