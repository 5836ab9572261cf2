package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/register"
)

const (
	setPrefix = "custos-"
	setIDLen  = 8 // characters of the store's id
)

// BackupFolder is the folder within to that holds the backups of the store; to itself where it is that folder.
func (db *DB) BackupFolder(to string) string {
	name := setPrefix + db.keys.id[:min(setIDLen, len(db.keys.id))]
	if filepath.Base(to) == name {
		return to
	}
	return filepath.Join(to, name)
}

// Listed is what can be told of a backup without any key. Nothing of it is proved.
type Listed struct {
	Manifest Manifest
	Path     string // of the manifest
	Problem  string // why it cannot be one that is whole, in words; empty: nothing to be seen from outside
}

// ListBackups returns the backups of a folder and of the folders of stores in it, newest first. A folder that does not
// exist holds none.
func ListBackups(folder string) ([]Listed, error) {
	all, err := listIn(folder)
	if err != nil {
		return nil, err
	}
	sets, err := filepath.Glob(filepath.Join(escapeGlob(folder), setPrefix+"*"))
	if err != nil {
		return nil, register.Errorf(register.Invalid, "backup", "%w", err)
	}
	for _, dir := range sets {
		if !isFolder(dir) {
			continue
		}
		more, err := listIn(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	slices.SortStableFunc(all, newestFirst)
	return all, nil
}

// escapeGlob lets a path stand for itself in a pattern, where the system has a way to say so.
func escapeGlob(path string) string {
	if os.PathSeparator == '\\' {
		return path
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

func newestFirst(a, b Listed) int {
	if c := b.Manifest.At.Compare(a.Manifest.At); c != 0 {
		return c
	}
	if c := len(b.Path) - len(a.Path); c != 0 {
		return c // of one second: the numbered ones came later
	}
	return strings.Compare(b.Path, a.Path)
}

// listIn lists the backups of one folder, newest first: by their manifests, and data files that have none.
func listIn(dir string) ([]Listed, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, register.Errorf(register.Refused, "backup", "%s cannot be read: %w", dir, err)
	}
	var all []Listed
	for _, e := range entries {
		at, ok := stampOf(e.Name())
		path := filepath.Join(dir, e.Name())
		switch {
		case !ok:
		case strings.HasSuffix(e.Name(), manifestExt):
			l := lookAt(path)
			if l.Manifest.At.IsZero() {
				l.Manifest.At = at
			}
			all = append(all, l)
		case !exists(manifestOf(path)):
			l := Listed{Path: manifestOf(path), Problem: "its manifest is missing"}
			l.Manifest.At, l.Manifest.Data = at, e.Name()
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, newestFirst)
	return all, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// manifestOf is the manifest of a data file.
func manifestOf(path string) string { return strings.TrimSuffix(path, dataExt) + manifestExt }

// lookAt sees what can be seen of a backup without a key.
func lookAt(path string) Listed {
	l := Listed{Path: path}
	m, err := readManifest(path)
	l.Manifest = m
	if err != nil {
		l.Manifest = Manifest{}
		l.Problem = fmt.Sprintf("%s: %v", filepath.Base(path), err)
		return l
	}
	dir := filepath.Dir(path)
	info, err := os.Lstat(filepath.Join(dir, m.Data))
	switch {
	case err != nil:
		l.Problem = m.Data + " is missing"
	case info.Size() != m.Bytes:
		l.Problem = fmt.Sprintf("%s has %d bytes of %d", m.Data, info.Size(), m.Bytes)
	case !exists(filepath.Join(dir, m.Ring)) && !exists(filepath.Join(dir, m.Ring+formerSuffix)):
		l.Problem = m.Ring + " is missing: without it nothing of the backup can be opened"
	case !exists(filepath.Join(dir, m.Ledger)):
		l.Problem = m.Ledger + " is missing: what was refused and erased since is not known"
	}
	return l
}

// RemoveBackup removes a backup by its manifest: the data file and the manifest. Key ring and ledger stay for the others.
// Errors: NotFound, Invalid for what is no manifest.
func RemoveBackup(path string) error {
	name := filepath.Base(path)
	if _, ok := stampOf(name); !ok || !strings.HasSuffix(name, manifestExt) {
		return register.Errorf(register.Invalid, "backup", "%s is not the manifest of a backup", name)
	}
	data := strings.TrimSuffix(path, manifestExt) + dataExt
	if !exists(path) && !exists(data) {
		return register.Errorf(register.NotFound, "backup", "there is no backup %s", path)
	}
	for _, file := range []string{path, data} {
		if err := removeFile(file); err != nil {
			return register.Errorf(register.Refused, "backup", "%s cannot be removed: %w", filepath.Base(file), err)
		}
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return register.Errorf(register.Refused, "backup", "%w", err)
	}
	return nil
}

// findBackup turns what somebody names, a manifest, a data file or a folder, into the path of a manifest.
func findBackup(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", register.Errorf(register.Invalid, "backup", "%w", err)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.HasSuffix(path, manifestExt) &&
		exists(strings.TrimSuffix(path, manifestExt)+dataExt):
		return path, nil // what is missing is told by whoever reads it
	case errors.Is(err, fs.ErrNotExist):
		return "", register.Errorf(register.NotFound, "backup", "there is no backup at %s", path)
	case err != nil:
		return "", register.Errorf(register.Refused, "backup", "%s cannot be read: %w", path, err)
	case !info.IsDir():
		if _, ok := stampOf(filepath.Base(path)); !ok {
			return "", register.Errorf(register.Invalid, "backup", "%s is neither a manifest nor a data file", path)
		}
		if strings.HasSuffix(path, dataExt) {
			path = manifestOf(path)
		}
		return path, nil
	}
	all, err := ListBackups(path)
	if err != nil {
		return "", err
	}
	stores := map[string]bool{}
	for _, l := range all {
		stores[filepath.Dir(l.Path)] = true
	}
	switch {
	case len(all) == 0:
		return "", register.Errorf(register.NotFound, "backup", "there is no backup in %s", path)
	case len(stores) > 1:
		return "", register.Errorf(register.Invalid, "backup",
			"%s holds the backups of several stores: name the folder of one", path)
	}
	return all[0].Path, nil
}
