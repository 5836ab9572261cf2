package cli

import (
	"context"
	"io"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// Env is what the program around the commands hands in: the streams, the clock, and the doors to things the commands
// must not know themselves.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Terminal       Terminal
	Now            func() time.Time // for progress alone; what is recorded takes the desk's clock
	Getenv         func(string) string
	Build          Build

	Keys string // the keys of the console as text, for the manual

	DefaultStore string // where the store lies unless told otherwise
	ConfigFile   string // read when it exists

	// ReadPassphrase asks on the terminal without echo.
	ReadPassphrase func(ctx context.Context, prompt string) ([]byte, error)
	// Open opens a store and puts a desk in front of it; the caller closes it.
	Open func(context.Context, OpenStore) (*desk.Desk, error)
	// Create makes a store and returns the recovery key, which is shown this once.
	Create func(context.Context, NewStore) (recoveryKey string, err error)
	// Format reads the format of a store that nobody has open.
	Format func(dir string) (int, error)
	// Restore makes a store of a backup, and Repair one of what is intact in a damaged store.
	Restore func(context.Context, RestoreStore) (desk.RestoreReport, error)
	Repair  func(context.Context, RepairStore) (desk.RepairReport, error)
	// CheckBackup proves a backup by its path; ListBackups tells what a folder of them says of itself.
	CheckBackup func(ctx context.Context, path string, k Key, told Progress) (desk.BackupReport, error)
	ListBackups func(folder string) ([]desk.ListedBackup, error)
	// Files is where the files that commands name come from and go to; the zero value is this machine, without streams.
	Files desk.Files
	// Seat is an operator who came in from elsewhere and is at work: nothing is opened, nobody is asked for a passphrase,
	// and files are the seat's. What concerns the machine itself is refused.
	Seat *desk.Seat
	// Serve serves a store until ctx ends; nil where nothing can be served.
	Serve func(context.Context, Serving) error
	// Console starts the console and returns when it is left; nil where there is none.
	Console func(context.Context, ConsoleStart) error
}

// Terminal says which of the streams are terminals.
type Terminal struct {
	In, Out, Err bool
	Width        int // columns of the one that output goes to; 0 where nobody knows
}

// Build says what this program is.
type Build struct {
	Version, Go, OS, Arch string
}

// Progress is told how far a step of work is; it may be called often.
type Progress func(step string, done, total int)

// OpenStore says which store to open, and for whom.
type OpenStore struct {
	Dir         string
	Operator    string
	Passphrase  []byte
	Recovery    string        // the printed key, in place of a passphrase
	AcceptOlder bool          // open although the head file is missing or newer than the data
	ReadOnly    bool          // nothing is written, not even who has it open
	Salvage     bool          // look at what is intact of a damaged store; nothing is written
	AsOf        calendar.Date // what the desk takes for today; zero: the clock
	Random      io.Reader     // where ids come from; nil: chance. For a sample, which a seed fixes
	Progress    Progress
}

// NewStore is a store to be made and what it begins with.
type NewStore struct {
	Dir        string
	Operator   register.Operator // the first one; Created is the caller's to fill
	Passphrase []byte
	Settings   register.Settings // Created likewise
	Progress   Progress
}

// ConsoleStart is what the console begins with.
type ConsoleStart struct {
	Dir         string // the store; there may be none yet
	Operator    string // "" where nobody was named
	AcceptOlder bool
	ReadOnly    bool
	Salvage     bool
	Look        Look
	Seat        *desk.Seat   // an operator already at work: nothing is unlocked, and the caller closes the store
	Close       func() error // closes the store of Seat where the console locks; it may be called again
	Hint        string       // said where the console asks for the passphrase
	Sample      bool         // everybody in the store is made up
}

// Look is how the console is to appear.
type Look struct {
	Theme      string // "" for the console to choose
	Accessible bool
}
