package desk

import (
	"context"
	"crypto/rand"
	"io"
	"sync"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// Doors name where an operation came in, for the audit trail.
const (
	Console     = "console"
	CommandLine = "command line"
	SSH         = "ssh"
	SetUp       = "set-up"
)

// Desk serves one open store to any number of operators.
type Desk struct {
	db  *store.DB
	now func() time.Time
	ids *register.IDs

	mu       sync.Mutex
	holidays *calendar.Holidays // as the settings last gave them
	override string
	erasures erasures
	keeping  keeping
	known    known
	staff    staff
	presence presence
	proving  chan struct{} // holds whoever proves a passphrase
	counting chan struct{} // holds whoever counts everybody for Home
}

// Open puts a desk in front of a store. The clock gives instants; the desk
// turns them into UTC and into dates in Europe/London.
func Open(db *store.DB, clock func() time.Time, opts ...Option) *Desk {
	d := &Desk{
		db:  db,
		now: func() time.Time { return clock().UTC().Truncate(time.Millisecond) },
		ids: register.NewIDs(rand.Reader), keeping: newKeeping(), proving: make(chan struct{}, 1),
		counting: make(chan struct{}, 1),
	}
	for _, opt := range opts {
		opt(d)
	}
	return d
}

// Option changes how a desk works.
type Option func(*Desk)

// WithRandom draws record ids from r, so that a sample comes out the same
// every time.
func WithRandom(r io.Reader) Option {
	return func(d *Desk) { d.ids = register.NewIDs(r) }
}

// As seats an operator at the desk. Door says where they came in. It returns a
// Denied error for somebody who is not, or no longer, an operator here.
func (d *Desk) As(name, door string, opts ...SeatOption) (*Seat, error) {
	if op := d.member(name); !op.Removed.IsZero() {
		return nil, register.Errorf(register.Denied, "operator", "no operator of that name works with this store")
	}
	s := &Seat{desk: d, operator: login{name}, door: door}
	for _, opt := range opts {
		opt(s)
	}
	return s, nil
}

// Unlocked is the login of the operator whose passphrase opened the store;
// empty for the recovery key.
func (d *Desk) Unlocked() string { return d.db.UnlockedBy() }

// Close ends a backup that is being made, waits a little for what is on its way to the backup folders, and closes the
// store.
func (d *Desk) Close() error {
	d.keeping.close(d.tellAll)
	return d.db.Close()
}

// Notes delivers a note after every commit until cancel is called.
func (d *Desk) Notes() (notes <-chan register.Note, cancel func()) { return d.db.Subscribe() }

// today is the date in the office.
func (d *Desk) today() calendar.Date { return calendar.LondonDate(d.now()) }

// calendar returns the bank holidays with the office's own override.
func (d *Desk) calendar() (*calendar.Holidays, error) {
	override := d.db.Settings().Holidays
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.holidays != nil && d.override == override {
		return d.holidays, nil
	}
	h, err := withOverride(override)
	if err != nil {
		return nil, err
	}
	d.holidays, d.override = h, override
	return h, nil
}

// Seat is an operator at work.
type Seat struct {
	desk     *Desk
	operator login
	door     string
	files    Files
	looking  bool // at another day: nothing is changed
}

// Operator returns who sits here, as they are on record now.
func (s *Seat) Operator() register.Operator { return s.desk.member(s.operator.Name) }

// Today returns the date in the office, Europe/London.
func (s *Seat) Today() calendar.Date { return s.desk.today() }

// May reports whether the operator may do something, so that a screen offers
// only what will be allowed. The operation checks again.
func (s *Seat) May(v register.Verb) bool {
	op := s.Operator()
	return op.May(v)
}

// Settings returns the office as it is set up.
func (s *Seat) Settings() register.Settings {
	if s.isLead() {
		return private(s.desk.db.Settings())
	}
	return s.desk.db.Settings()
}

// act says what a change is, for the permission table and the audit trail.
type act struct {
	verb      register.Verb
	subjects  []register.ID
	note      string // a fixed phrase or counts
	unchecked bool
	undoable  bool
	quiet     bool
}

// change is the only way in: permission, then fn with its rules in one
// transaction with one audit entry, then the note to open screens.
func (s *Seat) change(ctx context.Context, a act, fn func(*store.Tx) error) (store.Receipt, error) {
	if err := s.allow(a.verb); err != nil {
		return store.Receipt{}, err
	}
	if s.looking {
		return store.Receipt{}, register.Errorf(register.Refused, "", "what is recorded happens today, not on another day")
	}
	done, err := s.desk.update(ctx, store.Change{
		Operator: s.operator.Name, Door: s.door, Verb: a.verb, Subjects: a.subjects, Note: a.note,
		Unchecked: a.unchecked, Undoable: a.undoable, Quiet: a.quiet,
	}, s.desk.owing(a.verb, s.guarded(a.verb, fn)))
	if err == nil && !a.quiet {
		s.desk.soon()
	}
	return done, err
}

// allow returns a Denied error naming the verb the operator lacks.
func (s *Seat) allow(v register.Verb) error {
	switch {
	case s.May(v):
		return nil
	case s.Gone():
		return register.Errorf(register.Denied, "", "%s is no longer an operator here", s.operator.Name)
	}
	return register.Errorf(register.Denied, "", "%s may not do this: it needs another role (%s)", s.operator.Name, v)
}

// read runs fn on the store's newest state after the permission check.
func (s *Seat) read(v register.Verb, fn func(*store.Tx) error) error {
	if err := s.allow(v); err != nil {
		return err
	}
	return s.desk.db.View(fn)
}
