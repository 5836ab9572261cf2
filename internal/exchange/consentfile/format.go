package consentfile

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
)

// Format is a way to write the ledger.
type Format string

// The formats.
const (
	CSV      Format = "csv"
	JSON     Format = "json"
	ISO27560 Format = "iso27560"     // records of any number of people
	Receipt  Format = "receipt27560" // the receipt of one person
	Kantara  Format = "kantara"
)

// Formats returns every format, in the order help texts list them.
func Formats() []Format { return []Format{CSV, JSON, ISO27560, Receipt, Kantara} }

// ParseFormat returns the format of a name in any case, or an Invalid error.
func ParseFormat(name string) (Format, error) {
	f := Format(strings.ToLower(name))
	if !slices.Contains(Formats(), f) {
		return "", wrong("as", "consents are written and read as %v, not as %q", Formats(), name)
	}
	return f, nil
}

// Ending is the ending of a file's name in this format, such as ".csv".
func (f Format) Ending() string {
	if f == CSV {
		return ".csv"
	}
	return ".json"
}

// Office is what the standards want to know beside the events.
type Office struct {
	Controller string
	Profile    *register.Profile
	At         time.Time // of writing, UTC
}

// Writer writes events one after the other. Those of one person come together;
// Close completes the file and leaves the underlying io.Writer open. After an
// error what was written is to be thrown away.
type Writer interface {
	Write(e register.ConsentEvent) error
	Close() error
}

// NewWriter makes the writer of a format.
func NewWriter(f Format, w io.Writer, o Office) (Writer, error) {
	switch f {
	case CSV:
		return newTableWriter(w)
	case JSON:
		return &listWriter{out: newArray(w, "[", "]")}, nil
	case ISO27560:
		return newRecordWriter(w, &o)
	case Receipt:
		return newReceiptWriter(w, &o)
	case Kantara:
		return &kantaraWriter{out: newArray(w, "[", "]"), office: &o}, nil
	}
	return nil, fmt.Errorf("consents are not written as %q", string(f))
}

// Entry is one event read, or why it cannot be.
type Entry struct {
	// Place is where it stands: the line of a table, the number of the record
	// in any other file, from 1.
	Place int
	Event register.ConsentEvent
	Email string // of the person, where the file has it and the person's id is another's
	// Problem is nil for an event that reads. Its Line is Place.
	Problem *register.Problem
}

// Read gives each every event of a file, in the order of the file. Memory does
// not grow with the file. An event that cannot be read is an Entry with a
// Problem; the error is of a file that cannot be read on, and says from where.
// A record may hold several events: they share their Place.
func Read(f Format, r io.Reader, each func(Entry)) error {
	switch f {
	case CSV:
		return readTable(r, each)
	case JSON:
		return readList(r, each)
	case ISO27560, Receipt:
		return readNodes(r, "@graph", func(n *node, place int) { readRecord(n, place, each) })
	case Kantara:
		return readNodes(r, "", func(n *node, place int) { readReceipt(n, place, each) })
	}
	return fmt.Errorf("consents are not read as %q", string(f))
}

// Bounds on what is read. Beyond them a record is refused, or the file.
const (
	maxText   = 100_000 // bytes of one value
	maxDepth  = 32      // of objects within objects
	maxRecord = 1 << 20 // bytes of one record, and of a line of a table
)

// refuse is a problem at a place.
func refuse(place int, err error) Entry {
	p := register.ProblemOf(err)
	p.Line = place
	return Entry{Place: place, Problem: p}
}

// wrong is an Invalid error about a member.
func wrong(field, format string, args ...any) error {
	return register.Errorf(register.Invalid, field, format, args...)
}
