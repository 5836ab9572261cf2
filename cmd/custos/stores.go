package main

import (
	"context"
	"time"

	"custos/internal/calendar"
	"custos/internal/cli"
	"custos/internal/desk"
	"custos/store"
)

// open puts a desk in front of an opened store.
func (m machine) open(ctx context.Context, o cli.OpenStore) (*desk.Desk, error) {
	d, _, err := m.openStore(ctx, o)
	return d, err
}

// openStore opens a store and puts a desk in front of it, which closes it.
func (m machine) openStore(ctx context.Context, o cli.OpenStore) (*desk.Desk, *store.DB, error) {
	options := m.options
	options.AcceptOlder, options.Progress = o.AcceptOlder, o.Progress
	options.ReadOnly, options.Salvage = o.ReadOnly, o.Salvage
	who := store.Credential{Operator: o.Operator, Passphrase: o.Passphrase, Recovery: o.Recovery}
	db, err := store.Open(ctx, o.Dir, who, options)
	if err != nil {
		return nil, nil, err
	}
	clock := m.options.Now
	if !o.AsOf.IsZero() {
		clock = noon(o.AsOf)
	}
	var ids []desk.Option
	if o.Random != nil {
		ids = append(ids, desk.WithRandom(o.Random))
	}
	return desk.Open(db, clock, ids...), db, nil
}

// noon is a clock that stands in the middle of a day in London.
func noon(d calendar.Date) func() time.Time {
	at := time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, calendar.London())
	return func() time.Time { return at }
}

// create makes a store and closes it again.
func (m machine) create(_ context.Context, n cli.NewStore) (string, error) {
	now := m.options.Now().UTC().Truncate(time.Millisecond)
	n.Operator.Created, n.Settings.Created = now, now
	options := m.options
	options.Progress = n.Progress
	setup := store.Setup{Operator: n.Operator, Passphrase: n.Passphrase, Settings: n.Settings}
	db, key, err := store.Create(n.Dir, setup, options)
	if err != nil {
		return "", err
	}
	return key, db.Close()
}
