// Package storetest gives tests of other rooms a real store that opens in milliseconds. It checks every store when its
// test ends. It is never part of the program.
package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/internal/vault"
	"custos/store"
)

// Operator and Passphrase open every store of this package.
const (
	Operator   = "tester"
	Passphrase = "correct horse battery staple"
)

// Start is the first instant of a Clock.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Clock moves on by a second each time it is read. Safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the next second, UTC, from Start on.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now.IsZero() {
		c.now = Start
	}
	c.now = c.now.Add(time.Second)
	return c.now
}

// Options are cheap to open with and have a clock of their own.
func Options() store.Options {
	return store.Options{
		Now:      (&Clock{}).Now,
		Params:   vault.Params{MemoryKiB: 64, Time: 1, Threads: 1},
		CheapKDF: true, AllowNetwork: true,
	}
}

// Setup is an office with the smallest profile: one kind of person, one purpose, and an operator with every role.
func Setup() store.Setup {
	return store.Setup{
		Operator:   register.Operator{Name: Operator, Roles: register.Roles(), Created: Start},
		Passphrase: []byte(Passphrase),
		Settings: register.Settings{
			Office: "Test office", Nation: calendar.EnglandAndWales, Created: Start, Profile: profile(),
		},
	}
}

func profile() register.Profile {
	return register.Profile{
		Name: "test", Title: "Test", Version: "1",
		Kinds: []register.PersonKind{{ID: "teacher", Title: "Teacher", Subscriber: "corporate", Fields: []register.Field{
			{ID: register.FieldName, Title: "Name", Mandatory: true},
			{ID: register.FieldEmail, Title: "Email"},
			{ID: register.FieldPhone, Title: "Telephone"},
		}}},
		AccessLevels: []register.AccessLevel{{ID: "reader", Title: "Reader"}},
		Channels:     []register.Channel{{ID: "email", Title: "email"}},
		Purposes: []register.Purpose{{
			ID: "news", Title: "News", Wording: "May we write to you?", Marketing: true,
			Bases: []register.BasisRule{{Basis: register.Consent}}, Channels: []string{"email"}, Notice: "main",
		}},
		Notices: []register.Notice{{ID: "main", Version: "1", Title: "Notice", Text: "What we do.",
			From: calendar.NewDate(2020, time.January, 1)}},
	}
}

// New returns a new, open store in a folder of the test's own. When the test ends it is checked from end to end and
// closed; a fault fails the test.
func New(t testing.TB) *store.DB { return With(t, Options()) }

// With is New with options of the test's own.
func With(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, _, err := store.Create(t.TempDir(), Setup(), o)
	if err != nil {
		t.Fatalf("creating a store: %v", err)
	}
	t.Cleanup(func() { Close(t, db) })
	return db
}

// Close checks a store from end to end and closes it. A store that is closed already is left alone.
func Close(t testing.TB, db *store.DB) {
	t.Helper()
	report, err := db.Check(context.Background())
	if register.KindOf(err) == register.Refused {
		return
	}
	if err != nil {
		t.Errorf("checking the store: %v", err)
	}
	for _, f := range report.Damage() {
		t.Errorf("the store is damaged: %s", f)
	}
	if err := db.Close(); err != nil {
		t.Errorf("closing the store: %v", err)
	}
}

// By is a change of the tester with a verb.
func By(v register.Verb) store.Change {
	return store.Change{Operator: Operator, Door: "test", Verb: v}
}
