package store

import (
	"crypto/rand"
	"io"
	"time"

	"custos/internal/register"
	"custos/internal/vault"

	"github.com/shirou/gopsutil/v4/mem"
	"golang.org/x/text/unicode/norm"
)

// Options says how a store is created or opened.
type Options struct {
	Now    func() time.Time // the clock of commits and audit entries; required
	Rand   io.Reader        // the source of ids; nil: crypto/rand.Reader
	Params vault.Params     // cost of new passphrase slots; zero: what the memory to spare allows

	// CheapKDF allows Params below the floor. For tests alone.
	CheapKDF bool
	// Verifier is the argv of the child process that verifies a store before it is opened: a program that calls
	// VerifyMain. Nil verifies in this process, which a badly damaged file can then take down.
	Verifier []string
	// AllowNetwork opens a store on a network file system, where locks and syncs may not hold.
	AllowNetwork bool
	// AcceptOlder opens a store whose head file is missing or newer than the data: changes may be missing. The
	// acceptance is audited.
	AcceptOlder bool
	// ReadOnly opens a store for looking only: nothing is written, not even its lock. A store whose folder cannot be
	// written to is opened so by itself.
	ReadOnly bool
	// Salvage opens what is intact of a damaged store for looking only: see DB.Damage. A sound store is opened as with
	// ReadOnly.
	Salvage bool
	// Progress is told how far a step of opening is; it may be nil, and is called from one goroutine at a time.
	Progress func(step string, done, total int)

	// fileStep is by how many bytes store.db grows; tests make frozen stores small with it.
	fileStep int
	// migrations replaces the ordered list of format changes in tests.
	migrations []migration
	// lock replaces takeLock in tests.
	lock func(dir, operator string, now time.Time) (*lock, error)
	// network replaces networkFS in tests.
	network func(dir string) string
	// wrapOut stands between a backup and its files in tests.
	wrapOut func(w io.Writer, path string) io.Writer
	// space replaces freeSpace in tests.
	space func(dir string) (uint64, error)
	// verifyLimit replaces the time a verification may take in tests.
	verifyLimit time.Duration
	// verifyNext verifies the new file of an exchange instead of store.db.
	verifyNext bool
	// step is told in tests how far an exchange of files is.
	step func(name string)
}

// Credential is what an operator opens a store with: a passphrase, or the printed recovery key.
type Credential struct {
	Operator   string // login name
	Passphrase []byte
	Recovery   string // used instead of the passphrase when not empty
}

// Setup is what a new store begins with.
type Setup struct {
	Operator   register.Operator // the first operator
	Passphrase []byte
	Settings   register.Settings
}

func (o *Options) random() io.Reader {
	if o.Rand == nil {
		return rand.Reader
	}
	return o.Rand
}

func (o *Options) progress(step string, done, total int) {
	if o.Progress != nil {
		o.Progress(step, done, total)
	}
}

// checkNetwork refuses a folder on a network file system.
func (o *Options) checkNetwork(dir string) error {
	name := networkFS
	if o.network != nil {
		name = o.network
	}
	if fs := name(dir); fs != "" && !o.AllowNetwork {
		return register.Errorf(register.Refused, "store",
			"%s lies on a %s file system, where two computers could write at once and a saved change could be lost; "+
				"keep the store on a local disk", dir, fs)
	}
	return nil
}

// params returns the cost of a new passphrase slot.
func (o *Options) params() (vault.Params, error) {
	p := o.Params
	if p == (vault.Params{}) {
		var available uint64
		if m, err := mem.VirtualMemory(); err == nil {
			available = m.Available
		}
		return vault.Recommended(available), nil
	}
	if o.CheapKDF {
		return p, nil
	}
	if err := vault.CheckParams(p); err != nil {
		return p, register.Errorf(register.Invalid, "passphrase", "%w", err)
	}
	return p, nil
}

// normalPassphrase returns a copy of a passphrase in one Unicode form, so that it is the same from every keyboard. The
// caller wipes it.
func normalPassphrase(p []byte) []byte { return norm.NFC.Append(nil, p...) }
