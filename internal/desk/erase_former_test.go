package desk_test

import (
	"slices"
	"testing"

	"custos/internal/register"
	"custos/store"
)

// A record that named somebody before it was changed is in older copies as it was: a restore has to know of it.
func TestAnErasureNotesRecordsThatNamedThePersonBefore(t *testing.T) {
	o := newOffice(t)
	id, other := o.person(t, "Zephyrine O'Fernsby", "zeph@example.org"), o.person(t, "Bo Lindqvist", "bo@example.org")
	for _, words := range []string{"sits with Zephyrine OFernsby", "sits alone"} {
		in := register.DelegateInput{Values: map[string]string{"special_requirements": words}}
		if err := o.ChangeDelegate(t.Context(), other, in); err != nil {
			t.Fatal(err)
		}
	}
	ref := o.erasureCase(t, id, register.Fulfil)
	o.erase(t, ref)
	err := o.db.View(func(tx *store.Tx) error {
		e, err := tx.Erasures().Get(ref)
		if want := (register.Place{Collection: "delegates", Key: string(other)}); !slices.Contains(e.Touched, want) {
			t.Errorf("touched %v, want %v in it", e.Touched, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
