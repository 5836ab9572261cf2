package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/internal/sshd"
)

// serverPlace is the folder of the server's own, beside the store.
type serverPlace struct{ key, files string }

// serverFolder makes the folder where there is none yet. Errors: Refused for one that others may look into.
func serverFolder(store string) (serverPlace, error) {
	dir := filepath.Clean(store) + ".server"
	p := serverPlace{filepath.Join(dir, "host_ed25519"), filepath.Join(dir, "files")}
	for _, d := range []string{dir, p.files} {
		if err := os.Mkdir(d, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return p, err
		}
		if err := mine(d); err != nil {
			return p, err
		}
	}
	return p, nil
}

// mine refuses what other accounts of this machine may open. Windows keeps that elsewhere than in the mode.
func mine(path string) error {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return register.Errorf(register.Refused, "", "%s is a link: the server's own files are not", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return register.Errorf(register.Refused, "", "other accounts may open %s: take that away with chmod go= %s", path, path)
	}
	return nil
}

// hostKey reads the key the server is known by, or makes it the first time. Errors: Refused for one that others may read.
func (p serverPlace) hostKey() ([]byte, error) {
	_, err := os.Lstat(p.key)
	if errors.Is(err, fs.ErrNotExist) {
		made, err := sshd.NewHostKey()
		if err != nil {
			return nil, err
		}
		return made, saveText(p.key, string(made))
	}
	if err = errors.Join(err, mine(p.key)); err != nil {
		return nil, err
	}
	const longestKey = 64 << 10
	return desk.ReadFile(p.key, longestKey)
}

// drop opens the drop folder of an operator, whose name is one that a folder can have.
func (p serverPlace) drop(operator string) (*os.Root, error) {
	dir := filepath.Join(p.files, operator)
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err := mine(dir); err != nil {
		return nil, err
	}
	return os.OpenRoot(dir)
}

// sweep removes what is old in every operator's drop folder, also of those who come no more, and tells of each how much.
func (p serverPlace) sweep(now time.Time, told func(operator string, gone int)) error {
	all, err := os.ReadDir(p.files)
	for _, e := range all {
		if !e.IsDir() {
			continue
		}
		root, failed := os.OpenRoot(filepath.Join(p.files, e.Name()))
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		gone, failed := sshd.SweepDrop(root, now)
		told(e.Name(), gone)
		err = errors.Join(err, failed, root.Close())
	}
	return err
}
