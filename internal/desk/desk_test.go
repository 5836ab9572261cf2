package desk_test

import (
	"context"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/register"
	"custos/internal/vault"
	"custos/store"
)

var noon = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)

const passphrase = "seven quiet herons wade"

// office is a store with one operator, as set-up makes it.
type office struct {
	*desk.Seat
	desk *desk.Desk
	db   *store.DB
	dir  string
	now  time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	return newOfficeOf(t, "teaching-school")
}

func newOfficeOf(t testing.TB, name string) *office {
	t.Helper()
	p, err := profile.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return newOfficeWith(t, p)
}

func newOfficeWith(t testing.TB, p register.Profile) *office {
	t.Helper()
	var err error
	o := &office{dir: t.TempDir() + "/store", now: noon}
	clock := func() time.Time { return o.now }
	o.db, _, err = store.Create(o.dir, store.Setup{
		Operator: register.Operator{
			Name: "office", Created: noon, Roles: []register.Role{register.Officer, register.DPO, register.Admin},
		},
		Passphrase: []byte(passphrase),
		Settings:   register.Settings{Office: "Elm School", Nation: calendar.EnglandAndWales, Profile: p, Created: noon},
	}, store.Options{Now: clock, Params: vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}, CheapKDF: true})
	if err != nil {
		t.Fatal(err)
	}
	o.desk = desk.Open(o.db, clock)
	if o.Seat, err = o.desk.As("office", desk.Console); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if report, err := o.db.Check(context.Background()); err != nil {
			t.Errorf("the store does not check: %v (%+v)", err, report)
		}
		if err := o.desk.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// hire adds an operator and seats them.
func (o *office) hire(t *testing.T, name string, roles ...register.Role) *desk.Seat {
	t.Helper()
	if err := o.AddOperator(t.Context(), register.Operator{Name: name, Roles: roles}, []byte(passphrase+name)); err != nil {
		t.Fatal(err)
	}
	s, err := o.desk.As(name, desk.Console)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (o *office) person(t testing.TB, name, email string) register.ID {
	t.Helper()
	id, err := o.AddDelegate(t.Context(), register.DelegateInput{Values: map[string]string{"name": name, "email": email}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (o *office) school(t testing.TB, name, urn string) register.ID {
	t.Helper()
	id, err := o.AddOrganisation(t.Context(), register.OrganisationInput{Values: map[string]string{"name": name, "urn": urn}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func wantKind(t *testing.T, err error, want register.Kind) {
	t.Helper()
	if err == nil || register.KindOf(err) != want {
		t.Fatalf("got %v, want kind %d", err, want)
	}
}

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
