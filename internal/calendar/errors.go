package calendar

import "fmt"

// OutsideTableError refuses a day for which the bank holidays are not known. No clock
// ever takes such a day for a working day.
type OutsideTableError struct {
	Date        Date
	First, Last int // years the table covers
}

// Error names the day, the years known and the way out.
func (e *OutsideTableError) Error() string {
	return fmt.Sprintf("the bank holidays of %d are not known (the table covers %d to %d), so %s cannot be"+
		" counted as a working day or not: add the year in a holidays file", e.Date.Year(), e.First, e.Last, e.Date)
}

// OutsideTermsError refuses a count of school days that runs before the first or
// beyond the last of the terms given.
type OutsideTermsError struct {
	Date        Date
	First, Last Date // first and last day of the terms known
}

// Error names the day and the terms known.
func (e *OutsideTermsError) Error() string {
	if e.First.IsZero() {
		return errNoTerms.Error()
	}
	return fmt.Sprintf("the school terms given run from %s to %s, which does not reach %s:"+
		" add the terms before or after", e.First, e.Last, e.Date)
}

// FieldError refuses one input of a clock. Field is its name in JSON, such as
// "identity.received" or "pauses[1].asked".
type FieldError struct {
	Field  string
	Reason string
}

// Error names the field and the reason; it repeats dates only.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

// FileError refuses one line of a file of terms or holidays. Line counts from 1 and
// is 0 when the whole file is meant; Field is "" when the whole line is.
type FileError struct {
	File  string
	Line  int
	Field string
	Err   error
}

// Error names file, line and field.
func (e *FileError) Error() string {
	s := e.File
	if e.Line > 0 {
		s += fmt.Sprintf(" line %d", e.Line)
	}
	if e.Field != "" {
		s += fmt.Sprintf(" field %q", e.Field)
	}
	return s + ": " + e.Err.Error()
}

// Unwrap returns the reason alone.
func (e *FileError) Unwrap() error { return e.Err }

func refuse(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}
