package store

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"custos/internal/vault"
)

// CheckBackup proves a backup by reading all of it: the manifest's authentication, the hash of the data file, every block
// and record, the audit chain and the sum over all records, the key ring and the ledger. No store is needed. Path is a
// manifest, a data file, or a folder, of which the newest backup is taken. Progress is o.Progress.
//
// What is wrong with the backup is in the report. Errors: NotFound (no backup there), Refused (wrong passphrase), the
// context's.
func CheckBackup(ctx context.Context, path string, c Credential, o Options) (BackupReport, error) {
	p, err := findProof(path)
	if err != nil || len(p.report.Findings) > 0 {
		return p.report, err
	}
	p.told = o.progress
	if !p.loadRing() {
		return p.finish(), nil
	}
	if err := p.unlock(c); err != nil {
		return p.report, err
	}
	defer p.wipe()
	if !p.authentic() {
		return p.finish(), nil
	}
	return p.run(ctx)
}

// findProof finds a backup and reads its manifest. What is wrong with that is in the report.
func findProof(path string) (*proof, error) {
	path, err := findBackup(path)
	if err != nil {
		return &proof{}, err
	}
	p := &proof{dir: filepath.Dir(path), told: func(string, int, int) {}}
	p.report.Path = path
	p.m, err = readManifest(path)
	p.report.Manifest = p.m
	if err != nil {
		p.add(filepath.Base(path), "", "%s", sentence(err))
		return p, nil
	}
	p.data = filepath.Join(p.dir, p.m.Data)
	if _, err := readRing(filepath.Join(p.dir, p.m.Ring)); errors.Is(err, fs.ErrNotExist) && p.astray() {
		p.add(filepath.Base(path), "", "it is the manifest of another store")
	}
	return p, nil
}

// astray reports whether the key rings beside a manifest are those of another store.
func (p *proof) astray() bool {
	paths, err := filepath.Glob(filepath.Join(escapeGlob(p.dir), ringPrefix+"*"))
	if err != nil {
		return false
	}
	for _, path := range paths {
		if r, err := readRing(path); err == nil && r.store != p.m.Store {
			return true
		}
	}
	return false
}

// authentic holds the manifest against the keys.
func (p *proof) authentic() bool {
	name := filepath.Base(p.report.Path)
	switch {
	case p.k.generation() != p.m.Generation:
		p.add(p.m.Ring, "", "it opens, but to the keys of another generation: it was changed")
	case !p.m.authentic(p.k):
		p.add(name, "", "it was changed after it was written")
	default:
		return true
	}
	return false
}

// ProveBackup is CheckBackup with the keys of an open store, of whose backups it is one.
func (db *DB) ProveBackup(
	ctx context.Context, path string, told func(step string, done, total int),
) (BackupReport, error) {
	p, err := findProof(path)
	if err != nil || len(p.report.Findings) > 0 {
		return p.report, err
	}
	if told != nil {
		p.told = told
	}
	name := filepath.Base(p.report.Path)
	if p.m.Store != db.keys.id {
		p.add(name, "", "it is the manifest of another store")
		return p.finish(), nil
	}
	root, ok := db.rootOf(p.m.Generation)
	if !ok {
		p.add(name, "", "it was sealed under keys that this store never had")
		return p.finish(), nil
	}
	defer root.Wipe()
	p.k = newKeyring(db.keys.id, root)
	defer p.wipe()
	if generation := db.keys.generation(); generation != p.m.Generation {
		p.now = &today{ring: &ring{}, keys: newKeyring(db.keys.id, db.keys.root)}
		p.now.ring.generation = generation
	}
	if !p.authentic() {
		return p.finish(), nil
	}
	p.hold = &db.keep.folder
	return p.run(ctx)
}

// rootOf is the store key of a generation: today's, or one that was replaced.
func (db *DB) rootOf(generation string) (vault.Key, bool) {
	if generation == db.keys.generation() {
		return db.keys.root, true
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, f := range db.state.Former {
		if f.Generation == generation && len(f.Key) == vault.KeySize {
			return vault.Key(f.Key), true
		}
	}
	return vault.Key{}, false
}
