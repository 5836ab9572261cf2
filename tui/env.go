package tui

import (
	"context"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
)

// Env is what the program hands to the console.
type Env struct {
	Getenv func(string) string
	Now    func() time.Time // instants, for how long work takes and when dialogs opened; never for a date
	// After rings once a while is over, never where it gives no channel; nil: the console never locks by itself, and
	// makes no backup by itself.
	After      func(time.Duration) <-chan time.Time
	Version    string
	Theme      string // a name of theme.Names; empty for auto
	Accessible bool   // said and answered in lines, not drawn

	Store    string // the folder of the store, as it is shown
	Exists   bool   // there is a store in it
	Operator string // offered when unlocking
	// Session is an operator already at work: nothing is unlocked then. The console closes it when it locks, and leaves
	// it open when the person leaves.
	Session Session
	// Resume is where the operator of Session was when the console last ended for them; nil: they begin at home.
	Resume *Place
	// Leaving is told, as the console ends, where the operator was: nil where they left of their own accord, a place
	// where the line was dropped or the program has to end. Nil: nobody wants to know.
	Leaving func(*Place)
	// Sample: everybody in the store is made up. The tour is offered.
	Sample bool
	// Hint is said where the passphrase is asked for; empty: nothing.
	Hint string

	// Notices are said to whoever is here, such as that the server closes; nil: there are none.
	Notices <-chan string

	// Folder is what the one folder is called whose files somebody from elsewhere may name, such as: your drop folder.
	// Empty: files are those of this machine, with their paths.
	Folder string
	// Exports is the folder offered for files that leave; empty: the folder the program was started in.
	Exports string
	// Describe is a profile in full, as plain text; nil: only its summary is shown.
	Describe func(register.Profile) string
	// StoreInfo tells how large the store is; nil: only its folder is shown.
	StoreInfo func() (StoreInfo, error)

	Profiles []ProfileChoice
	// LoadProfile reads a profile of Profiles by its name; nil: only a file can be adopted.
	LoadProfile func(name string) (register.Profile, error)
	// ParseProfile reads a profile out of a file, whose name only stands in messages: all that is wrong with it, a line
	// for each. Nil: no profile can be adopted.
	ParseProfile func(data []byte, file string) (register.Profile, error)
	// Strength scores a passphrase from 0 to 4 with a word for it; known are what an attacker would try first.
	Strength func(passphrase []byte, known ...string) (score int, words string)
	// Weak returns an error in words for a passphrase that is not good enough.
	Weak func(passphrase []byte, known ...string) error
	// Unlock opens the store, also once a session of it was closed. The console clears the passphrase afterwards. Nil: the
	// console cannot lock; where it would, it ends.
	Unlock Opening
	// Rescue is what can be done where Unlock fails with a Trouble.
	Rescue Rescue
	// Create makes a store and opens it. The recovery key is shown once and kept nowhere.
	Create func(ctx context.Context, store NewStore, tell Tell) (session Session, recoveryKey string, err error)

	ReadFile func(path string) ([]byte, error)
	SaveText func(path, text string) error // refuses to write over what is there
	Copy     func(text string) error       // to the clipboard of this machine; nil where there is none
	// Terminal writes a control sequence to the terminal, between two frames: Run sets it. Nil: it is never asked.
	Terminal func(sequence string) error
}

// Tell is told how far a piece of work has come: the step in words, and how much of it is done of how much. A total of
// 0 means that nobody knows.
type Tell func(step string, done, total int)

// StoreInfo is what there is to know about the files of the store.
type StoreInfo struct {
	Bytes  int64
	Format string
}

// ProfileChoice is a profile as it is offered when a store is made.
type ProfileChoice struct{ Name, Title, Summary string }

// NewStore is what a store is made from.
type NewStore struct {
	Profile    string
	Office     string
	Nation     calendar.Nation
	Operator   string
	Passphrase []byte
}

// Session is an operator at work at an open store: everything any screen calls.
type Session interface {
	Operator() register.Operator
	Today() calendar.Date
	May(register.Verb) bool
	Settings() register.Settings
	// Notes delivers a note after every commit until cancel is called; a nil channel delivers none.
	Notes() (notes <-chan register.Note, cancel func())
	Close() error

	draftDesk
	presenceDesk
	undoDesk
	preferencesDesk
	homeDesk
	breachDesk
	findDesk
	delegatesDesk
	personFormDesk
	membershipDesk
	mergeDesk
	statusDesk
	manyDesk
	consentDesk
	questionsDesk
	answersDesk
	matrixDesk
	refreshDesk
	whyDesk
	withdrawDesk
	suppressionDesk
	noticeDesk
	sheetDesk
	paperDesk
	contactsDesk
	organisationFormDesk
	requestDesk
	monthDesk
	figuresDesk
	incomingDesk
	caseDesk
	erasureDesk
	rightsDesk
	holdsDesk
	handoverDesk
	templateDesk
	importDesk
	exportDesk
	auditDesk
	courseDesk
	disclosureDesk
	officeDesk
	operatorDesk
	filesDesk
	adoptDesk
	safeDesk
}
