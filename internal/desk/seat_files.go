package desk

import (
	"time"

	"custos/internal/calendar"
)

// SeatOption says more of how an operator is seated.
type SeatOption func(*Seat)

// In has a seat's files come from and go to a place other than this machine.
func In(f Files) SeatOption { return func(s *Seat) { s.files = f } }

// Files says where the files of this seat come from and go to.
func (s *Seat) Files() Files { return s.files }

// ReadFile reads a file of the seat, up to a number of bytes. Errors as Files.Read.
func (s *Seat) ReadFile(name string, most int) ([]byte, error) { return s.files.Read(name, most) }

// SaveText writes a new file of the seat. Errors as Files.Create.
func (s *Seat) SaveText(name, text string) error { return s.files.Create(name, []byte(text)) }

// AsOf returns this seat with a day taken for today, at noon in London. It only reads: a change is Refused.
func (s *Seat) AsOf(day calendar.Date) *Seat {
	noon := time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, calendar.London())
	other := *s
	other.desk = Open(s.desk.db, func() time.Time { return noon })
	other.looking = true
	return &other
}
