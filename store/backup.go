package store

import (
	"context"
	"errors"
	"time"

	"custos/internal/register"
)

var errUnmade = errors.New("not made yet")

// BackupMade is a backup that was made and proved.
type BackupMade struct {
	Manifest Manifest
	Path     string        // of the manifest, absolute
	Took     time.Duration // by the store's clock
}

// BackupFolder is the folder within to that holds the backups of a store.
func (db *DB) BackupFolder(to string) string { return "" }

// Backup writes a backup of the store as it stands into a folder within to, made if need be: see BackupFolder. Freed
// pages are scrubbed before; the snapshot goes to the store's own disk and is copied out from there, so that a slow stick
// holds nobody up, and changes go on meanwhile. The key ring and the ledger there are replaced. Then all of it is read
// back from its place: every record is opened, and only what is whole gets its manifest. What was interrupted leaves the
// backups there were, and its remains are cleared away by the next one.
//
// told may be nil; it hears of the steps "scrub", "snapshot", "copy", "keys" and "prove", in bytes or records, from one
// goroutine at a time. Errors: Refused with Field "disk" (no room, not writable), Conflict with Field "backup" (the folder
// belongs to another store), the context's; *Damage where what was read back is not what was written.
func (db *DB) Backup(ctx context.Context, to string, told func(step string, done, total int)) (BackupMade, error) {
	return BackupMade{}, errUnmade
}

// BackupReport is what proving a backup found.
type BackupReport struct {
	Manifest Manifest
	Path     string // of the manifest
	Records  int    // opened
	// Dark are the people in it whose key is gone, because they were erased, merged or taken out since: nobody can open
	// what it holds of them any more. Their records are no damage.
	Dark        []register.ID
	DarkRecords int
	Through     uint64    // the audit sequence up to which the ledger beside it knows what was refused and erased
	Entries     int       // in that ledger
	Findings    []Finding // what is damaged, exchanged or missing; Where is the file. None: it is good
}

// CheckBackup proves a backup by reading all of it: the manifest's authentication, the hash of the data file, every block
// and record, the audit chain and the sum over all records, the key ring and the ledger. No store is needed. Path is a
// manifest, a data file, or a folder, of which the newest backup is taken. Progress is o.Progress.
//
// What is wrong with the backup is in the report. Errors: NotFound (no backup there), Refused (wrong passphrase), the
// context's.
func CheckBackup(ctx context.Context, path string, c Credential, o Options) (BackupReport, error) {
	return BackupReport{}, errUnmade
}

// ProveBackup is CheckBackup with the keys of an open store, of whose backups it is one.
func (db *DB) ProveBackup(
	ctx context.Context, path string, told func(step string, done, total int),
) (BackupReport, error) {
	return BackupReport{}, errUnmade
}

// Listed is what can be told of a backup without any key. Nothing of it is proved.
type Listed struct {
	Manifest Manifest
	Path     string // of the manifest
	Problem  string // why it cannot be one that is whole, in words; empty: nothing to be seen from outside
}

// ListBackups returns the backups of a folder and of the folders of stores in it, newest first. A folder that does not
// exist holds none.
func ListBackups(folder string) ([]Listed, error) { return nil, errUnmade }

// RemoveBackup removes a backup by its manifest: the data file and the manifest. Key ring and ledger stay for the others.
// Errors: NotFound, Invalid for what is no manifest.
func RemoveBackup(path string) error { return errUnmade }

// ReplaceRing writes the key ring beside the backups in a folder (see BackupFolder) anew: the key slots and the key of
// everybody on record. Backups made before go dark for whoever is on record no more. The former ring is overwritten with
// zeros; rings of former generations lose the same people. A folder without backups of this store is left alone.
func (db *DB) ReplaceRing(ctx context.Context, folder string) error { return errUnmade }

// WriteLedger writes the ledger in a folder anew: what must be done again on a copy restored from any backup there, of
// which since is the oldest (zero: all that is kept). A folder without backups of this store is left alone.
func (db *DB) WriteLedger(ctx context.Context, folder string, since time.Time) error { return errUnmade }

// FlushLedger appends to the ledger in a folder what changes brought since it was written. One that lags too far behind,
// or tells another history, is written anew. A folder without backups of this store is left alone.
func (db *DB) FlushLedger(folder string) error { return errUnmade }

// LedgerBehind reports whether the ledger in a folder lacks anything that FlushLedger would put into it.
func (db *DB) LedgerBehind(folder string) (bool, error) { return false, errUnmade }
