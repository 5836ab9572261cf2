package store_test

import (
	"errors"
	"maps"
	"os"
	"slices"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// machine runs random changes on a store and on maps, and compares.
type machine struct {
	db      *store.DB
	people  map[register.ID]string
	members map[[2]register.ID]string
	undo    []undone
	forgot  bool // in the change at hand
}

// undone is an undoable operation and what it found.
type undone struct {
	op      register.ID
	people  map[register.ID]string
	members map[[2]register.ID]string
}

var errOnPurpose = errors.New("on purpose")

func ids(prefix byte) *rapid.Generator[register.ID] {
	return rapid.Custom(func(t *rapid.T) register.ID {
		return register.ID([]byte{prefix, "0123456"[rapid.IntRange(0, 6).Draw(t, "id")]})
	})
}

// step is one write of a change, on the store and on the maps.
func (m *machine) step(t *rapid.T, tx *store.Tx) error {
	id := ids('D').Draw(t, "delegate")
	name := rapid.StringMatching(`[a-z]{1,9}`).Draw(t, "name")
	key := [2]register.ID{id, ids('M').Draw(t, "membership")}
	switch rapid.SampledFrom([]string{"put", "put", "delete", "member", "member", "leave", "forget"}).Draw(t, "step") {
	case "put":
		m.people[id] = name
		d := person(1)
		d.ID, d.Name = id, name
		return tx.Delegates().Put(d)
	case "delete":
		_, held := m.people[id]
		delete(m.people, id)
		return expect(held, tx.Delegates().Delete(id))
	case "member":
		m.members[key] = name
		return tx.Memberships().Put(register.Membership{ID: key[1], Delegate: id, Organisation: "O1", Role: name})
	case "leave":
		_, held := m.members[key]
		delete(m.members, key)
		return expect(held, tx.Memberships().Delete(key[0], key[1]))
	default:
		delete(m.people, id)
		maps.DeleteFunc(m.members, func(k [2]register.ID, _ string) bool { return k[0] == id })
		m.forgot = true // former versions of the forgotten are gone: the maps cannot follow
		return tx.Forget(id)
	}
}

// expect turns "it was not there" into no error where nothing was expected.
func expect(held bool, err error) error {
	if !held && register.KindOf(err) == register.NotFound {
		return nil
	}
	return err
}

func (m *machine) change(t *rapid.T) {
	people, members, undo := maps.Clone(m.people), maps.Clone(m.members), slices.Clone(m.undo)
	c := storetest.By(register.DelegateChange)
	c.Undoable = rapid.Bool().Draw(t, "undoable")
	fails := rapid.IntRange(0, 4).Draw(t, "fails") == 0
	m.forgot = false
	r, err := m.db.Update(ctx, c, func(tx *store.Tx) error {
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			if err := m.step(t, tx); err != nil {
				return err
			}
			m.compare(t, tx)
		}
		if fails {
			return errOnPurpose
		}
		return nil
	})
	switch {
	case fails && errors.Is(err, errOnPurpose):
		m.people, m.members, m.undo = people, members, undo
	case err != nil:
		t.Fatalf("change: %v", err)
	case m.forgot || !c.Undoable:
		m.undo = nil
	default:
		m.undo = append(m.undo, undone{r.Operation, people, members})
	}
}

// revert takes back the newest change, where it can be.
func (m *machine) revert(t *rapid.T) {
	if len(m.undo) == 0 {
		t.Skip("nothing to revert")
	}
	last := m.undo[len(m.undo)-1]
	// Reverting the addition of a person forgets the person, memberships the change did not touch included.
	for id := range m.people {
		if _, was := last.people[id]; !was {
			maps.DeleteFunc(last.members, func(k [2]register.ID, _ string) bool { return k[0] == id })
			m.undo = nil
		}
	}
	_, err := m.db.Update(ctx, storetest.By(register.ChangeUndo), func(tx *store.Tx) error {
		_, err := tx.Revert(last.op, nil)
		return err
	})
	if register.KindOf(err) == register.NotFound && err != nil {
		return // nothing was written, so nothing was kept
	}
	if err != nil {
		t.Fatalf("revert: %v", err)
	}
	m.people, m.members = last.people, last.members
	if len(m.undo) > 0 {
		m.undo = m.undo[:len(m.undo)-1]
	}
}

func (m *machine) compare(t *rapid.T, tx *store.Tx) {
	people, members := map[register.ID]string{}, map[[2]register.ID]string{}
	var last register.ID
	for d, err := range tx.Delegates().All() {
		if err != nil || d.ID <= last {
			t.Fatalf("%s after %s: %v", d.ID, last, err)
		}
		people[d.ID], last = d.Name, d.ID
	}
	for _, id := range []register.ID{"D0", "D1", "D2", "D3", "D4", "D5", "D6"} {
		for x, err := range tx.Memberships().Of(id) {
			if err != nil || x.Delegate != id {
				t.Fatalf("membership of %s: %+v, %v", id, x, err)
			}
			members[[2]register.ID{x.Delegate, x.ID}] = x.Role
		}
	}
	if d := cmp.Diff(m.people, people) + cmp.Diff(m.members, members); d != "" {
		t.Fatalf("the store differs (-maps +store):\n%s", d)
	}
	if tx.Delegates().Len() != len(people) || tx.Memberships().Len() != len(members) {
		t.Fatalf("counts: %d people, %d memberships", tx.Delegates().Len(), tx.Memberships().Len())
	}
}

func TestAStoreBehavesLikeMaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		db, _, err := store.Create(tempDir(t), storetest.Setup(), storetest.Options())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		m := &machine{db: db, people: map[register.ID]string{}, members: map[[2]register.ID]string{}}
		t.Repeat(map[string]func(*rapid.T){
			"change": m.change,
			"revert": m.revert,
			"": func(t *rapid.T) {
				if err := m.db.View(func(tx *store.Tx) error { m.compare(t, tx); return nil }); err != nil {
					t.Fatal(err)
				}
			},
		})
		report, err := m.db.Check(ctx)
		if err != nil || len(report.Damage()) > 0 {
			t.Fatalf("check: %v %v", report.Findings, err)
		}
	})
}

func tempDir(t *rapid.T) string {
	dir, err := os.MkdirTemp("", "custos-store-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
