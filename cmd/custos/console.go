package main

import (
	"context"
	"errors"
	"os"
	"strconv"
	"time"

	"custos/internal/cli"
	"custos/internal/desk"
	"custos/internal/exchange/table"
	"custos/internal/profile"
	"custos/store"
	"custos/tui"

	"github.com/atotto/clipboard"
)

// console shows the console until the person leaves.
func (m machine) console(ctx context.Context, start cli.ConsoleStart) error {
	d := door{machine: m, start: start}
	env := tui.Env{
		Getenv: os.Getenv, Now: m.options.Now, After: time.After, Hint: start.Hint, Sample: start.Sample, Version: versionName(),
		Theme: start.Look.Theme, Accessible: start.Look.Accessible,
		Store: start.Dir, Exists: holds(start.Dir), Operator: start.Operator,
		Describe: profile.Describe, StoreInfo: d.about, Profiles: profiles(),
		LoadProfile: profile.Load, ParseProfile: profile.Parse,
		Strength: strength, Weak: desk.Passphrase, Unlock: d.unlock, Create: d.create, Rescue: d.rescue(),
		ReadFile: readFile, SaveText: saveText,
	}
	if !clipboard.Unsupported {
		env.Copy = clipboard.WriteAll
	}
	if start.Seat != nil {
		env.Session = session{Seat: start.Seat, close: start.Close} // the caller closes the store again, which does no harm
	}
	terminal, release := ownTerminal(ctx)
	defer release()
	return tui.Run(env, terminal)
}

// readFile reads a file somebody names in the console: the largest are tables.
func readFile(name string) ([]byte, error) { return desk.ReadFile(name, table.MaxBytes) }

// door is how the console comes to a store.
type door struct {
	machine
	start cli.ConsoleStart
	db    *store.DB // once it is open
}

func (d *door) unlock(ctx context.Context, operator string, passphrase []byte, tell tui.Tell) (tui.Session, error) {
	return d.enter(ctx, cli.OpenStore{
		Operator: operator, Passphrase: passphrase, AcceptOlder: d.start.AcceptOlder, ReadOnly: d.start.ReadOnly,
		Salvage: d.start.Salvage, Progress: cli.Progress(tell),
	})
}

// enter opens the store and seats whoever opened it.
func (d *door) enter(ctx context.Context, o cli.OpenStore) (tui.Session, error) {
	o.Dir = d.start.Dir
	opened, db, err := d.openStore(ctx, o)
	if err != nil {
		return nil, troubled(err)
	}
	s, err := opened.As(opened.Unlocked(), desk.Console)
	if err == nil && !db.ReadOnly() {
		err = s.Tidy(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	d.db = db
	return session{s, db, opened.Close}, nil
}

func (d *door) create(ctx context.Context, n tui.NewStore, tell tui.Tell) (tui.Session, string, error) {
	begin := cli.Beginning{Profile: n.Profile, Office: n.Office, Nation: n.Nation, Operator: n.Operator}
	made, err := begin.Store(d.start.Dir)
	if err != nil {
		return nil, "", err
	}
	made.Passphrase, made.Progress = n.Passphrase, cli.Progress(tell)
	key, err := d.machine.create(ctx, made)
	if err != nil {
		return nil, "", err
	}
	s, err := d.unlock(ctx, n.Operator, n.Passphrase, tell)
	return s, key, err
}

// about tells of the open store.
func (d *door) about() (tui.StoreInfo, error) {
	if d.db == nil {
		return tui.StoreInfo{}, nil
	}
	i := d.db.Info()
	return tui.StoreInfo{Bytes: i.Bytes, Format: strconv.Itoa(i.Format)}, nil
}

// holds reports whether there is anything in a folder. Whether that is a store is for the store to say.
func holds(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && len(entries) > 0
}

func profiles() []tui.ProfileChoice {
	var list []tui.ProfileChoice
	for _, name := range profile.Names() {
		if p, err := profile.Load(name); err == nil { // a built-in profile always loads
			list = append(list, tui.ProfileChoice{Name: p.Name, Title: p.Title, Summary: p.Summary})
		}
	}
	return list
}

func strength(passphrase []byte, known ...string) (int, string) {
	s := desk.Measure(passphrase, known...)
	return s.Score, s.Words
}

// saveText writes a new file that only its owner reads.
func saveText(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}
